"""What a report shows of one method besides its scores: confusions, honesty, artists, hard pairs, a map."""

from collections.abc import Sequence

import numpy as np

from model import scoring
from model.arrays import FloatArray, IntArray
from model.contenders import Material
from model.evaluation_records import (
    ArtistScore,
    Confusion,
    HardPair,
    Regime,
    Reliability,
    Shown,
    StylePoint,
)
from model.judging import Asked
from model.protocol import Part
from model.style_map import lay_out

_PAIRS = 24
_POINTS = 480


def confusion_of(asked: Asked, material: Material, *, method: str) -> Confusion:
    """Count whom the method took for whom."""
    known = material.known
    counts = np.zeros((len(known), len(known)), np.int64)
    np.add.at(counts, (asked.right, asked.chances.argmax(axis=1)), 1)
    return Confusion(
        method=method,
        regime=asked.regime,
        artists=tuple(material.names[int(artist)] for artist in known),
        counts=tuple(tuple(int(count) for count in row) for row in counts),
    )


def reliability_of(asked: Asked, *, method: str) -> Reliability:
    """Compare confidence with how often it was right."""
    return Reliability(
        method=method, regime=asked.regime, bins=scoring.reliability(asked.chances, asked.right)
    )


def artists_of(asked: Asked, material: Material, *, method: str) -> tuple[ArtistScore, ...]:
    """Score each artist apart, in the order of their numbers."""
    return tuple(
        _artist_score(asked, material, method=method, place=int(place)) for place in np.unique(asked.right)
    )


def hard_pairs_of(asked: Asked, material: Material, *, method: str) -> tuple[HardPair, ...]:
    """Name the queries that lie nearest to somebody else's picture, one for each two webtoons."""
    artists = material.table.artists
    wrong = np.flatnonzero(artists[asked.nearest] != artists[asked.rows])
    pairs: dict[tuple[int, int], HardPair] = {}
    for place in wrong[np.argsort(-asked.similarity[wrong], kind="stable")]:
        query, nearest = int(asked.rows[place]), int(asked.nearest[place])
        key = (int(material.table.webtoons[query]), int(material.table.webtoons[nearest]))
        if key in pairs:
            continue
        pairs[key] = HardPair(
            method=method,
            regime=asked.regime,
            query=shown(material, query),
            nearest=shown(material, nearest),
            similarity=float(asked.similarity[place]),
        )
        if len(pairs) == _PAIRS:
            break
    return tuple(pairs.values())


def style_map_of(vectors: FloatArray, material: Material) -> tuple[StylePoint, ...]:
    """Lay out pictures that were not trained on, as many of each artist as there is room for."""
    rows = material.rows(Part.EPISODES, Part.WEBTOONS, Part.ENROLMENT, Part.ARTISTS)
    chosen = _evenly(rows, material.table.artists)
    places = lay_out(vectors[chosen])
    return tuple(
        StylePoint(shown=shown(material, int(row)), x=float(x), y=float(y))
        for row, (x, y) in zip(chosen, places, strict=True)
    )


def shown(material: Material, row: int) -> Shown:
    """Say what a row is."""
    table = material.table
    return Shown(
        row=row,
        artist=material.names[int(table.artists[row])],
        webtoon=material.titles.get(int(table.webtoons[row]), ""),
        episode=int(table.episodes[row]),
    )


def of_regime(asked: Sequence[Asked], regime: Regime) -> tuple[Asked, ...]:
    """Choose the queries of a regime: one or none."""
    return tuple(each for each in asked if each.regime is regime)


def _artist_score(asked: Asked, material: Material, *, method: str, place: int) -> ArtistScore:
    known = material.known
    named = asked.chances[asked.right == place].argmax(axis=1)
    others = np.bincount(named[named != place], minlength=1)
    return ArtistScore(
        method=method,
        regime=asked.regime,
        artist=material.names[int(known[place])],
        queries=len(named),
        top1=float((named == place).mean()),
        mistaken_for=material.names[int(known[others.argmax()])] if others.any() else "",
    )


def _evenly(rows: IntArray, artists: IntArray) -> IntArray:
    each = max(1, _POINTS // max(len(np.unique(artists[rows])), 1))
    parts = []
    for artist in np.unique(artists[rows]):
        own = rows[artists[rows] == artist]
        parts.append(own[np.linspace(0, len(own) - 1, min(each, len(own))).astype(np.intp)])
    return np.concatenate(parts) if parts else rows
