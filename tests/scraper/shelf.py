"""A source in memory, which stands in for the network."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from model.decode import inspect
from scraper import studio
from scraper.refresh import refresh
from scraper.report import RefreshReport
from scraper.sources.local import Local
from storage.database import connect
from storage.errors import SourceError
from storage.records import Credit, Episode, Platform, Webtoon

# Everything in the catalogue but the times at which it was seen.
_TABLES = (
    """SELECT platform, platform_id, title, synopsis, genres, weekdays, age_grade, status, url, series_group
    FROM webtoons ORDER BY id""",
    """SELECT webtoon_id, position, name, role FROM credits JOIN artists ON artists.id = artist_id
    ORDER BY webtoon_id, position""",
    "SELECT * FROM episodes ORDER BY webtoon_id, number",
    "SELECT * FROM pictures ORDER BY sha256",
)


@cache
def drawn(number: int) -> bytes:
    """Draw a thumbnail; another one for another number."""
    return studio.draw_jpeg(1, number % 5, webtoon=0, episode=number)


def webtoon(title: str) -> Webtoon:
    """Make a webtoon by title."""
    return Webtoon(
        platform=Platform.NAVER,
        platform_id=title,
        title=title,
        credits=(Credit(artist=f"{title}'s painter"),),
    )


class Shelf:
    """Serve `works`: by title, the thumbnails of episode 1, 2, ..., or the errors in their place.

    `fetched` lists what was asked for.  `before` is called first at every thumbnail.
    """

    platform = Platform.NAVER
    keeps_numbers = True

    def __init__(
        self,
        works: Mapping[str, Sequence[bytes | Exception] | Exception],
        *,
        before: Callable[[Episode], object] = lambda _: None,
    ) -> None:
        self.works = dict(works)
        self.before = before
        self.fetched: list[tuple[str, int]] = []
        self.most_at_once = self._at_once = 0

    async def webtoons(self) -> Sequence[Webtoon]:
        """List one webtoon per work."""
        return [webtoon(title) for title in self.works]

    async def episodes(self, webtoon: Webtoon) -> Sequence[Episode]:
        """List one episode per thumbnail."""
        thumbnails = self.works[webtoon.title]
        if isinstance(thumbnails, Exception):
            raise thumbnails
        return [
            Episode(number=n, title=f"{n}화", thumbnail_url=f"naver:{webtoon.title}/{n}")
            for n in range(1, len(thumbnails) + 1)
        ]

    async def thumbnail(self, webtoon: Webtoon, *, episode: Episode) -> bytes:
        """Hand a thumbnail out after a turn of the event loop."""
        self.before(episode)
        self.fetched.append((webtoon.title, episode.number))
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        await asyncio.sleep(0)
        self._at_once -= 1
        thumbnails = self.works[webtoon.title]
        assert not isinstance(thumbnails, Exception)
        data = thumbnails[episode.number - 1]
        if isinstance(data, Exception):
            raise data
        return data


def away() -> SourceError:
    """Say what a platform that is down says."""
    return SourceError(platform="naver", fault="it is down.")


async def bring(source: object, database: Path, **options: object) -> RefreshReport:
    """Refresh with the real inspection of pictures; a source without `visit` is a local one."""
    whole = source if hasattr(source, "visit") else Local(source)  # type: ignore[arg-type]  # any double
    return await refresh(whole, database, inspect=inspect, **options)  # type: ignore[arg-type]  # any options


async def catalogue_of(database: Path) -> list[list[tuple[object, ...]]]:
    """Read all rows of the catalogue."""
    async with connect(database, read_only=True) as connection:
        return [await connection.rows(sql) for sql in _TABLES]
