"""Take a new generation in: embed the catalogue with it, compare, promote."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from model import generations
from model.embedding import embed_catalogue
from model.evaluation import held_out, top1
from model.generations import Generation
from model.protocol import BoolArray, Part, Split, Table
from model.records_json import RecordDamaged
from model.splits import SPLIT
from model.stages import Tell, ignore, part_of
from storage import catalogue, vectors
from storage import generations as stored_generations
from storage.database import connect, transaction
from storage.errors import GenerationCorrupt
from storage.vectors import VectorTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """Whether a generation serves now.

    `before` and `after` are how often the nearest thumbnail of another episode is by the right artist,
    among held-out episodes: of the generation that served and of the new one.
    """

    before: float
    after: float
    promoted: bool


async def adopt(
    database: Path,
    folder: Path,
    made: Generation,
    *,
    promote: bool | None = None,
    tell: Tell = ignore,
) -> Adopted:
    """Embed the catalogue with the generation `made`, which lies in `folder`.

    It is promoted when it finds the artists of held-out episodes at least as often as the one that
    serves; `promote` decides instead when given.  Raises GenerationError, StorageError and AlreadyRunning.
    """
    split = _split(folder, made)
    await embed_catalogue(database, made, progress=part_of(tell, "embed"))
    before, after = await _compare(database, made.id, split=split)
    better = after >= before or np.isnan(before)
    promoted = bool(better if promote is None else promote)
    if promoted:
        await _promote(database, made.id)
    return Adopted(before=before, after=after, promoted=promoted)


def _split(folder: Path, made: Generation) -> Split | None:
    if SPLIT not in made.manifest.files:
        return None
    try:
        return Split.from_json(generations.read_file(folder, made, name=SPLIT))
    except RecordDamaged as error:
        raise GenerationCorrupt(generation=made.id, file=SPLIT) from error


async def _compare(database: Path, identity: str, *, split: Split | None) -> tuple[float, float]:
    async with connect(database, read_only=True) as connection:
        painters = {
            stored.id: (stored.webtoon.painters or ("",))[0]
            for stored in await catalogue.list_webtoons(connection)
        }
        current = await stored_generations.current(connection)
        before = await vectors.load_vectors(connection, current.id) if current else None
        after = await vectors.load_vectors(connection, identity)
    names = {name: number for number, name in enumerate(sorted(set(painters.values())))}
    scores = []
    for table in (before, after):
        if table is None or not len(table.webtoon_ids):
            scores.append(float("nan"))
            continue
        artists = np.array([names[painters[int(webtoon)]] for webtoon in table.webtoon_ids])
        scores.append(top1(table.vectors.astype(np.float32), artists, queries=_asking(table, split)))
    return scores[0], scores[1]


def _asking(table: VectorTable, split: Split | None) -> BoolArray:
    """Mark what neither generation was trained on, as far as is known."""
    if split is None:
        return held_out(table.webtoon_ids, table.episode_numbers)
    nothing = np.zeros(len(table.webtoon_ids), np.int64)
    rows = Table(
        artists=nothing,
        webtoons=table.webtoon_ids,
        groups=nothing,
        episodes=table.episode_numbers,
        hashes=nothing.astype(np.uint64),
    )
    return np.asarray(split.marks(rows) == Part.EPISODES)


async def _promote(database: Path, identity: str) -> None:
    async with connect(database) as connection, transaction(connection):
        await stored_generations.promote(connection, identity)
