"""Bring what was saved of platforms as they once were into the catalogue."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.catalogue_jobs import WHO, embed_new
from bot.progress import Report, Stage, Step
from model import decode
from scraper.archive.dump import Dump, Unread, read_dump
from scraper.archive.source import ArchiveSource
from scraper.refresh import refresh
from scraper.sources.listing import Known
from scraper.threads import in_thread
from storage import catalogue, database
from storage.records import Platform

if TYPE_CHECKING:
    from bot.settings import Settings
    from model.embedding import EmbedReport
    from scraper.report import Progress, RefreshReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveOutcome:
    """What came in of each platform, which files gave nothing, and what was embedded."""

    refreshed: Mapping[Platform, "RefreshReport"]
    unread: Sequence[Unread]
    embed: "EmbedReport | None"


async def import_archive(
    settings: "Settings", folder: Path, *, dry_run: bool, report: Report
) -> ArchiveOutcome:
    """Bring in and embed what is new; raises FolderError, StorageError and AlreadyRunning."""
    dump = await in_thread(read_dump, folder)
    await database.prepare(settings.database)
    refreshed = {
        platform: await _bring_in(settings, dump, platform, dry_run=dry_run, report=report)
        for platform in sorted(dump.works)
    }
    embedded = None if dry_run else await embed_new(settings, report=report)
    return ArchiveOutcome(refreshed=refreshed, unread=dump.unread, embed=embedded)


async def _bring_in(
    settings: "Settings", dump: Dump, platform: Platform, *, dry_run: bool, report: Report
) -> "RefreshReport":
    known = await _known(settings, platform, keys=dump.works[platform].keys())
    return await refresh(
        ArchiveSource(dump, platform, known=known),
        settings.database,
        inspect=decode.inspect,
        progress=functools.partial(_tell, report),
        who=WHO,
        dry_run=dry_run,
    )


async def _known(settings: "Settings", platform: Platform, *, keys: Iterable[str]) -> dict[str, Known]:
    """Look up what is held of the archive's webtoons: the episodes whose thumbnails are there."""
    found: dict[str, Known] = {}
    async with database.connect(settings.database, read_only=True) as connection:
        for key in keys:
            stored = await catalogue.find_webtoon(connection, platform, platform_id=key)
            if stored:
                episodes = await catalogue.list_episodes(connection, stored.id)
                held = [each.episode for each in episodes if each.picture]
                found[key] = Known(webtoon=stored.webtoon, episodes=held)
    return found


def _tell(report: Report, progress: "Progress") -> None:
    report(Step(stage=Stage.COLLECT, share=progress.share, pictures=progress.pictures))
