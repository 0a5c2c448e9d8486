"""What the encoders make of the pictures: raw statistics and unit vectors.

Both are stored as one blob per picture and generation: the values as little-endian IEEE 754 half
precision (float16), two bytes each, in order, with nothing before or after.  Values beyond ±65504
become ±65504.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from storage.database import Connection, Row
from storage.errors import GenerationMismatch
from storage.generations import number_of

FloatArray = NDArray[np.float32]
HalfArray = NDArray[np.float16]
IntArray = NDArray[np.int64]

_STORED = np.dtype("<f2")
_LARGEST = float(np.finfo(np.float16).max)


@dataclass(frozen=True, slots=True)
class VectorTable:
    """One row per episode whose picture has a vector, ordered by webtoon and episode number.

    `vectors` is [n, d] (read-only), or [0, 0] where there are none; the others have length n.
    """

    vectors: HalfArray
    webtoon_ids: IntArray
    episode_numbers: IntArray
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was built from; when it differs, build it anew.

    `vectors` counts those of the current generation; `changes` counts what was done to them, to
    the episodes that show them and to the webtoons.
    """

    generation: str
    revision: int
    vectors: int
    changes: int = 0


_TO_EMBED = """
FROM pictures
WHERE EXISTS (SELECT 1 FROM episodes WHERE episodes.picture = pictures.sha256)
AND NOT EXISTS (SELECT 1 FROM placeholders WHERE placeholders.picture = pictures.sha256)
AND NOT EXISTS (
    SELECT 1 FROM statistics JOIN generations ON generations.number = statistics.generation
    WHERE statistics.picture = pictures.sha256 AND generations.id = :generation)
"""

_STATISTICS = """
SELECT statistics.picture, statistics.data
FROM statistics JOIN generations ON generations.number = statistics.generation
WHERE generations.id = :generation AND statistics.picture > :after
ORDER BY statistics.picture LIMIT :limit
"""

_SAVE_STATISTICS = """
INSERT INTO statistics (picture, generation, data) VALUES (:picture, :number, :data)
ON CONFLICT (picture, generation) DO UPDATE SET data = excluded.data
"""

_SAVE_VECTORS = """
INSERT INTO vectors (picture, generation, data) VALUES (:picture, :number, :data)
ON CONFLICT (picture, generation) DO UPDATE SET data = excluded.data
"""

_VECTORS = """
SELECT vectors.data, episodes.webtoon_id, episodes.number, episodes.picture
FROM episodes
CROSS JOIN vectors ON vectors.picture = episodes.picture AND vectors.generation = :number
WHERE NOT EXISTS (SELECT 1 FROM placeholders WHERE placeholders.picture = episodes.picture)
ORDER BY episodes.webtoon_id, episodes.number
"""


_SHOWN = """
SELECT webtoon_id, number, picture FROM episodes
WHERE picture IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM placeholders WHERE placeholders.picture = episodes.picture)
ORDER BY webtoon_id, number
"""


async def pictures_to_embed(
    connection: Connection, generation: str, *, limit: int, after: str = ""
) -> list[tuple[str, bytes]]:
    """List sha256 and bytes of the episodes' pictures that lack statistics, without placeholders.

    They come in the order of their sha256, those behind `after`, so that a caller who passes the last
    one seen need not wait for the others to be skipped again.
    """
    rows = await connection.rows(
        f"SELECT sha256, data {_TO_EMBED} AND sha256 > :after ORDER BY sha256 LIMIT :limit",
        {"generation": generation, "limit": limit, "after": after},
    )
    return [(sha256, data) for sha256, data in rows]


async def count_to_embed(connection: Connection, generation: str) -> int:
    """Count the pictures that `pictures_to_embed` lists."""
    rows = await connection.rows(f"SELECT count(*) {_TO_EMBED}", {"generation": generation})
    return int(rows[0][0])


async def names_to_embed(connection: Connection, generation: str) -> list[str]:
    """List the sha256 of the pictures that `pictures_to_embed` lists."""
    rows = await connection.rows(f"SELECT sha256 {_TO_EMBED}", {"generation": generation})
    return [sha256 for (sha256,) in rows]


