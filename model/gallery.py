"""What the protocol's queries are compared with: the rows a method may know, searched as the bot does."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from model.arrays import FloatArray, IntArray
from model.contenders import Reading
from model.index import NEIGHBOURS, Index, best_means, starts_of
from model.painters import BEST, Painters
from model.protocol import Table

_BLOCK = 256


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Found:
    """What queries [q] found: scores of the gallery's `webtoons` [q, w] and `artists` [q, a].

    `nearest` [q] are rows of the set, and `similarity` [q] theirs; `nearness` [q] is how alike the
    nearest style is, by which strangers are told.
    """

    webtoons: FloatArray
    artists: FloatArray
    nearest: IntArray
    similarity: FloatArray
    nearness: FloatArray


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Gallery:
    """Rows of a set, webtoon by webtoon, as an index.

    `rows` [n] are the set's; `artists` [a] and `webtoons` [w] number what the scores are of, and
    `owners` and `groups` [w] say whose a webtoon is and of which series.
    """

    index: Index
    painters: Painters
    rows: IntArray
    artists: IntArray
    webtoons: IntArray
    owners: IntArray
    groups: IntArray

    def ask(self, vectors: FloatArray) -> Found:
        """Compare unit vectors [q, d] with all rows; there must be some of both."""
        return join([self._ask(vectors[start : start + _BLOCK]) for start in range(0, len(vectors), _BLOCK)])

    def occurrences(self, vectors: FloatArray) -> IntArray:
        """Count how often each row [n] is among the ten nearest of a query [q, d]."""
        counts = np.zeros(len(self.rows), np.int64)
        first = min(NEIGHBOURS, len(self.rows)) - 1
        for start in range(0, len(vectors), _BLOCK):
            similarities = self.index.similarities(vectors[start : start + _BLOCK])
            near = np.argpartition(-similarities, first, axis=1)[:, : first + 1]
            counts += np.bincount(near.ravel(), minlength=len(counts))
        return counts

    def _ask(self, vectors: FloatArray) -> Found:
        similarities, alike = self.index.compare(vectors)
        return Found(
            webtoons=best_means(similarities, self.index.starts, count=BEST),
            artists=self.painters.scores(similarities),
            nearest=self.rows[similarities.argmax(axis=1)],
            similarity=similarities.max(axis=1),
            nearness=alike.max(axis=1),
        )


def join(parts: Sequence[Found]) -> Found:
    """Put the answers to some queries behind those to others."""
    names = [field.name for field in fields(Found)]
    return Found(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def open_gallery(table: Table, reading: Reading, *, rows: IntArray) -> Gallery:
    """Make a gallery of some rows of what was read of the set."""
    rows = rows[np.argsort(table.webtoons[rows], kind="stable")]
    index = Index(reading.vectors[rows], table.webtoons[rows], style=reading.style)
    order = np.argsort(table.artists[rows], kind="stable")
    starts = starts_of(table.artists[rows][order])
    artists = table.artists[rows][order][starts]
    first = rows[index.starts]
    return Gallery(
        index=index,
        painters=Painters(tuple(map(str, artists)), order.astype(np.intp), starts),
        rows=rows,
        artists=artists,
        webtoons=table.webtoons[first],
        owners=table.artists[first],
        groups=table.groups[first],
    )
