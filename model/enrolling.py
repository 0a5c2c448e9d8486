"""E3: artists never trained on, known by a few thumbnails of one webtoon and asked with another."""

from dataclasses import dataclass

import numpy as np

from model import scoring
from model.arrays import FloatArray, IntArray, unit
from model.contenders import Material, Reading
from model.evaluation_records import Regime, Score
from model.gallery import Gallery, open_gallery
from model.index import Rows, best_means, starts_of
from model.painters import BEST
from model.protocol import Part
from model.ranking import Ranks, rank_webtoons
from model.scoring import BoolArray, Queries

ENROLLED = (1, 5, 10, 50)
_DRAWS = 5


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Newcomers:
    """Where the new artists' thumbnails stand in a gallery: `columns` [m], one run per webtoon.

    `places` [new] are their webtoons among the gallery's.
    """

    columns: Rows
    starts: Rows
    places: Rows

    def choose(self, count: int, seed: int) -> BoolArray:
        """Mark `count` thumbnails of each webtoon [m]; more of them with one seed hold the fewer."""
        random = np.random.default_rng((seed, len(self.columns)))
        order = random.permutation(len(self.columns))
        run = np.repeat(np.arange(len(self.starts)), np.diff(np.append(self.starts, len(self.columns))))
        ranks = np.empty(len(order), np.int64)
        for place in range(len(self.starts)):
            own = order[run[order] == place]
            ranks[own] = np.arange(len(own))
        return ranks < count


def judge_enrolment(
    material: Material, reading: Reading, *, name: str, grey: bool, fused: int
) -> list[Score]:
    """Score a method with 1, 5, 10 and 50 thumbnails of each new artist, asked with one or `fused` pictures.

    Artists are named among the new ones; webtoons are ranked among all that are known or enrolled.
    Figures are means over five draws of thumbnails.
    """
    enrolment, asking = material.rows(Part.ENROLMENT), material.rows(Part.ARTISTS)
    if not len(enrolment) or not len(asking):
        return []
    rows = np.concatenate([material.rows(Part.TRAINING), enrolment])
    gallery = open_gallery(material.table, reading, rows=rows)
    newcomers = _newcomers(gallery, enrolment)
    table = material.table
    single = Queries(artists=table.artists[asking], webtoons=table.webtoons[asking])
    scores = []
    for count, (groups, queries) in {
        1: (np.arange(len(asking))[:, None], single),
        fused: scoring.fuse(single, fused),
    }.items():
        vectors = unit(reading.vectors[asking[groups]].mean(axis=1))
        similarities = gallery.index.similarities(vectors)
        for enrolled in ENROLLED:
            figures = _figures(gallery, newcomers, similarities, queries=queries, enrolled=enrolled)
            top1, top5, precision, first, first_ten = (scoring.macro(each, queries) for each in figures)
            scores.append(
                Score(
                    method=name,
                    regime=Regime.ARTISTS,
                    grey=grey,
                    pictures=count,
                    enrolled=enrolled,
                    queries=len(vectors),
                    top1=top1,
                    top5=top5,
                    map10=precision,
                    recall1=first,
                    recall10=first_ten,
                )
            )
    return scores


def _newcomers(gallery: Gallery, enrolment: IntArray) -> _Newcomers:
    columns = np.flatnonzero(np.isin(gallery.rows, enrolment))
    webtoon = np.repeat(
        np.arange(len(gallery.webtoons)), np.diff(np.append(gallery.index.starts, len(gallery.rows)))
    )[columns]
    starts = starts_of(webtoon.astype(np.int64))
    return _Newcomers(columns=columns, starts=starts, places=webtoon[starts])


def _figures(
    gallery: Gallery, newcomers: _Newcomers, similarities: FloatArray, *, queries: Queries, enrolled: int
) -> tuple[FloatArray, ...]:
    """Return top-1, top-5, precision, first and first ten of each query [q], means over draws."""
    webtoons = best_means(similarities, gallery.index.starts, count=BEST)
    new = similarities[:, newcomers.columns]
    owners = gallery.owners[newcomers.places]
    right = np.argmax(owners[None] == queries.artists[:, None], axis=1)
    relevant = gallery.owners[None] == queries.artists[:, None]
    draws = []
    for seed in range(_DRAWS):
        chosen = np.where(newcomers.choose(enrolled, seed), new, -np.inf).astype(np.float32)
        scores = best_means(chosen, newcomers.starts, count=BEST)
        webtoons[:, newcomers.places] = scores
        ranks: Ranks = rank_webtoons(webtoons, relevant, hidden=np.zeros_like(relevant))
        named = [scoring.is_among_first(scores, right, count=count) for count in (1, 5)]
        draws.append([*named, ranks.precision, ranks.first, ranks.first_ten])
    return tuple(np.mean(draws, axis=0, dtype=np.float32))
