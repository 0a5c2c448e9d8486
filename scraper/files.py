"""Walk through a folder that somebody filled, and read its files without leaving it."""

from collections.abc import Iterator
from pathlib import Path

from storage.errors import FileTooLarge, SourceError

_CLUTTER = {"manifest.csv", "thumbs.db", "desktop.ini", "__macosx"}
_MEGABYTE = 1 << 20


def visible(folder: Path) -> Iterator[Path]:
    """List what is in `folder`, without hidden files and what operating systems leave behind."""
    for path in folder.iterdir():
        if not path.name.startswith(".") and path.name.casefold() not in _CLUTTER:
            yield path


def below(top: Path) -> Iterator[Path]:
    """Find what may be a file; links to folders are not followed, and fail when they are read."""
    waiting = [top]
    while waiting:
        path = waiting.pop()
        if path.is_dir() and not path.is_symlink():
            waiting += visible(path)
        else:
            yield path


def read_inside(folder: Path, path: Path, *, megabytes: int) -> bytes:
    """Read a file of `folder`; raises `SourceError` or `FileTooLarge`."""
    try:
        if "\ufffd" in shown(str(path)):
            raise _unreadable("its name is not UTF-8 text; rename it.")
        real = path.resolve(strict=True)
        if not real.is_relative_to(folder.resolve()):
            raise _unreadable("it is a link that leads out of the folder.")
        if not real.is_file():
            raise _unreadable("it is not an ordinary file.")
        size = real.stat().st_size
        if size > megabytes * _MEGABYTE:
            raise FileTooLarge(size=-(-size // _MEGABYTE), maximum=megabytes)
        return real.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        raise _unreadable(f"{error}.") from error


def shown(text: str) -> str:
    """Replace the bytes of a file's name that are no UTF-8, which could be neither stored nor shown."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _unreadable(fault: str) -> SourceError:
    return SourceError(platform="The file", fault=fault)
