"""The body of the starter."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")
pytestmark = pytest.mark.slow

from model.lite import BLOCKS, WIDTHS, build_lite  # noqa: E402  # needs Keras


def test_any_size_gives_as_many_statistics() -> None:
    """Statistics are means and deviations of all stages, whatever the picture's size."""
    encoder = build_lite()
    for height, width in ((48, 80), (96, 160)):
        assert encoder(np.zeros((1, height, width, 3), np.float32)).shape == (1, 2 * sum(WIDTHS))


def test_has_the_published_number_of_blocks() -> None:
    """EfficientNet-Lite0 has sixteen blocks, of which the last is cut off."""
    assert len(BLOCKS) == 15


def test_pictures_count_from_black_to_white() -> None:
    """Black and white pictures give unlike statistics: the input is scaled, not clipped."""
    encoder = build_lite()
    black, white = (np.full((1, 48, 80, 3), level, np.float32) for level in (0, 255))
    assert not np.allclose(encoder(black), encoder(white))
