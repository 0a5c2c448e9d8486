"""The encoder network."""

from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras")
pytestmark = pytest.mark.slow

from model.network import build_encoder  # noqa: E402  # needs Keras


@pytest.fixture(scope="module")
def encoder() -> "keras.Model":
    """Build a very small encoder."""
    keras.utils.set_random_seed(0)
    return build_encoder((4, 6), blocks=(1, 2))


def test_any_size_gives_as_many_statistics(encoder: "keras.Model") -> None:
    """Statistics are means and deviations of all channels, whatever the picture's size."""
    for height, width in ((24, 40), (48, 80), (33, 57)):
        assert encoder(np.zeros((2, height, width, 3), np.float32)).shape == (2, 2 * (4 + 6))


def test_saved_network_gives_the_same_statistics(encoder: "keras.Model", tmp_path: Path) -> None:
    """Saving and loading changes nothing."""
    pictures = np.random.default_rng(0).uniform(0, 255, (2, 24, 40, 3)).astype(np.float32)
    encoder.save(tmp_path / "network.keras")
    loaded = keras.saving.load_model(tmp_path / "network.keras")
    assert np.allclose(encoder(pictures), loaded(pictures), atol=1e-5)


def test_moments_are_means_and_deviations() -> None:
    """Pooling gives the channel means first, then the standard deviations."""
    from model.network import MomentPooling  # noqa: PLC0415  # beside its claim

    maps = np.random.default_rng(0).normal(3, 2, (1, 16, 16, 2)).astype(np.float32)
    pooled = keras.ops.convert_to_numpy(MomentPooling()(maps))[0]
    assert np.allclose(pooled, [*maps.mean((0, 1, 2)), *maps.std((0, 1, 2))], atol=1e-3)
