"""Work on generations that a button begins, as jobs that messages follow: the press does not wait for it."""

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Self

from bot import generations_job
from model import generations
from model.recording import as_figures
from storage import database, jobs
from storage.errors import GrimcheError
from storage.records import JobKind, JobState

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.records import Job

log = logging.getLogger(__name__)


class GenerationWork:
    """What this process does with generations; enter it with `async with`, which ends what is under way.

    What was embedded until then is kept, and the present generation goes on serving.
    """

    def __init__(self, settings: "Settings") -> None:
        self._settings = settings
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def promote(self, generation: str, *, who: str) -> int:
        """Begin to let a generation serve, and return the number of the job.

        Raises GenerationError, StorageError, and AlreadyRunning while another one is promoted.
        """
        await asyncio.to_thread(generations.find, self._settings.generations, generation)
        job = await self._record(JobKind.PROMOTE, generation, who=who)
        self._begin(job, functools.partial(generations_job.promote, self._settings, generation, who=who))
        return job

    async def discard(self, generation: str, *, who: str) -> int:
        """Begin to remove a generation, and return the number of the job.

        Raises GenerationServes, GenerationMissing, StorageError, and AlreadyRunning while another one goes.
        """
        await generations_job.check_discardable(self._settings, generation)
        job = await self._record(JobKind.DISCARD, generation, who=who)
        self._begin(job, functools.partial(generations_job.discard, self._settings, generation))
        return job

    async def _record(self, kind: JobKind, generation: str, *, who: str) -> int:
        async with database.connect(self._settings.database) as connection, database.transaction(connection):
            return await jobs.start(connection, kind, who=who, wish={"generation": generation})

    def _begin(self, job: int, work: Callable[[], Awaitable[None]]) -> None:
        task = asyncio.create_task(self._run(job, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, job: int, work: Callable[[], Awaitable[None]]) -> None:
        state, fault = JobState.FAILED, GrimcheError()
        try:
            await work()
            state = JobState.DONE
        except asyncio.CancelledError:
            state = JobState.CANCELLED
            raise
        except GrimcheError as error:
            fault = error
        finally:
            await self._finish(job, state=state, fault=fault)

    async def _finish(self, job: int, *, state: JobState, fault: GrimcheError) -> None:
        figures, error = (as_figures(fault), str(fault)) if state is JobState.FAILED else ({}, "")
        try:
            async with database.connect(self._settings.database) as connection:
                await jobs.finish(connection, job, state=state, figures=figures, error=error)
        except GrimcheError as lost:
            log.warning("it could not be recorded how work on a generation ended: %s", lost)


async def progress_of(settings: "Settings") -> float:
    """Tell how far the embedding is that a promotion waits for, 0..1."""
    async with database.connect(settings.database, read_only=True) as connection:
        found = [await jobs.running(connection, kind) for kind in (JobKind.ADOPT, JobKind.EMBED)]
    return next((job.progress for job in found if job), 0.0)


def generation_of(job: "Job") -> str:
    """Name the generation that a job is about."""
    return str(job.wish["generation"])
