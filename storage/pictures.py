"""Images, each stored once under its sha256."""

from storage.database import Connection
from storage.records import Picture

_UNSIGNED = 1 << 64


async def save_picture(connection: Connection, picture: Picture) -> None:
    """Add a picture, unless it is there."""
    values = {
        "sha256": picture.sha256,
        "format": picture.format,
        "width": picture.width,
        "height": picture.height,
        "size": len(picture.data),
        "phash": _signed(picture.phash),
        "data": picture.data,
    }
    await connection.rows(
        "INSERT INTO pictures (sha256, format, width, height, size, phash, data)"
        " VALUES (:sha256, :format, :width, :height, :size, :phash, :data)"
        " ON CONFLICT (sha256) DO NOTHING",
        values,
    )


async def get_picture(connection: Connection, sha256: str) -> Picture | None:
    """Look a picture up by its name."""
    row = await connection.row(
        "SELECT data, format, width, height, phash FROM pictures WHERE sha256 = :sha256", {"sha256": sha256}
    )
    if row is None:
        return None
    data, kind, width, height, phash = row
    return Picture(sha256=sha256, data=data, format=kind, width=width, height=height, phash=phash % _UNSIGNED)


async def sample_pictures(connection: Connection, count: int) -> list[str]:
    """Choose up to `count` thumbnails, always the same, from as many webtoons as there are.

    The order of the sha256 stands in for chance.
    """
    rows = await connection.rows(
        "SELECT picture FROM ("
        " SELECT picture, row_number() OVER (PARTITION BY webtoon_id ORDER BY picture) AS turn"
        " FROM episodes WHERE picture IS NOT NULL"
        ") GROUP BY picture ORDER BY min(turn), picture LIMIT :count",
        {"count": count},
    )
    return [sha256 for (sha256,) in rows]


def _signed(phash: int) -> int:
    return phash - _UNSIGNED if phash >= _UNSIGNED // 2 else phash
