"""Bodies of networks."""

import numpy as np
import pytest

pytest.importorskip("keras")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

from model.bodies import build_body, channels  # noqa: E402  # needs Keras
from model.recipe import Body, Recipe  # noqa: E402


@pytest.mark.parametrize("body", list(Body))
def test_statistics_are_the_moments_of_the_channels(body: Body) -> None:
    """Every body gives a mean and a deviation of each channel of its pooled stages, at any size."""
    encoder = build_body(Recipe(body=body, widths=(4, 6), blocks=(1, 1)))
    for size in ((48, 80), (57, 93)):
        statistics = encoder(np.zeros((1, *size, 3), np.float32))
        assert statistics.shape == (1, 2 * sum(channels(encoder)))


def test_recipe_decides_the_widths() -> None:
    """The residual body's stages are as wide as the recipe says."""
    assert channels(build_body(Recipe(widths=(4, 6), blocks=(1, 2)))) == (4, 6)
