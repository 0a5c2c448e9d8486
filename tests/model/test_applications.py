"""ImageNet weights, where they can be had."""

from pathlib import Path

import keras.src.utils.file_utils as files
import numpy as np
import pytest

keras = pytest.importorskip("keras")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

from model import applications  # noqa: E402  # needs Keras
from model.applications import build_application, build_imagenet  # noqa: E402
from model.recipe import Body  # noqa: E402
from storage.errors import TrainingError  # noqa: E402

BODIES = (Body.MOBILENET, Body.EFFICIENTNET)


@pytest.mark.parametrize("body", BODIES)
def test_missing_download_is_one_sentence(
    body: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a connection and a copy at home, a training says what to do."""
    monkeypatch.setattr(files, "urlretrieve", _refuse)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr(keras.config, "keras_home", lambda: str(tmp_path), raising=False)
    with pytest.raises(TrainingError, match="cannot be fetched"):
        build_imagenet(body)


def test_weights_at_hand_are_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that Keras finds are those of the encoder's stages."""
    keras.utils.set_random_seed(3)
    file = tmp_path / "mobilenet.weights.h5"
    source = keras.applications.MobileNetV2(include_top=False, weights=None, input_shape=(96, 96, 3))
    source.save_weights(file)
    real = applications._applications
    monkeypatch.setattr(
        applications,
        "_applications",
        lambda body, pictures, *, weights: real(body, pictures, weights=weights and str(file)),
    )
    encoder = build_imagenet(Body.MOBILENET)
    layer = "block_5_depthwise"
    assert (encoder.get_layer(layer).get_weights()[0] == source.get_layer(layer).get_weights()[0]).all()


def test_residual_body_has_none() -> None:
    """There are no ImageNet weights of our own network, and that is said."""
    with pytest.raises(TrainingError, match="another --body"):
        build_imagenet(Body.RESIDUAL)


@pytest.mark.parametrize("body", BODIES)
def test_saved_body_comes_back(body: Body, tmp_path: Path) -> None:
    """A body of Keras Applications can be saved with a generation."""
    encoder = build_application(body)
    encoder.save(tmp_path / "network.keras")
    pictures = np.random.default_rng(0).uniform(0, 255, (1, 48, 80, 3)).astype(np.float32)
    loaded = keras.saving.load_model(tmp_path / "network.keras")
    assert np.allclose(encoder(pictures), loaded(pictures), atol=1e-4)


def _refuse(*_: object, **__: object) -> None:
    raise OSError("no connection")
