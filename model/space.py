"""What happens when a disk is full."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import DiskFull

_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def space_at(path: Path) -> Iterator[None]:
    """Raise DiskFull in place of an OSError that says so; HDF5 says it in words only."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or os.strerror(errno.ENOSPC) in str(error):
            raise DiskFull(path=str(path)) from error
        raise
