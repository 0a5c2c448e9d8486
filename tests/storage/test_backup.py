import asyncio
from pathlib import Path

import pytest

from storage.catalogue import list_webtoons, save_webtoon
from storage.database import Connection, backup, connect, transaction
from storage.errors import DatabaseReadOnly, StorageError
from storage.pictures import save_picture
from tests.storage.examples import SEEN, a_picture, a_webtoon, as_stranger, public_folder, save_all


async def titles(path: Path) -> list[str]:
    """List what a database holds."""
    async with connect(path) as connection:
        return [stored.webtoon.title for stored in await list_webtoons(connection)]


def names(folder: Path) -> set[str]:
    """List the files of a folder."""
    return {path.name for path in folder.iterdir()}


async def enlarge(connection: Connection, *, pictures: int) -> None:
    """Add many pages to a database."""
    async with transaction(connection):
        for number in range(pictures):
            await save_picture(connection, a_picture(number, size=50_000))


async def test_copies_everything(database: Path, connection: Connection, tmp_path: Path) -> None:
    """The copy of a database in use holds what was committed, as a single file."""
    await save_all(connection, a_webtoon(), pictures=[0, 1])
    await backup(database, tmp_path / "copy.db")
    assert names(tmp_path) == {"copy.db", "data"}
    assert await titles(tmp_path / "copy.db") == ["신의 탑"]


async def test_reports_progress(database: Path, connection: Connection, tmp_path: Path) -> None:
    """The pages copied grow up to all pages."""
    await enlarge(connection, pictures=60)
    seen: list[tuple[int, int]] = []
    await backup(database, tmp_path / "copy.db", progress=lambda done, total: seen.append((done, total)))
    assert len(seen) > 1
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]


async def test_keeps_one_moment(database: Path, connection: Connection, tmp_path: Path) -> None:
    """What is written during the copy is not in it and does not disturb it."""
    await enlarge(connection, pictures=60)
    written: list[asyncio.Task[int]] = []

    def interfere(_done: int, _total: int) -> None:
        if not written:
            written.append(asyncio.create_task(save_webtoon(connection, a_webtoon(), seen=SEEN)))

    await backup(database, tmp_path / "copy.db", progress=interfere)
    await written[0]
    assert await titles(tmp_path / "copy.db") == []
    assert await titles(database) == ["신의 탑"]


async def test_replaces_an_older_copy(database: Path, connection: Connection, tmp_path: Path) -> None:
    """The file at the target is replaced together with the log that belonged to it."""
    target = tmp_path / "copy.db"
    for leftover in ("", "-wal", "-shm"):
        target.with_name(f"copy.db{leftover}").write_text("older")
    await save_webtoon(connection, a_webtoon(), seen=SEEN)
    await backup(database, target)
    assert names(tmp_path) == {"copy.db", "data"}
    assert await titles(target) == ["신의 탑"]


def test_keeps_the_permissions(database: Path, tmp_path: Path) -> None:
    """The copy may be read by those who may read the database."""
    database.chmod(0o640)
    asyncio.run(backup(database, tmp_path / "copy.db"))
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o640


async def test_refuses_the_database_itself(database: Path) -> None:
    """A database is not copied over itself, whatever the path looks like."""
    with pytest.raises(StorageError, match="it is the database itself"):
        await backup(database, database.parent / ".." / "data" / database.name)


async def test_misses_the_database(tmp_path: Path) -> None:
    """Without a database there is a sentence and no copy."""
    with pytest.raises(StorageError, match=r"grimche\.db cannot be used: there is no such file"):
        await backup(tmp_path / "grimche.db", tmp_path / "copy.db")
    assert names(tmp_path) == set()


async def test_misses_the_folder(database: Path, tmp_path: Path) -> None:
    """A target in a folder that is not there is named."""
    with pytest.raises(StorageError, match=r"nowhere/copy\.db cannot be used"):
        await backup(database, tmp_path / "nowhere" / "copy.db")


async def test_refuses_a_folder(database: Path, tmp_path: Path) -> None:
    """A target that is a folder is named, and nothing is left in it or beside it."""
    (tmp_path / "copies").mkdir()
    with pytest.raises(StorageError, match="copies cannot be used"):
        await backup(database, tmp_path / "copies")
    assert names(tmp_path) == {"copies", "data"}


async def test_needs_a_folder_that_may_be_written(database: Path) -> None:
    """A target that may not be written is called so."""
    with public_folder() as folder, as_stranger(folder), pytest.raises(DatabaseReadOnly):
        await backup(database, folder / "copy.db")


async def test_leaves_nothing_when_cancelled(database: Path, connection: Connection, tmp_path: Path) -> None:
    """A copy that is cancelled half-way leaves the older one as it was."""
    await enlarge(connection, pictures=60)
    (tmp_path / "copy.db").write_text("older")
    begun = asyncio.Event()
    task = asyncio.create_task(
        backup(database, tmp_path / "copy.db", progress=lambda _done, _total: begun.set())
    )
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert names(tmp_path) == {"copy.db", "data"}
    assert (tmp_path / "copy.db").read_text() == "older"
