"""Train a new generation on the catalogue; TensorFlow comes in here and nowhere else."""

import resource
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.progress import Report, Stage, Step
from model.quiet import hush_tensorflow
from model.recipe import TRAINED_EPOCHS, Body
from model.recording import Recording, recording
from storage import database

if TYPE_CHECKING:
    from bot.settings import Settings
    from model.making import Plan
    from model.retraining import Outcome
    from model.stages import Stage as Part

STARTER, CURRENT, SCRATCH, IMAGENET = "starter", "current", "scratch", "imagenet"
QUICK_EPOCHS = 2
_MEGABYTE = 1024  # of what getrusage counts in


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of a training; what is None is left to the recipe.

    `init` names what it begins as: starter, current, scratch, imagenet or a generation; `body` is the
    network's where it does not begin as a generation.  `quick` trains for a few epochs only, of so many
    `steps`.  `minimum` is how many pictures an artist needs; `promote` decides whether the new one serves,
    in place of the comparison; `logs` are for TensorBoard.  It ends after `patience` epochs without a
    better one; `rate` is the highest learning rate.  After it was killed it has been `resumed` so often.
    """

    init: str = STARTER
    quick: bool = False
    body: str | None = None
    epochs: int | None = None
    steps: int | None = None
    minimum: int | None = None
    seed: int | None = None
    patience: int | None = None
    rate: float | None = None
    promote: bool | None = None
    logs: str | None = None
    resumed: int = 0

    def to_record(self) -> dict[str, int | float | str]:
        """Write what was asked for, to be kept with its job."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_record(cls, record: Mapping[str, int | float | str]) -> "Wish":
        """Read what to_record wrote."""
        return cls(**record)  # type: ignore[arg-type]  # it was one

    @property
    def begins_trained(self) -> bool:
        """Whether it begins as a generation."""
        return self.init not in {SCRATCH, IMAGENET}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Where and for whom to train; `memory` is how many MB the process may hold.

    So many generations are kept in the end as `keep` says.
    """

    database: Path
    generations: Path
    wish: Wish
    who: str
    memory: int
    keep: int


async def train(order: Order) -> None:
    """Train, embed the catalogue and promote what is not worse, in a process that does nothing else.

    Raises TrainingError, GenerationError, StorageError, and AlreadyRunning while another one runs.
    """
    begin = time.monotonic()
    async with recording(
        order.database, who=order.who, wish=order.wish.to_record(), memory=order.memory, alone=True
    ) as record:
        outcome = await _train(order, record)
        measure = next(iter(outcome.comparison.measures), None)
        record.result = {
            "generation": outcome.comparison.generation,
            "verdict": outcome.comparison.verdict.value,
            "before": measure.before if measure else 0.0,
            "after": measure.after if measure else 0.0,
            "artists": outcome.artists,
            "pictures": outcome.pictures,
            "damaged": outcome.damaged,
            "seconds": round(time.monotonic() - begin),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MEGABYTE,
        }


async def _train(order: Order, record: Recording) -> "Outcome":
    hush_tensorflow()
    from model import retraining  # noqa: PLC0415  it loads TensorFlow

    order.generations.mkdir(parents=True, exist_ok=True)
    return await retraining.retrain(
        order.database,
        order.generations,
        plan=await _plan(order),
        promote=order.wish.promote,
        tell=record.tell,
        who=order.who,
    )


async def _plan(order: Order) -> "Plan":
    from model import plans  # noqa: PLC0415  it loads TensorFlow
    from model.serving import serving_generation  # noqa: PLC0415  only here

    wish = order.wish
    init = wish.init
    if init == CURRENT:
        init = (await serving_generation(order.database, order.generations)).id
    asked = plans.Wish(
        init=init,
        body=None if wish.body is None else Body(wish.body),
        epochs=epochs_of(wish),
        steps=wish.steps,
        minimum=wish.minimum,
        seed=wish.seed,
        patience=wish.patience,
        rate=wish.rate,
        logs=Path(wish.logs) if wish.logs else None,
    )
    return replace(plans.plan_for(asked, order.generations), resumed=wish.resumed > 0)


def epochs_of(wish: Wish) -> int | None:
    """Say how long to train; None for as long as the recipe says."""
    if wish.epochs is not None:
        return wish.epochs
    if wish.quick:
        return QUICK_EPOCHS
    return TRAINED_EPOCHS if wish.begins_trained else None


async def export_set(
    settings: "Settings", folder: Path, *, minimum: int | None, report: Report
) -> tuple[int, int]:
    """Write the training set to `folder` for another machine.

    Returns how many pictures it holds, and how many were left out since they could not be read.

    Raises TrainingError, StorageError, FileNotWritable and DiskFull.
    """
    from model import exported  # noqa: PLC0415  `--help` shall not wait for it
    from model.collect import Left, collect  # noqa: PLC0415
    from model.sample import MINIMUM  # noqa: PLC0415
    from model.stages import part_of  # noqa: PLC0415

    def tell(part: "Part") -> None:
        report(Step(stage=Stage(part.name), share=part.done / max(part.total, 1)))

    await database.prepare(settings.database)
    left = Left()
    samples = collect(
        settings.database,
        minimum=MINIMUM if minimum is None else minimum,
        progress=part_of(tell, Stage.COLLECT),
        left=left,
    )
    return len(await exported.export_set(folder, samples)), left.damaged
