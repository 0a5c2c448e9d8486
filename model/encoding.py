"""What a generation's encoder does, done in Keras: pictures to rows of statistics."""

from collections.abc import Iterator

import keras
import numpy as np
from PIL import Image

from model.arrays import FloatArray, UInt8Array, unit
from model.manifest import Manifest
from model.resizing import FILTERS
from model.validating import predict

_BATCH = 64


def join(encoder: keras.Model, head: keras.Model | None) -> keras.Model:
    """Put the head's vector behind the encoder's statistics."""
    if head is None:
        return encoder
    statistics = encoder.output
    joined = keras.layers.Concatenate(dtype="float32")([statistics, head(statistics)])
    return keras.Model(encoder.input, joined)


def encode_with_keras(network: keras.Model, crops: UInt8Array, *, manifest: Manifest) -> FloatArray:
    """Return the rows [n, d] of `crops` [n, h, w, 3] as Encoder.statistics does."""
    return np.concatenate([_rows(network, batch, manifest) for batch in _batches(crops)])


def _batches(crops: UInt8Array) -> Iterator[UInt8Array]:
    for start in range(0, len(crops), _BATCH):
        yield np.asarray(crops[start : start + _BATCH])


def _rows(network: keras.Model, crops: UInt8Array, manifest: Manifest) -> FloatArray:
    parts, heads = [], []
    for size in manifest.sizes:
        pixels = _shrink(crops, size, manifest)
        outputs = predict(network, pixels)
        if manifest.mirror:
            outputs = np.mean([outputs, predict(network, pixels[:, :, ::-1])], axis=0, dtype=np.float32)
        parts.append(outputs[:, : manifest.outputs])
        heads.append(outputs[:, manifest.outputs :])
    return np.concatenate([*parts, unit(np.mean(heads, axis=0))], axis=1)


def _shrink(crops: UInt8Array, size: tuple[int, int], manifest: Manifest) -> FloatArray:
    height, width = size
    filtering = FILTERS[manifest.resample]
    return np.stack(
        [np.asarray(Image.fromarray(crop).resize((width, height), filtering), np.float32) for crop in crops]
    )
