"""Scrapes, retrains and embed runs: one of a kind at a time, recorded with progress and outcome."""

import asyncio
import json
import os
from collections.abc import Mapping
from types import MappingProxyType

from storage.database import Connection, Row
from storage.errors import AlreadyRunning
from storage.processes import birth, lives
from storage.records import Job, JobKind, JobState
from storage.values import clean, from_figures, now, to_moment

Figures = Mapping[str, int | float | str]

ABANDONED = "its process ended before the job did"

_START = """
INSERT INTO jobs (kind, who, state, progress, figures, error, pid, birth, started, wish)
VALUES (:kind, :who, 'running', 0, '{}', '', :pid, :birth, :now, :wish)
ON CONFLICT (kind) WHERE state = 'running' DO NOTHING
RETURNING id
"""

_FINISH = """
UPDATE jobs
SET state = :state, figures = :figures, error = :error, finished = :now,
    progress = iif(:state = 'done', 1, progress)
WHERE id = :id AND state = 'running'
"""

_GIVE_UP = "UPDATE jobs SET state = 'failed', error = :error, finished = :now WHERE id = :id"

_JOBS = """
SELECT id, kind, who, state, progress, figures, error, pid, birth, started, finished, wish, stop_asked
FROM jobs
"""

_NOTHING: Figures = MappingProxyType({})


async def start(connection: Connection, kind: JobKind, *, who: str, wish: Figures = _NOTHING) -> int:
    """Record that this process begins a job for `who`, as wished for, and return its id.

    Raises AlreadyRunning while a living process does one of this kind; a dead one's job has failed.
    """
    await _give_up_abandoned(connection, kind)
    pid = os.getpid()
    values = {
        "kind": kind,
        "who": clean(who),
        "pid": pid,
        "birth": birth(pid),
        "now": now(),
        "wish": from_figures(wish),
    }
    row = await connection.row(_START, values)
    if row is None:
        raise AlreadyRunning(job=kind)
    return int(row[0])


async def advance(connection: Connection, job_id: int, *, progress: float, figures: Figures) -> None:
    """Record how far a running job is, from 0 to 1, and its counts."""
    await connection.rows(
        "UPDATE jobs SET progress = :progress, figures = :figures WHERE id = :id AND state = 'running'",
        {"id": job_id, "progress": progress, "figures": from_figures(figures)},
    )


async def finish(
    connection: Connection, job_id: int, *, state: JobState, figures: Figures, error: str = ""
) -> None:
    """Record how a running job ended."""
    await connection.rows(
        _FINISH,
        {
            "id": job_id,
            "state": state,
            "figures": from_figures(figures),
            "error": clean(error),
            "now": now(),
        },
    )


async def recent(connection: Connection, limit: int = 10) -> list[Job]:
    """List the last jobs, the newest first; one whose process has died is shown as failed."""
    return [
        _job(row) for row in await connection.rows(f"{_JOBS} ORDER BY id DESC LIMIT :limit", {"limit": limit})
    ]


async def latest(connection: Connection, limit: int) -> list[Job]:
    """List what runs first, whenever it began, and then the last jobs, the newest first."""
    order = "ORDER BY state = 'running' DESC, id DESC LIMIT :limit"
    return [_job(row) for row in await connection.rows(f"{_JOBS} {order}", {"limit": limit})]


async def last(connection: Connection, kind: JobKind) -> Job | None:
    """Return the newest job of a kind, if there ever was one."""
    row = await connection.row(f"{_JOBS} WHERE kind = :kind ORDER BY id DESC LIMIT 1", {"kind": kind})
    return _job(row) if row else None


async def get(connection: Connection, job_id: int) -> Job | None:
    """Return one job, if there is such a one."""
    row = await connection.row(f"{_JOBS} WHERE id = :id", {"id": job_id})
    return _job(row) if row else None


async def running(connection: Connection, kind: JobKind) -> Job | None:
    """Return the job of a kind that a living process does, if there is one."""
    rows = await connection.rows(f"{_JOBS} WHERE kind = :kind AND state = 'running'", {"kind": kind})
    return next((job for job in map(_job, rows) if job.state is JobState.RUNNING), None)


async def until_free(connection: Connection, kind: JobKind, *, every: float = 0.5) -> None:
    """Wait until no living process does a job of a kind; look `every` so many seconds."""
    while await running(connection, kind) is not None:  # noqa: ASYNC110  nobody tells
        await asyncio.sleep(every)


async def ask_to_stop(connection: Connection, kind: JobKind) -> Job | None:
    """Ask the process that does a job of this kind to end it, and return the job; None without any."""
    job = await running(connection, kind)
    if job is None:
        return None
    await connection.rows(
        "UPDATE jobs SET stop_asked = 1 WHERE id = :id AND state = 'running'", {"id": job.id}
    )
    return await get(connection, job.id)


async def is_stop_asked(connection: Connection, job_id: int) -> bool:
    """Say whether somebody wants a job to end."""
    row = await connection.row("SELECT stop_asked FROM jobs WHERE id = :id", {"id": job_id})
    return bool(row and row[0])


async def _give_up_abandoned(connection: Connection, kind: JobKind) -> None:
    running = "SELECT id, pid, birth FROM jobs WHERE kind = :kind AND state = 'running'"
    for job_id, pid, born in await connection.rows(running, {"kind": kind}):
        if not lives(pid, born):
            await connection.rows(_GIVE_UP, {"id": job_id, "error": ABANDONED, "now": now()})


def _job(row: Row) -> Job:
    job_id, kind, who, state, progress, figures, error, pid, born, started, finished, wish, stop_asked = row
    abandoned = state == JobState.RUNNING and not lives(pid, born)
    return Job(
        id=job_id,
        kind=JobKind(kind),
        who=who,
        state=JobState.FAILED if abandoned else JobState(state),
        progress=progress,
        figures=json.loads(figures),
        error=ABANDONED if abandoned else error,
        pid=pid,
        started=to_moment(started),
        finished=to_moment(finished) if finished else None,
        wish=json.loads(wish),
        stop_asked=bool(stop_asked),
    )
