"""Open, create, migrate and back up the one SQLite file."""

import asyncio
import os
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, closing, suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

import aiosqlite

from storage.errors import DatabaseCorrupt, DatabaseForeign, DatabaseLocked, DatabaseNewer, StorageError
from storage.migrations import migrations, newest
from storage.translation import may_write, translated

APPLICATION_ID = 0x47524D43  # "GRMC" in the header of the file
PATIENCE = 10.0  # seconds to wait for another process that writes
_BACKUP_PAGES = 256  # pages copied between two reports of progress

Parameters = Mapping[str, object] | Sequence[object]
Row = tuple[Any, ...]


class _Stopped(Exception):
    """Nobody waits for the copy any more."""


class Connection(aiosqlite.Connection):
    """An open database; what SQLite refuses comes out as a StorageError."""

    def __init__(self, path: Path, *, mode: str, patience: float) -> None:
        """Prepare to open `path` in a `mode` of SQLite's URI files."""
        super().__init__(partial(_plain, path, mode=mode, patience=patience), iter_chunk_size=64)
        self.path = path
        self.stopped: asyncio.Future[Any] | None = None

    def stop(self) -> asyncio.Future[Any] | None:
        """Stop the worker thread, and keep what says that it has ended."""
        self.stopped = super().stop()
        return self.stopped

    async def open(self) -> None:
        """Start the worker thread; where it cannot open the file, see it end before the event loop does."""
        try:
            with translated(self.path):
                await self
        except BaseException:
            try:
                await asyncio.gather(*filter(None, [self.stopped]))
            finally:
                self._thread.join()
            raise

    async def close(self) -> None:
        """Close the file, and see the worker thread end before the event loop does.

        Who is cancelled once more while it waits holds up the loop instead, for what SQLite is just doing.
        """
        try:
            await super().close()
        finally:
            self._thread.join()

    async def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Run one statement and return all its rows."""
        with translated(self.path):
            return cast("list[Row]", await self.execute_fetchall(sql, parameters))

    async def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """Run one statement and return its first row."""
        return next(iter(await self.rows(sql, parameters)), None)

    async def run_many(self, sql: str, parameters: Iterable[Parameters]) -> int:
        """Run one statement once for each of the `parameters`, and count the rows that it changed."""
        with translated(self.path):
            async with self.executemany(sql, parameters) as cursor:
                return cursor.rowcount


@asynccontextmanager
async def connect(
    path: Path, *, read_only: bool = False, patience: float = PATIENCE
) -> AsyncIterator[Connection]:
    """Open a prepared database, waiting `patience` seconds whenever another process writes.

    Nothing is read from the file yet.  With `read_only`, a database in a folder that may not be
    written can still be read.
    """
    async with _opened(
        path, mode=_reading(path) if read_only else "mode=rw", patience=patience
    ) as connection:
        await connection.rows("PRAGMA foreign_keys = ON")
        yield connection


@asynccontextmanager
async def transaction(connection: Connection) -> AsyncIterator[None]:
    """Commit what happens inside, or nothing of it when it fails or is cancelled."""
    try:
        await connection.rows("BEGIN IMMEDIATE")
        yield
        await connection.rows("COMMIT")
    except BaseException:
        # The worker thread takes statements in order, so this comes after a BEGIN or COMMIT whose
        # waiting was cancelled; without an open transaction it does nothing.
        with translated(connection.path):
            await connection.rollback()
        raise


@asynccontextmanager
async def snapshot(connection: Connection) -> AsyncIterator[None]:
    """Read everything inside as it was at one moment, whatever others write meanwhile."""
    try:
        await connection.rows("BEGIN")
        yield
    finally:
        with translated(connection.path):
            await connection.rollback()


async def prepare(path: Path, *, patience: float = PATIENCE) -> None:
    """Create the database with its folder, or bring it to the present version.

    A database that is up to date is only read.  Raises DatabaseNewer, DatabaseForeign or another
    StorageError, and then leaves the file as it was.
    """
    with translated(path):
        exists = _is_there(path)
    if exists and await _is_prepared(path, patience=patience):
        return
    async with _opened(path, mode="mode=rwc", patience=patience) as connection:
        if await _version(connection) < newest():
            async with transaction(connection):
                await _migrate(connection)
        await _use_write_ahead_log(connection, patience=patience)


async def check(path: Path, *, patience: float = PATIENCE) -> None:
    """See that a file is a whole database of Grimche, of this version or an older one.

    Raises DatabaseCorrupt, DatabaseForeign or DatabaseNewer.
    """
    async with connect(path, read_only=True, patience=patience) as connection:
        version = await _version(connection)
        sound = await connection.row("PRAGMA integrity_check(1)") == ("ok",)
        if not version or not sound or await connection.rows("PRAGMA foreign_key_check"):
            raise DatabaseCorrupt(path=str(path))


async def fold(path: Path, *, patience: float = PATIENCE) -> None:
    """Bring all of the write-ahead log into the database's own file.

    Raises DatabaseLocked while another process reads what is older, and StorageError.
    """
    async with connect(path, patience=patience) as connection:
        row = await connection.row("PRAGMA wal_checkpoint(TRUNCATE)")
    if row is not None and row[0]:
        raise DatabaseLocked(path=str(path))


async def backup(
    path: Path,
    target: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    patience: float = PATIENCE,
) -> None:
    """Copy a database that may be in use to `target`, whole or not at all.

    `progress` is told the pages copied and the pages in all.  An older file at `target` is replaced
    once the copy has been checked.
    """
    loop = asyncio.get_running_loop()
    stopped = threading.Event()

    def report(_status: int, remaining: int, total: int) -> None:
        if stopped.is_set():
            raise _Stopped
        if progress is not None:
            loop.call_soon_threadsafe(progress, total - remaining, total)

    with translated(target):
        part = _part_of(target, source=path)
    copying = partial(_copy, path, part, target=target, patience=patience, report=report)
    work = loop.run_in_executor(None, copying)
    try:
        await asyncio.shield(work)
        with translated(target):
            _put_in_place(part, target, source=path)
    finally:
        stopped.set()
        while not work.done():
            with suppress(asyncio.CancelledError):  # the first one goes on to our caller after this
                await asyncio.wait({work})
        work.exception()  # what it was, we have raised; a copy that was stopped has nothing to say
        _remove(part, "", "-wal", "-shm", "-journal")


@asynccontextmanager
async def _opened(path: Path, *, mode: str, patience: float) -> AsyncIterator[Connection]:
    connection = Connection(path, mode=mode, patience=patience)
    await connection.open()
    try:
        yield connection
    finally:
        await connection.close()


def _is_there(path: Path) -> bool:
    """Make the folder and tell whether the file is more than begun."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.exists() and path.stat().st_size > 0


