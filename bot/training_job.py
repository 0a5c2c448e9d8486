"""Train a new generation on the catalogue; TensorFlow comes in here and nowhere else."""

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.progress import Report, Stage, Step
from storage import database

if TYPE_CHECKING:
    from bot.settings import Settings
    from model.retraining import Outcome as Outcome  # noqa: PLC0414  commands name it, but never import model
    from model.retraining import Stage as Training


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of a training; what is None is left to the recipe.

    `minimum` is how many pictures an artist needs; `start` names the generation to train on from;
    `promote` decides whether the new one serves, in place of the comparison.
    """

    epochs: int | None = None
    minimum: int | None = None
    start: str | None = None
    promote: bool | None = None


async def train(settings: "Settings", wish: Wish, *, report: Report) -> "Outcome":
    """Train, embed the catalogue and promote what is not worse; raises TrainingError and StorageError."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # or TensorFlow greets with what it lacks
    from model import retraining  # noqa: PLC0415  it loads TensorFlow

    await database.prepare(settings.database)
    settings.generations.mkdir(parents=True, exist_ok=True)
    plan = retraining.Plan(start=wish.start)
    if wish.minimum is not None:
        plan = replace(plan, minimum=wish.minimum)
    if wish.epochs is not None:
        plan = replace(plan, recipe=replace(plan.recipe, epochs=wish.epochs))

    def tell(training: "Training") -> None:
        report(Step(stage=Stage(training.name), share=training.done / max(training.total, 1)))

    return await retraining.retrain(
        settings.database, settings.generations, plan=plan, promote=wish.promote, progress=tell
    )
