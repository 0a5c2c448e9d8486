"""Keep daily copies of all that cannot be made again, and put one back."""

import asyncio
import fcntl
import io
import json
import os
import shutil
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from bot.files import open_beside
from bot.heartbeat import alone
from bot.moving import STARTER
from model import generations
from model.generation_files import read_manifest
from storage import database, jobs, vectors
from storage.errors import AlreadyRunning, BackupDamaged, DatabaseLocked, GenerationError, InUse, StorageError
from storage.records import JobKind
from storage.translation import translated

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from bot.settings import Settings

DATABASE: Final = "grimche.db"
ABOUT: Final = "about.json"
GENERATION: Final = "generation"
PREFIX, SUFFIX = "grimche-", ".tar"
FORMAT: Final = 1
PART: Final = ".part-"


class _Stopped(Exception):
    """Nobody waits for the backup any more."""


class _Output(io.BufferedIOBase):
    """The file of a backup; it takes no more once nobody waits for it."""

    def __init__(self, file: BinaryIO, stopped: threading.Event) -> None:
        super().__init__()
        self._file = file
        self._stopped = stopped

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write the bytes, or raise what ends it."""
        if self._stopped.is_set():
            raise _Stopped
        return self._file.write(data)


async def keep_backup(settings: "Settings") -> Path:
    """Write today's backup and remove the oldest beyond the number to keep; returns its file.

    It holds the database, copied while it is in use, and the folder of the generation that serves unless
    that is shipped.  A second one of a day takes the first one's place.  Raises StorageError, and
    AlreadyRunning while another process makes one.
    """
    await database.prepare(settings.database)
    folder = settings.backup_folder
    place = folder / f"{PREFIX}{datetime.now(UTC):%Y-%m-%d}{SUFFIX}"
    with translated(folder), _only_one(folder):
        sweep_backups(folder)
        with tempfile.TemporaryDirectory(prefix=PART, dir=folder) as part:
            copy = Path(part) / DATABASE
            await database.backup(settings.database, copy)
            await _write(settings, copy, place)
        for old in list_backups(folder)[: -settings.keep_backups]:
            old.unlink(missing_ok=True)
    return place


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Make the folder, and let nobody else write backups into it; the system lets go however we end."""
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise AlreadyRunning(job="backup") from error
    finally:
        os.close(held)


def list_backups(folder: Path) -> list[Path]:
    """List the whole backups of a folder, the oldest first."""
    return sorted(folder.glob(f"{PREFIX}*{SUFFIX}"))


def sweep_backups(folder: Path) -> int:
    """Remove what killed backups left, and count it."""
    left = [path for path in folder.glob(".*") if path.name.startswith((PART, f".{PREFIX}"))]
    for path in left:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return len(left)


async def restore(settings: "Settings", file: Path) -> str:
    """Put a backup in the place of what is there, and return the name of the database that it replaced.

    Everything is checked before anything is touched; the database before, if there was one, is kept beside
    the new one.  Raises BackupDamaged, InUse, AlreadyRunning and StorageError.
    """
    with alone(settings.data) as is_alone:
        if not is_alone:
            raise InUse(data=str(settings.data))
        await _refuse_jobs(settings)
        with translated(settings.data), tempfile.TemporaryDirectory(prefix=PART, dir=settings.data) as part:
            unpacked = Path(part)
            await asyncio.to_thread(_unpack, file, unpacked)
            await _check(unpacked, file=file, own=settings.generations)
            await asyncio.to_thread(_settle, unpacked)
            _place_generation(unpacked / GENERATION, settings.generations)
            await _fold(settings.database)
            return _exchange(unpacked / DATABASE, settings.database)


async def _refuse_jobs(settings: "Settings") -> None:
    """Raise AlreadyRunning while a job writes; a database that cannot be read, or is not there, has none."""
    if not settings.database.exists():
        return
    with suppress(StorageError):
        await database.prepare(settings.database)
        async with database.connect(settings.database, read_only=True) as connection:
            for kind in JobKind:
                if await jobs.running(connection, kind):
                    raise AlreadyRunning(job=kind)


async def _write(settings: "Settings", copy: Path, place: Path) -> None:
    """Pack in a thread; when this is cancelled, see it end before others may write into the folder."""
    stopped = threading.Event()

    def pack() -> None:
        with open_beside(place) as file:
            _pack(settings, copy, _Output(file, stopped), generation=generation)

    generation = await _serving(copy)
    work = asyncio.ensure_future(asyncio.to_thread(pack))
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        stopped.set()
        await asyncio.wait({work})
        work.exception()
        raise


