"""Fetch a webtoon's missing thumbnails and write it, batch after batch."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from scraper.drift import Watch
from scraper.errands import Errand
from scraper.plan import plan_episodes
from scraper.report import Skipped, Tally
from scraper.sources import Source
from scraper.sources.listing import Known, Visit
from scraper.threads import in_thread
from storage import catalogue, pictures, visits
from storage.database import Connection, transaction
from storage.errors import NotThere, PictureError, RunEnded, SourceError
from storage.records import Episode, Picture, StoredEpisode, StoredWebtoon, Webtoon

# Enough to keep a few drawing processes or connections busy; each may hold one file in memory.
_IN_FLIGHT = 8
# A webtoon is written in one transaction as long as it is of an ordinary size.  A folder may hold
# thousands of files per webtoon, of megabytes each: then memory must stay flat, and a run that is
# killed after an hour must not begin anew.
_BATCH_EPISODES = 200
_BATCH_BYTES = 32 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What all steps of a refresh share; `started` is the time it goes by."""

    source: Source
    connection: Connection
    inspect: Callable[[bytes], Picture]
    tally: Tally
    tell: Callable[[], None]
    started: datetime
    dry: bool
    watch: Watch
    thumbnails: Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the catalogue holds of the webtoon in work; `stored` is None for a new one."""

    stored: StoredWebtoon | None
    episodes: Sequence[StoredEpisode]

    @property
    def pictures(self) -> dict[int, str]:
        """The sha256 of each thumbnail that is there, by episode number."""
        return {each.episode.number: each.picture for each in self.episodes if each.picture}

    def known(self, *, whole: bool) -> Known:
        """Say it to the source."""
        return Known(
            webtoon=self.stored.webtoon if self.stored else None,
            episodes=[each.episode for each in self.episodes if each.picture],
            whole=whole,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Arrival:
    """An episode to write; without a picture, the one in the catalogue stays."""

    episode: Episode
    picture: Picture | None


async def look(run: Run, webtoon: Webtoon) -> Held:
    """Read what the catalogue holds of a webtoon."""
    stored = await catalogue.find_webtoon(run.connection, webtoon.platform, platform_id=webtoon.platform_id)
    episodes = await catalogue.list_episodes(run.connection, stored.id) if stored else []
    return Held(stored=stored, episodes=episodes)


async def bring(run: Run, errand: Errand, visit: Visit, *, held: Held) -> None:
    """Fetch and write one webtoon's missing episodes; when nothing is left open, the visit is noted."""
    plan = plan_episodes(held.episodes, visit.episodes, keeps_numbers=run.source.keeps_numbers)
    run.tally.plan(unchanged=plan.unchanged, missing=len(plan.missing))
    new = sum(1 for episode in plan.missing if episode.number not in held.pictures)
    if run.dry:
        run.tally.new_episodes += new
        run.tally.conclude(new=held.stored is None, episodes=new)
        return
    waiting, complete, written = deque(plan.missing), True, 0
    arrivals = [_Arrival(episode=episode, picture=None) for episode in plan.changed]
    while True:
        batch = await _fetch(run, visit.webtoon, waiting, held=held)
        arrivals += batch.arrivals
        complete = complete and batch.complete
        last = not waiting or run.tally.ended is not None
        # A webtoon of which nothing could be had is no webtoon yet; a known one was seen again.
        if arrivals or held.stored or not visit.episodes:
            done = errand if last and complete else None
            written += await _write(run, visit.webtoon, arrivals, held=held, done=done)
        if last:
            break
        arrivals = []
    run.tally.conclude(new=held.stored is None and (written > 0 or not visit.episodes), episodes=written)


