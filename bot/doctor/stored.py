"""Look at what is stored: database, generations, backups and what was left behind."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bot.backup_job import PART, PREFIX, list_backups
from bot.doctor.findings import Finding, Patient, fault, warning
from model import generations
from storage import database
from storage.errors import GenerationError, GenerationMissing, StorageError
from storage.health import Health, examine

if TYPE_CHECKING:
    from pathlib import Path

OLD: Final = 3 * 24 * 60 * 60  # seconds after which the newest backup is too old
SETTLED: Final = 60 * 60  # seconds after which nobody writes what is only a part


async def check_stored(patient: Patient) -> list[Finding]:
    """Look through the database and what belongs to it."""
    settings = patient.settings
    found = [*_orphans(patient), *_backups(settings.backup_folder)]
    if not settings.database.exists():
        return [*found, warning("no-database", path=str(settings.database))]
    try:
        await database.prepare(settings.database)
        async with database.connect(settings.database, read_only=True) as connection:
            health = await examine(connection)
    except StorageError as error:
        return [*found, fault("database", path=str(settings.database), fault=str(error))]
    return [*found, *_database(health, settings.database), *_generations(patient, health)]


def _database(health: Health, path: "Path") -> Iterator[Finding]:
    if not health.is_sound:
        yield fault("database", path=str(path), fault="SQLite's integrity check fails")
    if health.broken:
        yield fault("references", count=health.broken)
    if health.current == "":
        yield fault("no-generation")
    if health.unseen:
        yield warning("vectors", count=health.unseen)


def _generations(patient: Patient, health: Health) -> Iterator[Finding]:
    """Check every file of every generation against its sum."""
    place = patient.settings.generations
    folders = [path for path in place.glob("*") if path.is_dir() and path.name[0] != "."]
    names = {path.name for path in folders} | ({health.current} if health.current else set())
    for name in sorted(names):
        try:
            generations.find(place, name)
        except PermissionError:
            yield fault("not-writable", path=str(place / name))
        except GenerationMissing as error:
            yield fault("generation-missing", generation=name, file=str(error.values["file"]))
        except GenerationError as error:
            yield fault("generation-damaged", generation=name, fault=str(error))


def _orphans(patient: Patient) -> Iterator[Finding]:
    """Find what killed processes left, but nothing that may still be written."""
    settings = patient.settings
    left = [
        *settings.generations.glob(".*.part"),
        *settings.generations.glob(".*.old"),
        *settings.data.glob(f"{PART}*"),
        *settings.data.glob(f".{settings.database.name}.*.part"),
        *settings.backup_folder.glob(f"{PART}*"),
        *settings.backup_folder.glob(f".{PREFIX}*"),
    ]
    for path in left:
        if _age(path) > SETTLED:
            yield warning("orphan", path=str(path))


def _backups(folder: "Path") -> Iterator[Finding]:
    made = list_backups(folder)
    if made and _age(made[-1]) > OLD:
        yield warning("old-backup", path=str(made[-1]))


def _age(path: "Path") -> float:
    """Tell how many seconds ago something was written; what has gone meanwhile is new."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
