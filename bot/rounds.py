"""Hold the round that runs in this process: one at a time, stopped by an admin or with the process."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Self

from bot.scrape_job import KIND, Round, run_round
from storage.errors import AlreadyRunning

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.records import Platform

Told = Callable[[Round], Awaitable[None]]


class Rounds:
    """The rounds of this process; enter it with `async with`.

    `told` hears of a round when another of its jobs has begun, and when it has ended; not when the process
    ends it.
    """

    def __init__(self, settings: "Settings", told: Told) -> None:
        self._settings = settings
        self._told = told
        self._task: asyncio.Task[None] | None = None
        self.latest: Round | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await _cancel(self._task)

    @property
    def running(self) -> Round | None:
        """The round that runs, if any."""
        return self.latest if self._task and not self._task.done() else None

    async def begin(self, platforms: "Sequence[Platform]", *, who: str) -> Round:
        """Begin a round and return once its first job is recorded.

        Raises AlreadyRunning, also where another process scrapes, and what kept it from beginning.
        """
        if self.running is not None:
            raise AlreadyRunning(job=KIND)
        this, recorded = Round(platforms=tuple(platforms), who=who), asyncio.Event()
        self.latest = this
        self._task = asyncio.create_task(self._run(this, recorded))
        await recorded.wait()
        if not this.jobs and this.legs and (error := this.legs[0].error):
            raise error
        return this

    async def finish(self) -> None:
        """Wait for the round that runs, if any."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def stop(self) -> bool:
        """Stop the round that runs; what it has brought is kept.  False where none runs."""
        this = self.running
        if this is None:
            return False
        this.is_stopped = True
        await _cancel(self._task)
        await self._end(this)
        return True

    async def _run(self, this: Round, recorded: asyncio.Event) -> None:
        moves: list[asyncio.Task[None]] = []

        def began() -> None:
            recorded.set()
            moves.append(asyncio.create_task(self._tell(this)))

        try:
            await run_round(self._settings, this, began=began)
        finally:
            recorded.set()
        await asyncio.gather(*moves)
        await self._end(this)

    async def _tell(self, this: Round) -> None:
        await self._told(this)

    async def _end(self, this: Round) -> None:
        this.has_ended = True
        await self._told(this)


async def _cancel(task: "asyncio.Task[None] | None") -> None:
    if task is not None and not task.done():
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait({task})
