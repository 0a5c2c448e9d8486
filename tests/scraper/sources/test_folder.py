import os
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from scraper.sources.folder import FolderSource
from storage.errors import FileTooLarge, FolderError, SourceError
from storage.records import Credit, Episode, Platform

Form = Literal["NFC", "NFD"]


def put(root: Path, *names: str, data: bytes = b"picture") -> None:
    """Write files below `root`."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


async def listing(source: FolderSource) -> dict[str, list[tuple[int, str, str]]]:
    """Map platform ids to (number, label, path)."""
    return {
        webtoon.platform_id: [
            (e.number, e.title, e.thumbnail_url.removeprefix("folder:"))
            for e in await source.episodes(webtoon)
        ]
        for webtoon in await source.webtoons()
    }


async def read(source: FolderSource, name: str) -> bytes:
    """Read the file `name` through the source."""
    (webtoon, *_) = await source.webtoons()
    return await source.thumbnail(webtoon, episode=Episode(number=1, thumbnail_url=f"folder:{name}"))


async def test_one_folder_per_artist(tmp_path: Path) -> None:
    """Files of an artist's folder make a webtoon named after the artist, in natural order."""
    put(tmp_path, "kim/10_1.jpg", "kim/2_1.jpg", "kim/2_10.jpg", "kim/2_9.jpg", "kim/cover.png", "lee/1.jpg")
    assert await listing(FolderSource(tmp_path)) == {
        "kim": [
            (1, "2", "kim/2_1.jpg"),
            (2, "2", "kim/2_9.jpg"),
            (3, "2", "kim/2_10.jpg"),
            (4, "10", "kim/10_1.jpg"),
            (5, "cover", "kim/cover.png"),
        ],
        "lee": [(1, "1", "lee/1.jpg")],
    }


async def test_subfolders_are_webtoons(tmp_path: Path) -> None:
    """A subfolder is a webtoon of that artist; folders below it are its episodes."""
    put(tmp_path, "kim/봄/1.jpg", "kim/봄/ch2/a.jpg", "kim/봄/ch2/x/b.jpg", "kim/kim/1.jpg", "kim/0.jpg")
    source = FolderSource(tmp_path)
    assert await listing(source) == {
        "kim": [(1, "0", "kim/0.jpg")],
        "kim/kim": [(1, "1", "kim/kim/1.jpg")],
        "kim/봄": [
            (1, "1", "kim/봄/1.jpg"),
            (2, "ch2", "kim/봄/ch2/a.jpg"),
            (3, "ch2/x", "kim/봄/ch2/x/b.jpg"),
        ],
    }
    assert [(w.title, w.credits, w.platform) for w in await source.webtoons()] == [
        (title, (Credit(artist="kim"),), Platform.FOLDER) for title in ("kim", "kim", "봄")
    ]


async def test_macos_names_are_composed(tmp_path: Path) -> None:
    """Names that macOS took apart are put together, and the file is still found."""
    put(tmp_path, unicodedata.normalize("NFD", "김작가/한글.jpg"), data=b"x")
    source = FolderSource(tmp_path)
    assert await listing(source) == {"김작가": [(1, "한글", "김작가/한글.jpg")]}
    assert await read(source, "김작가/한글.jpg") == b"x"


async def test_clutter_is_no_picture(tmp_path: Path) -> None:
    """Hidden files and what operating systems leave behind are passed over."""
    put(
        tmp_path,
        "kim/1.jpg",
        "kim/.DS_Store",
        "kim/Thumbs.db",
        ".git/x.jpg",
        "__MACOSX/kim/1.jpg",
        "README.md",
    )
    assert await listing(FolderSource(tmp_path)) == {"kim": [(1, "1", "kim/1.jpg")]}


