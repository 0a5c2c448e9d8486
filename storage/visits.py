"""When each webtoon was asked about last, and which are to be asked about again."""

from collections.abc import Iterable
from datetime import datetime

from storage.database import Connection, Row
from storage.records import Platform, Status, Visited
from storage.values import exact, from_moment, to_moment

_VISITED = """
SELECT webtoons.id, platform_id, status, last_seen, coalesce(mark, ''), visited, surveyed
FROM webtoons LEFT JOIN visits ON visits.webtoon_id = webtoons.id
WHERE platform = :platform ORDER BY webtoons.id
"""

# A survey is a visit too; one that was none leaves the time of the last survey.
_SAVE = """
INSERT INTO visits (webtoon_id, mark, visited, surveyed) VALUES (:webtoon_id, :mark, :visited, :visited)
ON CONFLICT (webtoon_id) DO UPDATE SET
    mark = excluded.mark, visited = excluded.visited,
    surveyed = iif(:whole, excluded.surveyed, surveyed)
"""

# The newest of the finished scrapes of a source that brought new episodes.
_LAST_NEW = """
SELECT max(finished) FROM jobs
WHERE kind = 'scrape' AND figures ->> 'source' = :platform AND figures ->> 'new_episodes' > 0
"""


async def list_visited(connection: Connection, platform: Platform) -> list[Visited]:
    """List the webtoons of a platform with their last visits, by our id."""
    return [_visited(row) for row in await connection.rows(_VISITED, {"platform": platform})]


async def save_visit(
    connection: Connection, webtoon_id: int, *, mark: str, visited: datetime, whole: bool
) -> None:
    """Note that everything a visit found is there; with `whole`, that it asked for all episodes."""
    values = {"webtoon_id": webtoon_id, "mark": exact(mark), "visited": from_moment(visited), "whole": whole}
    await connection.rows(_SAVE, values)


async def mark_seen(connection: Connection, webtoon_ids: Iterable[int], *, seen: datetime) -> None:
    """Note that the list of the platform still shows webtoons."""
    await connection.run_many(
        "UPDATE webtoons SET last_seen = max(last_seen, :seen) WHERE id = :id",
        [{"id": webtoon_id, "seen": from_moment(seen)} for webtoon_id in webtoon_ids],
    )


async def mark_gone(connection: Connection, webtoon_id: int) -> None:
    """Note that the platform has a webtoon no more; its episodes stay."""
    await connection.rows(
        "UPDATE webtoons SET status = :gone WHERE id = :id", {"gone": Status.GONE, "id": webtoon_id}
    )


async def last_new_episode(connection: Connection, platform: Platform) -> datetime | None:
    """Tell when the last scrape of a platform ended that brought a new episode."""
    row = await connection.row(_LAST_NEW, {"platform": platform})
    return to_moment(row[0]) if row and row[0] else None


def _visited(row: Row) -> Visited:
    webtoon_id, platform_id, status, seen, mark, visited, surveyed = row
    return Visited(
        webtoon_id=webtoon_id,
        platform_id=platform_id,
        status=Status(status),
        seen=to_moment(seen),
        mark=mark,
        visited=to_moment(visited) if visited else None,
        surveyed=to_moment(surveyed) if surveyed else None,
    )
