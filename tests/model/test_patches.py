"""What is covered in training."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")
pytestmark = pytest.mark.slow

from model.patches import Erasing, HandCutMix  # noqa: E402  # needs Keras


def ramps(count: int = 64) -> np.ndarray:
    """Give pictures whose every place is different, float32 [n, 30, 50, 3]."""
    random = np.random.default_rng(0)
    return random.uniform(0, 255, (count, 30, 50, 3)).astype(np.float32)


def changed(layer: "keras.layers.Layer", pictures: np.ndarray) -> np.ndarray:
    """Tell which places of which pictures a layer changes in training: [n, h, w]."""
    after = keras.ops.convert_to_numpy(layer(pictures, training=True))
    return np.asarray((np.abs(after - pictures) > 1e-3).any(axis=-1))


def test_erasing_covers_corners_and_heads() -> None:
    """Boxes lie in corners or in the upper middle, each picture's its own, and never over everything."""
    places = changed(Erasing(1.0), ramps())
    shares = places.mean(axis=(1, 2))
    assert (shares > 0).all()
    assert (shares < 0.3).all()
    corners = places[:, [0, 0, -1, -1], [0, -1, 0, -1]].any(axis=1)
    heads = places[:, 5, 25]
    assert 0.4 < corners.mean() < 0.8
    assert (corners | heads).mean() > 0.8


def test_share_says_how_many() -> None:
    """About as many pictures are touched as the share says."""
    touched = changed(Erasing(0.25), ramps(400)).any(axis=(1, 2))
    assert 0.15 < touched.mean() < 0.35


def test_cutmix_stays_with_the_hand() -> None:
    """What is pasted comes from the picture before, by the same artist."""
    flat = np.repeat(np.arange(12, dtype=np.float32), 30 * 50 * 3).reshape(12, 30, 50, 3)
    mixed = keras.ops.convert_to_numpy(HandCutMix(1.0, each=4)(flat, training=True))
    for number, picture in enumerate(mixed):
        values = set(np.unique(picture).tolist())
        before = number - 1 if number % 4 else number + 3
        assert values == {number, before}


@pytest.mark.parametrize("layer", [Erasing(1.0), HandCutMix(1.0, each=4)])
def test_nothing_is_covered_while_not_training(layer: "keras.layers.Layer") -> None:
    """Outside training pictures pass as they are, and a saved layer comes back."""
    pictures = ramps(8)
    assert (keras.ops.convert_to_numpy(layer(pictures, training=False)) == pictures).all()
    config = layer.get_config()
    assert type(layer).from_config(config).get_config() == config
