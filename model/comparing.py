"""The gate: the same held-out pictures ask the generation that serves and the new one."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from model.arrays import FloatArray, IntArray
from model.evaluation import held_out
from model.protocol import BoolArray, MarkArray, Part, Split, Table
from model.scoring import Queries, macro
from storage import catalogue, vectors
from storage.comparisons import Measure
from storage.database import connect, snapshot
from storage.vectors import VectorTable

EPISODES, WEBTOONS = "episodes", "webtoons"
_PARTS = {
    EPISODES: (Part.EPISODES,),
    # What serves is trained on nearly all webtoons: those that chose its checkpoint are held out too.
    WEBTOONS: (Part.WEBTOONS, Part.WEBTOONS_VALIDATION),
}
_MOST = 4_000  # queries of a regime: the interval hardly narrows with more, and a large catalogue has many
_BLOCK = 256


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sides:
    """Vectors of the same pictures [n] by two generations, and whose they are."""

    before: FloatArray
    after: FloatArray
    artists: IntArray
    webtoons: IntArray
    episodes: IntArray


async def compare(
    database: Path, before: str, after: str, *, trained: Split | None, serving: Split | None = None
) -> tuple[Measure, ...]:
    """Score two generations that have embedded the catalogue.

    Asked are pictures that the new one was not `trained` on, and as far as is known, nor the `serving`
    one.  Empty where there is nothing to ask.  Raises StorageError.
    """
    async with connect(database, read_only=True) as connection, snapshot(connection):
        webtoons = await catalogue.list_webtoons(connection)
        tables = [await vectors.load_vectors(connection, name) for name in (before, after)]
    painters = {stored.id: stored.webtoon.label for stored in webtoons}
    sides = _sides(*tables, painters=painters)
    marks = _marks(sides, trained)
    unseen = np.ones(len(marks), np.bool_) if serving is None else _marks(sides, serving) != Part.TRAINING
    return tuple(_measures(sides, marks, unseen=unseen))


def _sides(before: VectorTable, after: VectorTable, *, painters: dict[int, str]) -> Sides:
    """Join two tables where both have a vector of a picture whose painter is known."""
    place = {key: row for row, key in enumerate(_keys(before))}
    pairs = [
        (place[key], row) for row, key in enumerate(_keys(after)) if key in place and painters.get(key[0])
    ]
    old, new = np.array(pairs, np.int64).reshape(-1, 2).T
    names = [painters[int(webtoon)] for webtoon in after.webtoon_ids[new]]
    return Sides(
        before=before.vectors[old].astype(np.float32),
        after=after.vectors[new].astype(np.float32),
        artists=np.unique(names, return_inverse=True)[1].astype(np.int64),
        webtoons=after.webtoon_ids[new],
        episodes=after.episode_numbers[new],
    )


def _keys(table: VectorTable) -> Iterator[tuple[int, int]]:
    return zip(table.webtoon_ids.tolist(), table.episode_numbers.tolist(), strict=True)


def _marks(sides: Sides, split: Split | None) -> MarkArray:
    """Mark what a split says of each row; without one the newest episodes are held out."""
    if split is None:
        newest = held_out(sides.webtoons, sides.episodes)
        return np.where(newest, int(Part.EPISODES), int(Part.TRAINING)).astype(np.int8)
    nothing = np.zeros(len(sides.webtoons), np.int64)
    rows = Table(
        artists=nothing,
        webtoons=sides.webtoons,
        groups=nothing,
        episodes=sides.episodes,
        hashes=nothing.astype(np.uint64),
    )
    return split.marks(rows)


def _measures(sides: Sides, marks: MarkArray, *, unseen: BoolArray) -> Iterator[Measure]:
    asking = np.isin(marks, [part for parts in _PARTS.values() for part in parts])
    for regime, parts in _PARTS.items():
        rows = np.flatnonzero(np.isin(marks, parts))
        rows = rows[np.isin(sides.artists[rows], sides.artists[~asking])]
        rows = rows[unseen[rows]] if unseen[rows].any() else rows
        if len(rows):
            rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), _MOST)).astype(np.int64)]
            yield _measure(sides, rows, gallery=np.flatnonzero(~asking), regime=regime)


def _measure(sides: Sides, rows: IntArray, *, gallery: IntArray, regime: str) -> Measure:
    queries = Queries(artists=sides.artists[rows], webtoons=sides.webtoons[rows])
    before, after = (
        _right(vectors, sides.artists, rows=rows, gallery=gallery) for vectors in (sides.before, sides.after)
    )
    difference = macro(after - before, queries)
    return Measure(
        regime=regime,
        asked=len(rows),
        before=macro(before, queries).value,
        after=macro(after, queries).value,
        low=difference.low,
        high=difference.high,
    )


def _right(vectors: FloatArray, artists: IntArray, *, rows: IntArray, gallery: IntArray) -> FloatArray:
    """Say of each query whether the nearest picture of the gallery is by its artist: 1 or 0."""
    asked = vectors[gallery].T
    nearest = [
        (vectors[rows[start : start + _BLOCK]] @ asked).argmax(axis=1)
        for start in range(0, len(rows), _BLOCK)
    ]
    return np.asarray(artists[gallery][np.concatenate(nearest)] == artists[rows], np.float32)
