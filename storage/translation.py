"""Turn what SQLite and the file system refuse into the errors of Grimche, in this one place."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import DatabaseCorrupt, DatabaseLocked, DatabaseReadOnly, DiskFull, StorageError

_BY_CODE: dict[int, type[StorageError]] = {
    sqlite3.SQLITE_BUSY: DatabaseLocked,
    sqlite3.SQLITE_LOCKED: DatabaseLocked,
    sqlite3.SQLITE_PROTOCOL: DatabaseLocked,
    sqlite3.SQLITE_PERM: DatabaseReadOnly,
    sqlite3.SQLITE_READONLY: DatabaseReadOnly,
    sqlite3.SQLITE_CORRUPT: DatabaseCorrupt,
    sqlite3.SQLITE_NOTADB: DatabaseCorrupt,
    sqlite3.SQLITE_FULL: DiskFull,
}
_BY_ERRNO: dict[int | None, type[StorageError]] = {
    errno.EACCES: DatabaseReadOnly,
    errno.EPERM: DatabaseReadOnly,
    errno.EROFS: DatabaseReadOnly,
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
}
_UNCLEAR = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}  # SQLite does not say why
_NEEDED_SPACE = 128 * 1024  # bytes; the shared-memory file and a few pages of the write-ahead log


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise the StorageError for what a user can mend about the file `path`; let bugs pass."""
    try:
        yield
    except sqlite3.Error as error:
        fault = _fault(error, path)
        if fault is None:
            raise
        raise fault from error
    except OSError as error:
        kind = _BY_ERRNO.get(error.errno, StorageError)
        raise kind(path=str(path), fault=error.strerror or str(error)) from error


def may_write(path: Path) -> bool:
    """Tell whether this user may write the file, or make files in the folder, at `path`."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _fault(error: sqlite3.Error, path: Path) -> StorageError | None:
    code = getattr(error, "sqlite_errorcode", None)  # absent on errors of the Python module itself
    if code is None:
        return None
    primary = code & 0xFF
    if primary in _BY_CODE:
        return _BY_CODE[primary](path=str(path))
    if primary in _UNCLEAR:
        return _unclear(error, path)
    return None


def _unclear(error: sqlite3.Error, path: Path) -> StorageError:
    """Find out from the surroundings why a file could not be opened or written."""
    folder, name = path.parent, str(path)
    if path.is_dir():
        return StorageError(path=name, fault="it is a folder")
    if folder.is_dir() and shutil.disk_usage(folder).free < _NEEDED_SPACE:
        return DiskFull(path=name)
    if any(there.exists() and not may_write(there) for there in (folder, path)):
        return DatabaseReadOnly(path=name)
    return StorageError(path=name, fault=str(error) if path.exists() else "there is no such file")
