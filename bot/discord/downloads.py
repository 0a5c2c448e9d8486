"""Fetch the bytes of pictures; they stay in memory."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import aiohttp
import discord

from storage.errors import FileTooLarge, NotHandedOver

if TYPE_CHECKING:
    from bot.discord.incoming import Source
    from bot.fetching import Fetcher

MOST_MB: Final = 20
SECONDS: Final = 30.0


class Downloads:
    """The pictures of one question, fetched when they are needed first."""

    def __init__(self, client: discord.Client, sources: "Sequence[Source]", *, fetcher: "Fetcher") -> None:
        self._client = client
        self._sources = sources
        self._fetcher = fetcher
        self.fetched: list[bytes] = []

    async def fetch(self) -> Sequence[bytes]:
        """Return the bytes; raises FileTooLarge, NotHandedOver and what the fetcher raises."""
        if not self.fetched:
            fetches = (self._fetch(source) for source in self._sources)
            self.fetched.extend(await asyncio.gather(*fetches))
        return self.fetched

    async def _fetch(self, source: "Source") -> bytes:
        _check(source.size)
        if not source.url:
            return await self._fetcher.fetch(source.outside)
        try:
            return await self._download(source.url)
        except NotHandedOver:
            if not source.outside:
                raise
        return await self._fetcher.fetch(source.outside)

    async def _download(self, url: str) -> bytes:
        """Fetch from an address that Discord named itself; those that people name go another way."""
        try:
            async with asyncio.timeout(SECONDS):
                data = await self._client.http.get_from_cdn(url)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise NotHandedOver from error
        _check(len(data))
        return data


def _check(size: int) -> None:
    if size > MOST_MB << 20:
        raise FileTooLarge(size=-(-size >> 20), maximum=MOST_MB)
