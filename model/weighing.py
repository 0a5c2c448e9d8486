"""Choose how much the parts of a vector count: the style, the head, the colours."""

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from model import whitening
from model.arrays import FloatArray, IntArray
from model.colours import colour_roots
from model.dataset import TrainingSet
from model.evaluation import fit_temperature, top1
from model.manifest import HeadManifest
from model.protocol import MarkArray, Part
from model.training import Trained
from model.validating import predict, statistics_of
from model.whitening import fit_prior

# For strangers nobody can choose, and what colours tell within a webtoon they do not tell of the next one.
PALETTE = 0.2
_HEAD_WEIGHTS, _PALETTES = (0.0, 0.25, 0.5), (0.1, 0.2, 0.35)
_TEMPERATURE = 0.05
_CHOOSING = (Part.EPISODES_VALIDATION, Part.WEBTOONS_VALIDATION)

_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Parts:
    """What is said of pictures [n]: statistics [n, d], the head's vectors, the colours', whose they are."""

    statistics: FloatArray
    heads: FloatArray
    colours: FloatArray
    artists: IntArray


def weigh(
    trained: Trained, crops: TrainingSet, marks: MarkArray, *, size: tuple[int, int]
) -> tuple[HeadManifest, float]:
    """Choose the head's temperature and weight, and the colours' weight, on pictures training did not see.

    Other webtoons choose the weights where there are any: within one, colours tell more than they should.
    """
    numbers = [trained.names.index(name) if name in trained.names else -1 for name in crops.names]
    known = np.array(numbers, np.int64)[crops.artists]
    rows = np.flatnonzero(np.isin(marks, (Part.TRAINING, *_CHOOSING)) & (known >= 0))
    statistics = statistics_of(trained.encoder, crops, rows, size=size)
    parts = _Parts(
        statistics=statistics,
        heads=predict(trained.head, statistics),
        colours=np.stack([colour_roots(np.asarray(crops.crops[row])) for row in rows]),
        artists=known[rows],
    )
    asking = np.isin(marks[rows], _CHOOSING)
    temperature, head, palette = _TEMPERATURE, _HEAD_WEIGHTS[-1], PALETTE
    if asking.any():
        logits = parts.heads[asking] @ trained.directions.T
        temperature = fit_temperature(logits, parts.artists[asking])
        elsewhere = marks[rows] == Part.WEBTOONS_VALIDATION
        head, palette = _best(parts, asking=elsewhere if elsewhere.any() else asking, asked=~asking)
    return (
        HeadManifest(
            labels=trained.names, dimensions=parts.heads.shape[1], temperature=temperature, weight=head
        ),
        palette,
    )


def _best(parts: _Parts, *, asking: _Flags, asked: _Flags) -> tuple[float, float]:
    """Return the weights of head and colours with which most of those asking find their artist."""
    own = parts.statistics[asked]
    fitted = whitening.fit(own, fit_prior(own, weight=0.0))
    used = asking | asked
    rows = np.concatenate([parts.statistics, parts.heads, parts.colours], axis=1)[used]

    def score(weights: tuple[float, float]) -> float:
        weighed = replace(fitted, head_weight=weights[0], palette_weight=weights[1])
        return top1(weighed.apply(rows), parts.artists[used], queries=asking[used])

    return max(product(_HEAD_WEIGHTS, _PALETTES), key=score)
