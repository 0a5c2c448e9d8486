"""After crashes: remove what no process works on and nothing points at."""

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from model import generations
from model.generation_files import is_left_behind
from model.unfinished import WORKPLACE, forget, read_note
from storage import database, jobs
from storage import generations as stored_generations
from storage.records import JobKind, JobState

if TYPE_CHECKING:
    from bot.settings import Settings
    from storage.database import Connection

_TAKEN_UP = 7 * 24 * 60 * 60  # seconds in which somebody may go on with an interrupted training


async def sweep(settings: "Settings") -> list[str]:
    """Remove what crashes have left behind; return the names of what went.

    Those are half-written folders of dead processes, the workplace of a training that nobody goes on
    with, what it had made, folders of generations without a row, and rows without a folder that do not
    serve.  While somebody retrains or brings a generation in, only the first are.  Raises StorageError.
    """
    await database.prepare(settings.database)
    places = list(settings.generations.iterdir()) if settings.generations.is_dir() else []
    orphans = [place for place in places if is_left_behind(place)]
    rows: list[str] = []
    async with database.connect(settings.database) as connection, database.transaction(connection):
        if not await _is_at_work(connection):
            rows = await _drop_rows(connection, settings.generations)
            orphans += await _left_behind(connection, places)
    for place in orphans:
        shutil.rmtree(place, ignore_errors=True)
    return rows + [place.name for place in orphans]


async def _is_at_work(connection: "Connection") -> bool:
    found = [await jobs.running(connection, kind) for kind in (JobKind.RETRAIN, JobKind.ADOPT)]
    return any(found)


async def _drop_rows(connection: "Connection", folder: Path) -> list[str]:
    """Forget generations whose folder has gone; what serves is left for `grimche doctor` to name."""
    rows = await stored_generations.list_generations(connection)
    lost = [row.id for row in rows if not row.current and not generations.is_there(folder, row.id)]
    for generation in lost:
        await stored_generations.discard(connection, generation)
    return lost


async def _left_behind(connection: "Connection", places: list[Path]) -> list[Path]:
    last = await jobs.last(connection, JobKind.RETRAIN)
    done = last is None or last.state is JobState.DONE
    workplaces = [place for place in places if place.name == WORKPLACE and (done or _is_old(place))]
    for made in filter(None, map(read_note, workplaces)):
        await forget(connection, made)
    known = {row.id for row in await stored_generations.list_generations(connection)}
    strangers = [place for place in places if place.name[0] != "." and place.name not in known]
    return workplaces + [place for place in strangers if place.is_dir()]


def _is_old(place: Path) -> bool:
    return time.time() - place.stat().st_mtime > _TAKEN_UP
