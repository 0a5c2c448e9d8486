"""Bodies of Keras Applications, whose stages are pooled: for those who can load their ImageNet weights."""

import warnings

import keras

from model.network import MomentPooling
from model.pretrained import build_imagenet_lite
from model.recipe import Body
from storage.errors import TrainingError

# The ends of the stages that are pooled; what comes behind knows things rather than strokes.
_MOBILENET = (
    "expanded_conv_project_BN",
    "block_2_add",
    "block_5_add",
    "block_9_add",
    "block_12_add",
    "block_15_add",
)
_EFFICIENTNET = (
    "block1a_project_activation",
    "block2b_add",
    "block3b_add",
    "block4c_add",
    "block5e_add",
    "block6h_add",
)


def build_application(body: Body, *, weights: str | None = None) -> keras.Model:
    """Build an encoder from Keras Applications: pictures [n, h, w, 3] in 0..255 to pooled statistics.

    With `weights="imagenet"` Keras fetches them, once.  Raises TrainingError when it cannot.
    """
    pictures = keras.Input((None, None, 3), name="pictures")
    try:
        network, ends = _applications(body, pictures, weights=weights)
    except Exception as error:  # Keras raises nothing more special when a download fails
        if weights is None:
            raise
        fault = "the ImageNet weights cannot be fetched; connect once, or choose another --init"
        raise TrainingError(fault=fault) from error
    pooled = [
        MomentPooling(name=f"stage{stage}_moments")(network.get_layer(end).output)
        for stage, end in enumerate(ends, start=1)
    ]
    statistics = keras.layers.Concatenate(dtype="float32", name="statistics")(pooled)
    return keras.Model(pictures, statistics, name="encoder")


def build_imagenet(body: Body) -> keras.Model:
    """Build a body with its ImageNet weights; raises TrainingError where there are none, or not here."""
    if body is Body.RESIDUAL:
        raise TrainingError(fault="the residual body has no ImageNet weights; choose another --body")
    if body is Body.LITE:
        return build_imagenet_lite()
    return build_application(body, weights="imagenet")


def _applications(
    body: Body, pictures: keras.KerasTensor, *, weights: str | None
) -> tuple[keras.Model, tuple[str, ...]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the weights were made at 224x224 is known
        if body is Body.MOBILENET:
            scaled = keras.layers.Rescaling(1 / 127.5, offset=-1, name="rescale")(pictures)
            network = keras.applications.MobileNetV2(include_top=False, weights=weights, input_tensor=scaled)
            return network, _MOBILENET
        network = keras.applications.EfficientNetV2B0(
            include_top=False, weights=weights, input_tensor=pictures
        )
        return network, _EFFICIENTNET
