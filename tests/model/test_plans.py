"""From what somebody asks for to a plan."""

from pathlib import Path

import pytest

pytest.importorskip("keras")
pytestmark = pytest.mark.slow

from model import generations, plans  # noqa: E402  # needs Keras
from model.plans import Wish, plan_for  # noqa: E402
from model.recipe import Body, Recipe  # noqa: E402
from storage.errors import GenerationMissing, TrainingError  # noqa: E402


def test_starter_is_where_training_begins(tmp_path: Path) -> None:
    """Unless told otherwise it begins with the shipped starter, its body and its sizes."""
    plan = plan_for(Wish(), tmp_path)
    shipped = generations.starter().manifest
    assert (plan.start, plan.recipe.body, plan.sizes) == (shipped.id, shipped.body, shipped.sizes)
    assert plan.minimum == 30


def test_scratch_has_the_body_that_is_wanted(tmp_path: Path) -> None:
    """Random weights can be had in every body; the rest is the recipe's."""
    plan = plan_for(Wish(init="scratch", body=Body.LITE, epochs=3, minimum=200), tmp_path)
    assert (plan.start, plan.imagenet, plan.recipe.body) == (None, False, Body.LITE)
    assert (plan.recipe.epochs, plan.recipe.steps, plan.minimum) == (3, Recipe().steps, 200)


def test_imagenet_weights_are_looked_for_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be had is said before anything is collected."""
    asked: list[Body] = []

    def missing(body: Body) -> None:
        asked.append(body)
        raise TrainingError(fault="none here")

    monkeypatch.setattr(plans, "build_imagenet", missing)
    with pytest.raises(TrainingError, match="none here"):
        plan_for(Wish(init="imagenet"), tmp_path)
    assert asked == [Body.LITE]


def test_unknown_generation_is_named(tmp_path: Path) -> None:
    """A generation that is not there cannot be begun with."""
    with pytest.raises(GenerationMissing, match="nobody"):
        plan_for(Wish(init="nobody"), tmp_path)


def test_what_begins_trained_trains_shorter(tmp_path: Path) -> None:
    """By script as by command, eight epochs follow a generation, and the recipe's random weights."""
    assert plan_for(Wish(), tmp_path).recipe.epochs == 8
    assert plan_for(Wish(init="scratch"), tmp_path).recipe.epochs == Recipe().epochs


def test_patience_and_rate_can_be_wished_for(tmp_path: Path) -> None:
    """They come into the recipe, which has its own rate and no patience otherwise."""
    recipe = plan_for(Wish(init="scratch", patience=3, rate=1e-4), tmp_path).recipe
    assert (recipe.patience, recipe.learning_rate) == (3, 1e-4)
    usual = plan_for(Wish(init="scratch"), tmp_path).recipe
    assert (usual.patience, usual.learning_rate) == (None, Recipe().learning_rate)
