"""Say after each epoch how well a network finds the hands of webtoons that it is not trained on."""

from collections.abc import Callable

import keras
import numpy as np

from model.arrays import FloatArray, IntArray, UInt8Array, unit
from model.evaluation import top1
from model.protocol import MarkArray, Part

_EACH = 24  # pictures of each webtoon that are asked, or asked about, at most
_BATCH = 64


def make_validation(
    crops: UInt8Array, artists: IntArray, webtoons: IntArray, *, marks: MarkArray, size: tuple[int, int]
) -> Callable[[keras.Model, keras.Model], float] | None:
    """Make what scores an encoder and its head on unseen webtoons, or on later episodes without any.

    The score is how often the nearest training picture is by the same artist: macro mean, 0 to 1.  None
    where the split has set nothing aside to choose by.
    """
    asking = _first(marks, webtoons)
    if not len(asking):
        return None
    known = _thinned(np.flatnonzero(marks == Part.TRAINING), webtoons)
    rows = np.concatenate([known, asking])
    pictures = _shrunk(crops, rows, size)
    queries = np.arange(len(rows)) >= len(known)

    def validate(encoder: keras.Model, head: keras.Model) -> float:
        return top1(_vectors(encoder, head, pictures), artists[rows], queries=queries)

    return validate


def _first(marks: MarkArray, webtoons: IntArray) -> IntArray:
    for part in (Part.WEBTOONS_VALIDATION, Part.EPISODES_VALIDATION):
        rows = np.flatnonzero(marks == part)
        if len(rows):
            return _thinned(rows, webtoons)
    return np.zeros(0, np.int64)


def _thinned(rows: IntArray, webtoons: IntArray) -> IntArray:
    parts = []
    for webtoon in np.unique(webtoons[rows]):
        own = rows[webtoons[rows] == webtoon]
        parts.append(own[np.linspace(0, len(own) - 1, min(len(own), _EACH)).astype(np.intp)])
    return np.concatenate(parts) if parts else rows


def _shrunk(crops: UInt8Array, rows: IntArray, size: tuple[int, int]) -> UInt8Array:
    parts = []
    for start in range(0, len(rows), _BATCH):
        pictures = crops[rows[start : start + _BATCH]].astype(np.float32)
        small = keras.ops.image.resize(pictures, size, antialias=True)
        parts.append(np.round(keras.ops.convert_to_numpy(small)).clip(0, 255).astype(np.uint8))
    return np.concatenate(parts)


def _vectors(encoder: keras.Model, head: keras.Model, pictures: UInt8Array) -> FloatArray:
    """Return the style and the head's vector with equal weights."""
    parts = [
        keras.ops.convert_to_numpy(
            encoder(pictures[start : start + _BATCH].astype(np.float32), training=False)
        )
        for start in range(0, len(pictures), _BATCH)
    ]
    statistics = np.concatenate(parts).astype(np.float32)
    heads = keras.ops.convert_to_numpy(head(statistics, training=False))
    style = (statistics - statistics.mean(axis=0)) / (statistics.std(axis=0) + 1e-6)
    return unit(np.concatenate([unit(style), unit(heads)], axis=1))
