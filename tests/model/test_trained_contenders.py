"""Methods of the protocol that need Keras."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("keras")

from model import generations, trained_contenders  # needs Keras
from model.colours import COLOURS
from model.making import DIMENSIONS, Plan
from model.original import SMALL, Original, OriginalPlan
from model.recipe import Recipe
from model.trained_contenders import OriginalContender, RandomWeights, RecipeContender
from storage.errors import TrainingError
from tests.model.materials import make_material
from tests.model.test_evaluating import ignore, with_crops

pytestmark = pytest.mark.timeout(600)

PLAN = OriginalPlan(size=SMALL, seconds=60)


@pytest.mark.parametrize(("taken", "given"), [(10.0, 60.0), (40.0, 120.0)])
def test_original_has_three_times_as_long_as_the_recipe(
    monkeypatch: pytest.MonkeyPatch, taken: float, given: float
) -> None:
    """The network of 2020 trains three times as long as the recipe did, longer where planned."""
    plans: list[OriginalPlan] = []

    def refuse(*_places: object, plan: OriginalPlan, **_names: object) -> Original:
        plans.append(plan)
        raise TrainingError(fault="seen enough")

    monkeypatch.setattr(trained_contenders, "train_original", refuse)
    rival = RecipeContender(Plan())
    rival.seconds = taken
    with pytest.raises(TrainingError):
        OriginalContender(PLAN, rival=rival).learn(with_crops(make_material(3, episodes=8)), tell=ignore)
    assert plans == [replace(PLAN, seconds=given)]


def test_random_weights_are_read_at_as_many_dimensions_as_a_generation() -> None:
    """The random network's statistics are whitened to as many values as a generation's style has."""
    material = make_material()
    rows = np.random.default_rng(0).normal(size=(len(material.table), 400)).astype(np.float32)
    contender = RandomWeights(Recipe(widths=(8, 16), blocks=(1, 1)), sizes=((24, 40),))
    contender.settle(rows, material)
    assert contender.read(rows[:2]).vectors.shape == (2, DIMENSIONS)


@pytest.mark.slow
def test_recipe_reads_as_it_serves() -> None:
    """The recipe is judged by all that serves: both networks, the head and the colours."""
    companion = generations.companion_of(generations.starter())
    recipe = Recipe(widths=(8, 16), blocks=(1, 1), hands=3, each=2, steps=2, epochs=1)
    contender = RecipeContender(Plan(recipe=recipe, sizes=((24, 40),), companion=companion))
    material = with_crops(make_material(4, episodes=8))
    method = contender.learn(material, tell=ignore)
    rows = contender.encode(np.zeros((2, 120, 200, 3), np.uint8))
    manifest = contender.encoder.generation.manifest
    assert companion is not None
    assert manifest.companion == companion.manifest.channels
    assert rows.shape == (2, 2 * (24 + sum(manifest.companion)) + recipe.vector + COLOURS)
    assert (len(method.epochs), method.views) == (1, 12)
