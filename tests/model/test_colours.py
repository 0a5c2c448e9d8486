"""The palette of a crop."""

import numpy as np

from model.colours import COLOURS, colour_cells, colour_roots
from tests.model.drawings import hand


def test_roots_of_shares() -> None:
    """Half a crop of one colour and half of another give two roots of a half, and a unit vector."""
    crop = np.zeros((120, 200, 3), np.uint8)
    crop[:, 100:] = (255, 0, 130)
    roots = colour_roots(crop)
    assert roots.shape == (COLOURS,)
    assert np.flatnonzero(roots > 0.1).tolist() == [0, 3 * 16 + 2]
    np.testing.assert_allclose(roots[[0, 50]], np.sqrt(0.5), atol=0.02)
    np.testing.assert_allclose(np.linalg.norm(roots), 1, rtol=1e-6)


def test_places_do_not_count() -> None:
    """Turned upside down, a crop has the same colours."""
    crop = np.asarray(hand(3, 0))
    np.testing.assert_allclose(colour_roots(crop[::-1].copy()), colour_roots(crop), atol=0.02)


def test_cells_average_to_the_roots() -> None:
    """What the cells add is all there is, whatever the size of the crop."""
    for size in ((120, 200), (77, 131)):
        crop = np.asarray(hand(1, 0).resize(size[::-1]))
        cells = colour_cells(crop)
        assert cells.shape == (12, 20, COLOURS)
        np.testing.assert_allclose(cells.mean(axis=(0, 1)), colour_roots(crop), atol=1e-5)
