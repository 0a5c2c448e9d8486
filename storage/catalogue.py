"""What is known of webtoons, their artists and their episodes."""

import json
from collections.abc import Iterable
from datetime import date, datetime

from storage.artists import find_or_add
from storage.database import Connection, Row
from storage.records import (
    AgeGrade,
    Counts,
    Credit,
    Episode,
    Platform,
    Role,
    Status,
    StoredEpisode,
    StoredWebtoon,
    Webtoon,
    Weekday,
)
from storage.values import clean, exact, from_moment, from_names, title_of, to_moment

# Read its rows by `stored_webtoon`.
STORED_WEBTOONS = """
SELECT
    webtoons.id, webtoons.platform, webtoons.platform_id, webtoons.title, webtoons.synopsis, webtoons.genres,
    webtoons.weekdays, webtoons.age_grade, webtoons.status, webtoons.url, webtoons.series_group,
    webtoons.first_seen, webtoons.last_seen,
    (SELECT count(*) FROM episodes WHERE episodes.webtoon_id = webtoons.id),
    (SELECT json_group_array(json_array(name, role, guessed)) FROM (
        SELECT artists.name, credits.role, credits.guessed
        FROM credits JOIN artists ON artists.id = credits.artist_id
        WHERE credits.webtoon_id = webtoons.id
        ORDER BY credits.position))
FROM webtoons
"""

_SAVE_WEBTOON = """
INSERT INTO webtoons (
    platform, platform_id, title, synopsis, genres, weekdays, age_grade, status, url, series_group,
    first_seen, last_seen)
VALUES (
    :platform, :platform_id, :title, :synopsis, :genres, :weekdays, :age_grade, :status, :url, :series_group,
    :seen, :seen)
ON CONFLICT (platform, platform_id) DO UPDATE SET
    title = excluded.title, synopsis = excluded.synopsis, genres = excluded.genres,
    weekdays = excluded.weekdays, age_grade = excluded.age_grade, status = excluded.status,
    url = excluded.url, series_group = iif(excluded.series_group = '', series_group, excluded.series_group),
    first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)
RETURNING id
"""

_SAVE_EPISODE = """
INSERT INTO episodes (webtoon_id, number, title, published, thumbnail_url, picture)
VALUES (:webtoon_id, :number, :title, :published, :thumbnail_url, :picture)
ON CONFLICT (webtoon_id, number) DO UPDATE SET
    title = excluded.title, published = excluded.published, thumbnail_url = excluded.thumbnail_url,
    picture = coalesce(excluded.picture, picture)
"""


async def save_webtoon(connection: Connection, webtoon: Webtoon, *, seen: datetime) -> int:
    """Add or renew a webtoon with its credits and return its id.

    Title and names are stored composed (NFC) and with single spaces.  Without a series group it keeps
    the one it has.
    """
    values = {
        "platform": webtoon.platform,
        "platform_id": exact(webtoon.platform_id),
        "title": title_of(webtoon.title),
        "synopsis": clean(webtoon.synopsis),
        "genres": from_names(webtoon.genres),
        "weekdays": from_names(webtoon.weekdays),
        "age_grade": webtoon.age_grade,
        "status": webtoon.status,
        "url": exact(webtoon.url),
        "series_group": exact(webtoon.series_group),
        "seen": from_moment(seen),
    }
    (webtoon_id,) = (await connection.rows(_SAVE_WEBTOON, values))[0]
    await _save_credits(connection, webtoon_id, webtoon=webtoon)
    return int(webtoon_id)


async def save_episode(
    connection: Connection, webtoon_id: int, *, episode: Episode, picture: str | None
) -> int:
    """Add or renew an episode and return its id; without a `picture` it keeps the one it has."""
    values = _episode_values(webtoon_id, episode, picture=picture)
    (episode_id,) = (await connection.rows(f"{_SAVE_EPISODE} RETURNING id", values))[0]
    return int(episode_id)


async def save_episodes(
    connection: Connection, webtoon_id: int, *, shown: Iterable[tuple[Episode, str | None]]
) -> None:
    """Add or renew episodes, each with its picture or with none, as `save_episode` does, in one trip."""
    await connection.run_many(
        _SAVE_EPISODE,
        [_episode_values(webtoon_id, episode, picture=picture) for episode, picture in shown],
    )


async def find_webtoon(
    connection: Connection, platform: Platform, *, platform_id: str
) -> StoredWebtoon | None:
    """Look a webtoon up by the id that its platform gave it."""
    row = await connection.row(
        f"{STORED_WEBTOONS} WHERE platform = :platform AND platform_id = :platform_id",
        {"platform": platform, "platform_id": exact(platform_id)},
    )
    return stored_webtoon(row) if row else None


async def get_webtoon(connection: Connection, webtoon_id: int) -> StoredWebtoon | None:
    """Look a webtoon up by our id."""
    row = await connection.row(f"{STORED_WEBTOONS} WHERE id = :id", {"id": webtoon_id})
    return stored_webtoon(row) if row else None


