"""Train a new generation on the catalogue; TensorFlow comes in here and nowhere else."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.progress import Report, Stage, Step
from storage import database

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.settings import Settings
    from model.retraining import Outcome as Outcome  # noqa: PLC0414  commands name it, but never import model
    from model.stages import Stage as Training

STARTER = "starter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of a training; what is None is left to the recipe.

    `init` names what it begins as: starter, scratch, imagenet or a generation; `body` is the network's
    where it does not begin as a generation.  `minimum` is how many pictures an artist needs;
    `promote` decides whether the new one serves, in place of the comparison; `logs` are for TensorBoard.
    """

    init: str = STARTER
    body: str | None = None
    epochs: int | None = None
    minimum: int | None = None
    seed: int | None = None
    promote: bool | None = None
    logs: Path | None = None


async def train(settings: "Settings", wish: Wish, *, report: Report) -> "Outcome":
    """Train, embed the catalogue and promote what is not worse.

    Raises TrainingError, GenerationError, StorageError, and AlreadyRunning while another one runs.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # or TensorFlow greets with what it lacks
    from model import plans, retraining  # noqa: PLC0415  they load TensorFlow
    from model.recipe import Body  # noqa: PLC0415

    await database.prepare(settings.database)
    settings.generations.mkdir(parents=True, exist_ok=True)
    asked = plans.Wish(
        init=wish.init,
        body=None if wish.body is None else Body(wish.body),
        epochs=wish.epochs,
        minimum=wish.minimum,
        seed=wish.seed,
        logs=wish.logs,
    )
    plan = plans.plan_for(asked, settings.generations)
    return await retraining.retrain(
        settings.database, settings.generations, plan=plan, promote=wish.promote, progress=_tell(report)
    )


async def export_set(settings: "Settings", folder: Path, *, minimum: int | None, report: Report) -> int:
    """Write the training set to `folder` for another machine; return how many pictures it holds.

    Raises TrainingError, StorageError, FileNotWritable and DiskFull.
    """
    from model import exported  # noqa: PLC0415  `--help` shall not wait for it
    from model.collect import collect  # noqa: PLC0415
    from model.sample import MINIMUM  # noqa: PLC0415
    from model.stages import part_of  # noqa: PLC0415

    await database.prepare(settings.database)
    samples = collect(
        settings.database,
        minimum=MINIMUM if minimum is None else minimum,
        progress=part_of(_tell(report), Stage.COLLECT),
    )
    return len(await exported.export_set(folder, samples))


def _tell(report: Report) -> "Callable[[Training], None]":
    def tell(training: "Training") -> None:
        report(Step(stage=Stage(training.name), share=training.done / max(training.total, 1)))

    return tell
