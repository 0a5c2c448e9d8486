"""Read what the catalogue holds, for every door."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from storage import catalogue, database, pictures, search, usage
from storage.errors import WebtoonNotFound

if TYPE_CHECKING:
    from storage.records import Counts, Picture, StoredEpisode, StoredWebtoon
    from storage.usage import Complaint, Figures


class Reader:
    """What is read from the database at `path` alone; no question waits for it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def search(self, text: str, *, limit: int = 10) -> "list[StoredWebtoon]":
        """Find webtoons by a part of their title or of a painter's name, best first."""
        async with database.connect(self._path, read_only=True) as connection:
            return await search.search(connection, text, limit=limit)

    async def webtoon(self, webtoon_id: int) -> "StoredWebtoon":
        """Return one webtoon, or raise WebtoonNotFound."""
        async with database.connect(self._path, read_only=True) as connection:
            stored = await catalogue.get_webtoon(connection, webtoon_id)
        if stored is None:
            raise WebtoonNotFound(title=webtoon_id)
        return stored

    async def episodes(self, webtoon_id: int) -> "list[StoredEpisode]":
        """List a webtoon's episodes by number."""
        async with database.connect(self._path, read_only=True) as connection:
            return await catalogue.list_episodes(connection, webtoon_id)

    async def picture(self, sha256: str) -> "Picture | None":
        """Return a picture of the catalogue with its bytes, or None."""
        async with database.connect(self._path, read_only=True) as connection:
            return await pictures.get_picture(connection, sha256)

    async def pictures(self, names: Sequence[str]) -> "list[Picture]":
        """Return pictures of the catalogue with their bytes, as far as they are there."""
        if not names:
            return []
        async with database.connect(self._path, read_only=True) as connection:
            return await pictures.get_pictures(connection, names)

    async def samples(self, count: int) -> list[str]:
        """Name some pictures of different webtoons to try, by sha256; the same ones each time."""
        async with database.connect(self._path, read_only=True) as connection:
            return await pictures.sample_pictures(connection, count)

    async def counts(self) -> "Counts":
        """Count what the catalogue holds."""
        async with database.connect(self._path, read_only=True) as connection:
            return await catalogue.count(connection)

    async def usage(self, since: datetime, *, complaints: int) -> "tuple[Figures, list[Complaint]]":
        """Count the questions of chats since a moment, and list the last answers that were judged bad."""
        async with database.connect(self._path, read_only=True) as own, database.snapshot(own):
            return await usage.count_queries(own, since), await usage.list_complaints(
                own, since, limit=complaints
            )

    async def _bytes(self, sha256: str) -> bytes:
        """Return the bytes of a thumbnail; raises WebtoonNotFound where it has gone since it was named."""
        found = await self.picture(sha256)
        if found is None:
            raise WebtoonNotFound(title=sha256)
        return found.data
