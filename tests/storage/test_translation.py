"""Every storage function, against every state of the file that a user can mend."""

import errno
import importlib
import inspect
import pkgutil
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import storage
from storage.database import backup, connect, prepare
from storage.errors import DatabaseCorrupt, DatabaseLocked, DatabaseReadOnly, DiskFull, StorageError
from storage.translation import translated
from tests.storage.calls import IN_PLACE, READING, WRITING, Call, fill
from tests.storage.examples import held

ON_FULL_DISK = """
import asyncio, pathlib, sys
from storage.chats import Chat, save_chat
from storage.database import backup, connect, prepare
from storage.errors import DiskFull

async def fill(path):
    await prepare(path)
    async with connect(path) as connection:
        for number in range(10_000):
            await save_chat(connection, Chat(door="web", chat_id=str(number), language="x" * 1000))

async def main():
    elsewhere, full = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    work = {"prepare": prepare(full), "fill": fill(full), "backup": backup(elsewhere, full)}
    try:
        await work.pop(sys.argv[3])
    except DiskFull as error:
        print(error, sorted(p.name for p in full.parent.iterdir() if p.name.endswith(".part")))
    for unused in work.values():
        unused.close()

asyncio.run(main())
"""


def every_call() -> dict[str, Call]:
    """Join what reads and what writes."""
    return READING | WRITING


@pytest.fixture
async def filled(database: Path) -> Path:
    """Give a database with something in it, which nobody has open."""
    await fill(database)
    return database


def params(calls: dict[str, Call]) -> pytest.MarkDecorator:
    """Run a test once for each call, under its name."""
    return pytest.mark.parametrize("call", [pytest.param(call, id=name) for name, call in calls.items()])


