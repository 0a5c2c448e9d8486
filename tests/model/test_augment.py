"""Random views for training."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")
pytestmark = pytest.mark.slow

from model.augment import RandomView  # noqa: E402  # needs Keras


@pytest.fixture
def pictures() -> np.ndarray:
    """Give the same colourful picture eight times, uint8 [8, 120, 200, 3]."""
    picture = np.random.default_rng(0).integers(0, 256, (12, 20, 3), np.uint8)
    return np.repeat(np.kron(picture, np.ones((10, 10, 1), np.uint8))[None], 8, axis=0)


def test_every_picture_gets_its_own_view(pictures: np.ndarray) -> None:
    """One picture shown eight times in a batch is seen in eight ways."""
    views = keras.ops.convert_to_numpy(RandomView((48, 80))(pictures, training=True))
    assert views.shape == (8, 48, 80, 3)
    assert len(np.unique(views.reshape(8, -1).round(), axis=0)) == 8


def test_views_stay_in_range(pictures: np.ndarray) -> None:
    """Recoloured views are still pictures."""
    views = keras.ops.convert_to_numpy(RandomView((48, 80), jitter=0.5)(pictures, training=True))
    assert views.min() >= 0
    assert views.max() <= 255


def test_whole_picture_while_not_training(pictures: np.ndarray) -> None:
    """Outside training the picture is only made smaller, the same way each time."""
    views = keras.ops.convert_to_numpy(RandomView((60, 100))(pictures, training=False))
    assert np.allclose(views, views[:1])
    assert abs(views.mean() - pictures.mean()) < 1


def test_grey_views_have_no_colour(pictures: np.ndarray) -> None:
    """A greyed view has three equal channels."""
    views = keras.ops.convert_to_numpy(RandomView((48, 80), grey=1.0)(pictures, training=True))
    assert np.abs(views - views.mean(axis=-1, keepdims=True)).max() < 0.01


def test_constant_picture_keeps_its_colour() -> None:
    """The resampling weights add up to one everywhere, borders included."""
    flat = np.full((4, 120, 200, 3), 77, np.uint8)
    views = keras.ops.convert_to_numpy(RandomView((48, 80), jitter=0.0, grey=0.0)(flat, training=True))
    assert np.allclose(views, 77, atol=1e-3)


def test_config_builds_the_same_layer() -> None:
    """A saved layer comes back with its arguments."""
    config = RandomView((48, 80), grey=0.3, seed=5).get_config()
    assert RandomView.from_config(config).get_config() == config
