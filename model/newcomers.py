"""Artists who are known by a few thumbnails of one webtoon each, among everything that is known."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from model import scoring
from model.arrays import FloatArray, IntArray, unit
from model.contenders import Material, Reading
from model.gallery import Gallery, open_gallery
from model.index import Rows, best_means, starts_of
from model.painters import BEST
from model.scoring import BoolArray, Queries

DRAWS = 5


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Newcomers:
    """Where the new artists' thumbnails stand in a gallery: `columns` [m], one run per webtoon.

    `places` [new] are their webtoons among the gallery's.
    """

    gallery: Gallery
    columns: Rows
    starts: Rows
    places: Rows

    def right(self, queries: Queries) -> IntArray:
        """Say which of the new artists drew each query [q]."""
        owners = self.gallery.owners[self.places]
        return np.asarray(np.argmax(owners[None] == queries.artists[:, None], axis=1), np.int64)

    def scores(self, similarities: FloatArray, *, enrolled: int) -> Iterator[FloatArray]:
        """Yield, for each draw of so many thumbnails, the new artists' scores [q, new]."""
        own = similarities[:, self.columns]
        for seed in range(DRAWS):
            chosen = np.where(self._choose(enrolled, seed), own, -np.inf).astype(np.float32)
            yield best_means(chosen, self.starts, count=BEST)

    def _choose(self, count: int, seed: int) -> BoolArray:
        """Mark `count` thumbnails of each webtoon [m]; more of them with one seed hold the fewer."""
        random = np.random.default_rng((seed, len(self.columns)))
        order = random.permutation(len(self.columns))
        run = np.repeat(np.arange(len(self.starts)), np.diff(np.append(self.starts, len(self.columns))))
        ranks = np.empty(len(order), np.int64)
        for place in range(len(self.starts)):
            own = order[run[order] == place]
            ranks[own] = np.arange(len(own))
        return ranks < count


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Asking:
    """Queries of single pictures or of several fused, and how alike each row of a gallery is [q, n]."""

    queries: Queries
    similarities: FloatArray


def enrol(material: Material, reading: Reading, *, known: IntArray, enrolment: IntArray) -> Newcomers:
    """Let the rows `enrolment`, one webtoon of each artist, join the rows `known`."""
    rows = np.union1d(known, enrolment)
    gallery = open_gallery(material.table, reading, rows=rows)
    columns = np.flatnonzero(np.isin(gallery.rows, enrolment))
    webtoon = np.repeat(
        np.arange(len(gallery.webtoons)), np.diff(np.append(gallery.index.starts, len(gallery.rows)))
    )[columns]
    starts = starts_of(webtoon.astype(np.int64))
    return Newcomers(gallery=gallery, columns=columns, starts=starts, places=webtoon[starts])


def ask(newcomers: Newcomers, material: Material, reading: Reading, *, rows: IntArray, count: int) -> Asking:
    """Ask with the pictures `rows`, one by one or `count` of a webtoon at a time."""
    table = material.table
    queries = Queries(artists=table.artists[rows], webtoons=table.webtoons[rows])
    groups = np.arange(len(rows))[:, None]
    if count > 1:
        groups, queries = scoring.fuse(queries, count)
    vectors = unit(reading.vectors[rows[groups]].mean(axis=1))
    return Asking(queries=queries, similarities=newcomers.gallery.index.similarities(vectors))
