"""Several pictures as one question."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from model.arrays import FloatArray, unit
from model.calibration import Calibration
from model.index import Index, Rows, best_means

Placed = tuple[FloatArray, FloatArray]

# What a picture that looks like nothing known still counts; where all of them do, they count alike.
_LEAST = 0.05


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Question:
    """Similarities [m, n] of m voices to the rows of an index, and their weights [m], which add up to 1.

    The last voice is the one to be shown; `nearness` is that of all together.
    """

    similarities: FloatArray
    weights: FloatArray
    nearness: float

    def scores(self, starts: Rows, *, count: int, rows: Rows | None = None) -> FloatArray:
        """Average the `count` best of each group, of these rows or of all, over the voices."""
        chosen = self.similarities if rows is None else self.similarities[:, rows]
        return np.asarray(self.weights @ best_means(chosen, starts, count=count), dtype=np.float32)


def ask(
    placed: Placed,
    *,
    index: Index,
    calibration: Calibration,
    panels: Mapping[int, Placed] = MappingProxyType({}),
) -> Question:
    """Put pictures, as unit vectors [m, k] of styles of these lengths [m], to an index.

    Each picture votes with the chance that its artist is known, so that a photograph or a page of
    lettering among drawings hardly counts; and what they have in common votes as much as all of them.
    `panels` are those of the pictures, by place, that have several: such a picture is as near as they
    are on average, for what lies between several pictures is like none of them.
    """
    vectors, lengths = placed
    similarities, alike = index.compare(vectors)
    nearness = _nearness(alike, lengths, calibration)
    for place, (styles, own) in panels.items():
        nearness[place] = _nearness(index.compare(styles)[1], own, calibration).mean()
    weights = np.array([calibration.known(near) + _LEAST for near in nearness.tolist()], np.float32)
    weights /= weights.sum()
    whole = float(weights @ nearness)
    if len(vectors) == 1:
        return Question(similarities=similarities, weights=weights, nearness=whole)
    common = index.similarities(unit(weights @ vectors))
    return Question(
        similarities=np.concatenate([similarities, common[None]]),
        weights=np.append(weights, np.float32(1)) / np.float32(2),
        nearness=whole,
    )


def _nearness(alike: FloatArray, lengths: FloatArray, calibration: Calibration) -> FloatArray:
    pairs = zip(alike.max(axis=1).tolist(), lengths.tolist(), strict=True)
    return np.array([calibration.nearness(*pair) for pair in pairs])
