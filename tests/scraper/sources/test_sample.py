import multiprocessing
import os
import signal
from collections.abc import AsyncIterator
from datetime import date
from itertools import pairwise
from queue import Queue

import pytest

from scraper import studio
from scraper.sources import SOURCES, sample
from scraper.sources.sample import SampleSource
from storage.errors import SourceError
from storage.records import Platform, Role, Weekday


async def test_the_limit_spares_no_artist() -> None:
    """Every artist's first webtoons come before the second ones, up to the limit in all."""
    ids = [w.platform_id for w in await SampleSource(4, artists=3, webtoons=5).webtoons()]
    assert ids == ["4-0-0", "4-1-0", "4-2-0", "4-0-1", "4-1-1"]


async def test_without_a_limit_all_webtoons_are_listed() -> None:
    """Without a limit, each artist has as many as the studio says, each once."""
    ids = [w.platform_id for w in await SampleSource(4, artists=6).webtoons()]
    assert len(set(ids)) == len(ids) == sum(studio.webtoon_count(4, artist) for artist in range(6))


async def test_no_artists_no_webtoons() -> None:
    """A platform without artists is empty."""
    assert await SampleSource(artists=0).webtoons() == []


async def test_webtoons_are_described() -> None:
    """A webtoon has a title, its painter, and what else the studio tells of it."""
    webtoons = await SampleSource(4, artists=12).webtoons()
    first, details = webtoons[0], studio.webtoon_details(4, 0, 0)
    assert (first.platform, first.title) == (Platform.SAMPLE, studio.webtoon_title(4, 0, 0))
    assert first.painters == (studio.artist_name(4, 0),)
    assert (first.synopsis, first.genres, first.weekdays) == (
        details.synopsis,
        details.genres,
        details.weekdays,
    )
    assert len({w.title for w in webtoons}) == len(webtoons)


async def test_some_have_a_writer() -> None:
    """Some webtoons were written by somebody else, who paints none of them."""
    webtoons = await SampleSource(4, artists=12).webtoons()
    writers = {c.artist for w in webtoons for c in w.credits if c.role is Role.WRITER}
    painters = {name for w in webtoons for name in w.painters}
    assert 0 < len(writers) < len(webtoons)
    assert not writers & painters


async def test_episodes_appear_weekly() -> None:
    """Episodes are a week apart, on the webtoon's day, with a number and sometimes a name."""
    source = SampleSource(4, artists=1, episodes=30)
    webtoon = (await source.webtoons())[0]
    episodes = await source.episodes(webtoon)
    dates = [episode.published or date.min for episode in episodes]
    assert {(later - earlier).days for earlier, later in pairwise(dates)} == {7}
    assert list(Weekday)[dates[0].weekday()] == webtoon.weekdays[0]
    assert all(episode.title.startswith(f"{episode.number}화") for episode in episodes)
    assert 0 < sum(" " in episode.title for episode in episodes) < 30
    assert len({episode.thumbnail_url for episode in episodes}) == 30


async def test_more_episodes_leave_the_old_ones() -> None:
    """A longer run of the same webtoon begins with the same episodes."""
    few, many = SampleSource(4, episodes=5), SampleSource(4, artists=20, episodes=9)
    webtoon = (await few.webtoons())[0]
    assert (await many.webtoons())[0] == webtoon
    assert (await many.episodes(webtoon))[:5] == await few.episodes(webtoon)


@pytest.fixture
async def source() -> AsyncIterator[SampleSource]:
    """Open a small sample platform."""
    async with SampleSource(4, artists=2, episodes=2) as source:
        yield source


async def test_thumbnails_are_the_studios(source: SampleSource) -> None:
    """A thumbnail is what the studio draws, byte for byte."""
    webtoon = (await source.webtoons())[-1]
    episode = (await source.episodes(webtoon))[1]
    artist, place = map(int, webtoon.platform_id.split("-")[1:])
    drawn = studio.draw_jpeg(4, artist, webtoon=place, episode=2)
    assert await source.thumbnail(webtoon, episode=episode) == drawn


async def test_a_killed_drawing_process_costs_one_thumbnail(source: SampleSource) -> None:
    """When the drawing processes are killed, that thumbnail fails and the next one is drawn by new ones."""
    webtoon = (await source.webtoons())[0]
    first, second = await source.episodes(webtoon)
    await source.thumbnail(webtoon, episode=first)
    assert source._pool is not None
    for pid in source._pool._processes:
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(SourceError, match="a drawing process was killed"):
        await source.thumbnail(webtoon, episode=first)
    assert await source.thumbnail(webtoon, episode=second)


def test_a_drawing_process_ends_with_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing process waits for the end of its parent and leaves Ctrl-C to it."""
    parent = multiprocessing.get_context("spawn").Process(target=int)
    parent.start()
    ended: Queue[int] = Queue()
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: parent)
    monkeypatch.setattr(os, "_exit", ended.put)
    before = signal.getsignal(signal.SIGINT)
    try:
        sample._serve_parent()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    assert ended.get(timeout=30) == 1
    assert parent.exitcode == 0


async def test_it_can_be_scraped_by_name() -> None:
    """The registry opens the sample platform with everything at its default."""
    async with SOURCES[Platform.SAMPLE]() as source:
        assert source.platform is Platform.SAMPLE
        assert len(await source.webtoons()) >= 24
