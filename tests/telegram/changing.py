"""Change webtoons of a test's catalogue."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.service import Service
from storage import catalogue, database, vectors
from storage.records import StoredWebtoon


async def change_webtoon(path: Path, webtoon_id: int, **values: Any) -> StoredWebtoon:  # noqa: ANN401
    """Change fields of a webtoon, as a scrape would; answers follow when `catches_up` has returned."""
    async with database.connect(path) as connection, database.transaction(connection):
        stored = await catalogue.get_webtoon(connection, webtoon_id)
        assert stored is not None
        webtoon = replace(stored.webtoon, **values)
        await catalogue.save_webtoon(connection, webtoon, seen=datetime.now(UTC))
        changed = await catalogue.get_webtoon(connection, webtoon_id)
    assert changed is not None
    return changed


async def change_thumbnail_url(path: Path, webtoon_id: int, *, url: str) -> None:
    """Say where the platform shows the thumbnails of a webtoon."""
    async with database.connect(path) as connection, database.transaction(connection):
        for stored in await catalogue.list_episodes(connection, webtoon_id):
            episode = replace(stored.episode, thumbnail_url=url)
            await catalogue.save_episode(connection, webtoon_id, episode=episode, picture=stored.picture)


async def catches_up(service: Service) -> None:
    """Wait until a service whose finder is kept current answers from what the database holds now."""
    async with database.connect(service._path, read_only=True) as connection:
        wanted = await vectors.stamp(connection)
    async with asyncio.timeout(20):
        while service._current.stamp != wanted:  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.02)
