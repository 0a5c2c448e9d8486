"""From what somebody asks for to a plan."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from model import generations
from model.applications import build_imagenet
from model.making import Plan, plan_from
from model.recipe import TRAINED_EPOCHS, Body, Recipe

STARTER, SCRATCH, IMAGENET = "starter", "scratch", "imagenet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of a training; what is None is left to the recipe, and to where it begins.

    `init` is what its weights begin as: those of the shipped starter, random ones, ImageNet's, or a
    generation's by its id.  `body` is for networks that do not begin as a generation.  It ends after
    `patience` epochs without a better one; `rate` is the highest learning rate.
    """

    init: str = STARTER
    body: Body | None = None
    epochs: int | None = None
    steps: int | None = None
    minimum: int | None = None
    seed: int | None = None
    patience: int | None = None
    rate: float | None = None
    logs: Path | None = None


def plan_for(wish: Wish, folder: Path) -> Plan:
    """Plan a training; `folder` holds the generations.  Raises GenerationError for one that is not there.

    Raises TrainingError for ImageNet weights that are not at hand, before anything else is done.
    """
    plan = Plan(recipe=_recipe(wish), logs=wish.logs)
    if wish.minimum is not None:
        plan = replace(plan, minimum=wish.minimum)
    if wish.init == IMAGENET:
        build_imagenet(plan.recipe.body)
        return replace(plan, imagenet=True)
    if wish.init == SCRATCH:
        return plan
    start = generations.starter().id if wish.init == STARTER else wish.init
    return plan_from(folder, replace(plan, start=start))


def _recipe(wish: Wish) -> Recipe:
    body = wish.body or (Body.LITE if wish.init == IMAGENET else Recipe().body)
    recipe = replace(Recipe(), body=body)
    if wish.init not in {SCRATCH, IMAGENET}:
        recipe = replace(recipe, epochs=TRAINED_EPOCHS)
    wishes: dict[str, Any] = {
        "epochs": wish.epochs,
        "steps": wish.steps,
        "seed": wish.seed,
        "patience": wish.patience,
        "learning_rate": wish.rate,
    }
    return replace(recipe, **{name: value for name, value in wishes.items() if value is not None})