def _pack(settings: "Settings", copy: Path, file: _Output, *, generation: str) -> None:
    own = settings.generations / generation
    about = {"format": FORMAT, "grimche": version("grimche"), "generation": generation}
    with tarfile.open(fileobj=file, mode="w|") as archive:
        _add_text(archive, ABOUT, json.dumps(about))
        archive.add(copy, DATABASE)
        if generation and own.is_dir():
            archive.add(own, GENERATION)


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(text.encode())
    archive.addfile(entry, io.BytesIO(text.encode()))


async def _serving(path: Path) -> str:
    """Name the generation that serves in a database, empty where nothing was embedded yet."""
    async with database.connect(path, read_only=True) as connection:
        stamp = await vectors.stamp(connection)
    return stamp.generation if stamp else ""


def _unpack(file: Path, folder: Path) -> None:
    """Unpack a backup; a plain database, as `grimche backup` writes it, is one too."""
    if not file.is_file():
        raise StorageError(path=str(file), fault="there is no such file")
    with _reading(file), file.open("rb") as opened:
        if opened.read(16) == b"SQLite format 3\0":
            opened.seek(0)
            with (folder / DATABASE).open("wb") as target:
                while block := opened.read(1 << 20):
                    target.write(block)
            return
        opened.seek(0)
        with tarfile.open(fileobj=opened, mode="r:") as archive:
            archive.extractall(folder, filter="data")
        about = json.loads((folder / ABOUT).read_bytes())
        if not isinstance(about, dict) or about["format"] != FORMAT:
            raise BackupDamaged(path=str(file), fault="it is of another version of Grimche")


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, KeyError, ValueError, EOFError, FileNotFoundError) as error:
        raise BackupDamaged(path=str(file), fault="it is no whole backup") from error


async def _check(folder: Path, *, file: Path, own: Path) -> None:
    """See that the database is sound and the generation that serves in it is there, or is in our `own`."""
    copy, unpacked = folder / DATABASE, folder / GENERATION
    if not copy.is_file():
        raise BackupDamaged(path=str(file), fault="it holds no database")
    try:
        await database.check(copy)
        serving = await _serving(copy)
        held = generations.load(unpacked).id if unpacked.is_dir() else ""
    except (StorageError, GenerationError) as error:
        fault = str(error).replace(f"{folder}/", "").rstrip(".")
        raise BackupDamaged(path=str(file), fault=fault) from error
    if serving and held and held != serving:
        raise BackupDamaged(path=str(file), fault=f"it lacks the generation {serving}")
    if serving and not held and not _is_at_hand(own, serving):
        fault = f"it lacks the generation {serving}, and {own} holds no sound one either"
        raise BackupDamaged(path=str(file), fault=fault)


def _is_at_hand(own: Path, generation: str) -> bool:
    """Say whether a generation can serve that is not in a backup; an older starter gives way to ours."""
    try:
        return generation.startswith(STARTER) or bool(generations.find(own, generation))
    except GenerationError:
        return False


def _settle(folder: Path) -> None:
    """See what was unpacked onto the disk, where a loss of power does not reach it."""
    for path in folder.rglob("*"):
        _sync(path)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _place_generation(unpacked: Path, folder: Path) -> None:
    """Bring the backup's generation in, unless it is there and sound."""
    if not unpacked.is_dir():
        return
    place = folder / read_manifest(unpacked).id
    folder.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        try:
            generations.load(place)
        except GenerationError:
            place.rename(place.with_name(f".{place.name}.{_moment()}.damaged"))
        else:
            return
    unpacked.rename(place)
    _sync(folder)


async def _fold(place: Path) -> None:
    """Have the database whole in its one file; of one that cannot be read, the log stays beside it."""
    try:
        await database.fold(place)
    except DatabaseLocked:
        raise
    except StorageError:
        pass


def _exchange(new: Path, place: Path) -> str:
    """Give the database a second name, and its own to the new one: wherever this is cut off, one is there."""
    aside = place.with_name(f"{place.name}.before-{_moment()}")
    for suffix in ("-wal", ""):
        old = place.with_name(place.name + suffix)
        if old.exists():
            _keep(old, aside.with_name(aside.name + suffix))
    for suffix in ("-wal", "-shm"):  # SQLite would apply them to the new one
        place.with_name(place.name + suffix).unlink(missing_ok=True)
    new.replace(place)
    _sync(place.parent)
    return aside.name if aside.exists() else ""


def _keep(old: Path, kept: Path) -> None:
    """Name a file anew as well; where the disk knows no second names, copy it."""
    try:
        kept.hardlink_to(old)
    except OSError:
        shutil.copy2(old, kept)


def _moment() -> str:
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
