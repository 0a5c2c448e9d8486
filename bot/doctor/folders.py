"""Look at the folders that everything is kept in: whether they are any, and whether they are ours."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.doctor.findings import Finding, Patient, fault
from bot.heartbeat import FOLDER

if TYPE_CHECKING:
    from bot.settings import Settings

_LOOK = os.R_OK | os.X_OK


def check_folders(patient: Patient) -> Iterator[Finding]:
    """See that each is a folder, or can become one, that may be read and written."""
    for place, (setting, folder) in _places(patient.settings).items():
        if not place.is_dir():
            yield fault("not-a-folder", path=str(place), setting=setting)
        elif not _may(place, _LOOK | os.W_OK):
            yield fault("not-writable", path=str(folder))


def are_closed(patient: Patient) -> bool:
    """Tell whether one of them cannot be looked into."""
    return not all(place.is_dir() and _may(place, _LOOK) for place in _places(patient.settings))


def existing(path: Path) -> Path:
    """Find the nearest folder that is there."""
    return next(place for place in (path.absolute(), *path.absolute().parents) if is_there(place))


def is_there(path: Path) -> bool:
    """Tell whether something is at a path; what nobody may ask about is not."""
    try:
        return path.exists()
    except PermissionError:
        return False


def _places(settings: "Settings") -> dict[Path, tuple[str, Path]]:
    """List what is there of each folder that is wanted, with the setting that wants it."""
    wanted = [
        ("GRIMCHE_BACKUPS", settings.backup_folder),
        *(("GRIMCHE_DATA", path) for path in (settings.generations, settings.data / FOLDER, settings.data)),
    ]
    return {existing(folder): (setting, folder) for setting, folder in wanted}


def _may(path: Path, how: int) -> bool:
    return os.access(path, how, effective_ids=os.access in os.supports_effective_ids)
