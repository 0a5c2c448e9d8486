"""The body of the starter: EfficientNet-Lite0, whose stages are pooled.

The architecture is that of EfficientNet-Lite0 (Apache-2.0; EfficientNet, arXiv 1905.11946, without
squeeze-and-excitation and with ReLU6, so that it takes 8-bit weights well), cut off before its last stage:
what comes behind knows things rather than strokes.
"""

from typing import NamedTuple

import keras

from model.network import MomentPooling

_EPSILON, _MOMENTUM = 1e-3, 0.97


class _Stage(NamedTuple):
    blocks: int
    kernel: int
    strides: int
    expand: int
    width: int


_STEM = 32
_STAGES = (
    _Stage(1, 3, 1, 1, 16),
    _Stage(2, 3, 2, 6, 24),
    _Stage(2, 5, 2, 6, 40),
    _Stage(3, 3, 2, 6, 80),
    _Stage(3, 5, 1, 6, 112),
    _Stage(4, 5, 2, 6, 192),
)
WIDTHS = tuple(stage.width for stage in _STAGES)
BLOCKS = tuple(
    f"stage{number}_block{block}"
    for number, stage in enumerate(_STAGES, start=1)
    for block in range(1, stage.blocks + 1)
)


def build_lite() -> keras.Model:
    """Build the encoder: pictures [n, h, w, 3] in 0..255 to pooled statistics [n, 2 * sum(WIDTHS)]."""
    pictures = keras.Input((None, None, 3), name="pictures")
    maps = keras.layers.Rescaling(1 / 128, offset=-127 / 128, name="rescale")(pictures)
    maps = keras.layers.Conv2D(_STEM, 3, strides=2, padding="same", use_bias=False, name="stem")(maps)
    maps = _normalise(maps, "stem", active=True)
    pooled = []
    for number, stage in enumerate(_STAGES, start=1):
        for block in range(1, stage.blocks + 1):
            strides = stage.strides if block == 1 else 1
            maps = _block(maps, stage, strides=strides, name=f"stage{number}_block{block}")
        pooled.append(MomentPooling(name=f"stage{number}_moments")(maps))
    statistics = keras.layers.Concatenate(dtype="float32", name="statistics")(pooled)
    return keras.Model(pictures, statistics, name="encoder")


def _normalise(maps: keras.KerasTensor, name: str, *, active: bool) -> keras.KerasTensor:
    maps = keras.layers.BatchNormalization(momentum=_MOMENTUM, epsilon=_EPSILON, name=f"{name}_norm")(maps)
    return keras.layers.ReLU(6.0, name=f"{name}_relu")(maps) if active else maps


def _block(maps: keras.KerasTensor, stage: _Stage, *, strides: int, name: str) -> keras.KerasTensor:
    """Widen, filter each channel on its own, narrow again (MobileNetV2, arXiv 1801.04381)."""
    entry, width = maps, maps.shape[-1]
    if stage.expand > 1:
        maps = keras.layers.Conv2D(stage.expand * width, 1, use_bias=False, name=f"{name}_expand")(maps)
        maps = _normalise(maps, f"{name}_expand", active=True)
    maps = keras.layers.DepthwiseConv2D(
        stage.kernel, strides=strides, padding="same", use_bias=False, name=f"{name}_filter"
    )(maps)
    maps = _normalise(maps, f"{name}_filter", active=True)
    maps = keras.layers.Conv2D(stage.width, 1, use_bias=False, name=f"{name}_project")(maps)
    maps = _normalise(maps, f"{name}_project", active=False)
    if strides == 1 and width == stage.width:
        return keras.layers.Add(name=f"{name}_add")([entry, maps])
    return maps
