"""Writing little and often, and removing for good."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from storage.database import PATIENCE, Connection, connect


@asynccontextmanager
async def connect_to_note(path: Path, *, patience: float = PATIENCE) -> AsyncIterator[Connection]:
    """Open a prepared database for many small transactions.

    A commit outlives its process, though not always a power cut.  What is removed is overwritten, where
    SQLite would only mark it as free.
    """
    async with connect(path, patience=patience) as connection:
        await connection.rows("PRAGMA synchronous = NORMAL")
        await connection.rows("PRAGMA secure_delete = ON")
        yield connection


async def empty_log(path: Path, *, patience: float = PATIENCE) -> bool:
    """Bring everything from the log into the file, and tell whether nobody was in the way for too long."""
    async with connect(path, patience=patience) as connection:
        busy, _pages, _moved = (await connection.rows("PRAGMA wal_checkpoint(TRUNCATE)"))[0]
    return not busy
