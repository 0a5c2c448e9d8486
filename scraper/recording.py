"""How a refresh goes, kept in its job for every process to see, and what ends it from outside."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from scraper.report import Tally
from storage import jobs
from storage.database import Connection, connect, transaction
from storage.errors import BudgetSpent, GrimcheError, ShapeChanged, SourceError, Stopped, StorageError
from storage.records import JobKind, JobState

EVERY = 2.0  # seconds between two records, and until a wish to stop is seen


@asynccontextmanager
async def recorded(connection: Connection, database: Path, *, tally: Tally, who: str) -> AsyncIterator[None]:
    """Record the run as a job, which `tally` then names, however it ends.

    Raises AlreadyRunning, and Stopped where somebody asked for that.
    """
    async with transaction(connection):
        tally.job = await jobs.start(connection, JobKind.SCRAPE, who=who)
    state, fault = JobState.FAILED, GrimcheError.sentence
    try:
        async with _watched(database, tally):
            yield
    except (asyncio.CancelledError, Stopped):
        state, fault = JobState.CANCELLED, ""
        raise
    except GrimcheError as error:
        fault = str(error)
        raise
    else:
        state, fault = _outcome(tally.ended)
    finally:
        # What ended the run is what matters, not that it could not be recorded as well.
        with suppress(*(() if state is JobState.DONE else (StorageError,))):
            async with transaction(connection):
                await jobs.finish(connection, tally.job, state=state, figures=tally.figures(), error=fault)


def _outcome(ended: SourceError | None) -> tuple[JobState, str]:
    match ended:
        case None:
            return JobState.DONE, ""
        case BudgetSpent():
            return JobState.DONE, str(ended)
        case ShapeChanged():
            return JobState.DEGRADED, str(ended)
        case _:
            return JobState.FAILED, str(ended)


@asynccontextmanager
async def _watched(database: Path, tally: Tally) -> AsyncIterator[None]:
    """Write every few seconds how far the run is; raises Stopped where somebody wants it to end."""
    try:
        async with asyncio.timeout(None) as end:
            watching = asyncio.create_task(_watch(database, tally, end=end))
            try:
                yield
            finally:
                watching.cancel()
                await asyncio.wait({watching})
    except TimeoutError:
        if end.expired():
            raise Stopped from None
        raise


async def _watch(database: Path, tally: Tally, *, end: asyncio.Timeout) -> None:
    while True:
        await asyncio.sleep(EVERY)
        with suppress(StorageError):  # the record is behind, then
            if await _write(database, tally):
                end.reschedule(asyncio.get_running_loop().time())
                return


async def _write(database: Path, tally: Tally) -> bool:
    """Write how far the run is, and say whether somebody wants it to stop."""
    async with connect(database) as connection, transaction(connection):
        share = tally.progress().share
        await jobs.advance(connection, tally.job, progress=share, figures=tally.figures())
        return await jobs.is_stop_asked(connection, tally.job)
