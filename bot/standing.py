"""Tell how Grimche stands: what serves, what there is, what ran last, and in how much room."""

import asyncio
import shutil
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bot.heartbeat import Seen, read_beats
from storage import catalogue, database, jobs, vectors
from storage.records import JobKind

if TYPE_CHECKING:
    from bot.metrics import Stored
    from bot.observed import Observed
    from storage.records import Counts, Job

RECENT_JOBS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How Grimche stands; `generation` is empty before the first picture was embedded.

    `processes` are those that serve the data folder; `disk_free` and `disk_total` are bytes of its disk.
    """

    version: str
    generation: str
    vectors: int
    counts: "Counts"
    jobs: "tuple[Job, ...]"
    data: Path
    data_bytes: int
    disk_free: int
    disk_total: int
    processes: tuple[Seen, ...]


async def read_status(path: Path, data: Path, observed: "Observed") -> Status:
    """Tell how the data folder stands, and the processes that serve it; raises StorageError."""
    async with database.connect(path, read_only=True) as connection:
        stamp = await vectors.stamp(connection)
        counts = await catalogue.count(connection)
        recent = await jobs.latest(connection, RECENT_JOBS)
    disk = shutil.disk_usage(data)
    return Status(
        version=version("grimche"),
        generation=stamp.generation if stamp else "",
        vectors=stamp.vectors if stamp else 0,
        counts=counts,
        jobs=tuple(recent),
        data=data,
        data_bytes=await asyncio.to_thread(_folder_bytes, data),
        disk_free=disk.free,
        disk_total=disk.total,
        processes=tuple(await asyncio.to_thread(_processes, data, observed)),
    )


async def read_stored(path: Path) -> "Stored":
    """Read what the metrics tell of the database; raises StorageError."""
    from bot.metrics import Stored  # noqa: PLC0415  only where metrics are served

    async with database.connect(path, read_only=True) as connection:
        stamp = await vectors.stamp(connection)
        return Stored(
            version=version("grimche"),
            generation=stamp.generation if stamp else "",
            vectors=stamp.vectors if stamp else 0,
            counts=await catalogue.count(connection),
            jobs=tuple(filter(None, [await jobs.last(connection, kind) for kind in JobKind])),
        )


def _processes(data: Path, observed: "Observed") -> list[Seen]:
    """List the processes that serve, this one as it stands now."""
    found = read_beats(data)
    if not observed.is_serving:
        return found
    own = observed.beat()
    others = [seen for seen in found if (seen.beat.pid, seen.beat.started) != (own.pid, own.started)]
    return [Seen(beat=own, is_stuck=False), *others]


def _folder_bytes(folder: Path) -> int:
    """Add up the files of a folder; one that goes away meanwhile counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            total += path.stat().st_size if path.is_file() else 0
    return total
