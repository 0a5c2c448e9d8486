"""Refresh from the local Naver, and read what arrived."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path

from model.decode import inspect
from scraper.client import Patience
from scraper.platforms import Rates, hosts_of, open_source
from scraper.refresh import refresh
from scraper.report import RefreshReport
from scraper.sources.listing import FieldCheck
from scraper.witness import Witness
from storage.database import connect
from storage.records import Platform
from tests.platforms.naver import Naver, NaverImages, origins
from tests.platforms.world import World

# All that a catalogue says, by names that do not depend on the order in which things came; without times.
TABLES = (
    """SELECT platform, platform_id, title, synopsis, genres, weekdays, age_grade, status, url, series_group
    FROM webtoons ORDER BY 1, 2""",
    """SELECT platform, platform_id, position, name, role, guessed
    FROM credits JOIN artists ON artists.id = artist_id JOIN webtoons ON webtoons.id = webtoon_id
    ORDER BY 1, 2, 3""",
    """SELECT platform, platform_id, number, episodes.title, published, thumbnail_url, picture
    FROM episodes JOIN webtoons ON webtoons.id = webtoon_id ORDER BY 1, 2, 3""",
    "SELECT * FROM pictures ORDER BY sha256",
    "SELECT * FROM placeholders ORDER BY picture",
    "SELECT platform, platform_id, mark FROM visits JOIN webtoons ON id = webtoon_id ORDER BY 1, 2",
    "SELECT platform, platform_id, name FROM artist_ids JOIN artists ON id = artist_id ORDER BY 1, 2",
)
HURRIED = Patience(first_wait=0.01, connect=2, silence=5, whole=20)

Rows = list[list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """A world with the servers that publish it."""

    world: World
    api: Naver
    images: NaverImages

    def forget(self) -> None:
        """Empty the logs."""
        self.api.log.clear()
        self.images.log.clear()


@asynccontextmanager
async def published(world: World) -> AsyncIterator[Local]:
    """Publish a world as Naver does."""
    async with NaverImages(world) as images, Naver(world, images=images.origin) as api:
        yield Local(world=world, api=api, images=images)


async def scrape(local: Local, database: Path, **options: object) -> RefreshReport:
    """Refresh at any pace; `budget` is for the client, all else for the refresh."""
    budget, finished = options.pop("budget", None), bool(options.pop("finished", False))
    async with _asking(local, budget=budget) as client:
        where = origins(local.api, local.images)
        source = open_source(Platform.NAVER, client, origins=where, finished=finished)
        return await refresh(source, database, inspect=inspect, asked=client, **options)  # type: ignore[arg-type]  # any


def settings_of(local: Local) -> dict[str, str]:
    """Name the local platform in the environment of a program, at a pace that tests can bear."""
    return {
        "GRIMCHE_NAVER_ORIGIN": local.api.origin,
        "GRIMCHE_NAVER_IMAGE_ORIGINS": local.images.origin,
        "GRIMCHE_API_RATE": "10000",
        "GRIMCHE_IMAGE_RATE": "10000",
    }


async def check(local: Local) -> Sequence[FieldCheck]:
    """Ask for one work."""
    async with _asking(local) as client:
        where = origins(local.api, local.images)
        return await open_source(Platform.NAVER, client, origins=where, finished=False).check()


def _asking(local: Local, budget: object = None) -> Witness:
    rates = Rates(api=10_000, images=10_000)
    hosts = hosts_of(Platform.NAVER, origins(local.api, local.images), rates=rates)
    return Witness(hosts, pace=inf, budget=budget, patience=HURRIED)  # type: ignore[arg-type]  # any


async def everything(database: Path) -> Rows:
    """Read all that the catalogue says."""
    async with connect(database, read_only=True) as connection:
        return [await connection.rows(sql) for sql in TABLES]
