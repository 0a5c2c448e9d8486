"""Serve the studio's webtoons like a platform."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date, timedelta
from functools import partial
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Self, cast

from scraper import studio
from scraper.studio.dice import Dice
from scraper.threads import in_thread
from storage.errors import SourceError
from storage.records import Credit, Episode, Platform, Role, Webtoon, Weekday

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_WORKERS = 4  # at most; a refresh keeps twice as many thumbnails in flight
_NAMED = 0.4  # of the episodes have a name besides their number
_WRITTEN = 0.35  # of the webtoons have a writer besides the painter
_FIRST_WRITER = 100_000
_FIRST_MONDAY = date(2020, 1, 6)
_NAMES = (
    *("첫 만남", "비 오는 날", "약속", "돌아온 사람", "비밀", "여름 방학", "한밤의 전화", "거짓말", "시험"),
    *("고백", "문 너머", "오래된 편지", "결심", "그림자", "축제", "다시 봄", "마지막 버스", "우산", "귀로"),
)


class SampleSource:
    """Draw the webtoons of `artists` invented from `seed`, in processes that `async with` ends.

    Of each artist two to four webtoons, at most `webtoons` in all, every artist's first ones before
    the second ones; `episodes` per webtoon.  With more artists or episodes, those of before stay
    as they were.
    """

    platform: ClassVar[Platform] = Platform.SAMPLE
    keeps_numbers: ClassVar[bool] = True

    def __init__(
        self, seed: int = 2020, *, artists: int = 12, webtoons: int | None = None, episodes: int = 50
    ) -> None:
        """Draw nothing and start nothing yet."""
        self._seed = seed
        self._artists = artists
        self._webtoons = webtoons
        self._episodes = episodes
        self._pool: ProcessPoolExecutor | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            await in_thread(self._pool.shutdown, cancel_futures=True)

    async def webtoons(self) -> Sequence[Webtoon]:
        """List the webtoons, the first of every artist first."""
        counts = [studio.webtoon_count(self._seed, artist) for artist in range(self._artists)]
        places = (
            (artist, webtoon)
            for webtoon in range(max(counts, default=0))
            for artist in range(self._artists)
            if webtoon < counts[artist]
        )
        return [self._webtoon(*place) for place in islice(places, self._webtoons)]

    async def episodes(self, webtoon: Webtoon) -> Sequence[Episode]:
        """List one episode a week."""
        return [_episode(webtoon, number) for number in range(1, self._episodes + 1)]

    async def thumbnail(self, webtoon: Webtoon, *, episode: Episode) -> bytes:
        """Draw the thumbnail; raises `SourceError` when the drawing process was killed."""
        artist, place = (int(part) for part in webtoon.platform_id.split("-")[-2:])
        draw = partial(studio.draw_jpeg, self._seed, artist, webtoon=place, episode=episode.number)
        pool = self._pool = self._pool or _open_pool()
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, draw)
        except BrokenProcessPool as error:
            # The next thumbnail gets new processes, unless another one did so before.
            self._pool = None if self._pool is pool else self._pool
            raise SourceError(platform=self.platform, fault="a drawing process was killed.") from error

    def _webtoon(self, artist: int, webtoon: int) -> Webtoon:
        details = studio.webtoon_details(self._seed, artist, webtoon)
        return Webtoon(
            platform=self.platform,
            platform_id=f"{self._seed}-{artist}-{webtoon}",
            title=studio.webtoon_title(self._seed, artist, webtoon),
            credits=self._credits(artist, webtoon),
            synopsis=details.synopsis,
            genres=details.genres,
            weekdays=details.weekdays,
            age_grade=details.age_grade,
            status=details.status,
        )

    def _credits(self, artist: int, webtoon: int) -> tuple[Credit, ...]:
        painter = Credit(artist=studio.artist_name(self._seed, artist))
        if not Dice(self._seed, "writer", artist, webtoon).chance(_WRITTEN):
            return (painter,)
        # Writers are people whom the studio names too, but so far on that they draw nothing.
        name = studio.artist_name(self._seed, _FIRST_WRITER + 4 * artist + webtoon)
        return (Credit(artist=name, role=Role.WRITER), painter)


def _episode(webtoon: Webtoon, number: int) -> Episode:
    dice = Dice("episode", webtoon.platform_id, number)
    name = f" {dice.pick(_NAMES)}" if dice.chance(_NAMED) else ""
    weekday = list(Weekday).index(webtoon.weekdays[0])
    return Episode(
        number=number,
        title=f"{number}화{name}",
        published=_FIRST_MONDAY + timedelta(weeks=number - 1, days=weekday),
        thumbnail_url=f"sample:{webtoon.platform_id}-{number}",
    )


def _open_pool() -> ProcessPoolExecutor:
    # Spawned and not forked, since the database's threads run already.
    return ProcessPoolExecutor(
        min(os.cpu_count() or 1, _WORKERS),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_serve_parent,
    )


def _serve_parent() -> None:
    """Leave Ctrl-C to the parent, and end when it is killed, which the pool itself does not notice."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # Every process that multiprocessing started has a parent.
    cast("BaseProcess", multiprocessing.parent_process()).join()
    os._exit(1)
