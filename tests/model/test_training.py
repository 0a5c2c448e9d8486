"""Training, small but real."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("keras")
pytestmark = pytest.mark.slow

from model.training import Progress, Recipe, train  # noqa: E402  # needs Keras
from storage.errors import TrainingError  # noqa: E402
from tests.model.samples import make_set  # noqa: E402

SMALL = Recipe(widths=(6, 8), blocks=(1, 1), view=(24, 40), vector=16, hands=4, each=4, steps=10, epochs=3)


async def test_training_learns_to_tell_hands_apart(tmp_path: Path) -> None:
    """The loss falls and every artist has a direction."""
    crops = await make_set(tmp_path / "set", 4)
    trained = train(crops, SMALL)
    assert trained.losses[-1] < trained.losses[0]
    assert trained.directions.shape == (4, 16)
    assert np.allclose(np.linalg.norm(trained.directions, axis=1), 1, atol=1e-5)


async def test_same_seed_trains_the_same_network(tmp_path: Path) -> None:
    """A training can be repeated."""
    crops = await make_set(tmp_path / "set", 2)
    first, second = (train(crops, Recipe(**{**_values(SMALL), "epochs": 1})) for _ in range(2))
    pairs = zip(first.encoder.get_weights(), second.encoder.get_weights(), strict=True)
    assert all(np.allclose(one, other, atol=1e-4) for one, other in pairs)


async def test_progress_is_told_step_by_step(tmp_path: Path) -> None:
    """Every step is told, with the number of all of them."""
    crops = await make_set(tmp_path / "set", 2)
    told: list[Progress] = []
    train(crops, SMALL, progress=told.append)
    assert [progress.step for progress in told] == list(range(1, 31))
    assert {progress.total for progress in told} == {30}


async def test_one_artist_is_not_enough(tmp_path: Path) -> None:
    """A single hand has nothing to differ from."""
    crops = await make_set(tmp_path / "set", 1)
    with pytest.raises(TrainingError, match="two artists"):
        train(crops, SMALL)


async def test_exploding_loss_is_said(tmp_path: Path) -> None:
    """A loss that is no number ends the training with a sentence."""
    crops = await make_set(tmp_path / "set", 2)
    with pytest.raises(TrainingError, match="learning rate"):
        train(crops, Recipe(**{**_values(SMALL), "learning_rate": 1e30}))


def _values(recipe: Recipe) -> dict[str, object]:
    return {name: getattr(recipe, name) for name in Recipe.__slots__}
