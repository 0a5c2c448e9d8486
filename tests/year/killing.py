"""Kill -9 at counted points of everything that writes, and look at what a restart makes of it."""

import asyncio
import random
import shutil
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from tests import deadly
from tests.platforms.world import World
from tests.year.admins import begin_scrape, hurry, retrain, roll_back
from tests.year.calendar import FIRST, Year
from tests.year.town import Town, town, until
from tests.year.wholeness import faults

SEED = 29
SERVING = "bot serve"
CALM = 1200.0  # seconds in which everything has been made up for, on a machine that does other things too
_DEATH = 900.0
_SOON = 20.0  # seconds after which nothing begins by itself any more
_TINY = ("--epochs", "1", "--steps", "2", "--minimum", "5")

Trigger = Callable[["Town", Path], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """Something that writes: where its events begin, about how many there are, and what makes it begin.

    `victim` is a part of the command line of the process that does it; with `parent`, who serves was killed
    before.  A `late` one counts only once it has been made to begin.
    """

    begin: str
    events: int
    victim: str
    trigger: Trigger
    parent: bool = False
    late: bool = False

    @property
    def dying(self) -> str:
        """Who dies."""
        return f"{SERVING}, then {self.victim}" if self.parent else self.victim


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """What came of a kill: the event at which it was, and what was wrong after the restart."""

    phase: str
    count: int
    event: str
    faults: tuple[str, ...]


async def _scrape(town: Town, _made: Path) -> None:
    await begin_scrape(town)


async def _train(town: Town, _made: Path) -> None:
    await run(town, "train", "--background", *_TINY)
    hurry_all(town)


async def _train_and_kill_parent(town: Town, made: Path) -> None:
    await _train(town, made)
    await town.kill()


async def _retrain(town: Town, _made: Path) -> None:
    """Let an admin begin by a button, so that who serves starts the training and follows it."""
    await retrain(town, "starter")


async def _adopt(town: Town, made: Path) -> None:
    await run(town, "generations", "add", str(made))


async def _roll_back(town: Town, made: Path) -> None:
    await run(town, "generations", "add", str(made), "--promote")
    await roll_back(town)


async def _wait(_town: Town, _made: Path) -> None:
    """Do nothing: a backup is made up for soon after a start."""


_JOB = "INSERT INTO jobs .*'{}'"
PHASES: Mapping[str, Phase] = MappingProxyType(
    {
        "scrape": Phase(begin=_JOB.format("scrape"), events=150, victim=SERVING, trigger=_scrape),
        "embed": Phase(begin=_JOB.format("embed"), events=150, victim=SERVING, trigger=_scrape),
        "retrain": Phase(begin=_JOB.format("retrain"), events=500, victim="retrain_child", trigger=_train),
        "retrain: parent first": Phase(
            begin=_JOB.format("retrain"),
            events=500,
            victim="retrain_child",
            trigger=_train_and_kill_parent,
            parent=True,
        ),
        "retrain: parent alone": Phase(begin=".", events=100, victim=SERVING, trigger=_retrain, late=True),
        "retrain: embed": Phase(
            begin=_JOB.format("adopt"), events=250, victim="retrain_child", trigger=_train
        ),
        "retrain: gate": Phase(begin="SET state = 'done'", events=30, victim="retrain_child", trigger=_train),
        "adoption": Phase(begin=_JOB.format("adopt"), events=250, victim="generations add", trigger=_adopt),
        "gate": Phase(begin="SET state = 'done'", events=25, victim="generations add", trigger=_adopt),
        "promotion": Phase(begin="SET scores", events=11, victim="generations add", trigger=_adopt),
        "rollback": Phase(begin="FROM promotions", events=30, victim=SERVING, trigger=_roll_back),
        "backup": Phase(begin=r"(mkdir|open) .*/backups", events=12, victim=SERVING, trigger=_wait),
    }
)


async def make(folder: Path) -> None:
    """Fill a data folder, and train a generation on it that is not in service."""
    async with _small_town(folder) as opened:
        await run(opened, "scrape", "--source", "naver")
        shutil.copytree(opened.data, folder / "filled")
        await run(opened, "train", "--background", *_TINY, "--no-promote")
        await _no_job_runs(opened)
        (made,) = (path for path in (opened.data / "generations").iterdir() if path.name[0] != ".")
        shutil.copytree(made, folder / "made" / made.name)


async def kill(made: Path, folder: Path, *, phase: str, count: int) -> Killed:
    """Let a process die in the midst of a phase, start again, and wait until everything is calm."""
    what = PHASES[phase]
    shutil.copytree(made / "filled", folder / "data")
    async with _small_town(folder) as opened:
        year = Year(world=opened.local.world, dice=random.Random(SEED))
        year.pass_days(8)
        order = deadly.Order(begin=what.begin, count=count, command=what.victim)
        if not what.late:
            deadly.give(opened.orders, order)
        await opened.start(is_doomed=not what.late)
        await what.trigger(opened, next((made / "made").iterdir()))
        if what.late:
            deadly.give(opened.orders, order)
        await _until_obeyed(opened)
        deadly.take_back(opened.orders)
        await opened.stop()
        await opened.start()
        await _is_calm(opened)
        found = await faults(opened.data, serving=1, temporary=opened.temporary)
        event = (deadly.points(opened.orders) or ["nothing was counted"])[-1]
        return Killed(phase=phase, count=count, event=event, faults=tuple(found))


def _small_town(folder: Path):  # noqa: ANN202  as `town`
    return town(folder / "data", World(13, works=6, instalments=48, drawings=4, day=FIRST))


async def run(town: Town, *arguments: str) -> int:
    """Run a command over the data folder of a town; it may be killed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        env=town.env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode in {0, -signal.SIGKILL}, output.decode()[-3000:]
    return process.returncode


def hurry_all(town: Town) -> None:
    """Hurry the processes of jobs."""
    for pid in town.children():
        hurry(pid)


async def _until_obeyed(town: Town) -> None:
    """Wait until the order was obeyed; a phase that ends before is over, and who is to die dies now."""
    begun = time.monotonic()

    def obeyed() -> bool:
        hurry_all(town)
        return not deadly.is_given(town.orders)

    def is_over() -> bool:
        is_late = time.monotonic() - begun > _SOON
        return is_late and is_backed_up(town) and not town.workers()

    await until(lambda: obeyed() or is_over(), seconds=_DEATH)
    if not obeyed():
        await town.kill()


async def _no_job_runs(town: Town) -> None:
    def none_runs() -> bool:
        hurry_all(town)
        return not town.workers() and not _trainings(town.data)

    await until(none_runs, seconds=CALM)


async def _is_calm(town: Town) -> None:
    """Wait until what was missed has been made up for: the backup, and a retrain that was killed."""
    await until(lambda: is_backed_up(town), seconds=CALM)
    await _no_job_runs(town)


def _trainings(data: Path) -> list[int]:
    """List the processes that train over a data folder, whatever its jobs say."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has just ended
            words = line.read_bytes()
            if b"retrain_child" in words and str(data).encode() in words:
                found.append(int(line.parent.name))
    return found


def is_backed_up(town: Town) -> bool:
    """Tell whether there is a backup, and none is being made."""
    return bool(list(town.data.glob("backups/*.tar"))) and not list(town.data.glob("backups/.*"))
