import asyncio
import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
import threading
from contextlib import closing
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Self

import pytest

from bot import backup_job
from bot.__main__ import run
from bot.backup_job import PART, keep_backup, list_backups, restore, sweep_backups
from bot.heartbeat import beating
from bot.observed import Observed
from bot.settings import Settings, load_settings
from model import generations
from storage import database, jobs
from storage import generations as stored_generations
from storage.errors import AlreadyRunning, BackupDamaged, DatabaseLocked, GrimcheError, InUse, StorageError
from storage.migrations import newest
from storage.records import JobKind

KILLED = """
import asyncio, os, signal, tarfile
from pathlib import Path
from bot.backup_job import keep_backup
from bot.settings import load_settings

tarfile.TarFile.add = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(keep_backup(load_settings({{"data": Path({data!r})}})))
"""


@pytest.fixture
def own(own_data: Path) -> Settings:
    """Read settings that name a filled data folder to write into."""
    return load_settings({"data": own_data})


def titles(path: Path) -> list[str]:
    """List the titles in a database."""
    with closing(sqlite3.connect(path)) as connection:
        return sorted(title for (title,) in connection.execute("SELECT title FROM webtoons"))


def lose_all(settings: Settings) -> None:
    """Let somebody delete the catalogue."""
    with closing(sqlite3.connect(settings.database)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM webtoons")


async def train_one(settings: Settings) -> str:
    """Let a generation of one's own serve, with a folder like a trained one's."""
    starter = generations.starter()
    folder = settings.generations / starter.id
    shutil.copytree(Path(generations.__file__).parent / "starter", folder)
    return starter.id


async def test_lost_catalogue_comes_back(own: Settings) -> None:
    """What the backup held is there again, and the database before is kept beside it."""
    before = titles(own.database)
    backup = await keep_backup(own)
    lose_all(own)
    aside = await restore(own, backup)
    assert titles(own.database) == before
    assert titles(own.data / aside) == []


async def test_plain_copy_comes_back(own: Settings, tmp_path: Path) -> None:
    """What `grimche backup` wrote can be restored as well."""
    before = titles(own.database)
    await database.backup(own.database, tmp_path / "copy.db")
    lose_all(own)
    await restore(own, tmp_path / "copy.db")
    assert titles(own.database) == before


async def test_own_generation_is_in_it(own: Settings) -> None:
    """The folder of a generation that is not shipped comes back whole."""
    name = await train_one(own)
    backup = await keep_backup(own)
    shutil.rmtree(own.generations)
    await restore(own, backup)
    assert generations.load(own.generations / name).id == name


async def test_damaged_generation_gives_way(own: Settings) -> None:
    """A folder that is damaged is put aside, and a sound one is left as it is."""
    name = await train_one(own)
    backup = await keep_backup(own)
    (own.generations / name / "prior.npz").write_bytes(b"damaged")
    await restore(own, backup)
    await restore(own, backup)
    assert generations.load(own.generations / name).id == name
    assert len(list(own.generations.glob(f".{name}.*.damaged"))) == 1


class Noon(datetime):
    """Shows one day for ever."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """Give a noon."""
        return cls(2020, 2, 1, 12, tzinfo=tz)


async def test_only_the_last_are_kept(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day has one backup, and beyond the number to keep the oldest go."""
    monkeypatch.setattr(backup_job, "datetime", Noon)
    own.backup_folder.mkdir()
    for day in range(1, 9):
        (own.backup_folder / f"grimche-2020-01-0{day}.tar").write_bytes(b"old")
    await keep_backup(own)
    made = await keep_backup(own)
    kept = list_backups(own.backup_folder)
    assert kept[-1] == made == own.backup_folder / "grimche-2020-02-01.tar"
    assert [path.name for path in kept[:-1]] == [f"grimche-2020-01-0{day}.tar" for day in range(3, 9)]


async def test_killed_backup_is_none(own: Settings) -> None:
    """What a killed one leaves does not count, and the next one sweeps it."""
    ended = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", KILLED.format(data=str(own.data))], check=False
    )
    assert ended.returncode == -signal.SIGKILL
    assert list_backups(own.backup_folder) == []
    assert any(path.name.startswith((PART, ".grimche-")) for path in own.backup_folder.iterdir())
    made = await keep_backup(own)
    assert list(own.backup_folder.iterdir()) == [made]
    assert sweep_backups(own.backup_folder) == 0


