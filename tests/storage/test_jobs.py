import asyncio
import os
import sys
from pathlib import Path

import pytest

from storage import jobs
from storage.database import Connection, connect, transaction
from storage.errors import AlreadyRunning
from storage.records import JobKind, JobState

DYING = """
import asyncio, os, pathlib, sys
from storage import jobs
from storage.database import connect
from storage.records import JobKind

async def main():
    async with connect(pathlib.Path(sys.argv[1])) as connection:
        job = await jobs.start(connection, JobKind.SCRAPE, who="somebody")
        await jobs.advance(connection, job, progress=0.5, figures={"webtoons": 3})
        os.kill(os.getpid(), 9)

asyncio.run(main())
"""


async def die_at_work(database: Path) -> None:
    """Start a job in a process that is killed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DYING, str(database), cwd=Path(jobs.__file__).parents[1]
    )
    await process.wait()


async def test_is_recorded(connection: Connection) -> None:
    """A job tells who started it, how far it is, and how it ended."""
    job_id = await jobs.start(connection, JobKind.SCRAPE, who="관리자\ud800")
    (job,) = await jobs.recent(connection)
    assert (job.id, job.kind, job.who, job.state) == (job_id, JobKind.SCRAPE, "관리자", JobState.RUNNING)
    assert (job.progress, job.figures, job.error, job.pid) == (0, {}, "", os.getpid())
    assert job.finished is None

    await jobs.advance(connection, job_id, progress=0.25, figures={"webtoons": 3, "platform": "sample"})
    (job,) = await jobs.recent(connection)
    assert (job.progress, job.figures) == (0.25, {"webtoons": 3, "platform": "sample"})

    await jobs.finish(connection, job_id, state=JobState.DONE, figures={"loss": float("nan")})
    (job,) = await jobs.recent(connection)
    assert (job.state, job.progress, job.figures) == (JobState.DONE, 1, {"loss": "nan"})
    assert job.finished is not None
    assert job.started <= job.finished


async def test_what_runs_is_listed_first(connection: Connection) -> None:
    """A long job is not pushed out of a short list by those that began and ended meanwhile."""
    long = await jobs.start(connection, JobKind.RETRAIN, who="x")
    for _ in range(3):
        short = await jobs.start(connection, JobKind.EMBED, who="x")
        await jobs.finish(connection, short, state=JobState.DONE, figures={})
    assert [job.id for job in await jobs.latest(connection, 2)] == [long, short]


async def test_a_failure_keeps_its_reason(connection: Connection) -> None:
    """A job that failed says why and how far it came; what comes late changes nothing."""
    job_id = await jobs.start(connection, JobKind.EMBED, who="x")
    await jobs.advance(connection, job_id, progress=0.5, figures={})
    await jobs.finish(connection, job_id, state=JobState.FAILED, figures={}, error="no space left")
    await jobs.advance(connection, job_id, progress=0.9, figures={})
    await jobs.finish(connection, job_id, state=JobState.DONE, figures={})
    (job,) = await jobs.recent(connection)
    assert (job.state, job.progress, job.error) == (JobState.FAILED, 0.5, "no space left")


async def test_one_of_a_kind_runs(connection: Connection) -> None:
    """A second job of a kind is refused while the first runs; another kind is not."""
    first = await jobs.start(connection, JobKind.SCRAPE, who="x")
    await jobs.start(connection, JobKind.EMBED, who="x")
    with pytest.raises(AlreadyRunning, match="scrape"):
        await jobs.start(connection, JobKind.SCRAPE, who="x")
    await jobs.finish(connection, first, state=JobState.CANCELLED, figures={})
    await jobs.start(connection, JobKind.SCRAPE, who="x")


async def test_a_dead_process_stops_nobody(database: Path, connection: Connection) -> None:
    """A job whose process was killed counts as failed, keeps its figures, and makes room."""
    await die_at_work(database)
    (job,) = await jobs.recent(connection)
    assert (job.state, job.progress, job.figures) == (JobState.FAILED, 0.5, {"webtoons": 3})
    assert "process ended" in job.error

    async with transaction(connection):
        second = await jobs.start(connection, JobKind.SCRAPE, who="x")
    newest, oldest = await jobs.recent(connection)
    assert (newest.id, newest.state) == (second, JobState.RUNNING)
    assert (oldest.state, oldest.progress, oldest.figures) == (JobState.FAILED, 0.5, {"webtoons": 3})
    assert "process ended" in oldest.error
    assert oldest.finished is not None


async def test_a_number_given_again_stops_nobody(connection: Connection) -> None:
    """A living process that only has the number of the dead one does not keep its job."""
    await jobs.start(connection, JobKind.SCRAPE, who="x")
    await connection.rows("UPDATE jobs SET birth = 'earlier'")
    await jobs.start(connection, JobKind.SCRAPE, who="x")
    assert [job.state for job in await jobs.recent(connection)] == [JobState.RUNNING, JobState.FAILED]


async def test_another_living_process_is_respected(database: Path, connection: Connection) -> None:
    """A job of a process that still runs is left to it."""
    await jobs.start(connection, JobKind.RETRAIN, who="x")
    async with connect(database) as other:
        with pytest.raises(AlreadyRunning):
            await jobs.start(other, JobKind.RETRAIN, who="y")


async def test_lists_the_newest_first(connection: Connection) -> None:
    """The last jobs come first, as many as asked for."""
    for number in range(4):
        job_id = await jobs.start(connection, JobKind.SCRAPE, who=str(number))
        await jobs.finish(connection, job_id, state=JobState.DONE, figures={})
    assert [job.who for job in await jobs.recent(connection, 3)] == ["3", "2", "1"]


async def test_keeps_what_was_wished_for(connection: Connection) -> None:
    """Whoever looks a job up sees what it was asked to do; an unknown one is None."""
    job_id = await jobs.start(connection, JobKind.RETRAIN, who="x", wish={"init": "scratch", "epochs": 3})
    job = await jobs.get(connection, job_id)
    assert job is not None
    assert job.wish == {"init": "scratch", "epochs": 3}
    assert (
        await jobs.last(connection, JobKind.RETRAIN) == await jobs.running(connection, JobKind.RETRAIN) == job
    )
    assert await jobs.get(connection, job_id + 1) is None


async def test_a_running_job_is_asked_to_stop(connection: Connection) -> None:
    """The wish to stop reaches the running job of that kind, and no other."""
    scrape = await jobs.start(connection, JobKind.SCRAPE, who="x")
    embed = await jobs.start(connection, JobKind.EMBED, who="x")
    asked = await jobs.ask_to_stop(connection, JobKind.SCRAPE)
    assert asked is not None
    assert (asked.id, asked.stop_asked) == (scrape, True)
    assert await jobs.is_stop_asked(connection, scrape)
    assert not await jobs.is_stop_asked(connection, embed)
    await jobs.finish(connection, scrape, state=JobState.CANCELLED, figures={})
    assert await jobs.ask_to_stop(connection, JobKind.SCRAPE) is None


async def test_a_dead_job_does_not_run(database: Path, connection: Connection) -> None:
    """A job whose process was killed is no longer the running one, and cannot be stopped."""
    await die_at_work(database)
    assert await jobs.running(connection, JobKind.SCRAPE) is None
    assert await jobs.ask_to_stop(connection, JobKind.SCRAPE) is None
