"""Images, each stored once under its sha256."""

import json
from collections.abc import Iterable

from storage.database import Connection
from storage.records import AgeGrade, Picture

_UNSIGNED = 1 << 64

# So many episodes, or webtoons, do not happen to have the same thumbnail.
_SHARED_BY_EPISODES = 5
_SHARED_BY_WEBTOONS = 3

_UNMARK = """
DELETE FROM placeholders WHERE picture NOT IN (
    SELECT picture FROM episodes WHERE picture IS NOT NULL
    GROUP BY picture HAVING count(*) >= :episodes OR count(DISTINCT webtoon_id) >= :webtoons)
"""

_MARK = """
INSERT INTO placeholders (picture)
SELECT picture FROM episodes WHERE picture IS NOT NULL
GROUP BY picture HAVING count(*) >= :episodes OR count(DISTINCT webtoon_id) >= :webtoons
ON CONFLICT DO NOTHING
"""


_SAVE_PICTURE = """
INSERT INTO pictures (sha256, format, width, height, size, phash, data)
VALUES (:sha256, :format, :width, :height, :size, :phash, :data)
ON CONFLICT (sha256) DO NOTHING
"""

_THESE = """
SELECT sha256, data, format, width, height, phash
FROM json_each(:names) JOIN pictures ON pictures.sha256 = value ORDER BY json_each.key
"""

_SAMPLE = """
SELECT picture FROM (
    SELECT picture, webtoon_id IN (SELECT id FROM webtoons WHERE age_grade = :adult) AS is_adult,
        row_number() OVER (PARTITION BY webtoon_id ORDER BY picture) AS turn
    FROM episodes WHERE picture IS NOT NULL AND picture NOT IN (SELECT picture FROM placeholders)
) GROUP BY picture ORDER BY max(is_adult), min(turn), picture LIMIT :count
"""


async def save_picture(connection: Connection, picture: Picture) -> None:
    """Add a picture, unless it is there."""
    await connection.rows(_SAVE_PICTURE, _values(picture))


async def save_pictures(connection: Connection, pictures: Iterable[Picture]) -> int:
    """Add those of the pictures that are not there, in one trip, and count them."""
    return await connection.run_many(_SAVE_PICTURE, map(_values, pictures))


async def get_picture(connection: Connection, sha256: str) -> Picture | None:
    """Look a picture up by its name."""
    return next(iter(await get_pictures(connection, [sha256])), None)


async def get_pictures(connection: Connection, sha256s: Iterable[str]) -> list[Picture]:
    """Look pictures up by their names, in one trip; those that are there come in the order asked for."""
    rows = await connection.rows(_THESE, {"names": json.dumps(list(sha256s))})
    return [
        Picture(sha256=sha256, data=data, format=kind, width=width, height=height, phash=phash % _UNSIGNED)
        for sha256, data, kind, width, height, phash in rows
    ]


async def sample_pictures(connection: Connection, count: int) -> list[str]:
    """Choose up to `count` thumbnails, always the same, from as many webtoons as there are.

    The order of the sha256 stands in for chance; works for adults come when there are no others left.
    """
    rows = await connection.rows(_SAMPLE, {"count": count, "adult": AgeGrade.ADULT})
    return [sha256 for (sha256,) in rows]


async def list_hashes(connection: Connection) -> dict[str, int]:
    """Tell the perceptual hash of every picture, by its sha256."""
    rows = await connection.rows("SELECT sha256, phash FROM pictures")
    return {sha256: phash % _UNSIGNED for sha256, phash in rows}


async def mark_placeholders(connection: Connection) -> int:
    """Mark the thumbnails that many episodes share, take the mark off others, and count the marked."""
    values = {"episodes": _SHARED_BY_EPISODES, "webtoons": _SHARED_BY_WEBTOONS}
    await connection.rows(_UNMARK, values)
    await connection.rows(_MARK, values)
    return int((await connection.rows("SELECT count(*) FROM placeholders"))[0][0])


async def list_placeholders(connection: Connection) -> frozenset[str]:
    """List the sha256s of the pictures that are marked as placeholders."""
    return frozenset(sha256 for (sha256,) in await connection.rows("SELECT picture FROM placeholders"))


async def drop_unshown(connection: Connection, sha256s: Iterable[str]) -> None:
    """Drop those of the pictures that no episode shows any more, with their vectors."""
    await connection.run_many(
        "DELETE FROM pictures WHERE sha256 = :sha256"
        " AND NOT EXISTS (SELECT 1 FROM episodes WHERE picture = :sha256)",
        [{"sha256": sha256} for sha256 in sha256s],
    )


def _values(picture: Picture) -> dict[str, object]:
    return {
        "sha256": picture.sha256,
        "format": picture.format,
        "width": picture.width,
        "height": picture.height,
        "size": len(picture.data),
        "phash": _signed(picture.phash),
        "data": picture.data,
    }


def _signed(phash: int) -> int:
    return phash - _UNSIGNED if phash >= _UNSIGNED // 2 else phash
