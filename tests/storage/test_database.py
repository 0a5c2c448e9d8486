import asyncio
import itertools
import shutil
import signal
import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from storage import database as module
from storage.catalogue import list_webtoons, save_webtoon
from storage.database import APPLICATION_ID, Connection, connect, prepare, snapshot, transaction
from storage.errors import (
    DatabaseCorrupt,
    DatabaseForeign,
    DatabaseLocked,
    DatabaseNewer,
    DatabaseReadOnly,
    StorageError,
)
from storage.migrations import Migration, migrations, newest
from tests.storage.examples import SEEN, a_webtoon, as_stranger, held, public_folder

PREPARE = """
import asyncio, pathlib, sys
from storage.database import prepare
asyncio.run(prepare(pathlib.Path(sys.argv[1])))
"""
KILLED = """
import asyncio, os, pathlib, signal, sys
from storage.database import Connection, prepare

rows = Connection.rows

async def mortal(self, sql, parameters=()):
    if sys.argv[2] in sql:
        os.kill(os.getpid(), signal.SIGKILL)
    return await rows(self, sql, parameters)

Connection.rows = mortal
asyncio.run(prepare(pathlib.Path(sys.argv[1])))
"""


def ask(path: Path, sql: str) -> object:
    """Read one value without the code under test."""
    with closing(sqlite3.connect(path)) as plain:
        return plain.execute(sql).fetchone()[0]


def content(path: Path) -> bytes:
    """Read the file as it lies there."""
    return path.read_bytes()


def unwritable(database: Path, folder: Path) -> Path:
    """Copy a database to where its modes forbid writing."""
    path = Path(shutil.copy(database, folder))
    path.chmod(0o444)
    return path


