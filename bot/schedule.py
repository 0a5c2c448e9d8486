"""Do things at their times of day, and soon after a start what was missed while nothing ran."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.cron import read_cron
from storage import database, notes

log = logging.getLogger(__name__)

SOON: Final = timedelta(seconds=10)  # after a start: the doors come first
MOST_JITTER: Final = 15 * 60  # seconds: platforms shall not hear from every Grimche at the same minute
_PART: Final = 4  # of the pause between two runs, which jitter may take

Run = Callable[[], Awaitable[None]]


class Schedule:
    """The things and their times; enter it with `async with`.

    When each ended last stands in the database at `path`, so that a run that was missed, or cut off by the
    end of the process, is made up for.
    """

    def __init__(self, path: Path, *, zone: str, soon: timedelta = SOON) -> None:
        self._path = path
        self._zone = zone
        self._soon = soon
        self._scheduler = AsyncIOScheduler(timezone=zone)
        self._running: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._scheduler.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._scheduler.shutdown(wait=False)  # it cancels what runs, but does not see it end
        if self._running:
            await asyncio.wait(self._running)

    async def add(self, name: str, cron: str, run: Run) -> None:
        """Run something whenever `cron` says, one at a time; raises StorageError."""
        now = datetime.now(UTC)
        trigger = trigger_of(cron, self._zone, now=now)
        missed = is_missed(cron, self._zone, last=await self.last(name), now=now)
        self._scheduler.add_job(
            self._run,
            trigger,
            (name, run),
            id=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,  # a machine that slept makes up for it when it wakes
            next_run_time=now + self._soon if missed else trigger.get_next_fire_time(None, now),
        )

    async def last(self, name: str) -> datetime | None:
        """Tell when something ended last."""
        async with database.connect(self._path, read_only=True) as connection:
            noted = await notes.get_note(connection, _note(name))
        return datetime.fromisoformat(noted) if noted else None

    async def _run(self, name: str, run: Run) -> None:
        task = asyncio.create_task(self._run_and_note(name, run))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:  # the process ends, which the scheduler would log as an error
            task.cancel()
        else:
            task.result()

    async def _run_and_note(self, name: str, run: Run) -> None:
        await run()
        async with database.connect(self._path) as connection:
            await notes.save_note(connection, _note(name), value=datetime.now(UTC).isoformat())


def trigger_of(cron: str, zone: str, *, now: datetime) -> CronTrigger:
    """Read times from five fields of cron; each run comes a little later, by chance."""
    trigger = read_cron(cron, zone=zone)
    first = trigger.get_next_fire_time(None, now)
    second = first and trigger.get_next_fire_time(first, first)
    if second:
        trigger.jitter = min(MOST_JITTER, (second - first).total_seconds() / _PART)
    return trigger


def is_missed(cron: str, zone: str, *, last: datetime | None, now: datetime) -> bool:
    """Tell whether a run should have been made since the last one; the first one of all is due at once.

    Chance has no say in it: soon after its time a run would count as one to come, and tomorrow's be planned.
    """
    if last is None:
        return True
    due = read_cron(cron, zone=zone).get_next_fire_time(last, last)
    return due is not None and bool(due <= now)


def _note(name: str) -> str:
    return f"last {name}"
