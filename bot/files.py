"""Write files that others read: beside, then moved into place, so that nobody sees half of one."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from storage.errors import DiskFull, FileNotWritable, GrimcheError


def write_file(path: Path, data: bytes) -> None:
    """Write the bytes to `path`; raises DiskFull or FileNotWritable."""
    with open_beside(path) as file:
        file.write(data)


@contextmanager
def open_beside(path: Path) -> Iterator[BinaryIO]:
    """Open a file that becomes `path` when the block ends well, and nothing otherwise."""
    try:
        if path.exists() and not path.is_file():  # a device or a pipe: it cannot be replaced
            with path.open("wb") as file:
                yield file
            return
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            beside = Path(file.name)
            try:
                yield file  # type: ignore[misc]  # the wrapper has every method of BinaryIO
                file.flush()
                os.fsync(file.fileno())
                _share_like_others(beside)
                beside.replace(path)
            finally:
                with suppress(FileNotFoundError):
                    beside.unlink()
    except OSError as error:
        raise _translate(error, path) from error


def _share_like_others(path: Path) -> None:
    """Give the file the rights of any new file; temporary ones are private."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def _translate(error: OSError, path: Path) -> GrimcheError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(path=str(path))
    return FileNotWritable(path=str(path), fault=error.strerror or str(error))
