"""How much the parts of a vector count."""

import numpy as np
import pytest

pytest.importorskip("keras")

from model.arrays import FloatArray, unit  # needs Keras
from model.weighing import _fitted, _Parts, _trust

ARTISTS = np.arange(60, dtype=np.int64) % 3
ASKING = np.arange(60) >= 45


def telling(size: int) -> FloatArray:
    """Make vectors [60, size] that tell the artists apart."""
    return unit(np.eye(3, size, dtype=np.float32)[ARTISTS] + noise(size) / 20)


def noise(size: int) -> FloatArray:
    """Make vectors [60, size] that tell nothing."""
    return np.abs(np.random.default_rng(size).normal(size=(60, size))).astype(np.float32)


def test_a_head_that_knows_counts() -> None:
    """Where nothing else tells artists apart, the head gets a weight."""
    parts = _Parts(statistics=noise(30), heads=telling(8), colours=unit(noise(64)), artists=ARTISTS)
    assert _fitted(parts, asking=ASKING, asked=~ASKING).head_weight > 0


def test_colours_that_tell_count_most() -> None:
    """Where colours alone tell artists apart, they get all they may have, and a head that errs nothing."""
    parts = _Parts(statistics=noise(30), heads=unit(noise(8)), colours=telling(64), artists=ARTISTS)
    fitted = _fitted(parts, asking=ASKING, asked=~ASKING)
    assert (fitted.head_weight, fitted.palette_weight) == (0.0, 0.35)


@pytest.mark.parametrize("knowing", [True, False], ids=["it knows", "it errs"])
def test_a_head_is_trusted_as_far_as_it_is_right(*, knowing: bool) -> None:
    """A head that knows decides where pictures tell nothing; one that errs does not where they tell all."""
    right = np.eye(3, dtype=np.float32)[ARTISTS[ASKING]]
    chances = 0.98 * (right if knowing else np.roll(right, 1, axis=1)) + np.float32(0.01)
    statistics = noise(30) if knowing else telling(30)
    parts = _Parts(statistics=statistics, heads=unit(noise(8)), colours=unit(noise(64)), artists=ARTISTS)
    fitted = _fitted(parts, asking=ASKING, asked=~ASKING)
    trust = _trust(parts, chances.astype(np.float32), fitted=fitted, asking=ASKING, asked=~ASKING)
    assert trust > 0 if knowing else trust == 0
