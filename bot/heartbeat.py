"""Let other processes see that this one serves: a small file that is written every few seconds.

Each serving process has `serving/<name>.json`, and `serving/<name>.lock`, which it holds for as long as
it lives: the system lets go of it however the process ends, and in another container too.
"""

import asyncio
import fcntl
import json
import logging
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

from bot.faults import Fault, Faults
from bot.files import write_file
from bot.lives import DoorState, Life
from bot.observed import Beat, Observed
from storage.errors import GrimcheError
from storage.translation import translated

log = logging.getLogger(__name__)

FOLDER: Final = "serving"
GATE: Final = "gate"
EVERY: Final = 5.0  # seconds between two beats
TICK: Final = 0.5  # seconds between two looks at how late the loop is
STALE: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The last beat of a process that lives; it `is_stuck` when there should have been another long ago."""

    beat: Beat
    is_stuck: bool


@asynccontextmanager
async def beating(data: Path, observed: Observed, *, every: float = EVERY) -> AsyncIterator[None]:
    """Beat while the block runs; where nothing may be written, nobody else sees this process."""
    folder, name = data / FOLDER, secrets.token_hex(8)
    faults = observed.faults = Faults()
    logging.getLogger().addHandler(faults)
    with ExitStack() as held:
        held.callback(logging.getLogger().removeHandler, faults)
        try:
            faults.recall(_begin(folder, name, held=held))
            write_file(folder / f"{name}.json", beat_json(observed.beat()))
        except GrimcheError as error:
            log.warning("other processes do not see this one: %s", error)
        ending = asyncio.Event()
        task = asyncio.create_task(_beat(folder / f"{name}.json", observed, every=every, ending=ending))
        try:
            yield
        finally:
            ending.set()
            await asyncio.wait({task})


def read_beats(data: Path, *, now: datetime | None = None) -> list[Seen]:
    """List the processes that serve this data folder."""
    moment = now or datetime.now(UTC)
    found = [_read(path) for path in sorted((data / FOLDER).glob("*.json")) if not _has_ended(path)]
    return [Seen(beat=beat, is_stuck=moment - beat.at > STALE) for beat in found if beat]


@contextmanager
def alone(data: Path) -> Iterator[bool]:
    """Say whether no process serves this data folder, and let none begin while the block runs."""
    folder = data / FOLDER
    with ExitStack() as held:
        with translated(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _lock(held.enter_context((folder / GATE).open("ab")), fcntl.LOCK_EX)
        yield all(_has_ended(path) for path in folder.glob("*.lock"))


def beat_json(beat: Beat) -> bytes:
    """Write a beat."""
    return json.dumps(asdict(beat), ensure_ascii=False, default=_text).encode()


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _read(path: Path) -> Beat | None:
    """Read a beat; None for a file that has just gone, or that another version wrote."""
    try:
        parts: dict[str, Any] = json.loads(path.read_bytes())
        doors = tuple(_life(door) for door in parts.pop("doors"))
        faults = tuple(_fault(fault) for fault in parts.pop("faults"))
        started, at = (datetime.fromisoformat(parts.pop(name)) for name in ("started", "at"))
        return Beat(**parts, started=started, at=at, doors=doors, faults=faults)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _life(parts: dict[str, Any]) -> Life:
    since, state = datetime.fromisoformat(parts["since"]), DoorState(parts["state"])
    return Life(door=parts["door"], state=state, since=since, why=parts["why"])


def _fault(parts: dict[str, Any]) -> Fault:
    when = datetime.fromisoformat(parts["when"])
    return Fault(when=when, reference=parts["reference"], sentence=parts["sentence"])


async def _beat(path: Path, observed: Observed, *, every: float, ending: asyncio.Event) -> None:
    """Write the beats, and measure how late the loop comes back to us meanwhile."""
    tick, worst, written = min(TICK, every), 0.0, -every
    while not ending.is_set():
        began = time.monotonic()
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), tick)
        observed.ticked = time.monotonic()
        worst = max(worst, observed.ticked - began - tick)
        if observed.ticked - written < every:
            continue
        observed.lag, worst, written = max(worst, 0.0), 0.0, observed.ticked
        try:
            await asyncio.to_thread(write_file, path, beat_json(observed.beat()))
        except GrimcheError as error:
            log.warning("the heartbeat cannot be written: %s", error)


def _begin(folder: Path, name: str, *, held: ExitStack) -> tuple[Fault, ...]:
    """Take a new lock while nobody is `alone`, and give the errors that earlier processes kept."""
    with translated(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / GATE).open("ab") as gate:
            _lock(gate, fcntl.LOCK_EX)
            faults = _sweep(folder)
            _lock(held.enter_context((folder / f"{name}.lock").open("ab")), fcntl.LOCK_EX)
            held.callback(_remove, folder, name)
    return faults


def _sweep(folder: Path) -> tuple[Fault, ...]:
    """Remove what processes left that have ended, and give the errors that the last of them kept."""
    ended = [path for path in folder.glob("*.*") if _has_ended(path)]
    beats = [beat for path in ended if (beat := _read(path.with_suffix(".json")))]
    for path in ended:
        _remove(folder, path.stem)
        path.unlink(missing_ok=True)  # a beat that was being written
    return max(beats, key=lambda beat: beat.at).faults if beats else ()


def _remove(folder: Path, name: str) -> None:
    for suffix in (".json", ".lock"):
        (folder / f"{name}{suffix}").unlink(missing_ok=True)


def _has_ended(path: Path) -> bool:
    """Tell whether nobody holds the lock that belongs to a file, or to what is to become one."""
    name = path.name.removeprefix(".").partition(".")[0]
    try:
        with path.with_name(f"{name}.lock").open("rb") as file:
            return _lock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True


def _lock(file: IO[bytes], how: int) -> bool:
    """Lock a file until it is closed, or tell that another process holds it."""
    try:
        fcntl.flock(file, how)
    except BlockingIOError:
        return False
    return True
