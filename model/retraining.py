"""Make a new generation from the catalogue: collect, train, export, embed, compare, promote."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from model import generations
from model.adopting import adopt
from model.collect import collect
from model.dataset import TrainingSet, write_set
from model.making import Plan, make_generation, plan_from
from model.space import space_at
from model.stages import Stage, Tell, part_of
from storage import jobs
from storage.database import connect, transaction
from storage.errors import GrimcheError, StorageError
from storage.records import JobKind, JobState

# A killed training is taken up from here; one job of this kind runs at a time.
WORKPLACE = ".training"
# What part of the work each stage is, about.
_SHARES = {"collect": (0.0, 0.1), "train": (0.1, 0.7), "export": (0.8, 0.05), "embed": (0.85, 0.15)}
_STEPS = 50  # between two records of how far a training is


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a retrain ended with.

    `before` and `after` are how often the nearest thumbnail of another episode is by the right artist,
    among held-out episodes: of the generation that serves and of the new one.
    """

    generation: str
    artists: int
    pictures: int
    before: float
    after: float
    promoted: bool


async def retrain(
    database: Path,
    folder: Path,
    *,
    plan: Plan,
    promote: bool | None = None,
    progress: Tell = lambda _stage: None,
    who: str = "command line",
) -> Outcome:
    """Train a generation on the catalogue, write it into `folder`, embed everything with it.

    It is promoted when it finds the artists of held-out episodes at least as often as the one that
    serves; `promote` decides instead when given.  Until then nothing changes for those who ask.
    Raises TrainingError, GenerationError, StorageError, and AlreadyRunning while another one runs.
    """
    identity = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    async with _job(database, who) as tell_job:

        def tell(stage: Stage) -> None:
            _stop_when_cancelled()
            tell_job(stage)
            progress(stage)

        crops = await _train(database, folder, plan=plan_from(folder, plan), identity=identity, tell=tell)
        made = generations.load(folder / identity)
        adopted = await adopt(database, folder, made, promote=promote, tell=tell)
    return Outcome(
        generation=identity,
        artists=len(crops.names),
        pictures=len(crops),
        before=adopted.before,
        after=adopted.after,
        promoted=adopted.promoted,
    )


async def _train(database: Path, folder: Path, *, plan: Plan, identity: str, tell: Tell) -> TrainingSet:
    """Leave the workplace only when a kill or an interruption is to be taken up again."""
    work = folder / WORKPLACE
    with space_at(work), _cleared_after_faults(work):
        work.mkdir(parents=True, exist_ok=True)
        crops = await write_set(
            work, collect(database, minimum=plan.minimum, progress=part_of(tell, "collect"))
        )
        make_generation(
            crops,
            folder / identity,
            plan=plan,
            identity=identity,
            progress=tell,
            backup=work / "backup",
        )
    shutil.rmtree(work, ignore_errors=True)
    return crops


@contextmanager
def _cleared_after_faults(work: Path) -> Iterator[None]:
    try:
        yield
    except Exception:
        shutil.rmtree(work, ignore_errors=True)
        raise


@asynccontextmanager
async def _job(database: Path, who: str) -> AsyncIterator[Tell]:
    """Hold the right to retrain, and record how it goes and ends."""
    async with connect(database) as connection, transaction(connection):
        job = await jobs.start(connection, JobKind.RETRAIN, who=who)
    state, error = JobState.FAILED, GrimcheError.sentence
    with ThreadPoolExecutor(1, thread_name_prefix="grimche-retrain") as pool:
        try:
            yield _recorder(database, job, pool)
            state, error = JobState.DONE, ""
        except (asyncio.CancelledError, KeyboardInterrupt):
            state, error = JobState.CANCELLED, ""
            raise
        except GrimcheError as fault:
            error = str(fault)
            raise
        finally:
            # By another thread: in a task that is being cancelled nothing can be awaited.  The database
            # itself may be what failed.
            with suppress(StorageError):
                pool.submit(asyncio.run, _finish(database, job, state=state, error=error)).result()


def _recorder(database: Path, job: int, pool: ThreadPoolExecutor) -> Tell:
    """Record now and then how far the job is; training keeps this thread, so another one writes."""

    async def advance(share: float, figures: dict[str, float]) -> None:
        with suppress(StorageError):  # the record is behind, then
            async with connect(database) as connection, transaction(connection):
                await jobs.advance(connection, job, progress=share, figures=figures)

    def tell(stage: Stage) -> None:
        if stage.done % _STEPS and stage.done != stage.total:
            return
        start, length = _SHARES[stage.name]
        share = start + length * stage.done / max(stage.total, 1)
        figures = {} if stage.loss is None else {"step": stage.done, "loss": stage.loss}
        pool.submit(asyncio.run, advance(share, figures))

    return tell


async def _finish(database: Path, job: int, *, state: JobState, error: str) -> None:
    async with connect(database) as connection, transaction(connection):
        await jobs.finish(connection, job, state=state, figures={}, error=error)


def _stop_when_cancelled() -> None:
    """Training does not await: an interruption is seen here."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