async def test_manifest(tmp_path: Path) -> None:
    """A manifest says artist, webtoon and episode of files that lie anywhere in the folder."""
    put(tmp_path, "scans/a.jpg", "scans/b.jpg", "c_1.jpg")
    (tmp_path / "manifest.csv").write_text(
        "file,artist,webtoon,episode\nscans/b.jpg,kim,봄,2\nscans/a.jpg,kim,봄,10\nc_1.jpg,a/b,,\n"
    )
    assert await listing(FolderSource(tmp_path)) == {
        "a%2Fb": [(1, "c", "c_1.jpg")],
        "kim/봄": [(1, "2", "scans/b.jpg"), (2, "10", "scans/a.jpg")],
    }


async def test_manifest_speaks_for_the_folders_it_names(tmp_path: Path) -> None:
    """What a manifest leaves out of a folder stays out; folders it does not mention are imported."""
    put(tmp_path, "kim/1.jpg", "kim/2.jpg", "lee/1.jpg")
    (tmp_path / "manifest.csv").write_text("file,artist\nkim/1.jpg,Kim\n")
    assert await listing(FolderSource(tmp_path)) == {
        "Kim": [(1, "1", "kim/1.jpg")],
        "lee": [(1, "1", "lee/1.jpg")],
    }


@pytest.mark.parametrize(("there", "named"), [("NFD", "NFC"), ("NFC", "NFD")])
async def test_manifest_in_another_form(tmp_path: Path, there: Form, named: Form) -> None:
    """A manifest may write Korean names composed or taken apart, whatever the file system does."""
    put(tmp_path, unicodedata.normalize(there, "김/글.jpg"))
    manifest = "file,artist\n" + unicodedata.normalize(named, "김/글.jpg,김\n")
    (tmp_path / "manifest.csv").write_text(manifest)
    assert await listing(FolderSource(tmp_path)) == {"김": [(1, "글", "김/글.jpg")]}


async def test_manifest_in_a_mixed_form(tmp_path: Path) -> None:
    """A name that is neither composed nor taken apart is found as it is written."""
    mixed = unicodedata.normalize("NFD", "김") + "/글.jpg"
    put(tmp_path, mixed)
    (tmp_path / "manifest.csv").write_text(f"file,artist\n{mixed},kim\n")
    assert await listing(FolderSource(tmp_path)) == {"kim": [(1, "글", "김/글.jpg")]}


@pytest.mark.parametrize(
    "name", ["kim/2.jpg", "kim", "kim/" + "x" * 300], ids=["missing", "folder", "too long"]
)
async def test_manifest_names_what_is_not_there(tmp_path: Path, name: str) -> None:
    """A file that is not there is named with its line."""
    put(tmp_path, "kim/1.jpg")
    (tmp_path / "manifest.csv").write_text(f"file,artist\nkim/1.jpg,kim\n{name},kim\n")
    with pytest.raises(FolderError, match=rf"line 3 of manifest\.csv names {name}, which is not there\.$"):
        await FolderSource(tmp_path).webtoons()


async def test_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is refused."""
    with pytest.raises(FolderError, match=r"none cannot be imported: there is no such folder\.$"):
        await FolderSource(tmp_path / "none").webtoons()


async def test_file_instead_of_folder(tmp_path: Path) -> None:
    """A file is no folder."""
    put(tmp_path, "x.zip")
    with pytest.raises(FolderError, match=r"it is a file, not a folder\.$"):
        await FolderSource(tmp_path / "x.zip").webtoons()


async def test_unreadable_folder(tmp_path: Path) -> None:
    """What the file system refuses is said."""
    with pytest.raises(FolderError, match="File name too long"):
        await FolderSource(tmp_path / ("x" * 300)).webtoons()


@pytest.mark.parametrize(
    "names", [(), ("loose.jpg",), ("kim/.hidden.jpg",)], ids=["empty", "loose", "hidden"]
)
async def test_empty_folder(tmp_path: Path, names: tuple[str, ...]) -> None:
    """A folder without pictures in artists' folders is refused with what to do."""
    put(tmp_path, *names)
    with pytest.raises(FolderError, match="it holds no pictures; make one folder per artist"):
        await FolderSource(tmp_path).webtoons()


