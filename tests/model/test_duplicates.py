import numpy as np
import pytest

from model.duplicates import find_duplicate

HASHES = np.array([0b0, 0b1111, 0xFFFF_FFFF_FFFF_FFFF], dtype=np.uint64)


@pytest.mark.parametrize(
    ("hashed", "cosine", "found"),
    [
        (0b1, 0.5, 0),
        (0b1, 0.3, None),
        (0b1111_1000_0000_1111, 0.5, None),
        (0b1111_1000_0000_1111, 0.95, 1),
        (0xFFFF_FFFF_FFFF_FFFF, 0.99, 2),
        (0x0000_FFFF_0000_FFFF, 1.0, None),
    ],
)
def test_find_duplicate(hashed: int, cosine: float, found: int | None) -> None:
    """Near hashes need a fair cosine, farther ones a high one; the nearest hash wins."""
    cosines = np.full(len(HASHES), cosine, dtype=np.float32)
    assert find_duplicate(hashed, cosines, hashes=HASHES) == found


def test_equal_hashes() -> None:
    """Of pictures with one hash, such as plain ones, the nearest style is meant."""
    cosines = np.array([0.6, 0.9, 0.7], dtype=np.float32)
    assert find_duplicate(7, cosines, hashes=np.full(3, 7, dtype=np.uint64)) == 1
