"""Bring a source's new webtoons, episodes and thumbnails into the catalogue."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from scraper.plan import Plan, plan_episodes
from scraper.report import Progress, RefreshReport, Skipped, Tally
from scraper.sources import Source
from scraper.threads import in_thread
from storage import catalogue, jobs, pictures
from storage.database import Connection, connect, transaction
from storage.errors import GrimcheError, PictureError, SourceError, StorageError
from storage.records import Episode, JobKind, JobState, Picture, Webtoon

# Enough to keep a few drawing processes or connections busy; each may hold one file in memory.
_IN_FLIGHT = 8
# A webtoon is written in one transaction as long as it is of an ordinary size.  A folder may hold
# thousands of files per webtoon, of megabytes each: then memory must stay flat, and a run that is
# killed after an hour must not begin anew.
_BATCH_EPISODES = 200
_BATCH_BYTES = 32 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrival:
    """An episode to write; without a picture, the one in the catalogue stays."""

    episode: Episode
    picture: Picture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    source: Source
    connection: Connection
    inspect: Callable[[bytes], Picture]
    tally: Tally
    tell: Callable[[], None]
    started: datetime
    job: int
    dry: bool


async def refresh(
    source: Source,
    database: Path,
    *,
    inspect: Callable[[bytes], Picture],
    progress: Callable[[Progress], None] | None = None,
    who: str = "",
    dry_run: bool = False,
) -> RefreshReport:
    """Fetch what the prepared `database` lacks of `source`; nothing that is there is fetched again.

    `inspect` checks a thumbnail's bytes, in a thread; `who` goes into the job's record.  A thumbnail
    that cannot be had is skipped with its reason and tried again by the next run.  A run that is
    killed leaves whole transactions, and the next one continues.  With `dry_run` nothing is fetched
    or written.

    Raises `AlreadyRunning`, `StorageError`, and `SourceError` or `FolderError` when the source cannot
    list its webtoons; the job is then recorded as failed.
    """
    tally = Tally()

    def tell() -> None:
        if progress is not None:
            progress(tally.progress())

    def run(connection: Connection, job: int = 0) -> _Run:
        return _Run(
            source=source,
            connection=connection,
            inspect=inspect,
            tally=tally,
            tell=tell,
            started=datetime.now(UTC),
            job=job,
            dry=dry_run,
        )

    if dry_run:
        async with connect(database, read_only=True) as connection:
            await _visit(run(connection))
    else:
        async with connect(database) as connection, _recorded(connection, tally, who=who) as job:
            await _visit(run(connection, job))
    return tally.report(dry_run=dry_run)


@asynccontextmanager
async def _recorded(connection: Connection, tally: Tally, *, who: str) -> AsyncIterator[int]:
    """Record the run as a job, however it ends."""
    async with transaction(connection):
        job = await jobs.start(connection, JobKind.SCRAPE, who=who)
    state, fault = JobState.FAILED, GrimcheError.sentence
    try:
        yield job
    except asyncio.CancelledError:
        state, fault = JobState.CANCELLED, ""
        raise
    except GrimcheError as error:
        fault = str(error)
        raise
    else:
        state, fault = JobState.DONE, ""
    finally:
        # What ended the run is what matters, not that it could not be recorded as well.
        with suppress(*(() if state is JobState.DONE else (StorageError,))):
            async with transaction(connection):
                await jobs.finish(connection, job, state=state, figures=tally.figures(), error=fault)


async def _visit(run: _Run) -> None:
    webtoons = await run.source.webtoons()
    run.tally.total = len(webtoons)
    for webtoon in webtoons:
        run.tally.begin(webtoon.title)
        run.tell()
        try:
            listed = await run.source.episodes(webtoon)
        except SourceError as error:
            run.tally.skipped.append(Skipped(what=webtoon.title, error=error))
        else:
            await _bring(run, webtoon, listed)
        run.tally.finish()
        run.tell()


async def _bring(run: _Run, webtoon: Webtoon, listed: Sequence[Episode]) -> None:
    """Fetch and write one webtoon's missing episodes, batch after batch."""
    stored = await catalogue.find_webtoon(run.connection, webtoon.platform, platform_id=webtoon.platform_id)
    known = await catalogue.list_episodes(run.connection, stored.id) if stored else []
    plan = plan_episodes(known, listed, keeps_numbers=run.source.keeps_numbers)
    run.tally.plan(unchanged=plan.unchanged, missing=len(plan.missing))
    if run.dry:
        run.tally.new_episodes += len(plan.missing)
        run.tally.conclude(new=stored is None, episodes=len(plan.missing))
        return
    written = 0
    async for arrivals in _batches(run, webtoon, plan):
        # A webtoon of which nothing could be had is no webtoon yet; a known one was seen again.
        if arrivals or stored or not listed:
            await _write(run, webtoon, arrivals)
            written += sum(1 for arrival in arrivals if arrival.picture)
    run.tally.conclude(new=stored is None and (written > 0 or not listed), episodes=written)


