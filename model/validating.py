"""By what a checkpoint is chosen: pictures of webtoons that training does not see."""

import keras
import numpy as np

from model.arrays import FloatArray, IntArray, unit
from model.dataset import TrainingSet
from model.evaluation import top1
from model.protocol import MarkArray, Part
from model.watching import Validate

# So many pictures are asked about, and so many are asked: enough for a choice, few enough for each epoch.
_ASKING, _ASKED = 400, 1600
_BATCH = 64


def validation_of(
    crops: TrainingSet, marks: MarkArray, *, size: tuple[int, int], seed: int = 0
) -> Validate | None:
    """Return what scores encoder and head, 0 to 1, on pictures of `size` that are marked for validation.

    Other webtoons of known artists decide; where there are none, other episodes.  None where there is
    nothing to ask.
    """
    asking = np.flatnonzero(marks == Part.WEBTOONS_VALIDATION)
    if not len(asking):
        asking = np.flatnonzero(marks == Part.EPISODES_VALIDATION)
    asked = np.flatnonzero(marks == Part.TRAINING)
    asking = asking[np.isin(crops.artists[asking], crops.artists[asked])]
    if not len(asking):
        return None
    random = np.random.default_rng(seed)
    rows = np.concatenate([_some(asking, _ASKING, random), _some(asked, _ASKED, random)])
    queries = np.arange(len(rows)) < min(len(asking), _ASKING)
    artists = crops.artists[rows]

    def validate(encoder: keras.Model, head: keras.Model) -> float:
        statistics = statistics_of(encoder, crops, rows, size=size)
        heads = predict(head, statistics)
        whole = unit(np.concatenate([style_of(statistics), heads], axis=1))
        return float(np.nan_to_num(top1(whole, artists, queries=queries)))

    return validate


def statistics_of(
    encoder: keras.Model, crops: TrainingSet, rows: IntArray, *, size: tuple[int, int]
) -> FloatArray:
    """Return the encoder's statistics [n, d] of some rows, brought to `size`; a batch is in memory."""
    parts = []
    for start in range(0, len(rows), _BATCH):
        pictures = np.asarray(crops.crops[rows[start : start + _BATCH]], np.float32)
        small = keras.ops.convert_to_numpy(keras.ops.image.resize(pictures, size, antialias=True))
        parts.append(predict(encoder, small))
    return np.concatenate(parts)


def predict(network: keras.Model, inputs: FloatArray) -> FloatArray:
    """Run a network in batches of one size: another would be compiled anew, or not be shared by devices."""
    parts = []
    for start in range(0, len(inputs), _BATCH):
        batch = inputs[start : start + _BATCH]
        missing = np.zeros((_BATCH - len(batch), *batch.shape[1:]), np.float32)
        found = network.predict_on_batch(np.concatenate([batch, missing]))
        parts.append(np.asarray(found, np.float32)[: len(batch)])
    return np.concatenate(parts)


def style_of(statistics: FloatArray) -> FloatArray:
    """Standardise statistics to unit rows."""
    return unit((statistics - statistics.mean(axis=0)) / (statistics.std(axis=0) + np.float32(1e-6)))


def _some(rows: IntArray, most: int, random: np.random.Generator) -> IntArray:
    return rows if len(rows) <= most else np.sort(random.permutation(rows)[:most])
