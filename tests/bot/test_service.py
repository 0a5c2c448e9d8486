import asyncio
from pathlib import Path

import pytest

from bot.app import open_service
from bot.catalogue_jobs import Sample, scrape_sample
from bot.progress import ignore
from bot.service import Service
from bot.settings import Settings, load_settings
from model.finder import Finder
from storage.answers import Answer
from storage.database import connect
from storage.errors import Busy, EmptyCatalogue, NotAPicture, TooManyPictures, WebtoonNotFound


async def webtoon_of(service: Service, sha256: str) -> int:
    """Find the webtoon whose episode shows a picture."""
    for stored in await service.search("", limit=100) or await everything(service):
        if any(episode.picture == sha256 for episode in await service.episodes(stored.id)):
            return stored.id
    raise AssertionError(sha256)


async def everything(service: Service) -> "list":
    """List all webtoons of the small catalogue."""
    found = []
    for identity in range(1, 100):
        try:
            found.append(await service.webtoon(identity))
        except WebtoonNotFound:
            continue
    return found


async def test_finds_the_webtoon_of_a_picture(service: Service, thumbnail: bytes) -> None:
    """A thumbnail of the catalogue is answered with its own webtoon first."""
    (sha256,) = await service.samples(1)
    answer = await service.similar([thumbnail])
    assert answer.matches[0].stored.id == await webtoon_of(service, sha256)


async def test_several_pictures(service: Service, thumbnail: bytes) -> None:
    """Several pictures make one answer."""
    one = await service.similar([thumbnail])
    three = await service.similar([thumbnail] * 3)
    assert [match.stored.id for match in three.matches] == [match.stored.id for match in one.matches]


async def test_too_many_pictures(service: Service, thumbnail: bytes) -> None:
    """More pictures than allowed are refused before any is decoded."""
    with pytest.raises(TooManyPictures, match="11 pictures; send at most 10"):
        await service.similar([thumbnail] * 11)


async def test_faulty_picture(service: Service, thumbnail: bytes) -> None:
    """A faulty picture spoils the query with its own error, and can be told from the others."""
    with pytest.raises(NotAPicture):
        await service.similar([thumbnail, b"text"])
    assert await service.first_faulty([thumbnail, b"text", b""]) == 1
    assert await service.first_faulty([thumbnail]) is None


async def test_like(service: Service, thumbnail: bytes) -> None:
    """What is like a webtoon does not name the webtoon itself."""
    first = (await service.similar([thumbnail])).matches[0].stored
    answer = await service.like(first.id, top=3)
    assert len(answer.matches) == 3
    assert first.id not in [match.stored.id for match in answer.matches]


async def test_unknown_webtoon(service: Service) -> None:
    """A webtoon that is not there is said to be missing."""
    with pytest.raises(WebtoonNotFound):
        await service.webtoon(999)
    with pytest.raises(WebtoonNotFound):
        await service.like(999)


async def test_search(service: Service) -> None:
    """A title finds its webtoon."""
    stored = (await everything(service))[0]
    assert stored in await service.search(stored.webtoon.title)


async def test_samples_are_of_different_webtoons(service: Service) -> None:
    """As many samples as there are webtoons show each of them once."""
    samples = await service.samples(6)
    assert len({await webtoon_of(service, sha256) for sha256 in samples}) == 6


async def test_unknown_picture(service: Service) -> None:
    """A picture that is not there is None."""
    assert await service.picture("0" * 64) is None


async def test_status(service: Service, filled_data: Path) -> None:
    """The status counts webtoons and vectors and weighs the data folder."""
    status = await service.status()
    assert (status.counts.webtoons, status.vectors, status.data) == (6, 36, filled_data)
    assert status.data_bytes >= (filled_data / "grimche.db").stat().st_size
    assert [job.kind for job in status.jobs]


async def test_sheet(service: Service, thumbnail: bytes) -> None:
    """The sheet is a PNG."""
    answer = await service.similar([thumbnail])
    assert (await service.sheet(answer, pictures=[thumbnail])).startswith(b"\x89PNG")


