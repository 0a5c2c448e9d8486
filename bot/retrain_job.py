"""Retrain in a process of its own: foretell it, start it, follow it and stop it from any process."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.progress import Stage, Step
from bot.retrain_child import write_order
from bot.sweeping import sweep
from bot.training_job import CURRENT, IMAGENET, SCRATCH, STARTER, Order, Wish, epochs_of
from model.recording import share_of
from storage import artists, database, jobs
from storage.errors import (
    AlreadyRunning,
    FileNotWritable,
    GrimcheError,
    TrainingError,
    TrainingKilled,
    restored,
)
from storage.records import Job, JobKind, JobState

if TYPE_CHECKING:
    from bot.settings import Settings

LOG = "retrain.log"
MOST_RESUMED = 2  # what kills it may be the training itself, which takes the machine's memory
_LOOK = 0.2
_FOLLOW = 1.0
_MINIMUM = 30  # as model.sample.MINIMUM, which loads what a question need not wait for
# What a training process needs of our environment: no setting of Grimche, so no token.
_KEPT = ("PATH", "HOME", "LANG", "LC_", "TMP", "TEMP", "TZ", "LD_", "PYTHON", "VIRTUAL_ENV", "SYSTEMROOT")
_ENGINES = ("KERAS_", "TF_", "XLA_", "CUDA_", "NVIDIA_", "OMP_", "MKL_", "JAX_")
# Seconds a training step, a picture and the loading and export take on the slower machines measured by
# benchmarks/retrain.py on two cores; a machine's own last retrain tells it better.
_STEP, _EMBED, _LOAD = 0.8, 0.014, 100.0
_PROBES, _PROBE_SECONDS = 10, 0.005
_STEPS, _EPOCHS = 100, 40  # as model.recipe.Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a retrain would be trained on, and about how many seconds it would take here."""

    artists: int
    pictures: int
    seconds: int


async def forecast(settings: "Settings", wish: Wish) -> Forecast:
    """Foretell a retrain; raises TrainingError where there is nothing to train on, and StorageError."""
    await database.prepare(settings.database)
    minimum = _MINIMUM if wish.minimum is None else wish.minimum
    async with database.connect(settings.database, read_only=True) as connection:
        counts = await artists.count_thumbnails(connection)
        pace = _pace(await jobs.recent(connection, 100))
    if pace is None:
        pace = await asyncio.to_thread(_probe)
    enough = [count for count in counts if count.thumbnails >= minimum]
    if len(enough) < 2:  # noqa: PLR2004  one hand has nothing to differ from
        fault = f"two artists with {minimum} thumbnails are needed, {len(enough)} found; import more"
        raise TrainingError(fault=fault)
    pictures = sum(count.thumbnails for count in enough)
    usual = usual_seconds(wish, sum(count.thumbnails for count in counts))
    return Forecast(artists=len(enough), pictures=pictures, seconds=round(usual * pace))


def usual_seconds(wish: Wish, pictures: int) -> float:
    """Say how long a retrain of a catalogue takes on the machine where it was measured."""
    steps = (epochs_of(wish) or _EPOCHS) * (wish.steps or _STEPS)
    return _LOAD + steps * _STEP + pictures * _EMBED


async def start(settings: "Settings", wish: Wish, *, who: str) -> Job:
    """Start a retrain that goes on when this process ends; return its job once it has begun.

    What crashes have left is removed first.

    Raises AlreadyRunning, TrainingError, GenerationMissing, StorageError and FileNotWritable.
    """
    await forecast(settings, wish)
    await sweep(settings)
    _check_init(settings, wish)
    order = Order(
        database=settings.database.absolute(),
        generations=settings.generations.absolute(),
        wish=wish,
        who=who,
        memory=settings.train_memory_mb,
        keep=settings.keep_generations,
    )
    if await running(settings) is not None:
        raise AlreadyRunning(job=JobKind.RETRAIN)
    child = await asyncio.to_thread(_spawn, order, settings.logs / LOG)
    while (job := await _job_of(settings, child.pid)) is None:
        if child.poll() is not None:
            raise await _never_began(settings)
        await asyncio.sleep(_LOOK)
    return job


async def running(settings: "Settings") -> Job | None:
    """Return the retrain that a living process does, whoever started it; raises StorageError."""
    async with database.connect(settings.database, read_only=True) as connection:
        return await jobs.running(connection, JobKind.RETRAIN)


async def find_same(settings: "Settings", wish: Wish) -> Job | None:
    """Return the retrain that runs where it is this very one, also taken up again; None where none runs.

    Raises AlreadyRunning for another one, and StorageError.
    """
    await database.prepare(settings.database)
    job = await running(settings)
    if job is not None and replace(Wish.from_record(job.wish), resumed=0) != wish:
        raise AlreadyRunning(job=JobKind.RETRAIN)
    return job


async def stop(settings: "Settings") -> Job | None:
    """Ask the retrain that runs to end, which it does within seconds; None without any.

    Raises StorageError.
    """
    await database.prepare(settings.database)
    async with database.connect(settings.database) as connection, database.transaction(connection):
        return await jobs.ask_to_stop(connection, JobKind.RETRAIN)


