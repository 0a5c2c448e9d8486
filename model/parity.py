"""Whether what was converted still says what the network said."""

import numpy as np

from model.arrays import FloatArray, unit
from storage.errors import TrainingError

# With full weights, and with those that serve: measured at 1.00000 and 0.99998.
REFERENCE, SERVED = 0.9999, 0.999
_MATCHES, _SAME = 10, 0.9
_FLOOR = 1e-6


def check_parity(rows: FloatArray, expected: FloatArray, *, least: float = SERVED) -> None:
    """Compare rows [n, d] with Keras's.

    Raises TrainingError when one points elsewhere (a cosine below `least`) and when, standardised, less
    than nine of ten nearest neighbours are the same.
    """
    scale = np.linalg.norm(rows, axis=1) * np.linalg.norm(expected, axis=1)
    cosine = float(((rows * expected).sum(axis=1) / scale).min())
    if not cosine >= least:
        raise TrainingError(fault=f"the exported network differs from the trained one ({cosine:.5f})")
    same = same_matches(rows, expected)
    if not same >= _SAME:
        raise TrainingError(fault=f"the exported network finds other matches ({same:.0%} the same)")


def same_matches(rows: FloatArray, expected: FloatArray) -> float:
    """Return how many of each row's ten nearest are the same in both, as a share."""
    count = min(_MATCHES, len(rows) - 1)
    if count < 1:
        return 1.0
    found, right = _nearest(rows, count), _nearest(expected, count)
    return float(np.mean([len(np.intersect1d(*pair)) / count for pair in zip(found, right, strict=True)]))


def _nearest(rows: FloatArray, count: int) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    centred = unit((rows - rows.mean(axis=0)) / (rows.std(axis=0) + _FLOOR))
    similar = centred @ centred.T
    np.fill_diagonal(similar, -np.inf)
    return np.argsort(-similar, axis=1)[:, :count]
