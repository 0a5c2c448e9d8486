"""The files of a generation's folder: named in its manifest with their sha256, and written as one."""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from model.manifest import Manifest, ManifestError, UnknownFormat, parse_manifest, print_manifest
from model.space import space_at
from storage.errors import GenerationCorrupt, GenerationMismatch, GenerationMissing
from storage.processes import birth, lives

MANIFEST = "manifest.json"

_TEMPORARY = re.compile(r"\..+\.(?P<pid>[0-9]+)(?:-(?P<born>[^.]*))?\.(?:part|old)")

T = TypeVar("T")


def beside(folder: Path, end: str) -> Path:
    """Name what is written (`part`) or goes (`old`) beside `folder`, by this process and no other."""
    pid = os.getpid()
    born = (birth(pid) or "").replace(" ", "_")
    return folder.with_name(f".{folder.name}.{pid}-{born}.{end}")


def is_left_behind(place: Path) -> bool:
    """Say whether a process that has ended left what `beside` names, also where its number is in use again.

    Earlier versions wrote the number alone: that is never this process.
    """
    found = _TEMPORARY.fullmatch(place.name)
    if found is None:
        return False
    pid, born = int(found["pid"]), found["born"]
    if born is None:
        return pid == os.getpid() or birth(pid) is None
    return not lives(pid, born.replace("_", " "))


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a folder; raises GenerationError."""
    try:
        return parse_manifest((folder / MANIFEST).read_bytes())
    except UnknownFormat as error:
        fault = f"its manifest has {error}"
        raise GenerationMismatch(generation=folder.name, fault=fault) from error
    except ManifestError as error:
        raise GenerationCorrupt(generation=folder.name, file=MANIFEST) from error
    except OSError as error:
        raise GenerationMissing(generation=folder.name, file=MANIFEST) from error


def read_checked(path: Path, digest: str) -> bytes:
    """Read a file of a generation; raises GenerationMissing, and GenerationCorrupt for another sha256."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GenerationMissing(generation=path.parent.name, file=path.name) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise GenerationCorrupt(generation=path.parent.name, file=path.name)
    return data


def check_file(path: Path, digest: str) -> None:
    """Check a file as read_checked does, without holding it."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise GenerationMissing(generation=path.parent.name, file=path.name) from error
    if found != digest:
        raise GenerationCorrupt(generation=path.parent.name, file=path.name)


def write_folder(
    folder: Path, manifest: Manifest, *, contents: Mapping[str, bytes], check: Callable[[Path], T]
) -> T:
    """Write files and the manifest that names them beside `folder`, check them, and move them into place.

    Returns what `check` makes of the written folder.  Raises what it raises, and DiskFull.
    """
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(contents.items())}
    whole = {**contents, MANIFEST: print_manifest(replace(manifest, files=digests))}
    part = beside(folder, "part")
    try:
        with space_at(folder):
            _write(part, whole)
            checked = check(part)
            _move(part, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return checked


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in contents.items():
        with (folder / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _move(part: Path, folder: Path) -> None:
    """Put `part` in the place of `folder`; a killed process leaves the old one, the new one, or both."""
    old = beside(folder, "old")
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
