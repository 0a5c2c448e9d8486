"""Who is who: artists by name, by what their platforms call them, and by their other names."""

from storage.database import Connection
from storage.records import ArtistCount, Credit, Platform, Role
from storage.values import exact, title_of

_BY_ID = "SELECT artist_id FROM artist_ids WHERE platform = :platform AND platform_id = :artist_id"

_BY_NAME = """
SELECT id FROM artists WHERE name = :name
UNION ALL
SELECT artist_id FROM artist_alias WHERE name = :name
LIMIT 1
"""

_IS_ANOTHER = "SELECT 1 FROM artist_ids WHERE artist_id = :artist AND platform = :platform"

_COUNTED = """
SELECT artists.name, count(DISTINCT credits.webtoon_id), count(episodes.id)
FROM credits
JOIN artists ON artists.id = credits.artist_id
LEFT JOIN episodes ON episodes.webtoon_id = credits.webtoon_id AND episodes.picture IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM placeholders WHERE placeholders.picture = episodes.picture)
WHERE credits.role = :painter AND NOT credits.guessed AND credits.position = (
    SELECT min(position) FROM credits AS own
    WHERE own.webtoon_id = credits.webtoon_id AND own.role = :painter)
GROUP BY artists.id
ORDER BY count(episodes.id) DESC, artists.name
"""

_JOIN_CREDITS = """
INSERT INTO credits (webtoon_id, position, artist_id, role, guessed)
SELECT webtoon_id, position, :artist, role, guessed FROM moved_credits WHERE true
ON CONFLICT DO NOTHING
"""


async def find_or_add(connection: Connection, credit: Credit, *, platform: Platform) -> int:
    """Find the artist whom a credit of `platform` means, or add one, and return the id.

    A name that already belongs to another person of this platform gets the platform's id behind it.
    """
    values = {"platform": platform, "artist_id": exact(credit.artist_id), "name": title_of(credit.artist)}
    found = await connection.row(_BY_ID, values) if credit.artist_id else None
    if found is not None:
        return int(found[0])
    found = await connection.row(_BY_NAME, values)
    if found is None:
        artist = await _add(connection, values["name"])
    else:
        artist = int(found[0])
        if credit.artist_id and await connection.row(_IS_ANOTHER, {**values, "artist": artist}):
            artist = await _add(connection, f"{values['name']} ({platform} {values['artist_id']})")
    if credit.artist_id:
        await connection.rows(
            "INSERT INTO artist_ids (platform, platform_id, artist_id)"
            " VALUES (:platform, :artist_id, :artist)",
            {**values, "artist": artist},
        )
    return artist


async def join_artists(connection: Connection, alias: str, *, artist: str) -> bool:
    """Make the artist called `alias` the one called `artist`, now and for later scrapes.

    Says whether both were there.
    """
    found = [await connection.row(_BY_NAME, {"name": title_of(name)}) for name in (alias, artist)]
    if found[0] is None or found[1] is None:
        return False
    values = {"alias": found[0][0], "artist": found[1][0], "name": title_of(alias)}
    if values["alias"] != values["artist"]:
        await _move(connection, values)
    return True


async def count_thumbnails(connection: Connection) -> list[ArtistCount]:
    """Count what can be learned of each webtoon's first painter, the largest count first; no guesses."""
    rows = await connection.rows(_COUNTED, {"painter": Role.PAINTER})
    return [ArtistCount(artist=name, webtoons=webtoons, thumbnails=count) for name, webtoons, count in rows]


async def _add(connection: Connection, name: str) -> int:
    # Another spelling of an invented name may be there already.
    rows = await connection.rows(
        "INSERT INTO artists (name) VALUES (:name)"
        " ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id",
        {"name": name},
    )
    return int(rows[0][0])


async def _move(connection: Connection, values: dict[str, object]) -> None:
    # Credits are deleted and written again, and not changed, since the search listens to that.
    await connection.rows(
        "CREATE TEMP TABLE moved_credits AS SELECT * FROM credits WHERE artist_id = :alias", values
    )
    await connection.rows("DELETE FROM credits WHERE artist_id = :alias", values)
    await connection.rows(_JOIN_CREDITS, values)
    await connection.rows("DROP TABLE moved_credits")
    for table in ("artist_ids", "artist_alias"):
        await connection.rows(
            f"UPDATE {table} SET artist_id = :artist WHERE artist_id = :alias",  # noqa: S608  of two names
            values,
        )
    await connection.rows("DELETE FROM artists WHERE id = :alias", values)
    await connection.rows("INSERT INTO artist_alias (name, artist_id) VALUES (:name, :artist)", values)
