"""Look at a data folder after crashes: is the database sound, is everything whole, is nothing left over."""

import re
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from model import generations
from storage import generations as stored_generations
from storage import vectors
from storage.database import connect
from storage.errors import GenerationError
from storage.generations import GenerationRow

_ALLOWED = re.compile(
    r"grimche\.db(-wal|-shm)?"
    r"|generations/[\w-]+/[\w.-]+"
    r"|backups/grimche-[\d-]+\.tar"
    r"|serving/(gate|[0-9a-f]+\.(json|lock))"
    r"|logs/.*"
)
_BEAT = re.compile(r"\.(?P<name>[0-9a-f]+)\.json\.\w+")


async def faults(data: Path, *, serving: int, temporary: Path) -> list[str]:
    """Say everything that is not as it must be while `serving` processes serve and nothing else runs.

    `temporary` is the folder in which they make temporary files.
    """
    return [
        *_database(data / "grimche.db"),
        *await _generations(data),
        *_files(data, serving=serving),
        *_temporary(temporary),
        *_backups(data / "backups"),
    ]


def _database(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(path, timeout=30)) as database:
        if (found := database.execute("PRAGMA integrity_check").fetchall()) != [("ok",)]:
            yield f"integrity_check: {found}"
        if found := database.execute("PRAGMA foreign_key_check").fetchall():
            yield f"foreign_key_check: {found}"


async def _generations(data: Path) -> list[str]:
    async with connect(data / "grimche.db", read_only=True) as connection:
        rows = await stored_generations.list_generations(connection)
        current = [row for row in rows if row.current]
        found = [] if len(current) == 1 else [f"{len(current)} generations are current"]
        for row in current:
            lacking = await vectors.names_to_embed(connection, row.id)
            found += [f"{row.id} lacks {len(lacking)} pictures"] if lacking else []
            table = await vectors.load_vectors(connection, row.id)
            rated = await vectors.count_statistics(connection, row.id)
            if len(set(table.pictures)) != rated or row.transform is None:
                found.append(f"{row.id} has {len(set(table.pictures))} vectors of {rated} statistics")
    return [*found, *_folders(data / "generations", rows)]


def _folders(place: Path, rows: list[GenerationRow]) -> Iterator[str]:
    """Compare rows with folders; what is shipped needs none, and no other one is without."""
    for row in rows:
        try:
            generations.find(place, row.id)
        except GenerationError as error:
            yield f"{row.id}: {error}"
    known = {row.id for row in rows}
    for folder in place.iterdir() if place.is_dir() else ():
        if folder.name not in known:
            yield f"an orphan: generations/{folder.name}"


def _files(data: Path, *, serving: int) -> Iterator[str]:
    for path in data.rglob("*"):
        name = path.relative_to(data).as_posix()
        if path.is_file() and not _ALLOWED.fullmatch(name) and not _is_beating(path):
            yield f"an orphan: {name}"
    if (found := len(list((data / "serving").glob("*.lock")))) != serving:
        yield f"{found} locks of serving processes"


def _is_beating(path: Path) -> bool:
    """Tell whether a file is a beat that is being written now, by a process whose lock is there too."""
    beat = _BEAT.fullmatch(path.name)
    return beat is not None and path.with_name(f"{beat['name']}.lock").exists()


def _temporary(folder: Path) -> Iterator[str]:
    for path in folder.iterdir():
        yield f"an orphan among temporary files: {path.name}"


def _backups(folder: Path) -> Iterator[str]:
    """Open what is in each backup, as somebody does who needs it."""
    for path in folder.glob("*.tar"):
        with tarfile.open(path) as archive, tempfile.TemporaryDirectory() as place:
            if archive.getnames()[:2] != ["about.json", "grimche.db"]:
                yield f"{path.name} is no whole backup"
                continue
            archive.extractall(place, filter="data")
            yield from (f"{path.name}: {fault}" for fault in _database(Path(place) / "grimche.db"))
