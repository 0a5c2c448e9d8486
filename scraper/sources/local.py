"""Let the refresh visit a source on this machine, where listing everything costs nothing."""

from collections.abc import Sequence
from typing import Protocol

from scraper.sources.listing import Known, Listing, Visit
from storage.errors import NotThere
from storage.records import Episode, Platform, Webtoon


class LocalSource(Protocol):
    """A source that lists all it has at every run."""

    @property
    def platform(self) -> Platform:
        """Where the webtoons are published."""
        ...

    @property
    def keeps_numbers(self) -> bool:
        """Say whether an episode's number identifies it, or its thumbnail's address."""
        ...

    async def webtoons(self) -> Sequence[Webtoon]:
        """List all webtoons, in the same order each time."""
        ...

    async def episodes(self, webtoon: Webtoon) -> Sequence[Episode]:
        """List all episodes of `webtoon` by number."""
        ...

    async def thumbnail(self, webtoon: Webtoon, *, episode: Episode) -> bytes:
        """Fetch the bytes of the episode's thumbnail, unchecked; several calls may be under way."""
        ...


class Local:
    """Make a `Source` of a local one; what it does not list any more stays as it is."""

    lists_all = False

    def __init__(self, source: LocalSource) -> None:
        self._source = source

    @property
    def platform(self) -> Platform:
        """Where the webtoons are published."""
        return self._source.platform

    @property
    def keeps_numbers(self) -> bool:
        """Say whether an episode's number identifies it, or its thumbnail's address."""
        return self._source.keeps_numbers

    async def webtoons(self) -> Sequence[Listing]:
        """List all webtoons, each to be visited."""
        return [Listing(webtoon=webtoon) for webtoon in await self._source.webtoons()]

    async def visit(self, listing: Listing, *, known: Known) -> Visit:  # noqa: ARG002  all is listed anyway
        """List all episodes."""
        return Visit(webtoon=listing.webtoon, episodes=await self._source.episodes(listing.webtoon))

    async def look_up(self, webtoon: Webtoon) -> Listing:
        """Know nothing of what is not listed."""
        raise NotThere(platform=self.platform, where=webtoon.title)

    async def thumbnail(self, webtoon: Webtoon, *, episode: Episode) -> bytes:
        """Fetch the bytes of the episode's thumbnail."""
        return await self._source.thumbnail(webtoon, episode=episode)
