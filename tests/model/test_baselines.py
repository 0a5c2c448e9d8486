"""Colours and edges."""

import numpy as np
import pytest

from model.baselines import colour_histograms, gradient_histograms, greyscale, to_lab
from model.impostors import draw_impostors


def stripes(*, across: bool, colour: int = 255) -> np.ndarray:
    """Draw stripes of 20 px in one colour on black, half of the picture either way."""
    rows, columns = np.mgrid[0:120, 0:200]
    places = (columns if across else rows) // 20 % 2 == 0
    return np.where(places[..., None], (colour, 40, 40), 0).astype(np.uint8)


def test_lab_of_known_colours() -> None:
    """White, black and red are where CIE says."""
    pixels = np.array([[255, 255, 255], [0, 0, 0], [255, 0, 0]], np.uint8)
    expected = [[100, 0, 0], [0, 0, 0], [53.24, 80.09, 67.20]]
    assert to_lab(pixels) == pytest.approx(np.array(expected), abs=0.2)


def test_colours_say_nothing_about_places() -> None:
    """Two pictures of the same colours have equal histograms; others do not."""
    down, across = stripes(across=False), stripes(across=True)
    other = stripes(across=True, colour=90)
    rows = colour_histograms(np.stack([down, across, other]))
    assert rows[0] @ rows[1] == pytest.approx(1, abs=0.01)
    assert rows[0] @ rows[2] < 0.7


def test_gradients_say_nothing_about_colours() -> None:
    """The same stripes in another colour are alike, turned ones are not."""
    down, across = stripes(across=False), stripes(across=True)
    rows = gradient_histograms(np.stack([across, stripes(across=True, colour=140), down]))
    assert rows.shape == (3, 1620)
    assert rows[0] @ rows[1] > 0.99
    assert rows[0] @ rows[2] < 0.3


def test_grey_has_no_colours() -> None:
    """All channels are the luma."""
    grey = greyscale(np.full((1, 2, 2, 3), (255, 0, 0), np.uint8))
    assert np.unique(grey).tolist() == [76]


def test_impostors_are_many_and_repeat() -> None:
    """Each is another picture, and the same seed draws them again."""
    pictures = draw_impostors(12, seed=3)
    assert pictures.shape == (12, 120, 200, 3)
    assert len({picture.tobytes() for picture in pictures}) == 12
    assert np.array_equal(pictures, draw_impostors(12, seed=3))