async def count_statistics(connection: Connection, generation: str) -> int:
    """Count the pictures that have statistics."""
    rows = await connection.rows(
        "SELECT count(*) FROM statistics JOIN generations ON generations.number = statistics.generation"
        " WHERE generations.id = :generation",
        {"generation": generation},
    )
    return int(rows[0][0])


async def save_statistics(
    connection: Connection, generation: str, *, rows: Sequence[tuple[str, FloatArray]]
) -> None:
    """Keep what the encoder said of each picture, each as long as the generation's `dimensions`."""
    await _save(connection, _SAVE_STATISTICS, generation=generation, rows=rows)


async def load_statistics(
    connection: Connection, generation: str, *, limit: int | None = None
) -> tuple[list[str], FloatArray]:
    """Load the sha256s and statistics [n, d], all or always the same `limit` spread over all pictures."""
    values = {"generation": generation, "after": "", "limit": -1 if limit is None else limit}
    return _split(await connection.rows(_STATISTICS, values), generation)


async def iter_statistics(
    connection: Connection, generation: str, *, batch: int
) -> AsyncIterator[tuple[list[str], FloatArray]]:
    """Load all statistics, `batch` pictures at a time; what is written meanwhile does no harm."""
    after = ""
    while rows := await connection.rows(
        _STATISTICS, {"generation": generation, "after": after, "limit": batch}
    ):
        after = rows[-1][0]
        yield _split(rows, generation)


async def save_vectors(
    connection: Connection, generation: str, *, rows: Sequence[tuple[str, FloatArray]]
) -> None:
    """Keep the unit vector of each picture, in place of the one before."""
    await _save(connection, _SAVE_VECTORS, generation=generation, rows=rows)


async def load_vectors(connection: Connection, generation: str) -> VectorTable:
    """Load the vectors of all episodes that show more than a placeholder."""
    number = await number_of(connection, generation)
    rows = await connection.rows(_VECTORS, {"number": number})
    blobs, webtoon_ids, numbers, pictures = zip(*rows, strict=True) if rows else ((), (), (), ())
    return VectorTable(
        vectors=_stacked(blobs, generation),
        webtoon_ids=np.array(webtoon_ids, dtype=np.int64),
        episode_numbers=np.array(numbers, dtype=np.int64),
        pictures=pictures,
    )


async def list_shown(connection: Connection) -> list[tuple[int, int, str]]:
    """List webtoon, number and picture of all episodes that show more than a placeholder, in this order."""
    return [(webtoon, number, picture) for webtoon, number, picture in await connection.rows(_SHOWN)]


async def stamp(connection: Connection) -> Stamp | None:
    """Tell from one short row what the current generation's index must be built from."""
    row = await connection.row("SELECT id, revision, vectors, changes FROM generations WHERE is_current = 1")
    return Stamp(*row) if row else None


def to_blob(values: FloatArray) -> bytes:
    """Write values in the byte format above; ValueError for what is not finite."""
    if not np.isfinite(values).all():
        raise ValueError("not every value is finite")
    return np.clip(values, -_LARGEST, _LARGEST).astype(_STORED).tobytes()


def from_blob(blob: bytes) -> HalfArray:
    """Read values in the byte format above, as a read-only array."""
    return np.frombuffer(blob, dtype=_STORED)


async def _save(
    connection: Connection, sql: str, *, generation: str, rows: Sequence[tuple[str, FloatArray]]
) -> None:
    number = await number_of(connection, generation)
    values = [{"picture": sha256, "number": number, "data": to_blob(vector)} for sha256, vector in rows]
    await connection.run_many(sql, values)


def _split(rows: Sequence[Row], generation: str) -> tuple[list[str], FloatArray]:
    values = _stacked([blob for _, blob in rows], generation)
    return [sha256 for sha256, _ in rows], values.astype(np.float32)


def _stacked(blobs: Sequence[bytes], generation: str) -> HalfArray:
    """Read equally long blobs as the rows of one array."""
    length = len(blobs[0]) if blobs else 0
    if any(len(blob) != length for blob in blobs):
        raise GenerationMismatch(generation=generation, fault="its vectors differ in length")
    return from_blob(b"".join(blobs)).reshape(len(blobs), length // _STORED.itemsize)