async def test_sheet_again(service: Service, thumbnail: bytes) -> None:
    """A sheet of thumbnails that are still known is the same, byte for byte."""
    answer = await service.similar([thumbnail])
    first = await service.sheet(answer, pictures=[thumbnail])
    assert await service.sheet(answer, pictures=[thumbnail]) == first


async def test_sheet_of_what_has_gone(own_data: Path, thumbnail: bytes) -> None:
    """A picture that has gone from the catalogue is not drawn any more, though a sheet has shown it."""
    async with open_service(load_settings({"data": own_data}), check_every=0) as service:
        answer = await service.similar([thumbnail])
        before = await service.sheet(answer, pictures=[thumbnail])
        async with connect(own_data / "grimche.db") as connection:
            await connection.rows("UPDATE episodes SET picture = NULL")
            await connection.rows("DELETE FROM pictures")
        with pytest.raises(EmptyCatalogue):
            await service.stamp()
        assert await service.sheet(answer, pictures=[thumbnail]) != before


async def test_pictures(service: Service) -> None:
    """Pictures come in the order in which they are asked for; one that is not there is left out."""
    first, second = await service.samples(2)
    found = await service.pictures([second, "0" * 64, first])
    assert [picture.sha256 for picture in found] == [second, first]
    assert found[0] == await service.picture(second)


async def test_empty_catalogue(tmp_path: Path, thumbnail: bytes) -> None:
    """An empty catalogue is said to be empty, and answers once something came in."""
    settings = load_settings({"data": tmp_path / "data"})
    async with open_service(settings, check_every=0) as service:
        with pytest.raises(EmptyCatalogue):
            await service.similar([thumbnail])
        await scrape_sample(settings, Sample(artists=2, webtoons=2, episodes=2), report=ignore)
        assert (await service.similar([thumbnail])).matches


async def test_stamp(own_data: Path) -> None:
    """The stamp stays until the catalogue changes, and names the generation."""
    async with open_service(load_settings({"data": own_data}), check_every=0) as service:
        before = await service.stamp()
        assert before == await service.stamp()
        assert before.startswith((await service.status()).generation)
        async with connect(own_data / "grimche.db") as connection:
            await connection.rows("UPDATE webtoons SET title = title || '!'")
        assert await service.stamp() != before


async def test_no_stamp(tmp_path: Path) -> None:
    """An empty catalogue has no stamp."""
    async with open_service(load_settings({"data": tmp_path / "data"})) as service:
        with pytest.raises(EmptyCatalogue):
            await service.stamp()


async def test_sees_what_another_connection_added(own_data: Path, thumbnail: bytes) -> None:
    """New pictures are in the answers of a running service, without a restart."""
    settings = load_settings({"data": own_data})
    async with open_service(settings, check_every=0) as service:
        before = await service.similar([thumbnail], top=100)
        await scrape_sample(settings, Sample(artists=4, webtoons=8, episodes=3), report=ignore)
        after = await service.similar([thumbnail], top=100)
    assert len(after.matches) > len(before.matches)


async def test_opens_one_finder_for_many_queries(settings: Settings, thumbnail: bytes) -> None:
    """Queries that come together wait for one finder; nothing is opened again while nothing changes."""
    async with open_service(settings, check_every=0) as service:
        opened = 0
        open_finder = service._current._open_finder

        async def counted(before: Finder | None) -> object:
            nonlocal opened
            opened += 1
            return await open_finder(before)

        service._current._open_finder = counted  # type: ignore[assignment]  # counts the real one
        await asyncio.gather(*(service.similar([thumbnail]) for _ in range(8)))
        await service.similar([thumbnail])
        assert opened == 1


async def test_busy(filled_data: Path, thumbnail: bytes) -> None:
    """Queries beyond those in work and those that may wait are sent away; the others are answered."""
    settings = load_settings({"data": filled_data, "threads": 1, "max_waiting": 2})
    async with open_service(settings) as service:
        await service.similar([thumbnail])
        asked = [service.similar([thumbnail]) for _ in range(8)]
        ended = await asyncio.gather(*asked, return_exceptions=True)
        assert sum(isinstance(end, Answer) for end in ended) >= 3
        assert {type(end) for end in ended} == {Answer, Busy}
        assert isinstance(await service.similar([thumbnail]), Answer)
