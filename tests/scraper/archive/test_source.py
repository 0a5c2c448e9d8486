"""An archive, served like a platform."""

from dataclasses import replace
from pathlib import Path

import pytest

from scraper.archive.dump import read_dump
from scraper.archive.source import ArchiveSource
from scraper.sources.listing import Known
from storage.errors import Gated, SourceError
from storage.records import Credit, Episode, Platform, Status, Webtoon
from tests.scraper.archive.shelf import put, save
from tests.scraper.sources.remote import numbers

HEX = "59AE727F01181E0008"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Save a webtoon of each platform."""
    save(tmp_path, "naver.html", "nhn/list")
    save(tmp_path, "daum.json", "daum/view")
    return tmp_path


async def fetched(folder: Path, platform: Platform, number: int) -> bytes:
    """Read the thumbnail of the only webtoon's episode."""
    source = ArchiveSource(read_dump(folder), platform)
    (listing,) = await source.webtoons()
    visit = await source.visit(listing, known=Known())
    episodes = {episode.number: episode for episode in visit.episodes}
    return await source.thumbnail(visit.webtoon, episode=episodes[number])


@pytest.mark.parametrize(
    "name",
    [f"t1.daumcdn.net/cartoon/{HEX}", f"images/{HEX}.png", f"a/b/{HEX}.jpg"],
    ids=["mirror", "flat", "deep"],
)
async def test_names_of_addresses(folder: Path, name: str) -> None:
    """A thumbnail is found by its address, in a mirror or by its name that nothing else has."""
    put(folder, name, b"picture")
    assert await fetched(folder, Platform.DAUM, 8) == b"picture"


async def test_a_name_that_many_have(folder: Path) -> None:
    """A name made of a time is only believed with the folders of its webtoon and episode."""
    name = "inst_thumbnail_20180321164513.jpg"
    put(folder, f"else/999/544/{name}", b"of another webtoon")
    with pytest.raises(SourceError, match="the thumbnail of “노블레스”, 마지막화, is not there"):
        await fetched(folder, Platform.NAVER, 544)
    put(folder, f"webtoon/25455/544/{name}", b"picture")
    assert await fetched(folder, Platform.NAVER, 544) == b"picture"


@pytest.mark.parametrize(
    "name",
    [
        "imgs/노블레스, 손제호&이광수/노블레스, 손제호&이광수_마지막화.png",
        "노블레스_마지막화.jpg",
    ],
)
async def test_names_of_titles(folder: Path, name: str) -> None:
    """A thumbnail is found under the webtoon's and the episode's titles, with the artists or without."""
    put(folder, name, b"picture")
    assert await fetched(folder, Platform.NAVER, 544) == b"picture"


async def test_a_title_that_two_have(folder: Path) -> None:
    """A file that two episodes would be called like is nobody's: one had overwritten the other."""
    data = (folder / "naver.html").read_text().replace("제 543화", "마지막화")
    (folder / "naver.html").write_text(data)
    put(folder, "노블레스_마지막화.jpg", b"picture")
    with pytest.raises(SourceError):
        await fetched(folder, Platform.NAVER, 544)


async def test_nothing_outside_is_read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Neither an address of dots nor a link leads out of the archive."""
    secret = tmp_path_factory.mktemp("secret") / "key"
    secret.write_bytes(b"secret")
    save(folder, "naver.html", "nhn/list-numbers")
    (folder / "노블레스_2화.png").symlink_to(secret)
    with pytest.raises(SourceError, match="leads out of the folder"):
        await fetched(folder, Platform.NAVER, 2)


async def test_what_daum_serialised_has_gone(folder: Path) -> None:
    """A webtoon that Daum serialised when it was saved has gone with Daum."""
    (listing,) = await ArchiveSource(read_dump(folder), Platform.DAUM).webtoons()
    assert listing.webtoon.status is Status.GONE


async def test_what_is_known_stays(folder: Path) -> None:
    """A known webtoon keeps what is said of it, and gets the episodes that it lacks."""
    known = Webtoon(
        platform=Platform.NAVER, platform_id="25455", title="노블레스", credits=(Credit(artist="이광수"),)
    )
    episodes = [Episode(number=544, thumbnail_url="new")]
    source = ArchiveSource(
        read_dump(folder), Platform.NAVER, known={"25455": Known(webtoon=known, episodes=episodes)}
    )
    (listing,) = await source.webtoons()
    assert listing.webtoon == known
    assert numbers(await source.visit(listing, known=Known())) == [541, 543]


async def test_what_is_known_already(folder: Path) -> None:
    """A known webtoon that lacks nothing is not listed."""
    dump = read_dump(folder)
    work = dump.works[Platform.NAVER]["25455"]
    held = Known(webtoon=work.webtoon, episodes=[replace(each, thumbnail_url="") for each in work.episodes])
    assert await ArchiveSource(dump, Platform.NAVER, known={"25455": held}).webtoons() == []


async def test_a_gated_webtoon(tmp_path: Path) -> None:
    """A webtoon for adults is listed with its title; its episodes were not shown."""
    save(tmp_path, "list.json", "daum/list")
    save(tmp_path, "older.json", "daum/view-adult")
    source = ArchiveSource(read_dump(tmp_path), Platform.DAUM)
    gated = next(listing for listing in await source.webtoons() if listing.gated)
    assert gated.webtoon.platform_id == "older"
    with pytest.raises(Gated):
        await source.visit(gated, known=Known())
