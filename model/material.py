"""Make a set ready for the protocol: from crops, or from the vectors that a catalogue holds."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import IntArray, UInt8Array
from model.contenders import Material, Reading
from model.protocol import Rules, Split, Table, answerable, draw_split
from model.whitening import Whitening
from storage import catalogue, pictures, vectors
from storage import generations as stored_generations
from storage.database import connect
from storage.errors import EmptyCatalogue, TooLittleToScore
from storage.records import StoredWebtoon

if TYPE_CHECKING:
    from model.dataset import TrainingSet

# How much of a set a quick run looks at: so many artists, and of each webtoon so many pictures.
_QUICK_ARTISTS, _QUICK_PICTURES = 8, 30


def from_set(crops: "TrainingSet", *, quick: bool = False) -> Material:
    """Divide a set of crops; `quick` looks at a few artists and pictures only.

    Raises TooLittleToScore when fewer than two artists are left to know.
    """
    table, pictures = crops.table, crops.crops
    if quick:
        rows = _quick_rows(crops.artists, crops.webtoons)
        table, pictures = table.take(rows), pictures[rows]
    return _divide(table, crops=pictures, names=crops.names, titles=crops.titles)


async def from_vectors(
    database: Path, generation: str | None, *, split_of: Callable[[str], Split | None] = lambda _name: None
) -> tuple[Material, Reading, str]:
    """Divide what a generation, or the serving one, has embedded; return its reading and name too.

    `split_of` gives the split that a generation was trained with, where there is one.  Raises
    EmptyCatalogue, and TooLittleToScore as from_set does.
    """
    async with connect(database, read_only=True) as connection:
        current = await stored_generations.current(connection)
        name = generation or (current.id if current else "")
        if not name:
            raise EmptyCatalogue
        table = await vectors.load_vectors(connection, name)
        rows = await stored_generations.list_generations(connection)
        hashes = await pictures.list_hashes(connection)
        webtoons = {stored.id: stored for stored in await catalogue.list_webtoons(connection)}
    painters = [_painter(webtoons.get(int(webtoon))) for webtoon in table.webtoon_ids]
    kept = np.flatnonzero([bool(painter) for painter in painters])
    if not len(kept):
        raise EmptyCatalogue
    names, artists = np.unique([painters[row] for row in kept], return_inverse=True)
    columns = Table(
        artists=artists.astype(np.int64),
        webtoons=table.webtoon_ids[kept],
        groups=_groups(table.webtoon_ids[kept], webtoons),
        episodes=table.episode_numbers[kept],
        hashes=np.array([hashes[table.pictures[row]] for row in kept], np.uint64),
    )
    titles = {number: stored.webtoon.title for number, stored in webtoons.items()}
    material = _divide(columns, crops=None, names=tuple(map(str, names)), titles=titles, split=split_of(name))
    style = next((_style(row) for row in rows if row.id == name), None)
    return material, Reading(vectors=table.vectors[kept].astype(np.float32), style=style), name


def _divide(
    table: Table,
    *,
    crops: UInt8Array | None,
    names: tuple[str, ...],
    titles: Mapping[int, str],
    split: Split | None = None,
) -> Material:
    split = split or draw_split(table, Rules())
    material = Material(
        crops=crops,
        table=table,
        split=split,
        marks=answerable(table, split.marks(table)),
        names=names,
        titles=titles,
    )
    if len(material.known) < 2:  # noqa: PLR2004  one hand has nothing to differ from
        raise TooLittleToScore(left=len(material.known))
    return material


def _quick_rows(artists: IntArray, ids: IntArray) -> IntArray:
    """Choose the rows that a quick run looks at: the first artists, evenly of each webtoon."""
    parts = []
    for webtoon in np.unique(ids[artists < _QUICK_ARTISTS]):
        own = np.flatnonzero(ids == webtoon)
        parts.append(own[np.linspace(0, len(own) - 1, min(len(own), _QUICK_PICTURES)).astype(np.intp)])
    return np.sort(np.concatenate(parts)).astype(np.int64) if parts else np.zeros(0, np.int64)


def _painter(stored: StoredWebtoon | None) -> str:
    return stored.webtoon.label if stored else ""


def _style(row: stored_generations.GenerationRow) -> int | None:
    """Say how many values of a generation's vectors are the style's."""
    return (
        None if row.transform is None else Whitening.from_bytes(row.transform, generation=row.id).dimensions
    )


def _groups(ids: IntArray, webtoons: Mapping[int, StoredWebtoon]) -> IntArray:
    """Give each series of webtoons [n] a number; one without a series is its own."""
    keys = []
    for webtoon in ids:
        stored = webtoons.get(int(webtoon))
        keys.append(stored.webtoon.series_group if stored and stored.webtoon.series_group else f"#{webtoon}")
    return np.unique(keys, return_inverse=True)[1].astype(np.int64)
