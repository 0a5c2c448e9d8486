"""The index: exact similarity to every vector, freed of hubs, and the best per group."""

import numpy as np
from numpy.typing import NDArray

from model.arrays import FloatArray, HalfArray, IntArray

NEIGHBOURS = 10
# Pairs of vectors compared to find out who is a hub: a larger catalogue is compared with a part of itself,
# so that opening it takes about 0.2 s.
_PAIRS = 16_000_000
_LEAST_LENGTH = 1e-6
_BLOCK = 4_000_000  # pairs at once: few large products are quicker than many small ones

Rows = NDArray[np.intp]


class Index:
    """The vectors [n, k] of a catalogue, in memory, ordered by group (webtoon)."""

    def __init__(
        self, vectors: HalfArray | FloatArray, groups: IntArray, *, style: int | None = None
    ) -> None:
        """Prepare to search; `groups` [n] holds equal numbers side by side.

        The first `style` values of a vector are its style's, all of them unless a head's follow.
        """
        self.vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        self._style = None if style in (None, self.vectors.shape[-1]) else style
        self.starts = starts_of(groups)
        self.groups = groups[self.starts]
        self.excess = _hub_excess(self.vectors, groups)
        self._lengths = np.maximum(np.linalg.norm(self.vectors[:, : self._style], axis=1), _LEAST_LENGTH)

    def __len__(self) -> int:
        return len(self.vectors)

    def similarities(self, queries: FloatArray) -> FloatArray:
        """Compare unit vectors [k] or [m, k] with all rows: cosines, less what a row owes to being a hub.

        A vector that is near to everybody appears in every answer; half of its mean similarity to its
        nearest neighbours, as far as that exceeds the average row's, is taken off ("CSLS", Conneau et
        al. 2018, less the terms that do not change the order).
        """
        return self.compare(queries)[0]

    def compare(self, queries: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return similarities to all rows, and beside them how alike the styles alone are: plain cosines.

        A head finds one of those it was trained on in everybody, and a hub is a familiar sight: both
        would hide strangers, where only the order of the known shall gain by them.
        """
        if self._style is None:
            cosines = alike = queries @ self.vectors.T
        else:
            own, rest = np.split(self.vectors, [self._style], axis=1)
            style = queries[..., : self._style]
            products = style @ own.T
            cosines = products + queries[..., self._style :] @ rest.T
            lengths = np.linalg.norm(style, axis=-1, keepdims=True) * self._lengths
            alike = products / np.maximum(lengths, _LEAST_LENGTH)
        return np.asarray(cosines - self.excess, np.float32), np.asarray(alike, np.float32)


def starts_of(groups: IntArray) -> Rows:
    """Tell where in a sorted array each run of equal numbers starts."""
    if not len(groups):
        return np.zeros(0, dtype=np.intp)
    return np.concatenate([[0], np.flatnonzero(np.diff(groups)) + 1]).astype(np.intp)


def best_first(values: FloatArray, k: int) -> Rows:
    """Name the places of the k largest values, largest first and equal ones in their order."""
    if k >= len(values):
        return np.argsort(-values, kind="stable")
    chosen = np.sort(np.argpartition(-values, k - 1)[:k])
    return chosen[np.argsort(-values[chosen], kind="stable")]


def best_means(values: FloatArray, starts: Rows, *, count: int) -> FloatArray:
    """Average the `count` largest different values of each group along the last axis.

    -inf stands for a value that is left out; a group without any other has the mean -inf.
    """
    rest = values.copy()
    lengths = np.diff(np.append(starts, values.shape[-1]))
    total = np.zeros((*values.shape[:-1], len(starts)), dtype=np.float32)
    found = np.zeros_like(total)
    for _ in range(count):
        best = np.maximum.reduceat(rest, starts, axis=-1)
        there = np.isfinite(best)
        total += np.where(there, best, 0)
        found += there
        rest[rest >= np.repeat(best, lengths, axis=-1)] = -np.inf
    return np.where(found > 0, total / np.maximum(found, 1), -np.inf).astype(np.float32)


def _hub_excess(vectors: FloatArray, groups: IntArray) -> FloatArray:
    """Measure how much nearer each row is to its nearest neighbours of other groups than rows are on average.

    Halved, as CSLS shares it between query and row.
    """
    count = len(vectors)
    chosen = np.unique(
        np.linspace(0, count - 1, min(count, max(64, _PAIRS // max(count, 1)))).astype(np.intp)
    )
    nearness = np.zeros(count, dtype=np.float32)
    step = max(1, _BLOCK // max(len(chosen), 1))
    for start in range(0, count, step):
        block = slice(start, start + step)
        cosines = vectors[block] @ vectors[chosen].T
        cosines[groups[block, None] == groups[chosen]] = -np.inf
        nearness[block] = _mean_of_largest(cosines)
    return (nearness - nearness.mean() if count else nearness) / np.float32(2)


def _mean_of_largest(cosines: FloatArray) -> FloatArray:
    """Average the NEIGHBOURS largest values of each row; 0 where there is none but -inf."""
    if cosines.shape[1] > NEIGHBOURS:
        cosines = np.partition(cosines, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
    there = np.isfinite(cosines)
    return np.asarray(
        np.where(there, cosines, 0).sum(axis=1) / np.maximum(there.sum(axis=1), 1), dtype=np.float32
    )
