"""Let another generation serve as a job that messages follow: what it has not embedded may take long."""

import asyncio
import logging
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

KIND = JobKind.PROMOTE


class Promotions:
    """The promotions of this process; enter it with `async with`, which ends what is under way.

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

    async def begin(self, generation: str, *, who: str) -> int:
        """Begin to let a generation serve, and return the number of the job.

        Raises GenerationError, StorageError, and AlreadyRunning while another one is promoted.
        """
        await asyncio.to_thread(generations.find, self._settings.generations, generation)
        async with database.connect(self._settings.database) as connection, database.transaction(connection):
            job = await jobs.start(connection, KIND, who=who, wish={"generation": generation})
        task = asyncio.create_task(self._run(job, generation, who=who))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    async def _run(self, job: int, generation: str, *, who: str) -> None:
        state, fault = JobState.FAILED, GrimcheError()
        try:
            await generations_job.promote(self._settings, generation, who=who)
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
            log.warning("it could not be recorded how a promotion ended: %s", lost)


async def progress_of(settings: "Settings") -> float:
    """Tell how far the embedding is that a promotion waits for, 0..1."""
    async with database.connect(settings.database, read_only=True) as connection:
        found = [await jobs.running(connection, kind) for kind in (JobKind.ADOPT, JobKind.EMBED)]
    return next((job.progress for job in found if job), 0.0)


def generation_of(job: "Job") -> str:
    """Name the generation that a job lets serve."""
    return str(job.wish["generation"])