async def keep_title(run: Run, errand: Errand) -> None:
    """Write a webtoon whose episodes are not for us, so that it is known and not asked about again."""
    async with transaction(run.connection):
        webtoon_id = await catalogue.save_webtoon(run.connection, errand.listing.webtoon, seen=run.started)
        await _save_visit(run, webtoon_id, errand)
    run.tally.conclude(new=errand.visited is None, episodes=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """What came; `complete` when nothing of it is to be tried again."""

    arrivals: list[_Arrival]
    complete: bool


async def _fetch(run: Run, webtoon: Webtoon, waiting: deque[Episode], *, held: Held) -> _Batch:
    """Take as many from the front of `waiting` as one transaction should hold."""
    arrived: dict[int, _Arrival] = {}
    taken = size = 0
    complete = True

    async def take() -> None:
        nonlocal taken, size, complete
        while waiting and taken < _BATCH_EPISODES and size < _BATCH_BYTES and run.tally.ended is None:
            place, episode = taken, waiting.popleft()
            taken += 1
            picture, final = await _picture(run, webtoon, episode)
            complete = complete and final
            size += len(picture.data) if picture else 0
            # One that never can be had is written without a picture, unless it has an older one.
            absent = final and run.source.lists_all and episode.number not in held.pictures
            if picture or absent:
                arrived[place] = _Arrival(episode=episode, picture=picture)

    async with asyncio.TaskGroup() as group:
        for _ in range(_IN_FLIGHT):
            group.create_task(take())
    complete = complete and run.tally.ended is None
    return _Batch(arrivals=[arrived[place] for place in sorted(arrived)], complete=complete)


async def _picture(run: Run, webtoon: Webtoon, episode: Episode) -> tuple[Picture | None, bool]:
    """Fetch and check one thumbnail; one that cannot be had is noted.  Say whether that is final."""
    picture, final = None, True
    try:
        data = await run.source.thumbnail(webtoon, episode=episode)
        picture = await in_thread(run.inspect, data)
    except RunEnded as error:
        run.tally.ended = run.tally.ended or error
        return None, False
    except (PictureError, SourceError) as error:
        run.tally.skipped.append(Skipped(what=_what(webtoon, episode), error=error))
        final = isinstance(error, PictureError | NotThere)
        if isinstance(error, SourceError):
            changed = run.thumbnails.note(error, asked=run.tally.fetched)
            run.tally.ended = run.tally.ended or changed
    run.tally.look_at(len(picture.data) if picture else 0)
    run.tell()
    return picture, final


def _what(webtoon: Webtoon, episode: Episode) -> str:
    address = episode.thumbnail_url.removeprefix(f"{webtoon.platform}:")
    return address or f"{webtoon.title} {episode.number}"


async def _write(
    run: Run, webtoon: Webtoon, arrivals: Sequence[_Arrival], *, held: Held, done: Errand | None
) -> int:
    """Write one transaction, and count the episodes that got their first thumbnail."""
    came = [arrival for arrival in arrivals if arrival.picture]
    replaced = [arrival for arrival in came if arrival.episode.number in held.pictures]
    async with transaction(run.connection):
        webtoon_id = await catalogue.save_webtoon(run.connection, webtoon, seen=run.started)
        new_pictures = await pictures.save_pictures(
            run.connection, [arrival.picture for arrival in arrivals if arrival.picture]
        )
        await catalogue.save_episodes(
            run.connection,
            webtoon_id,
            shown=[
                (arrival.episode, arrival.picture.sha256 if arrival.picture else None) for arrival in arrivals
            ],
        )
        before = [held.pictures[arrival.episode.number] for arrival in replaced]
        await pictures.drop_unshown(run.connection, before)
        if done is not None:
            await _save_visit(run, webtoon_id, done)
    sizes = [len(arrival.picture.data) for arrival in came if arrival.picture]
    run.tally.wrote(sizes, new_pictures=new_pictures, replaced=len(replaced))
    return len(came) - len(replaced)


async def _save_visit(run: Run, webtoon_id: int, errand: Errand) -> None:
    if run.source.lists_all:
        await visits.save_visit(
            run.connection, webtoon_id, mark=errand.listing.mark, visited=run.started, whole=errand.whole
        )