def public_functions() -> Iterator[str]:
    """Name the public functions of the package that take a connection."""
    for found in pkgutil.iter_modules(storage.__path__):
        module = importlib.import_module(f"storage.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if function.__module__ == module.__name__ and first == "connection" and name[0] != "_":
                yield f"{found.name}.{name}"


def test_every_function_is_called() -> None:
    """No public function that takes a connection is missing from the lists."""
    assert set(public_functions()) == {name.split()[0] for name in every_call()}


@params(every_call())
async def test_works_on_a_healthy_file(filled: Path, call: Call) -> None:
    """Each call of the lists succeeds where nothing is wrong."""
    async with connect(filled) as connection:
        await call(connection)


@params(every_call())
async def test_locked(filled: Path, call: Call) -> None:
    """Each function says so when another process holds the file."""
    async with connect(filled, patience=0) as connection:
        with held(filled), pytest.raises(DatabaseLocked, match=r"grimche\.db") as caught:
            await call(connection)
    assert isinstance(caught.value.__cause__, sqlite3.Error)


@params(WRITING)
async def test_read_only(filled: Path, call: Call) -> None:
    """Each function that writes says so when it may not."""
    async with connect(filled, read_only=True) as connection:
        with pytest.raises(DatabaseReadOnly, match=r"grimche\.db"):
            await call(connection)


@params(READING)
async def test_reads_what_is_read_only(filled: Path, call: Call) -> None:
    """Each function that reads needs no permission to write."""
    async with connect(filled, read_only=True) as connection:
        await call(connection)


@params(every_call())
async def test_no_database(filled: Path, call: Call) -> None:
    """Each function says so when the file holds something else."""
    overwrite(filled, start=0)
    async with connect(filled) as connection:
        with pytest.raises(DatabaseCorrupt, match=r"grimche\.db is damaged"):
            await call(connection)


@params(every_call())
async def test_damaged(filled: Path, call: Call) -> None:
    """Each function says so when the tables behind a sound schema are gone."""
    damage(filled)
    async with connect(filled) as connection:
        with pytest.raises(DatabaseCorrupt, match=r"grimche\.db is damaged"):
            await call(connection)


@params({name: call for name, call in WRITING.items() if name not in IN_PLACE})
async def test_full(filled: Path, call: Call) -> None:
    """Each function that needs more room says so when there is none, and nothing is lost."""
    async with connect(filled) as connection:
        pages = await connection.rows("PRAGMA page_count")
        await connection.rows(f"PRAGMA max_page_count = {pages[0][0]}")
        with pytest.raises(DiskFull, match=r"the disk|The disk"):
            await call(connection)
        assert await connection.rows("PRAGMA quick_check") == [("ok",)]


@pytest.mark.parametrize("work", ["prepare", "fill", "backup"])
def test_full_disk(filled: Path, tmp_path: Path, work: str) -> None:
    """A disk that is really full gives the same sentence, and no half-made file stays."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = {"prepare": "100k", "fill": "800k", "backup": "100k"}[work]
    mount = f'mount -t tmpfs -o size={size} none "$0" && exec "$@"'
    python = [sys.executable, "-c", ON_FULL_DISK, str(filled), str(disk / "grimche.db"), work]
    alone = ["unshare", "-rm", "sh", "-c", mount, str(disk)]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    done = subprocess.run(
        [*alone, *python], cwd=Path(storage.__path__[0]).parent, check=True, capture_output=True, text=True
    )
    assert done.stdout.startswith(f"The disk that holds {disk / 'grimche.db'} is full"), done.stderr
    assert done.stdout.endswith(" []\n")


class TestFiles:
    """The functions that take a path."""

    async def test_backup_of_a_locked_file(self, filled: Path, tmp_path: Path) -> None:
        """A copy of what another process holds names the database."""
        with held(filled), pytest.raises(DatabaseLocked, match=r"grimche\.db"):
            await backup(filled, tmp_path / "copy.db", patience=0)

    async def test_corrupt(self, filled: Path, tmp_path: Path) -> None:
        """A copy of a damaged file names the database and replaces nothing."""
        damage(filled)
        (tmp_path / "copy.db").write_text("older")
        with pytest.raises(DatabaseCorrupt, match=r"grimche\.db is damaged"):
            await backup(filled, tmp_path / "copy.db")
        assert (tmp_path / "copy.db").read_text() == "older"

    async def test_prepare_of_a_damaged_file(self, filled: Path) -> None:
        """A file whose schema is damaged is called so."""
        overwrite(filled, start=100)
        with pytest.raises(DatabaseCorrupt):
            await prepare(filled)


class TestTranslated:
    """The place where errors are translated."""

    def test_bugs_pass(self) -> None:
        """What no user can mend stays what it is."""
        plain = sqlite3.connect(":memory:")
        with pytest.raises(sqlite3.OperationalError, match="no such table"), translated(Path("x")):
            plain.execute("SELECT * FROM absent")
        plain.close()
        with pytest.raises(sqlite3.ProgrammingError, match="closed"), translated(Path("x")):
            plain.execute("SELECT 1")

    def test_a_locked_or_corrupt_file_is_named(self) -> None:
        """The sentence names the file and the original error is its cause."""
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorcode = sqlite3.SQLITE_BUSY_SNAPSHOT
        with pytest.raises(DatabaseLocked, match="somewhere") as caught, translated(Path("somewhere")):
            raise error
        assert caught.value.__cause__ is error

    @pytest.mark.parametrize(
        ("number", "kind"),
        [
            (errno.EACCES, DatabaseReadOnly),
            (errno.EROFS, DatabaseReadOnly),
            (errno.ENOSPC, DiskFull),
            (errno.ENAMETOOLONG, StorageError),
        ],
    )
    def test_the_file_system_speaks_too(self, number: int, kind: type[StorageError]) -> None:
        """Errors of the system become the same errors, with the file's name."""
        with pytest.raises(StorageError, match="somewhere") as caught, translated(Path("somewhere")):
            raise OSError(number, "strerror")
        assert type(caught.value) is kind

    def test_a_disk_without_room_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An input/output error where no space is left is called so."""
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
        full = shutil._ntuple_diskusage(total=1, used=1, free=0)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
        with pytest.raises(DiskFull), translated(tmp_path / "grimche.db"):
            raise error

    def test_a_failing_disk_is_told(self, tmp_path: Path) -> None:
        """An input/output error without a reason around it keeps SQLite's words."""
        path = tmp_path / "grimche.db"
        path.touch()
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
        with pytest.raises(StorageError, match="disk I/O error"), translated(path):
            raise error


def overwrite(path: Path, *, start: int) -> None:
    """Scribble over the file from a byte on, keeping its length."""
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\x55" * (path.stat().st_size - start))


def damage(path: Path) -> None:
    """Scribble over the first page of every table and index, and leave the schema."""
    with closing(sqlite3.connect(path)) as plain:
        (size,) = plain.execute("PRAGMA page_size").fetchone()
        pages = plain.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0").fetchall()
    with path.open("r+b") as file:
        for (page,) in pages:
            file.seek((page - 1) * size)
            file.write(b"\x55" * size)
