"""Who takes part in the whole protocol, the quick ones first: a run that is cut off shall say most."""

from dataclasses import dataclass, replace

from model import generations
from model.contenders import Contender, simple_contenders
from model.generations import Generation
from model.making import Plan
from model.original import LARGE, SMALL, OriginalPlan
from model.recipe import Body, Recipe
from model.served import Served
from model.trained_contenders import OriginalContender, RandomWeights, RecipeContender

RECIPE = "recipe"
# Large networks take a minute before their first step.
_QUICK = Recipe(widths=(12, 24, 48), blocks=(1, 1, 1), hands=6, steps=8, epochs=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineupPlan:
    """How long to train: `epochs` of the recipe, and `seconds` each network of 2020.

    Those get three times what the recipe took where that is more, and use it up.  The small one is trained
    a second time without dropout and weight decay: within minutes it learns more.  The recipe begins with
    the starter's weights, or with random ones from `scratch`.  `quick` only shows that everything runs,
    with a small network.
    """

    epochs: int
    seconds: float
    scratch: bool = False
    quick: bool = False


def line_up(plan: LineupPlan) -> list[Contender]:
    """Return the baselines, the starter, the recipe and the networks of 2020; raises GenerationError."""
    starter = generations.starter()
    recipe = _recipe(starter, plan)
    sizes = starter.manifest.sizes[:1] if plan.quick else starter.manifest.sizes
    start = None if plan.scratch or plan.quick else starter.id
    contender = RecipeContender(Plan(recipe=recipe, sizes=sizes, start=start), name=RECIPE)
    return [
        *simple_contenders(),
        Served(starter.id, starter),
        contender,
        RandomWeights(recipe, sizes=sizes),
        *(OriginalContender(original, rival=contender) for original in _originals(plan)),
    ]


def _recipe(starter: Generation, plan: LineupPlan) -> Recipe:
    manifest = starter.manifest
    if plan.quick:
        return _QUICK
    recipe = Recipe(body=manifest.body, epochs=plan.epochs)
    if manifest.body is Body.RESIDUAL:
        recipe = replace(recipe, widths=manifest.channels)
    return recipe


def _originals(plan: LineupPlan) -> list[OriginalPlan]:
    if plan.quick:
        return [OriginalPlan(size=SMALL, epochs=_QUICK.epochs, seconds=plan.seconds)]
    published = [OriginalPlan(size=size, seconds=plan.seconds) for size in (SMALL, LARGE)]
    lenient = OriginalPlan(size=SMALL, lenient=True, seconds=plan.seconds)
    return [lenient, *published]
