"""A folder that is imported, and imported again when it has changed."""

from pathlib import Path

import pytest

from scraper.sources.folder import FolderSource
from storage import catalogue
from storage.database import connect, prepare
from storage.errors import EmptyFile, NotAPicture, SourceError
from storage.records import Platform
from tests.scraper.shelf import bring, catalogue_of, drawn


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """Make an empty database."""
    await prepare(tmp_path / "grimche.db")
    return tmp_path / "grimche.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder of two artists."""
    for number, name in enumerate(("kim/1_1.jpg", "kim/1_2.jpg", "kim/3_1.jpg", "lee/봄/1.jpg")):
        put(tmp_path / "pictures" / name, drawn(number))
    return tmp_path / "pictures"


def put(path: Path, data: bytes) -> None:
    """Write a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


async def numbers(database: Path, platform_id: str) -> dict[str, tuple[int, str]]:
    """Map paths to the numbers and titles of a webtoon's episodes."""
    async with connect(database, read_only=True) as connection:
        stored = await catalogue.find_webtoon(connection, Platform.FOLDER, platform_id=platform_id)
        assert stored is not None
        return {
            e.episode.thumbnail_url.removeprefix("folder:"): (e.episode.number, e.episode.title)
            for e in await catalogue.list_episodes(connection, stored.id)
        }


async def test_an_import(database: Path, folder: Path) -> None:
    """Each file is an episode with its label; artists are painters."""
    report = await bring(FolderSource(folder), database)
    assert (report.new_webtoons, report.new_episodes, report.skipped) == (2, 4, ())
    assert await numbers(database, "kim") == {
        "kim/1_1.jpg": (1, "1"),
        "kim/1_2.jpg": (2, "1"),
        "kim/3_1.jpg": (3, "3"),
    }


async def test_importing_twice_changes_nothing(database: Path, folder: Path) -> None:
    """The second import of a folder reads no file and changes no row."""
    await bring(FolderSource(folder), database)
    before = await catalogue_of(database)
    (folder / "kim/1_1.jpg").write_bytes(b"not read any more")
    report = await bring(FolderSource(folder), database)
    assert (report.arrived, report.unchanged, report.skipped) == ((), 4, ())
    assert await catalogue_of(database) == before


async def test_files_added_later(database: Path, folder: Path) -> None:
    """New files get numbers that are free; those that are there keep theirs and are not doubled."""
    await bring(FolderSource(folder), database)
    put(folder / "kim/2_1.jpg", drawn(4))
    put(folder / "kim/0_1.jpg", drawn(5))
    report = await bring(FolderSource(folder), database)
    assert (report.new_episodes, report.unchanged) == (2, 4)
    assert await numbers(database, "kim") == {
        "kim/1_1.jpg": (1, "1"),
        "kim/1_2.jpg": (2, "1"),
        "kim/3_1.jpg": (3, "3"),
        "kim/2_1.jpg": (4, "2"),
        "kim/0_1.jpg": (5, "0"),
    }


async def test_files_removed_later(database: Path, folder: Path) -> None:
    """What was imported stays when its file goes, and its number is not given away."""
    await bring(FolderSource(folder), database)
    (folder / "kim/1_1.jpg").unlink()
    put(folder / "kim/9.jpg", drawn(4))
    await bring(FolderSource(folder), database)
    kim = await numbers(database, "kim")
    assert (kim["kim/1_1.jpg"], kim["kim/9.jpg"]) == ((1, "1"), (4, "9"))


async def test_two_folders_join(database: Path, folder: Path, tmp_path: Path) -> None:
    """The same artist in another folder adds to the same webtoon."""
    await bring(FolderSource(folder), database)
    put(tmp_path / "other/kim/x.jpg", drawn(4))
    report = await bring(FolderSource(tmp_path / "other"), database)
    assert (report.new_webtoons, report.new_episodes) == (0, 1)
    assert (await numbers(database, "kim"))["kim/x.jpg"] == (4, "x")


async def test_a_corrected_manifest_is_taken_over(database: Path, folder: Path) -> None:
    """Another episode label for a known file renames its episode without reading the file."""
    await bring(FolderSource(folder), database)
    (folder / "manifest.csv").write_text("file,artist,episode\nkim/1_1.jpg,kim,one\n")
    report = await bring(FolderSource(folder), database)
    assert (report.new_episodes, report.skipped) == (0, ())
    assert (await numbers(database, "kim"))["kim/1_1.jpg"] == (1, "one")


async def test_unreadable_files_are_listed(database: Path, folder: Path, tmp_path: Path) -> None:
    """No pictures, empty files and links to elsewhere are named with the reason; the rest arrives."""
    put(folder / "kim/notes.txt", b"no picture")
    put(folder / "kim/empty.png", b"")
    put(tmp_path / "secret.jpg", drawn(5))
    (folder / "lee/link.jpg").symlink_to(tmp_path / "secret.jpg")
    report = await bring(FolderSource(folder), database)
    assert {skipped.what: type(skipped.error) for skipped in report.skipped} == {
        "kim/notes.txt": NotAPicture,
        "kim/empty.png": EmptyFile,
        "lee/link.jpg": SourceError,
    }
    assert report.new_episodes == 4
    async with connect(database) as connection:
        titles = [stored.webtoon.title for stored in await catalogue.list_webtoons(connection)]
    assert titles == ["kim", "봄"]


async def test_a_mended_file_arrives(database: Path, folder: Path) -> None:
    """A file that could not be read arrives once it can, and nothing else changes."""
    put(folder / "kim/2_1.jpg", b"broken")
    await bring(FolderSource(folder), database)
    put(folder / "kim/2_1.jpg", drawn(4))
    report = await bring(FolderSource(folder), database)
    assert (report.new_episodes, report.unchanged) == (1, 4)
    assert (await numbers(database, "kim"))["kim/2_1.jpg"] == (3, "2")