async def list_webtoons(connection: Connection) -> list[StoredWebtoon]:
    """List all webtoons by title."""
    rows = await connection.rows(f"{STORED_WEBTOONS} ORDER BY title, id")
    return [stored_webtoon(row) for row in rows]


async def list_episodes(connection: Connection, webtoon_id: int) -> list[StoredEpisode]:
    """List a webtoon's episodes by number."""
    rows = await connection.rows(
        "SELECT id, webtoon_id, picture, number, title, published, thumbnail_url"
        " FROM episodes WHERE webtoon_id = :id ORDER BY number",
        {"id": webtoon_id},
    )
    return [_stored_episode(row) for row in rows]


async def count(connection: Connection) -> Counts:
    """Count what the catalogue holds; artists are those who drew some webtoon."""
    rows = await connection.rows(
        "SELECT (SELECT count(*) FROM webtoons),"
        " (SELECT count(DISTINCT artist_id) FROM credits WHERE role = :painter),"
        " (SELECT count(*) FROM episodes), count(*), coalesce(sum(size), 0) FROM pictures",
        {"painter": Role.PAINTER},
    )
    webtoons, artists, episodes, pictures, picture_bytes = rows[0]
    return Counts(
        webtoons=webtoons, artists=artists, episodes=episodes, pictures=pictures, picture_bytes=picture_bytes
    )


async def save_series_group(connection: Connection, webtoon_id: int, *, series_group: str) -> None:
    """Put a webtoon into a series group, or out of any with an empty one."""
    await connection.rows(
        "UPDATE webtoons SET series_group = :series_group WHERE id = :id AND series_group <> :series_group",
        {"id": webtoon_id, "series_group": exact(series_group)},
    )


def stored_webtoon(row: Row) -> StoredWebtoon:
    """Build a record from a row of STORED_WEBTOONS."""
    (webtoon_id, platform, platform_id, title, synopsis, genres, weekdays, age_grade, status, *rest) = row
    url, series_group, first_seen, last_seen, episodes, credited = rest
    webtoon = Webtoon(
        platform=Platform(platform),
        platform_id=platform_id,
        title=title,
        credits=tuple(
            Credit(artist=name, role=Role(role), guessed=bool(guessed))
            for name, role, guessed in json.loads(credited)
        ),
        synopsis=synopsis,
        genres=tuple(json.loads(genres)),
        weekdays=tuple(Weekday(day) for day in json.loads(weekdays)),
        age_grade=AgeGrade(age_grade),
        status=Status(status),
        url=url,
        series_group=series_group,
    )
    return StoredWebtoon(
        id=webtoon_id,
        webtoon=webtoon,
        episodes=episodes,
        first_seen=to_moment(first_seen),
        last_seen=to_moment(last_seen),
    )


def _stored_episode(row: Row) -> StoredEpisode:
    episode_id, webtoon_id, picture, number, title, published, thumbnail_url = row
    episode = Episode(
        number=number,
        title=title,
        published=date.fromisoformat(published) if published else None,
        thumbnail_url=thumbnail_url,
    )
    return StoredEpisode(id=episode_id, webtoon_id=webtoon_id, episode=episode, picture=picture)


def _episode_values(webtoon_id: int, episode: Episode, *, picture: str | None) -> dict[str, object]:
    return {
        "webtoon_id": webtoon_id,
        "number": episode.number,
        "title": title_of(episode.title),
        "published": episode.published and episode.published.isoformat(),
        "thumbnail_url": exact(episode.thumbnail_url),
        "picture": picture,
    }


async def _save_credits(connection: Connection, webtoon_id: int, *, webtoon: Webtoon) -> None:
    """Replace the credits where they differ, so that an unchanged webtoon is left alone."""
    wanted: dict[tuple[int, str], int] = {}
    for credit in webtoon.credits:
        artist_id = await find_or_add(connection, credit, platform=webtoon.platform)
        wanted.setdefault((artist_id, credit.role.value), int(credit.guessed))
    stored = await connection.rows(
        "SELECT artist_id, role, guessed FROM credits WHERE webtoon_id = :id ORDER BY position",
        {"id": webtoon_id},
    )
    if stored == [(*who, guessed) for who, guessed in wanted.items()]:
        return
    await connection.rows("DELETE FROM credits WHERE webtoon_id = :id", {"id": webtoon_id})
    await connection.run_many(
        "INSERT INTO credits (webtoon_id, position, artist_id, role, guessed)"
        " VALUES (:webtoon_id, :position, :artist_id, :role, :guessed)",
        [
            {
                "webtoon_id": webtoon_id,
                "position": position,
                "artist_id": artist_id,
                "role": role,
                "guessed": guessed,
            }
            for position, ((artist_id, role), guessed) in enumerate(wanted.items())
        ],
    )
