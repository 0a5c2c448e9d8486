"""Whether a database is whole and what it says fits together."""

from dataclasses import dataclass

from storage.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What can be wrong in a database: counts of broken references and of pictures without a vector.

    `is_sound` is SQLite's own check; `current` is the generation that serves, empty where none does although
    there are vectors, and None where there is nothing to serve.
    """

    is_sound: bool
    broken: int
    current: str | None
    unseen: int


_UNSEEN = """
SELECT count(DISTINCT episodes.picture) FROM episodes
WHERE episodes.picture IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM placeholders WHERE placeholders.picture = episodes.picture)
AND NOT EXISTS (
    SELECT 1 FROM vectors JOIN generations ON generations.number = vectors.generation
    WHERE vectors.picture = episodes.picture AND generations.is_current = 1)
"""


async def examine(connection: Connection) -> Health:
    """Look everything through; it takes a while where much is stored."""
    sound = await connection.row("PRAGMA integrity_check(1)")
    broken = await connection.rows("PRAGMA foreign_key_check")
    row = await connection.row("SELECT id FROM generations WHERE is_current = 1")
    others = await connection.row("SELECT 1 FROM generations LIMIT 1")
    current = str(row[0]) if row else ("" if others else None)
    unseen = (await connection.rows(_UNSEEN))[0][0] if current else 0
    return Health(is_sound=sound == ("ok",), broken=len(broken), current=current, unseen=unseen)
