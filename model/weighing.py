"""Choose how much the parts of a vector count, the style, the head and the colours, and the head itself."""

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from model.arrays import FloatArray, IntArray
from model.calibration import Calibration
from model.colours import colour_roots
from model.dataset import TrainingSet
from model.evaluation import fit_temperature, top1
from model.index import Rows, best_means, starts_of
from model.manifest import HeadManifest
from model.painters import BEST, shares
from model.protocol import MarkArray, Part
from model.trained import pool
from model.training import Trained
from model.validating import predict, statistics_of
from model.whitening import Whitening, fit_alone

# For strangers nobody can choose, and what colours tell within a webtoon they do not tell of the next one.
PALETTE = 0.2
_HEAD_WEIGHTS, _PALETTES = (0.0, 0.25, 0.5), (0.1, 0.2, 0.35)
_TRUSTS = (0.3, 0.0, 0.6, 1.0)
_TEMPERATURE = 0.05
CHOOSING = (Part.EPISODES_VALIDATION, Part.WEBTOONS_VALIDATION)

_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Parts:
    """What is said of pictures [n]: statistics [n, d], the head's vectors, the colours', whose they are."""

    statistics: FloatArray
    heads: FloatArray
    colours: FloatArray
    artists: IntArray

    def rows(self, chosen: NDArray[np.bool_] | Rows) -> FloatArray:
        """Return all parts of some side by side, as rows of an encoder have them."""
        return np.concatenate([self.statistics[chosen], self.heads[chosen], self.colours[chosen]], axis=1)


def weigh(
    trained: Trained, crops: TrainingSet, marks: MarkArray, *, size: tuple[int, int]
) -> tuple[HeadManifest, float]:
    """Choose the head's temperature, weight and trust, and the colours' weight, on pictures held out.

    Other webtoons choose the weights where there are any: within one, colours tell more than they should.
    """
    numbers = [trained.names.index(name) if name in trained.names else -1 for name in crops.names]
    known = np.array(numbers, np.int64)[crops.artists]
    rows = np.flatnonzero(np.isin(marks, (Part.TRAINING, *CHOOSING)) & (known >= 0))
    statistics = statistics_of(trained.encoder, crops, rows, size=size)
    parts = _Parts(
        statistics=statistics,
        heads=predict(trained.head, statistics),
        colours=np.stack([colour_roots(np.asarray(crops.crops[row])) for row in rows]),
        artists=known[rows],
    )
    marks, directions = marks[rows], trained.directions
    asking = np.isin(marks, CHOOSING)
    elsewhere = marks == Part.WEBTOONS_VALIDATION
    head = HeadManifest(
        labels=trained.names,
        dimensions=parts.heads.shape[1],
        temperature=_TEMPERATURE,
        weight=_HEAD_WEIGHTS[-1],
        trust=_TRUSTS[0],
    )
    if not asking.any():
        return head, PALETTE
    temperature = fit_temperature(parts.heads[asking] @ directions.T, parts.artists[asking])
    deciding = elsewhere if elsewhere.any() else asking
    fitted = _fitted(parts, asking=deciding, asked=~asking)
    chances = shares(parts.heads[deciding] @ directions.T, temperature)
    return replace(
        head,
        temperature=temperature,
        weight=fitted.head_weight,
        trust=_trust(parts, chances, fitted=fitted, asking=deciding, asked=~asking),
    ), fitted.palette_weight


def _fitted(parts: _Parts, *, asking: _Flags, asked: _Flags) -> Whitening:
    """Fit with the weights of head and colours with which most of those asking find their artist."""
    fitted = fit_alone(parts.statistics[asked])
    used = asking | asked
    candidates = [
        replace(fitted, head_weight=head, palette_weight=palette)
        for head, palette in product(_HEAD_WEIGHTS, _PALETTES)
    ]
    return max(
        candidates,
        key=lambda one: top1(one.apply(parts.rows(used)), parts.artists[used], queries=asking[used]),
    )


def _trust(parts: _Parts, chances: FloatArray, *, fitted: Whitening, asking: _Flags, asked: _Flags) -> float:
    """Choose how far the head's `chances` [asking, artists] decide beside the nearest pictures."""
    gallery = np.flatnonzero(asked)
    gallery = gallery[np.argsort(parts.artists[gallery], kind="stable")]
    owners = parts.artists[gallery]
    starts = starts_of(owners)
    cosines = fitted.apply(parts.rows(asking)) @ fitted.apply(parts.rows(gallery)).T
    near = np.full_like(chances, -np.inf)
    near[:, owners[starts]] = best_means(cosines, starts, count=BEST)
    similar, artists = shares(near, Calibration().temperature), parts.artists[asking]

    def right(trust: float) -> float:
        found = pool(similar, chances, trust=trust).argmax(axis=1) == artists
        return float(np.mean([found[artists == artist].mean() for artist in np.unique(artists)]))

    return max(_TRUSTS, key=right)
