"""What admins are to be told unasked, until their network has taken it."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from storage.database import Connection
from storage.values import from_moment, now

MOST: Final = 20  # for each door; whoever was away for longer reads the newest
KEPT: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something to tell the admins of a door but those who are `known` to have read it; `said` is JSON."""

    id: int
    said: str
    known: frozenset[int]


_SURPLUS = """
DELETE FROM news
WHERE made < :oldest
OR door = :door AND id NOT IN (SELECT id FROM news WHERE door = :door ORDER BY id DESC LIMIT :most)
"""


async def add(connection: Connection, door: str, *, said: str, known: Collection[int]) -> None:
    """Let something be told at a door; what is old, or more than one would read, is dropped."""
    values = {"door": door, "made": now(), "said": said, "known": json.dumps(sorted(known))}
    await connection.rows(
        "INSERT INTO news (door, made, said, known) VALUES (:door, :made, :said, :known)", values
    )
    oldest = from_moment(datetime.now(UTC) - KEPT)
    await connection.rows(_SURPLUS, {"door": door, "oldest": oldest, "most": MOST})


async def waiting(connection: Connection, door: str) -> list[News]:
    """List what is to be told at a door, the oldest first."""
    rows = await connection.rows(
        "SELECT id, said, known FROM news WHERE door = :door AND made >= :oldest ORDER BY id",
        {"door": door, "oldest": from_moment(datetime.now(UTC) - KEPT)},
    )
    return [News(id=number, said=said, known=frozenset(json.loads(known))) for number, said, known in rows]


async def know(connection: Connection, news: int, *, known: Collection[int]) -> None:
    """Note which admins need not be told any more."""
    await connection.rows(
        "UPDATE news SET known = :known WHERE id = :id", {"id": news, "known": json.dumps(sorted(known))}
    )


async def remove(connection: Connection, news: int) -> None:
    """Forget what everybody has been told."""
    await connection.rows("DELETE FROM news WHERE id = :id", {"id": news})
