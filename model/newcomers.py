"""Artists who are known by a few thumbnails of one webtoon each, among everything that is known."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from model import scoring
from model.arrays import FloatArray, IntArray, unit
from model.calibration import Calibration
from model.contenders import Material, Reading
from model.gallery import Gallery, open_gallery
from model.index import Index, Rows, best_means, starts_of
from model.painters import BEST, shares
from model.scoring import BoolArray, Queries
from model.served import put, trained_in
from model.trained import Trained

DRAWS = 5


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Newcomers:
    """Where the new artists' thumbnails stand in a gallery: `columns` [m], one run per webtoon.

    `places` [new] are their webtoons among the gallery's.  A generation has its `calibration`, and knows
    artists that it was `trained` on.
    """

    gallery: Gallery
    columns: Rows
    starts: Rows
    places: Rows
    calibration: Calibration | None
    trained: Trained | None

    @property
    def artists(self) -> IntArray:
        """The places [new] of the new artists among all of the gallery."""
        return np.searchsorted(self.gallery.artists, self.gallery.owners[self.places]).astype(np.int64)

    def right(self, queries: Queries) -> IntArray:
        """Say which of the new artists drew each query [q]."""
        owners = self.gallery.owners[self.places]
        return np.asarray(np.argmax(owners[None] == queries.artists[:, None], axis=1), np.int64)

    def scores(self, asked: "Asking", *, enrolled: int) -> Iterator[FloatArray]:
        """Yield, for each draw of so many thumbnails, the new artists' scores [q, new]."""
        own = asked.similarities[..., self.columns]
        for seed in range(DRAWS):
            chosen = np.where(self._choose(enrolled, seed), own, -np.inf).astype(np.float32)
            yield asked.average(best_means(chosen, self.starts, count=BEST))

    def name(self, asked: "Asking", scores: FloatArray) -> FloatArray:
        """Turn scores of all artists [q, a] to shares where a generation serves."""
        if self.calibration is None:
            return scores
        found = shares(scores, self.calibration.temperature)
        if self.trained is None or asked.heads is None:
            return found
        pairs = zip(found, asked.heads, strict=True)
        return np.stack([self.trained.mix(similar, head)[0] for similar, head in pairs])

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
    """Queries of single pictures or of several fused, and how alike each row of a gallery is [q, m, n].

    Each query has m voices with `weights` [q, m]; `heads` [q, e] is what a generation's head said.
    """

    queries: Queries
    similarities: FloatArray
    weights: FloatArray
    heads: FloatArray | None = None

    def average(self, values: FloatArray) -> FloatArray:
        """Average what the voices say [q, m, k]."""
        return np.asarray((self.weights[..., None] * values).sum(axis=1), np.float32)


def enrol(material: Material, reading: Reading, *, known: IntArray, enrolment: IntArray) -> Newcomers:
    """Let the rows `enrolment`, one webtoon of each artist, join the rows `known`."""
    rows = np.union1d(known, enrolment)
    gallery = open_gallery(material.table, reading, rows=rows)
    columns = np.flatnonzero(np.isin(gallery.rows, enrolment))
    webtoon = np.repeat(
        np.arange(len(gallery.webtoons)), np.diff(np.append(gallery.index.starts, len(gallery.rows)))
    )[columns]
    starts = starts_of(webtoon.astype(np.int64))
    serving = reading.serving
    return Newcomers(
        gallery=gallery,
        columns=columns,
        starts=starts,
        places=webtoon[starts],
        calibration=None if serving is None else serving.calibration,
        trained=None if serving is None else trained_in(gallery, material, serving),
    )


def ask(newcomers: Newcomers, material: Material, reading: Reading, *, rows: IntArray, count: int) -> Asking:
    """Ask with the pictures `rows`, one by one or `count` of a webtoon at a time."""
    table = material.table
    queries = Queries(artists=table.artists[rows], webtoons=table.webtoons[rows])
    groups = np.arange(len(rows))[:, None]
    if count > 1:
        groups, queries = scoring.fuse(queries, count)
    members, index = rows[groups], newcomers.gallery.index
    if reading.serving is not None and count > 1:
        return _ask_served(index, reading, members, queries=queries)
    similarities = index.similarities(unit(reading.vectors[members].mean(axis=1)))
    return Asking(
        queries=queries,
        similarities=similarities[:, None],
        weights=np.ones((len(members), 1), np.float32),
        heads=None if reading.serving is None else reading.serving.heads[rows],
    )


def _ask_served(index: Index, reading: Reading, groups: IntArray, *, queries: Queries) -> Asking:
    """Ask with groups [q, m] of rows of a reading as the bot does."""
    asked, heads = zip(*(put(reading[group], index) for group in groups), strict=True)
    return Asking(
        queries=queries,
        similarities=np.stack([question.similarities for question in asked]),
        weights=np.stack([question.weights for question in asked]),
        heads=np.stack(heads),
    )