async def start(*arguments: str) -> asyncio.subprocess.Process:
    """Start a Python of the same kind."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", *arguments, cwd=Path(module.__file__).parents[1]
    )


async def pass_steps(count: int) -> None:
    """Let the loop go round so many times."""
    for _ in range(count):
        await asyncio.sleep(0)


class TestPrepare:
    """What `prepare` makes, keeps and refuses."""

    async def test_makes_the_folder_and_the_file(self, tmp_path: Path) -> None:
        """A database is created with its folder, marked as ours, at the newest version."""
        path = tmp_path / "새 폴더 #1?" / "100%" / "grimche.db"
        await prepare(path)
        assert ask(path, "PRAGMA application_id") == APPLICATION_ID
        assert ask(path, "PRAGMA user_version") == newest()
        assert ask(path, "PRAGMA journal_mode") == "wal"

    async def test_tables_are_strict(self, database: Path) -> None:
        """Every table of ours checks the types of its columns."""
        loose = "SELECT count(*) FROM pragma_table_list WHERE NOT strict AND type = 'table'"
        assert ask(database, f"{loose} AND name NOT LIKE 'sqlite_%'") == 0

    async def test_is_silent_on_a_healthy_file(self, database: Path) -> None:
        """Preparing twice writes nothing."""
        before = content(database)
        await prepare(database)
        assert content(database) == before

    async def test_continues_an_empty_file(self, tmp_path: Path) -> None:
        """A file that was only begun is taken over."""
        path = tmp_path / "grimche.db"
        path.touch()
        await prepare(path)
        assert ask(path, "PRAGMA user_version") == newest()

    async def test_switches_an_old_file_to_the_log(self, database: Path) -> None:
        """A database that was killed before its last step gets the write-ahead log."""
        with closing(sqlite3.connect(database)) as plain:
            plain.execute("PRAGMA journal_mode = DELETE")
        await prepare(database)
        assert ask(database, "PRAGMA journal_mode") == "wal"

    @pytest.mark.parametrize("mark", ["CREATE TABLE notes (text)", "PRAGMA application_id = 7"])
    async def test_refuses_a_foreign_file(self, tmp_path: Path, mark: str) -> None:
        """Somebody else's SQLite file is left alone."""
        path = tmp_path / "notes.db"
        with closing(sqlite3.connect(path)) as plain:
            plain.execute(mark)
        before = path.read_bytes()
        with pytest.raises(DatabaseForeign, match="not a Grimche database"):
            await prepare(path)
        assert path.read_bytes() == before

    async def test_refuses_a_newer_file(self, database: Path) -> None:
        """A newer Grimche's database is left alone, and its version told."""
        with closing(sqlite3.connect(database)) as plain:
            plain.execute(f"PRAGMA user_version = {newest() + 1}")
        with pytest.raises(DatabaseNewer, match=f"version {newest() + 1}"):
            await prepare(database)

    async def test_refuses_what_is_no_database(self, tmp_path: Path) -> None:
        """A file that SQLite cannot read is called damaged."""
        path = tmp_path / "grimche.db"
        path.write_bytes(b"not a database " * 1000)
        with pytest.raises(DatabaseCorrupt, match=r"grimche\.db is damaged"):
            await prepare(path)

    async def test_refuses_a_folder(self, tmp_path: Path) -> None:
        """A folder in the place of the file is named."""
        with pytest.raises(StorageError, match="it is a folder"):
            await prepare(tmp_path)

    async def test_refuses_a_file_for_a_folder(self, tmp_path: Path) -> None:
        """A file in the place of the folder is named."""
        (tmp_path / "data").touch()
        with pytest.raises(StorageError, match="data") as caught:
            await prepare(tmp_path / "data" / "grimche.db")
        assert isinstance(caught.value.__cause__, OSError)

    async def test_cannot_create_below_proc(self) -> None:
        """Where nobody can make a folder, the sentence names the file."""
        with pytest.raises(StorageError, match=r"/proc/grimche/grimche\.db cannot be used"):
            await prepare(Path("/proc/grimche/grimche.db"))

    @pytest.mark.parametrize("name", ["grimche.db", "deeper/grimche.db"])
    async def test_needs_a_folder_that_may_be_written(self, name: str) -> None:
        """Without permission the sentence says so, for the file and for its folder."""
        refused = pytest.raises(DatabaseReadOnly, match="may not be written")
        with public_folder() as folder, as_stranger(folder), refused:
            await prepare(folder / name)

    async def test_waits_no_longer_than_told(self, database: Path) -> None:
        """A database that another process holds is called locked."""
        with held(database), pytest.raises(DatabaseLocked, match="Another process"):
            await prepare(database, patience=0)

    async def test_gives_up_the_switch_to_the_log(self, database: Path) -> None:
        """Readers that never end keep the old journal, and are reported."""
        with closing(sqlite3.connect(database, isolation_level=None)) as reader:
            reader.execute("PRAGMA journal_mode = DELETE")
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM webtoons")
            with pytest.raises(DatabaseLocked):
                await prepare(database, patience=0.05)

    async def test_tries_the_switch_to_the_log_again(
        self, database: Path, connection: Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where SQLite does not wait for a reader to end, we do."""
        with closing(sqlite3.connect(database, isolation_level=None)) as reader:
            reader.execute("PRAGMA journal_mode = DELETE")
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM webtoons")

            async def let_the_reader_end(_seconds: float) -> None:
                reader.close()

            monkeypatch.setattr(asyncio, "sleep", let_the_reader_end)
            await module._use_write_ahead_log(connection, patience=60)
        assert ask(database, "PRAGMA journal_mode") == "wal"

    async def test_breaks_no_references(self, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A step that leaves a reference dangling is undone, with all steps before it."""
        version = newest()
        steps = [
            Migration(version + 1, "CREATE TABLE fine (a TEXT) STRICT;"),
            Migration(version + 2, "INSERT INTO fits VALUES (7, 1, '{}', x'00');"),
        ]
        monkeypatch.setattr(module, "migrations", lambda: [*migrations(), *steps])
        monkeypatch.setattr(module, "newest", lambda: version + 2)
        with pytest.raises(DatabaseCorrupt):
            await prepare(database)
        assert ask(database, "PRAGMA user_version") == version
        assert ask(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'fine'") == 0

    async def test_runs_in_several_processes_at_once(self, tmp_path: Path) -> None:
        """Processes that start together all find one sound database."""
        path = tmp_path / "data" / "grimche.db"
        processes = [await start(PREPARE, str(path)) for _ in range(4)]
        assert [await process.wait() for process in processes] == [0] * 4
        assert ask(path, "PRAGMA quick_check") == "ok"
        assert ask(path, "PRAGMA journal_mode") == "wal"

    @pytest.mark.parametrize("moment", ["CREATE TABLE episodes", "COMMIT", "journal_mode = WAL"])
    async def test_survives_a_kill(self, tmp_path: Path, moment: str) -> None:
        """A process that is killed while it creates leaves nothing that stops the next."""
        path = tmp_path / "grimche.db"
        assert await (await start(KILLED, str(path), moment)).wait() == -signal.SIGKILL
        await prepare(path)
        assert ask(path, "PRAGMA user_version") == newest()
        assert ask(path, "PRAGMA journal_mode") == "wal"


class TestConnect:
    """How connections open and close."""

    async def test_checks_references(self, connection: Connection) -> None:
        """Foreign keys hold on every connection; breaking one is a bug and stays SQLite's error."""
        with pytest.raises(sqlite3.IntegrityError):
            await connection.rows("INSERT INTO fits VALUES (7, 1, '{}', x'00')")

    @pytest.mark.parametrize("read_only", [False, True])
    async def test_creates_nothing(self, tmp_path: Path, *, read_only: bool) -> None:
        """A missing database is reported, and no empty file is left."""
        path = tmp_path / "grimche.db"
        with pytest.raises(StorageError, match="no such file"):
            async with connect(path, read_only=read_only):
                pass
        assert not path.exists()

    async def test_misses_the_folder(self, tmp_path: Path) -> None:
        """A missing folder is reported like a missing file."""
        with pytest.raises(StorageError, match="no such file"):
            async with connect(tmp_path / "nowhere" / "grimche.db"):
                pass

    async def test_closes_after_an_error(self, database: Path) -> None:
        """A connection that failed inside is closed, and what was not committed is gone."""

        async def fail() -> None:
            async with connect(database) as connection:
                await connection.rows("BEGIN IMMEDIATE")
                await save_webtoon(connection, a_webtoon(), seen=SEEN)
                raise LookupError

        with pytest.raises(LookupError):
            await fail()
        async with connect(database, patience=0) as connection:
            assert await list_webtoons(connection) == []
            async with transaction(connection):
                await save_webtoon(connection, a_webtoon(), seen=SEEN)

    async def test_reads_where_nothing_may_be_written(self, database: Path) -> None:
        """A database in a read-only folder can be prepared and read."""
        async with connect(database) as connection:
            await save_webtoon(connection, a_webtoon(), seen=SEEN)
        with public_folder() as folder:
            path = unwritable(database, folder)
            with as_stranger(folder):
                await prepare(path)
                async with connect(path, read_only=True) as connection:
                    assert [s.webtoon.title for s in await list_webtoons(connection)] == ["신의 탑"]

    async def test_says_that_a_file_may_not_be_written(self, database: Path) -> None:
        """Writing to a database in a read-only folder names the permission."""
        with public_folder() as folder:
            path = unwritable(database, folder)
            with as_stranger(folder), pytest.raises(DatabaseReadOnly):
                async with connect(path) as connection:
                    await save_webtoon(connection, a_webtoon(), seen=SEEN)

    async def test_sees_what_is_still_in_the_log(self, database: Path) -> None:
        """A reader sees what a writer has committed and not yet moved into the file."""
        async with connect(database) as writer, connect(database, read_only=True) as reader:
            await save_webtoon(writer, a_webtoon(), seen=SEEN)
            assert len(await list_webtoons(reader)) == 1


class TestTransaction:
    """All or nothing."""

    async def test_commits(self, database: Path, connection: Connection) -> None:
        """What happens inside is there for others afterwards."""
        async with transaction(connection):
            await save_webtoon(connection, a_webtoon(), seen=SEEN)
            async with connect(database) as other:
                assert await list_webtoons(other) == []
        async with connect(database) as other:
            assert len(await list_webtoons(other)) == 1

    async def test_rolls_back_on_an_error(self, connection: Connection) -> None:
        """What happened before an error inside is undone, and the connection still serves."""

        async def fail() -> None:
            async with transaction(connection):
                await save_webtoon(connection, a_webtoon(), seen=SEEN)
                raise LookupError

        with pytest.raises(LookupError):
            await fail()
        assert await list_webtoons(connection) == []
        async with transaction(connection):
            await save_webtoon(connection, a_webtoon(), seen=SEEN)
        assert len(await list_webtoons(connection)) == 1

    @pytest.mark.parametrize("steps", range(12))
    async def test_rolls_back_when_cancelled(self, connection: Connection, steps: int) -> None:
        """A task that is cancelled at any moment leaves no transaction open."""

        async def work() -> None:
            async with transaction(connection):
                await save_webtoon(connection, a_webtoon(), seen=SEEN)
                await asyncio.Event().wait()

        task = asyncio.create_task(work())
        await pass_steps(steps)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not connection.in_transaction
        assert await list_webtoons(connection) == []

    async def test_is_refused_while_another_writes(self, database: Path, connection: Connection) -> None:
        """Two transactions do not write at once."""
        async with connect(database) as other, transaction(other):
            with pytest.raises(DatabaseLocked):
                async with transaction(connection):
                    pass

    async def test_a_snapshot_stays_as_it_was(self, database: Path, connection: Connection) -> None:
        """What others commit meanwhile is seen only after a snapshot."""
        async with connect(database) as other:
            async with snapshot(connection):
                assert await list_webtoons(connection) == []
                await save_webtoon(other, a_webtoon(), seen=SEEN)
                assert await list_webtoons(connection) == []
            assert len(await list_webtoons(connection)) == 1

    @pytest.mark.parametrize("steps", range(6))
    async def test_a_snapshot_ends_when_cancelled(self, connection: Connection, steps: int) -> None:
        """A reader that is cancelled at any moment holds nothing back."""

        async def look() -> None:
            async with snapshot(connection):
                await asyncio.Event().wait()

        task = asyncio.create_task(look())
        await pass_steps(steps)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not connection.in_transaction

    async def test_opening_can_be_cancelled(self, database: Path) -> None:
        """A task cancelled while it opens or closes, and once more as it waits, leaves no thread behind."""

        async def work() -> None:
            async with connect(database):
                await asyncio.Event().wait()

        threads = threading.active_count()
        for steps, more in itertools.product(range(6), range(4)):
            task = asyncio.create_task(work())
            await pass_steps(steps)
            task.cancel()
            await pass_steps(more)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert threading.active_count() == threads
