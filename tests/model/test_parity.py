"""When a converted network is refused."""

import numpy as np
import pytest

from model.parity import REFERENCE, check_parity, same_matches
from storage.errors import TrainingError

ROWS = np.random.default_rng(0).normal(3, 1, (40, 24)).astype(np.float32)


def noisy(amount: float) -> np.ndarray:
    """Disturb the rows a little."""
    return (ROWS + np.random.default_rng(1).normal(0, amount, ROWS.shape)).astype(np.float32)


def test_equal_rows_pass() -> None:
    """What is the same passes the strictest limit, a single row included."""
    check_parity(ROWS, ROWS, least=REFERENCE)
    check_parity(ROWS[:1], ROWS[:1], least=REFERENCE)


def test_other_directions_are_refused() -> None:
    """Statistics that point elsewhere than Keras's are refused, and more strictly for the reference."""
    with pytest.raises(TrainingError, match="differs"):
        check_parity(noisy(0.5), ROWS)
    check_parity(noisy(0.08), ROWS)
    with pytest.raises(TrainingError, match="differs"):
        check_parity(noisy(0.08), ROWS, least=REFERENCE)


def test_other_matches_are_refused() -> None:
    """Rows that nearly point the same way but find other neighbours are refused."""
    far = ROWS * np.float32(0.01) + 100
    disturbed = noisy(0.5) * np.float32(0.01) + 100
    with pytest.raises(TrainingError, match="other matches"):
        check_parity(disturbed, far)


def test_matches_are_counted() -> None:
    """The share of common neighbours is 1 for the same rows and falls with noise."""
    assert same_matches(ROWS, ROWS) == 1.0
    assert same_matches(noisy(0.1), ROWS) > same_matches(noisy(2.0), ROWS)