async def resume(settings: "Settings") -> Job | None:
    """Start the last retrain again where its process was killed; None where it was not, or was too often.

    The training goes on after its last whole epoch, or with the generation that it had made already.
    Raises what `start` raises.
    """
    async with database.connect(settings.database, read_only=True) as connection:
        last = await jobs.last(connection, JobKind.RETRAIN)
    if last is None or not was_killed(last):
        return None
    wish = Wish.from_record(last.wish)
    if wish.resumed >= MOST_RESUMED:
        return None
    return await start(settings, replace(wish, resumed=wish.resumed + 1), who=last.who)


def was_killed(job: Job) -> bool:
    """Say whether a retrain ended without saying why."""
    return job.state is JobState.FAILED and job.error == jobs.ABANDONED


async def follow(settings: "Settings", job: Job) -> AsyncIterator[Job]:
    """Yield a job's state each second until it has ended, the end last; raises StorageError."""
    while True:
        async with database.connect(settings.database, read_only=True) as connection:
            found = await jobs.get(connection, job.id)
        if found is None:
            return
        yield found
        if found.state is not JobState.RUNNING:
            return
        await asyncio.sleep(_FOLLOW)


def step_of(job: Job) -> Step:
    """Say how far a retrain is, for a bar."""
    figures = job.figures
    notes = []
    if "epoch" in figures:
        notes.append(f"epoch {figures['epoch']} of {figures['epochs']}, loss {float(figures['loss']):.2f}")
    if "score" in figures:
        notes.append(f"held out {float(figures['score']):.1%}")
    if figures.get("left"):
        notes.append("{}:{:02} left".format(*divmod(int(figures["left"]), 60)))
    stage = Stage(str(figures.get("stage", Stage.COLLECT)))
    return Step(stage=stage, share=share_of(stage, job.progress), note=", ".join(notes))


def fault_of(job: Job) -> GrimcheError | None:
    """Return what a retrain failed with, None where it did not fail."""
    if job.state is not JobState.FAILED:
        return None
    if was_killed(job):
        return TrainingKilled(times=Wish.from_record(job.wish).resumed + 1)
    if "fault" not in job.figures:
        return TrainingError(fault=job.error)
    values = {
        name.removeprefix("fault_"): value if isinstance(value, str) else int(value)
        for name, value in job.figures.items()
        if name.startswith("fault_")
    }
    return restored(str(job.figures["fault"]), values)


def _check_init(settings: "Settings", wish: Wish) -> None:
    """Refuse to begin as what is not there, or as what holds no weights, before a process is started."""
    if wish.init in {STARTER, CURRENT, SCRATCH, IMAGENET}:
        return
    from model import generations  # noqa: PLC0415  `--help` shall not wait for it

    generations.find(settings.generations, wish.init)


def _spawn(order: Order, log: Path) -> "subprocess.Popen[bytes]":
    """Start the process in a session of its own: what ends ours does not reach it."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            child = subprocess.Popen(  # noqa: S603  our own module
                [sys.executable, "-m", "bot.retrain_child", write_order(order)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment(os.environ.items()),
                cwd=Path(__file__).parents[1],
                start_new_session=True,
            )
    except OSError as error:
        raise FileNotWritable(path=str(log), fault=error.strerror or str(error)) from error
    # Somebody must be there to see it end, or its entry stays in the table of processes.
    threading.Thread(target=child.wait, name="grimche-retrain", daemon=True).start()
    return child


def environment(variables: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Choose what of our environment the process is given."""
    return {name: value for name, value in variables if name.upper().startswith((*_KEPT, *_ENGINES))}


def _pace(recent: Sequence[Job]) -> float | None:
    """Compare this machine with the one that was measured, by the last retrain that ended well, if any."""
    for job in recent:
        if job.kind is JobKind.RETRAIN and job.state is JobState.DONE and "seconds" in job.figures:
            usual = usual_seconds(Wish.from_record(job.wish), int(job.figures.get("pictures", 0)))
            return float(job.figures["seconds"]) / usual
    return None


@cache
def _probe() -> float:
    """Compare this machine with the one that was measured, by the fastest of some multiplications.

    What else it does meanwhile slows all but the fastest.  Two forecasts should agree, so it is asked once.
    """
    rows = np.ones((512, 512), np.float32)
    taken = []
    for _ in range(_PROBES):
        begin = time.perf_counter()
        rows @ rows
        taken.append(time.perf_counter() - begin)
    return max(1.0, min(taken) / _PROBE_SECONDS)


async def _job_of(settings: "Settings", pid: int) -> Job | None:
    async with database.connect(settings.database, read_only=True) as connection:
        last = await jobs.last(connection, JobKind.RETRAIN)
    return last if last is not None and last.pid == pid else None


async def _never_began(settings: "Settings") -> GrimcheError:
    """Say why the process ended before it had a job: another one was faster, or it could not run at all."""
    if await running(settings) is not None:
        return AlreadyRunning(job=JobKind.RETRAIN)
    return TrainingError(fault=f"its process ended at once; {settings.logs / LOG} says why")
