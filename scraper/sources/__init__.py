"""Say what a source is and name those that can be scraped."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from scraper.sources.sample import SampleSource
from storage.records import Episode, Platform, Webtoon


class Source(Protocol):
    """A place that webtoons come from.

    With `keeps_numbers`, an episode's number identifies it from one run to the next; without, its
    thumbnail's address does, and the numbers say no more than the order.  `webtoons` and `episodes` raise
    `SourceError` (or `FolderError`); `thumbnail` raises `SourceError` when that one thumbnail cannot
    be had.
    """

    @property
    def platform(self) -> Platform:
        """Where the webtoons are published."""
        ...

    @property
    def keeps_numbers(self) -> bool:
        """Say whether the platform numbers its episodes itself, for good."""
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


# `grimche scrape --source NAME` opens one of these; a folder needs a path, so `grimche import` opens
# its FolderSource itself.
SOURCES: Mapping[Platform, Callable[[], AbstractAsyncContextManager[Source]]] = {
    Platform.SAMPLE: SampleSource,
}
