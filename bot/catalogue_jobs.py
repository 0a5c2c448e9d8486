"""Long work on the catalogue: bring pictures in, embed them, copy the database."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.moving import STARTER
from bot.progress import Report, Stage, Step, ignore
from model import adopting, decode, generations, serving
from scraper.refresh import Wishes, refresh
from scraper.sources.folder import FolderSource
from scraper.sources.local import Local
from scraper.sources.sample import SampleSource
from storage import catalogue, database, vectors
from storage import generations as stored_generations
from storage.errors import GenerationMissing
from storage.records import Platform

if TYPE_CHECKING:
    from bot.settings import Settings
    from model.embedding import EmbedReport
    from model.generations import Generation
    from model.stages import Stage as Part
    from scraper.report import Progress
    from scraper.report import RefreshReport as RefreshReport  # noqa: PLC0414  commands name it, but never import scraper
    from scraper.sources import Source
    from scraper.witness import Witness

WHO = "command line"
_ALL = Wishes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Which part of the sample platform to bring in."""

    seed: int = 2020
    artists: int = 12
    webtoons: int | None = None
    episodes: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came in, and what was embedded of it; nothing is embedded by a dry run."""

    refresh: "RefreshReport"
    embed: "EmbedReport | None"


async def import_folder(settings: "Settings", folder: Path, *, dry_run: bool, report: Report) -> Outcome:
    """Bring a folder's pictures in and embed them; raises FolderError, StorageError and AlreadyRunning."""
    return await bring_in(settings, Local(FolderSource(folder)), dry_run=dry_run, report=report)


async def scrape_sample(settings: "Settings", sample: Sample, *, report: Report) -> Outcome:
    """Bring a part of the sample platform in and embed it; raises StorageError and AlreadyRunning."""
    source = SampleSource(
        sample.seed, artists=sample.artists, webtoons=sample.webtoons, episodes=sample.episodes
    )
    async with source:
        return await bring_in(settings, Local(source), dry_run=False, report=report)


async def fill_demo(settings: "Settings", sample: Sample, *, report: Report) -> Outcome | None:
    """Fill the sample catalogue, or return None when the catalogue holds somebody's own webtoons."""
    await database.prepare(settings.database)
    async with database.connect(settings.database, read_only=True) as connection:
        webtoons = await catalogue.list_webtoons(connection)
    if any(stored.webtoon.platform is not Platform.SAMPLE for stored in webtoons):
        return None
    return await scrape_sample(settings, sample, report=report)


async def backup(settings: "Settings", target: Path, *, report: Report) -> None:
    """Copy the database as it is, of an older version too, whole or not at all; raises StorageError."""

    def tell(done: int, total: int) -> None:
        report(Step(stage=Stage.BACKUP, share=done / max(total, 1)))

    await database.backup(settings.database, target, progress=tell)


async def bring_in(  # noqa: PLR0913  each is a choice of its own
    settings: "Settings",
    source: "Source",
    *,
    dry_run: bool,
    report: Report,
    wishes: Wishes = _ALL,
    asked: "Witness | None" = None,
    who: str = WHO,
) -> Outcome:
    """Bring in what a source has and embed it; raises SourceError, StorageError and AlreadyRunning."""
    await database.prepare(settings.database)
    refreshed = await refresh(
        source,
        settings.database,
        inspect=decode.inspect,
        progress=functools.partial(_tell_collected, report),
        who=who,
        dry_run=dry_run,
        wishes=wishes,
        asked=asked,
        evidence=settings.logs / "drift",
    )
    embedded = None if dry_run else await embed_new(settings, report=report, who=who)
    return Outcome(refresh=refreshed, embed=embedded)


async def embed_new(settings: "Settings", *, report: Report, who: str = WHO) -> "EmbedReport":
    """Embed what the serving generation has not seen yet, after whoever else does that now.

    A starter of an older Grimche gives way to the one shipped now.  Raises GenerationError and
    StorageError.
    """
    try:
        generation = await serving.serving_generation(settings.database, settings.generations)
    except GenerationMissing as error:
        if not str(error.values["generation"]).startswith(STARTER):
            raise
        return await _move_to_starter(settings, report=report, who=who)
    return await _embed(settings, generation, report=report, who=who)


async def embed_rest(settings: "Settings", *, who: str) -> None:
    """Embed what a crash kept from being embedded, if anything; raises what `embed_new` raises."""
    async with database.connect(settings.database, read_only=True) as connection:
        current = await stored_generations.current(connection)
        missing = await vectors.count_to_embed(connection, current.id) if current else 0
    if missing:
        await embed_new(settings, report=ignore, who=who)


async def _move_to_starter(settings: "Settings", *, report: Report, who: str) -> "EmbedReport":
    generation = generations.starter()
    embedded = await _embed(settings, generation, report=report, who=who)
    await adopting.put_in_service(settings.database, generation, embedded=embedded, who=who)
    return embedded


async def _embed(
    settings: "Settings", generation: "Generation", *, report: Report, who: str
) -> "EmbedReport":
    def tell(part: "Part") -> None:
        report(Step(stage=Stage.EMBED, share=part.done / max(part.total, 1), pictures=part.done))

    return await adopting.embed_all(settings.database, generation, tell=tell, who=who)


def _tell_collected(report: Report, progress: "Progress") -> None:
    report(
        Step(
            stage=Stage.COLLECT,
            share=progress.share,
            pictures=progress.pictures,
            webtoons=progress.webtoons,
            total=progress.total,
            job=progress.job,
        )
    )