async def test_links_inside_are_followed(tmp_path: Path) -> None:
    """A link to a file of the folder is that file."""
    put(tmp_path, "kim/1.jpg", data=b"one")
    (tmp_path / "kim/2.jpg").symlink_to("1.jpg")
    assert await read(FolderSource(tmp_path), "kim/2.jpg") == b"one"


async def test_links_that_lead_out_are_refused(tmp_path: Path) -> None:
    """Nothing outside the folder is read, neither by links to files nor by links to folders."""
    put(tmp_path, "secret/key", "in/kim/1.jpg")
    root = tmp_path / "in"
    (root / "kim/2.jpg").symlink_to(tmp_path / "secret/key")
    (root / "kim/more").symlink_to(tmp_path / "secret")
    (root / "lee").symlink_to(tmp_path / "secret")
    (root / "manifest.csv").write_text("file,artist\nlee/key,lee\n")
    for name in ("kim/2.jpg", "kim/more", "lee/key"):
        with pytest.raises(SourceError, match="it is a link that leads out of the folder"):
            await read(FolderSource(root), name)


async def test_a_linked_artist_folder_is_listed_and_refused(tmp_path: Path) -> None:
    """A link in place of an artist's folder is not followed, but the user hears of it."""
    put(tmp_path, "secret/key", "in/kim/1.jpg")
    (tmp_path / "in/lee").symlink_to(tmp_path / "secret")
    with pytest.raises(SourceError, match="leads out"):
        await read(FolderSource(tmp_path / "in"), "lee")


async def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    """The folder may be named by a link."""
    put(tmp_path, "real/kim/1.jpg")
    (tmp_path / "link").symlink_to("real")
    assert await read(FolderSource(tmp_path / "link"), "kim/1.jpg") == b"picture"


async def test_a_link_to_itself(tmp_path: Path) -> None:
    """A link that leads nowhere is refused."""
    put(tmp_path, "kim/1.jpg")
    (tmp_path / "kim/2.jpg").symlink_to("2.jpg")
    with pytest.raises(SourceError):
        await read(FolderSource(tmp_path), "kim/2.jpg")


async def test_pipes_are_refused(tmp_path: Path) -> None:
    """What is no ordinary file is not opened, since reading might never end."""
    put(tmp_path, "kim/1.jpg")
    os.mkfifo(tmp_path / "kim/2.jpg")
    with pytest.raises(SourceError, match="it is not an ordinary file"):
        await read(FolderSource(tmp_path), "kim/2.jpg")


async def test_large_files_are_not_read(tmp_path: Path) -> None:
    """A file above the limit is refused by its size."""
    put(tmp_path, "kim/1.jpg")
    with (tmp_path / "kim/2.jpg").open("wb") as file:
        file.truncate((1 << 20) + 1)
    with pytest.raises(FileTooLarge, match="2 MB"):
        await read(FolderSource(tmp_path, megabytes=1), "kim/2.jpg")


async def test_a_file_that_vanished(tmp_path: Path) -> None:
    """A file that is gone by the time it is read is refused."""
    put(tmp_path, "kim/1.jpg")
    source = FolderSource(tmp_path)
    (webtoon,) = await source.webtoons()
    (tmp_path / "kim/1.jpg").unlink()
    with pytest.raises(SourceError, match="No such file"):
        await source.thumbnail(webtoon, episode=(await source.episodes(webtoon))[0])


async def test_names_that_are_not_utf8(tmp_path: Path) -> None:
    """A name in another encoding is listed so that it can be shown, and refused."""
    put(tmp_path, "kim/1.jpg")
    (tmp_path / os.fsdecode("kim/글.jpg".encode("cp949"))).write_bytes(b"x")
    with pytest.raises(SourceError, match="its name is not UTF-8 text; rename it"):
        await read(FolderSource(tmp_path), "kim/\ufffd\ufffd.jpg")


async def test_names_of_nothing(tmp_path: Path) -> None:
    """A name without anything that can be seen gets a question mark."""
    put(tmp_path, "\x01/\x02.jpg")
    assert await listing(FolderSource(tmp_path)) == {"?": [(1, "?", "\x01/\x02.jpg")]}
