"""Long work with the platforms on the network: scrape them, check them, and see whom one can learn from."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.catalogue_jobs import WHO, Outcome, bring_in
from bot.progress import Report
from scraper.client import Memory
from scraper.platforms import Rates, hosts_of, open_source
from scraper.refresh import Wishes
from scraper.witness import Witness
from storage import artists, database
from storage.errors import ArtistNotFound, SettingsError
from storage.records import ArtistCount, Platform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.settings import Settings
    from scraper.sources.listing import FieldCheck as FieldCheck  # noqa: PLC0414  commands name it

_ANSWERS = Memory()  # of all runs of this process


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """How far a scrape of a platform shall go; with `finished`, also through what has ended.

    At most `limit` webtoons, `requests` and `minutes`; only titles that contain `only`; until
    `artists_min` artists have enough thumbnails to be trained on.
    """

    limit: int | None = None
    requests: int | None = None
    minutes: float | None = None
    only: str = ""
    artists_min: int | None = None
    finished: bool = False
    dry_run: bool = False


async def scrape_platform(
    settings: "Settings", platform: Platform, *, tour: Tour, report: Report, who: str = WHO
) -> Outcome:
    """Bring in what is new on a platform and embed it.

    What kept the run from its end stands in the outcome's report.  Raises SourceError, StorageError,
    SettingsError and AlreadyRunning.
    """
    wishes = Wishes(limit=tour.limit, minutes=tour.minutes, only=tour.only, artists_min=tour.artists_min)
    async with _client(settings, platform, most=tour.requests) as client:
        source = open_source(platform, client, origins=settings.origins(platform), finished=tour.finished)
        return await bring_in(
            settings, source, dry_run=tour.dry_run, report=report, wishes=wishes, asked=client, who=who
        )


async def check_platform(settings: "Settings", platform: Platform) -> "Sequence[FieldCheck]":
    """Ask a platform for one webtoon and say of each field whether it is as it was; raises SourceError."""
    async with _client(settings, platform, most=None) as client:
        source = open_source(platform, client, origins=settings.origins(platform), finished=False)
        return await source.check()


async def count_artists(settings: "Settings") -> list[ArtistCount]:
    """Count what can be learned of each artist, the most first; raises StorageError."""
    await database.prepare(settings.database)
    async with database.connect(settings.database, read_only=True) as connection:
        return await artists.count_thumbnails(connection)


async def join_artists(settings: "Settings", alias: str, *, artist: str) -> None:
    """Make two artists one, who goes by the name of `artist`; raises ArtistNotFound and StorageError."""
    await database.prepare(settings.database)
    async with database.connect(settings.database) as connection, database.transaction(connection):
        if not await artists.join_artists(connection, alias, artist=artist):
            raise ArtistNotFound(alias=alias, artist=artist)


def _client(
    settings: "Settings", platform: Platform, *, most: int | None
) -> AbstractAsyncContextManager[Witness]:
    if platform is Platform.KAKAO and not settings.kakao:
        raise SettingsError(faults="GRIMCHE_KAKAO is off; KakaoPage has succeeded Kakao Webtoon")
    rates = Rates(api=settings.api_rate, images=settings.image_rate)
    hosts = hosts_of(platform, settings.origins(platform), rates=rates)
    return Witness(hosts, contact=settings.contact, budget=most, memory=_ANSWERS)
