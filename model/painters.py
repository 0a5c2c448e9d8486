"""Who drew which rows of the index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.arrays import FloatArray, IntArray
from model.fusing import Question
from model.index import Rows, best_means, starts_of
from storage.records import StoredWebtoon

# An artist is as near as the three nearest thumbnails say: one may be chance, all would punish variety.
BEST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Painters:
    """The painters of a catalogue; `rows` lists each one's rows from `starts` on, painter after painter."""

    names: tuple[str, ...]
    rows: Rows
    starts: Rows

    def ask(self, question: Question) -> FloatArray:
        """Turn what a question found into similarities to the painters [painters]."""
        if not self.names:
            return np.zeros(0, dtype=np.float32)
        return question.scores(self.starts, count=BEST, rows=self.rows)

    def scores(self, similarities: FloatArray) -> FloatArray:
        """Turn similarities to the rows [.., n] into similarities to the painters [.., painters]."""
        if not self.names:
            return np.zeros((*similarities.shape[:-1], 0), dtype=np.float32)
        return best_means(similarities[..., self.rows], self.starts, count=BEST)


def painters_of(webtoon_ids: IntArray, webtoons: Mapping[int, StoredWebtoon]) -> Painters:
    """List who painted the webtoons [n] that the rows of an index belong to."""
    numbers: dict[str, int] = {}
    owners: list[IntArray] = []
    rows: list[Rows] = []
    starts = starts_of(webtoon_ids)
    for start, end in zip(starts, [*starts[1:], len(webtoon_ids)], strict=True):
        for name in dict.fromkeys(_names(webtoons.get(int(webtoon_ids[start])))):
            number = numbers.setdefault(name, len(numbers))
            rows.append(np.arange(start, end))
            owners.append(np.full(end - start, number, dtype=np.int64))
    if not rows:
        return Painters((), np.zeros(0, np.intp), np.zeros(0, np.intp))
    owner, row = np.concatenate(owners), np.concatenate(rows)
    order = np.argsort(owner, kind="stable")
    return Painters(tuple(numbers), row[order], starts_of(owner[order]))


def shares(scores: FloatArray, temperature: float) -> FloatArray:
    """Turn scores [.., painters] into shares that add up to 1; a score of -inf has none."""
    finite = np.isfinite(scores)
    if not finite.any():
        return np.zeros_like(scores)
    top = scores.max(axis=-1, keepdims=True, initial=-np.inf, where=finite)
    weights = np.exp(np.where(finite, scores - np.where(np.isfinite(top), top, 0), -np.inf) / temperature)
    return np.asarray(weights / np.maximum(weights.sum(axis=-1, keepdims=True), 1e-12), dtype=np.float32)


def _names(stored: StoredWebtoon | None) -> Sequence[str]:
    return stored.webtoon.painters if stored else ()