async def _batches(run: _Run, webtoon: Webtoon, plan: Plan) -> AsyncIterator[list[_Arrival]]:
    """Fetch what is missing, in order; yield at least once, at first with what only changed."""
    waiting = deque(plan.missing)
    changed = [_Arrival(episode=episode, picture=None) for episode in plan.changed]
    yield changed + await _fetch(run, webtoon, waiting)
    while waiting:
        yield await _fetch(run, webtoon, waiting)


async def _fetch(run: _Run, webtoon: Webtoon, waiting: deque[Episode]) -> list[_Arrival]:
    """Take as many from the front of `waiting` as one transaction should hold."""
    arrived: dict[int, _Arrival] = {}
    taken = size = 0

    async def take() -> None:
        nonlocal taken, size
        while waiting and taken < _BATCH_EPISODES and size < _BATCH_BYTES:
            place, episode = taken, waiting.popleft()
            taken += 1
            picture = await _picture(run, webtoon, episode)
            if picture:
                size += len(picture.data)
                arrived[place] = _Arrival(episode=episode, picture=picture)

    async with asyncio.TaskGroup() as group:
        for _ in range(_IN_FLIGHT):
            group.create_task(take())
    return [arrived[place] for place in sorted(arrived)]


async def _picture(run: _Run, webtoon: Webtoon, episode: Episode) -> Picture | None:
    """Fetch and check one thumbnail; one that cannot be had is noted."""
    picture = None
    try:
        data = await run.source.thumbnail(webtoon, episode=episode)
        picture = await in_thread(run.inspect, data)
    except (PictureError, SourceError) as error:
        run.tally.skipped.append(Skipped(what=_what(webtoon, episode), error=error))
    run.tally.look_at(len(picture.data) if picture else 0)
    run.tell()
    return picture


def _what(webtoon: Webtoon, episode: Episode) -> str:
    address = episode.thumbnail_url.removeprefix(f"{webtoon.platform}:")
    return address or f"{webtoon.title} {episode.number}"


async def _write(run: _Run, webtoon: Webtoon, arrivals: Sequence[_Arrival]) -> None:
    new_pictures = 0
    async with transaction(run.connection):
        webtoon_id = await catalogue.save_webtoon(run.connection, webtoon, seen=run.started)
        for arrival in arrivals:
            new_pictures += await _write_picture(run.connection, arrival.picture)
            await catalogue.save_episode(
                run.connection,
                webtoon_id,
                episode=arrival.episode,
                picture=arrival.picture.sha256 if arrival.picture else None,
            )
        await jobs.advance(
            run.connection, run.job, progress=run.tally.progress().share, figures=run.tally.figures()
        )
    run.tally.wrote(
        [len(arrival.picture.data) for arrival in arrivals if arrival.picture], new_pictures=new_pictures
    )


async def _write_picture(connection: Connection, picture: Picture | None) -> bool:
    """Say whether the picture was new."""
    if picture is None or await pictures.get_picture(connection, picture.sha256) is not None:
        return False
    await pictures.save_picture(connection, picture)
    return True