async def test_stopped_backup_is_none(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is stopped while it packs leaves nothing, and lets nobody else begin until it has ended."""
    begun, go = threading.Event(), threading.Event()
    add = tarfile.TarFile.add

    def slowly(self: tarfile.TarFile, *arguments: object) -> None:
        begun.set()
        assert go.wait(30)
        add(self, *arguments)  # type: ignore[arg-type]  # what it was called with

    monkeypatch.setattr(tarfile.TarFile, "add", slowly)
    task = asyncio.create_task(keep_backup(own))
    await asyncio.to_thread(begun.wait, 30)
    task.cancel()
    await asyncio.wait({task}, timeout=0.2)
    with pytest.raises(AlreadyRunning):
        await keep_backup(own)
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(own.backup_folder.iterdir()) == []


async def test_written_while_in_use(own: Settings) -> None:
    """A transaction that is open meanwhile is not in it, and disturbs nobody."""
    with closing(sqlite3.connect(own.database)) as writing:
        writing.execute("UPDATE webtoons SET title = 'half'")
        backup = await keep_backup(own)
        writing.rollback()
    await restore(own, backup)
    assert "half" not in titles(own.database)


async def test_refused_while_served(own: Settings) -> None:
    """Nothing is touched while a process serves the folder."""
    backup = await keep_backup(own)
    async with beating(own.data, Observed()):
        with pytest.raises(InUse, match="stop `grimche serve`"):
            await restore(own, backup)


async def test_refused_while_a_job_runs(own: Settings) -> None:
    """Nor while a training or a scrape writes to the database."""
    backup = await keep_backup(own)
    async with database.connect(own.database) as connection:
        await jobs.start(connection, JobKind.RETRAIN, who="test")
    with pytest.raises(AlreadyRunning):
        await restore(own, backup)


async def test_unreadable_database_gives_way(own: Settings) -> None:
    """A database that is no database any more is put aside for the backup."""
    backup = await keep_backup(own)
    own.database.write_bytes(b"no database" * 1000)
    aside = await restore(own, backup)
    assert len(titles(own.database)) == 6
    assert (own.data / aside).read_bytes().startswith(b"no database")


async def test_one_at_a_time(own: Settings) -> None:
    """A second process that makes a backup at the same time gives way."""
    own.backup_folder.mkdir()
    held = os.open(own.backup_folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(AlreadyRunning):
            await keep_backup(own)
    finally:
        os.close(held)


def _cut(backup: Path) -> None:
    os.truncate(backup, 100_000)


def _no_database(backup: Path) -> None:
    with tarfile.open(backup, "w") as archive:
        about = backup.with_name("about.json")
        about.write_text('{"format": 1}')
        archive.add(about, "about.json")


def _other_format(backup: Path) -> None:
    with tarfile.open(backup, "w") as archive:
        about = backup.with_name("about.json")
        about.write_text('{"format": 99}')
        archive.add(about, "about.json")


def _no_object(backup: Path) -> None:
    with tarfile.open(backup, "w") as archive:
        about = backup.with_name("about.json")
        about.write_text("[]")
        archive.add(about, "about.json")


def _leaves_its_folder(backup: Path) -> None:
    with tarfile.open(backup, "w") as archive:
        archive.add(__file__, "../../escaped")


def _text(backup: Path) -> None:
    backup.write_text("not a backup " * 100)


def _newer(backup: Path) -> None:
    _make_database(backup, newest() + 1)


def _foreign(backup: Path) -> None:
    backup.unlink()
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("CREATE TABLE other (x)")


def _make_database(backup: Path, version: int) -> None:
    with tarfile.open(backup) as archive:
        archive.extract("grimche.db", backup.parent, filter="data")
    (backup.parent / "grimche.db").replace(backup)
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")


@pytest.mark.parametrize(
    "spoil",
    [_cut, _no_database, _other_format, _no_object, _leaves_its_folder, _text, _newer, _foreign],
    ids=["cut off", "no database", "other format", "no object", "leaves", "a text", "newer", "foreign"],
)
async def test_faulty_backup_touches_nothing(spoil: object, own: Settings) -> None:
    """A backup that cannot be used is refused with a sentence, and everything stays as it was."""
    backup = await keep_backup(own)
    spoil(backup)  # type: ignore[operator]  # one of the functions above
    before = sorted(path.name for path in own.data.iterdir())
    with pytest.raises(BackupDamaged):
        await restore(own, backup)
    assert sorted(path.name for path in own.data.iterdir()) == sorted({*before, "serving"})
    assert len(titles(own.database)) == 6


async def let_serve(settings: Settings, name: str) -> None:
    """Let a generation serve that Grimche does not ship, with or without a folder."""
    async with database.connect(settings.database) as connection, database.transaction(connection):
        await stored_generations.register(connection, name, dimensions=3)
        await stored_generations.promote(connection, name)


async def test_generation_that_is_nowhere(own: Settings) -> None:
    """A backup whose generation is neither in it nor in the data folder is refused."""
    await let_serve(own, "other")
    backup = await keep_backup(own)
    with pytest.raises(BackupDamaged, match="lacks the generation other"):
        await restore(own, backup)


async def test_generation_that_is_here_suffices(own: Settings) -> None:
    """A backup that lacks its generation comes back where the data folder holds it."""
    await let_serve(own, "other")
    backup = await keep_backup(own)
    await train_one(own)
    (own.generations / generations.starter().id).rename(own.generations / "other")
    assert await restore(own, backup)


async def test_older_starter_comes_back(own: Settings) -> None:
    """A generation that an earlier Grimche shipped need not be there: the present one takes over."""
    await let_serve(own, "starter-of-earlier")
    assert await restore(own, await keep_backup(own))


class Cut(BaseException):
    """The power is gone."""


async def test_cut_off_leaves_the_database(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a restore is cut off just before the new database is in place, the old one is."""
    backup = await keep_backup(own)

    def cut(*_: object) -> None:
        raise Cut

    monkeypatch.setattr(Path, "replace", cut)
    before = titles(own.database)
    with pytest.raises(Cut):
        await restore(own, backup)
    assert titles(own.database) == before


async def test_log_is_folded_before(own: Settings) -> None:
    """What only the write-ahead log held is in the database that is kept, in its one file."""
    backup = await keep_backup(own)
    with closing(sqlite3.connect(own.database)) as connection, connection:
        connection.execute("UPDATE webtoons SET title = 'last' WHERE id = (SELECT min(id) FROM webtoons)")
        connection.commit()
        assert own.database.with_name("grimche.db-wal").stat().st_size
        aside = own.data / await restore(own, backup)
    assert "last" in titles(aside)
    assert "last" not in titles(own.database)
    assert not aside.with_name(f"{aside.name}-wal").exists()


async def test_refused_while_somebody_reads(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that somebody still reads is not left behind: the restore gives way, and all stays."""
    backup = await keep_backup(own)
    monkeypatch.setattr(database, "fold", partial(database.fold, patience=0))
    with closing(sqlite3.connect(own.database, isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM webtoons").fetchone()
        lose_all(own)
        with pytest.raises(DatabaseLocked):
            await restore(own, backup)
    assert titles(own.database) == []


async def test_into_an_empty_folder(own: Settings, tmp_path: Path) -> None:
    """Where there was no database, none is made first and none is kept."""
    backup = await keep_backup(own)
    empty = load_settings({"data": tmp_path / "empty"})
    assert await restore(empty, backup) == ""
    assert titles(empty.database) == titles(own.database)
    assert sorted(path.name for path in empty.data.iterdir()) == ["grimche.db", "serving"]


async def test_missing_backup(own: Settings) -> None:
    """A file that is not there is said."""
    with pytest.raises(StorageError, match="no such file"):
        await restore(own, own.data / "nothing.tar")


async def test_generation_that_is_lacking(own: Settings) -> None:
    """A backup whose generation is another one than serves in its database is refused."""
    await train_one(own)
    await let_serve(own, "other")
    (own.generations / generations.starter().id).rename(own.generations / "other")
    backup = await keep_backup(own)
    with pytest.raises(GrimcheError, match="lacks the generation other"):
        await restore(own, backup)


def test_command(own_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`grimche restore` says what is in place now, and where the database before is."""
    backup = asyncio.run(keep_backup(load_settings({"data": own_data})))
    assert run(["--data", str(own_data), "restore", str(backup)]) == 0
    assert "kept as grimche.db.before-" in capsys.readouterr().err
    assert run(["--data", str(own_data), "restore", "nothing.tar"]) == 1
