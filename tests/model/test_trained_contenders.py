"""Methods of the protocol that need Keras."""

from dataclasses import replace

import pytest

pytest.importorskip("keras")

from model import trained_contenders  # needs Keras
from model.original import SMALL, Original, OriginalPlan
from model.recipe import Recipe
from model.trained_contenders import OriginalContender, RecipeContender
from storage.errors import TrainingError
from tests.model.materials import make_material
from tests.model.test_evaluating import ignore, with_crops

PLAN = OriginalPlan(size=SMALL, seconds=60)


@pytest.mark.parametrize(("taken", "given"), [(10.0, 60.0), (40.0, 120.0)])
def test_original_has_three_times_as_long_as_the_recipe(
    monkeypatch: pytest.MonkeyPatch, taken: float, given: float
) -> None:
    """The network of 2020 may train three times as long as the recipe did, longer where planned."""
    plans: list[OriginalPlan] = []

    def refuse(*_places: object, plan: OriginalPlan, **_names: object) -> Original:
        plans.append(plan)
        raise TrainingError(fault="seen enough")

    monkeypatch.setattr(trained_contenders, "train_original", refuse)
    rival = RecipeContender(Recipe(), sizes=[(24, 40)])
    rival.seconds = taken
    with pytest.raises(TrainingError):
        OriginalContender(PLAN, rival=rival).learn(with_crops(make_material(3, episodes=8)), tell=ignore)
    assert plans == [replace(PLAN, seconds=given)]
