"""How a retrain goes, kept in its job for every process to see, and what ends it from outside."""

import asyncio
import os
import threading
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from model.stages import Stage
from storage import jobs
from storage.database import connect, transaction
from storage.errors import GrimcheError, StorageError, TrainingError
from storage.processes import PROC
from storage.records import JobKind, JobState

EVERY = 2.0  # seconds between two records, and until a wish to stop is seen
_LOOK = 0.25  # seconds between two looks at the memory
# What part of the work each stage is, about.
_SHARES = {
    "collect": (0.0, 0.1),
    "train": (0.1, 0.65),
    "export": (0.75, 0.05),
    "embed": (0.8, 0.15),
    "compare": (0.95, 0.05),
}
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_PATIENCE = 3.0  # seconds in which the work itself may end after it was stopped

Figures = dict[str, int | float | str]


class Recording:
    """The job of a retrain; a thread of its own writes what `tell` is told, and sees who wants it to stop.

    With `alone` the process holds nothing but this job and is ended where the job does not end by itself;
    it may use `memory` MB then.
    """

    def __init__(self, database: Path, job: int, *, memory: int | None = None, alone: bool = False) -> None:
        self.result: Figures = {}
        self._database = database
        self._job = job
        self._memory = memory
        self._alone = alone
        self._figures: Figures = {"stage": "collect"}
        self._share = 0.0
        self._began: tuple[str, float, float] = ("", 0.0, 0.0)
        self._fault: BaseException | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="grimche-recording", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def tell(self, stage: Stage) -> None:
        """Note how far it is; raises what ends the job where somebody wants that."""
        if self._fault is not None:
            raise self._fault
        task = _task()
        if task is not None and task.cancelling():  # training does not await: it is seen here
            raise asyncio.CancelledError
        start, length = _SHARES[stage.name]
        self._share = start + length * stage.done / max(stage.total, 1)
        figures: Figures = {"stage": stage.name, "left": self._left(stage)}
        if stage.loss is not None:
            figures |= {"loss": stage.loss, "epoch": stage.epoch, "epochs": stage.epochs}
        if stage.score is not None:
            figures["score"] = stage.score
        self._figures = {**self._figures, **figures}

    def end(self, state: JobState, fault: GrimcheError | None = None) -> None:
        """Stop writing and record how it ended."""
        self._ended.set()
        if self._thread is not threading.current_thread():
            self._thread.join()
        figures = {**self._figures, **self.result} | (as_figures(fault) if fault else {})
        error = str(fault) if fault else ""
        if state is JobState.FAILED and fault is None:
            error = GrimcheError.sentence
        with suppress(StorageError):  # the database itself may be what failed
            _run(_finish(self._database, self._job, state=state, figures=figures, error=error))

    def _left(self, stage: Stage) -> int:
        """Guess the seconds left from the pace of this stage."""
        now, done = time.monotonic(), stage.done / max(stage.total, 1)
        name, began, first = self._began
        if name != stage.name:
            self._began = (stage.name, now, done)
            return int(self._figures.get("left", 0))
        if done <= first:
            return int(self._figures.get("left", 0))
        start, length = _SHARES[stage.name]
        whole = (now - began) / ((done - first) * length)  # seconds for all stages at this pace
        return round(whole * (1 - start - length * done))

    def _watch(self) -> None:
        written = 0.0
        while not self._ended.wait(_LOOK):
            if self._is_too_large():
                fault = f"it needs more memory than GRIMCHE_TRAIN_MEMORY_MB={self._memory} allows"
                self._stop(TrainingError(fault=fault))
                return
            if time.monotonic() - written >= EVERY:
                written = time.monotonic()
                with suppress(StorageError):  # the record is behind, then
                    if asyncio.run(self._write()):
                        self._stop(asyncio.CancelledError())
                        return

    async def _write(self) -> bool:
        """Write how far it is, and say whether somebody wants it to stop."""
        figures = {**self._figures, "at": int(time.time())}
        async with connect(self._database) as connection, transaction(connection):
            await jobs.advance(connection, self._job, progress=self._share, figures=figures)
            return await jobs.is_stop_asked(connection, self._job)

    def _is_too_large(self) -> bool:
        return self._memory is not None and resident_mb() > self._memory

    def _stop(self, fault: BaseException) -> None:
        """Let the work end by itself at its next step, and without patience for a stage that has none."""
        self._fault = fault
        patience = 0.0 if isinstance(fault, TrainingError) else _PATIENCE
        if self._alone and not self._ended.wait(patience):
            failed = fault if isinstance(fault, GrimcheError) else None
            self.end(JobState.FAILED if failed else JobState.CANCELLED, failed)
            os._exit(1)  # what lies on disk is as after a kill, which the next training takes up


@asynccontextmanager
async def recording(
    database: Path,
    *,
    who: str,
    wish: Mapping[str, int | float | str] | None = None,
    memory: int | None = None,
    alone: bool = False,
) -> AsyncIterator[Recording]:
    """Hold the right to retrain, and record how it goes and ends; raises AlreadyRunning."""
    async with connect(database) as connection, transaction(connection):
        job = await jobs.start(connection, JobKind.RETRAIN, who=who, wish=wish or {})
    record = Recording(database, job, memory=memory, alone=alone)
    record.start()
    state, fault = JobState.FAILED, None
    try:
        yield record
        state = JobState.DONE
    except (asyncio.CancelledError, KeyboardInterrupt):
        state = JobState.CANCELLED
        raise
    except GrimcheError as error:
        fault = error
        raise
    except MemoryError as error:
        fault = TrainingError(fault="this machine has too little memory for it")
        raise fault from error
    finally:
        record.end(state, fault)


def share_of(stage: str, progress: float) -> float:
    """Say what part of a stage is through when so much of all stages is, 0 to 1."""
    start, length = _SHARES[stage]
    return min(max((progress - start) / length, 0.0), 1.0)


def resident_mb() -> int:
    """Tell how much memory this process holds, in MB; 0 where the system does not say."""
    try:
        pages = int((PROC / "self" / "statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * _PAGE // 1_000_000


def as_figures(fault: GrimcheError) -> Figures:
    """Keep an error so that another process can say it in its own language."""
    return {"fault": fault.key, **{f"fault_{name}": value for name, value in fault.values.items()}}


def _task() -> "asyncio.Task[object] | None":
    try:
        return asyncio.current_task()
    except RuntimeError:
        return None


def _run(work: "asyncio.Future[None] | object") -> None:
    """Run by another thread: in a task that is being cancelled nothing can be awaited."""
    thread = threading.Thread(target=lambda: asyncio.run(work))  # type: ignore[arg-type]  # a coroutine
    thread.start()
    thread.join()


async def _finish(database: Path, job: int, *, state: JobState, figures: Figures, error: str) -> None:
    with suppress(StorageError):
        async with connect(database) as connection, transaction(connection):
            await jobs.finish(connection, job, state=state, figures=figures, error=error)
