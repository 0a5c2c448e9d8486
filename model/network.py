"""The network that knows a hand: a compact residual CNN whose stages are pooled."""

from collections.abc import Sequence

import keras

# ReLU features of flat areas have no spread at all; the root needs a floor to stay differentiable.
_VARIANCE_FLOOR = 1e-4


@keras.saving.register_keras_serializable(package="grimche")
class MomentPooling(keras.layers.Layer):
    """Pool feature maps [n, h, w, c] to their channel means and standard deviations [n, 2c].

    First and second moments of mid-level features carry style and forget places (IntroStyle,
    arXiv 2412.14432); they work at any input size.
    """

    def __init__(self, **config: object) -> None:
        # Differences of squares do not survive 16 bits.
        super().__init__(**{**config, "dtype": "float32"})

    def call(self, maps: keras.KerasTensor) -> keras.KerasTensor:
        mean = keras.ops.mean(maps, axis=(1, 2), keepdims=True)
        variance = keras.ops.mean(keras.ops.square(maps - mean), axis=(1, 2))
        deviation = keras.ops.sqrt(variance + _VARIANCE_FLOOR)
        return keras.ops.concatenate([keras.ops.squeeze(mean, axis=(1, 2)), deviation], axis=1)


def build_encoder(widths: Sequence[int], *, blocks: Sequence[int]) -> keras.Model:
    """Build the encoder: pictures [n, h, w, 3] in 0..255 to pooled statistics [n, 2 * sum(widths)].

    `widths` are the channels of the stages, each at half the resolution of the one before, and
    `blocks` the residual blocks in each.  There is no Flatten: position-bound weights learn layouts.
    """
    pictures = keras.Input((None, None, 3), name="pictures")
    maps = keras.layers.Rescaling(1 / 64, offset=-2, name="rescale")(pictures)
    maps = keras.layers.Conv2D(widths[0], 5, strides=2, padding="same", use_bias=False, name="stem")(maps)
    maps = _normalise(maps, "stem")
    pooled = []
    for stage, (width, depth) in enumerate(zip(widths, blocks, strict=True), start=1):
        for block in range(1, depth + 1):
            strides = 2 if block == 1 and stage > 1 else 1
            maps = _residual_block(maps, width, strides=strides, name=f"stage{stage}_block{block}")
        pooled.append(MomentPooling(name=f"stage{stage}_moments")(maps))
    statistics = keras.layers.Concatenate(dtype="float32", name="statistics")(pooled)
    return keras.Model(pictures, statistics, name="encoder")


def _normalise(maps: keras.KerasTensor, name: str) -> keras.KerasTensor:
    maps = keras.layers.BatchNormalization(momentum=0.97, name=f"{name}_norm")(maps)
    return keras.layers.ReLU(name=f"{name}_relu")(maps)


def _residual_block(maps: keras.KerasTensor, width: int, *, strides: int, name: str) -> keras.KerasTensor:
    shortcut = maps
    if strides > 1 or maps.shape[-1] != width:
        if strides > 1:
            shortcut = keras.layers.AveragePooling2D(strides, padding="same", name=f"{name}_shrink")(shortcut)
        shortcut = keras.layers.Conv2D(width, 1, use_bias=False, name=f"{name}_project")(shortcut)
        shortcut = keras.layers.BatchNormalization(momentum=0.97, name=f"{name}_project_norm")(shortcut)
    maps = keras.layers.Conv2D(
        width, 3, strides=strides, padding="same", use_bias=False, name=f"{name}_conv1"
    )(maps)
    maps = _normalise(maps, f"{name}_1")
    maps = keras.layers.Conv2D(width, 3, padding="same", use_bias=False, name=f"{name}_conv2")(maps)
    maps = keras.layers.BatchNormalization(momentum=0.97, name=f"{name}_2_norm")(maps)
    maps = keras.layers.Add(name=f"{name}_add")([shortcut, maps])
    return keras.layers.ReLU(name=f"{name}_out")(maps)