def _part_of(target: Path, *, source: Path) -> Path:
    """Make the file beside `target` that will take its place."""
    if target.exists() and source.exists() and target.samefile(source):
        raise StorageError(path=str(target), fault="it is the database itself")
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    return Path(name)


def _put_in_place(part: Path, target: Path, *, source: Path) -> None:
    shutil.copymode(source, part)
    _remove(target, "-wal", "-shm")  # of the file replaced; SQLite would apply them to the new one
    part.replace(target)


def _remove(path: Path, *suffixes: str) -> None:
    for suffix in suffixes:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _reading(path: Path) -> str:
    """Choose how to open for reading only.

    SQLite reads a write-ahead logged file through two files beside it.  Where they are not there and
    cannot be made, nobody with our rights writes, and the file alone is the whole database.
    """
    log = path.with_name(path.name + "-wal")
    return "mode=ro" if may_write(path.parent) or log.exists() else "mode=ro&immutable=1"


async def _is_prepared(path: Path, *, patience: float) -> bool:
    async with connect(path, read_only=True, patience=patience) as connection:
        version = await _version(connection)
        journal = await connection.row("PRAGMA journal_mode")
    return version == newest() and (journal == ("wal",) or not may_write(path.parent))


async def _version(connection: Connection) -> int:
    """Read the version of the schema, 0 for a file without tables."""
    rows = await connection.rows(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)"
        " FROM pragma_application_id, pragma_user_version"
    )
    application, version, tables = rows[0]
    if application != APPLICATION_ID and (application or tables):
        raise DatabaseForeign(path=str(connection.path))
    if version > newest():
        raise DatabaseNewer(path=str(connection.path), found=version)
    return int(version)


async def _migrate(connection: Connection) -> None:
    """Apply what is still missing; foreign keys are off here, so that tables can be rebuilt."""
    version = await _version(connection)  # another process may have been faster
    for step in migrations():
        if step.version > version:
            for statement in step.statements():
                await connection.rows(statement)
            await connection.rows(f"PRAGMA user_version = {step.version}")
    await connection.rows(f"PRAGMA application_id = {APPLICATION_ID}")
    if await connection.rows("PRAGMA foreign_key_check"):
        raise DatabaseCorrupt(path=str(connection.path))


async def _use_write_ahead_log(connection: Connection, *, patience: float) -> None:
    """Switch to WAL, trying again while others read, for SQLite itself does not wait here."""
    deadline = time.monotonic() + patience
    while True:
        try:
            await connection.rows("PRAGMA journal_mode = WAL")
        except DatabaseLocked:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.02)
        else:
            return


def _copy(
    path: Path, part: Path, *, target: Path, patience: float, report: Callable[[int, int, int], None]
) -> None:
    """Copy one snapshot of all pages, and check the copy; errors name `path` or `target`.

    One thread does all of it, for SQLite crashes where one closes what another still copies.
    """
    with translated(path):
        source = _plain(path, mode=_reading(path), patience=patience)
    with closing(source):
        with translated(path):
            # Without this every write of another process would begin the copy anew.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_schema")
        with translated(target), closing(_plain(part, mode="mode=rw", patience=0)) as copy:
            source.backup(copy, pages=_BACKUP_PAGES, progress=report)
            sound = copy.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
    if not sound:
        raise DatabaseCorrupt(path=str(path))


def _plain(path: Path, *, mode: str, patience: float) -> sqlite3.Connection:
    """Open without a thread of its own and without transactions that begin by themselves."""
    address = f"{path.absolute().as_uri()}?{mode}"
    return sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)
