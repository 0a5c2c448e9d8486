"""How much the parts of a vector count."""

import numpy as np
import pytest

pytest.importorskip("keras")

from model.arrays import FloatArray, unit  # needs Keras
from model.weighing import _best, _Parts

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
    assert _best(parts, asking=ASKING, asked=~ASKING)[0] > 0


def test_colours_that_tell_count_most() -> None:
    """Where colours alone tell artists apart, they get all they may have, and a head that errs nothing."""
    parts = _Parts(statistics=noise(30), heads=unit(noise(8)), colours=telling(64), artists=ARTISTS)
    assert _best(parts, asking=ASKING, asked=~ASKING) == (0.0, 0.35)
