"""Say what a source is and name those that can be scraped."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from scraper.sources.listing import FieldCheck, Known, Listing, Visit
from scraper.sources.local import LocalSource
from scraper.sources.sample import SampleSource
from storage.records import Episode, Platform, Webtoon


class Source(Protocol):
    """A place that webtoons come from.

    With `keeps_numbers`, an episode's number identifies it from one run to the next; without, its
    thumbnail's address does, and the numbers say no more than the order.  With `lists_all`, a webtoon
    of the platform that is not listed has gone, or finished where the list has only serialised ones.

    All may raise `SourceError`: `Gated` and `NotThere` about one webtoon, `ShapeChanged` about a field,
    `RunEnded` when there is no use in asking on.
    """

    @property
    def platform(self) -> Platform:
        """Where the webtoons are published."""
        ...

    @property
    def keeps_numbers(self) -> bool:
        """Say whether the platform numbers its episodes itself, for good."""
        ...

    @property
    def lists_all(self) -> bool:
        """Say whether a webtoon that is not listed has to be looked up."""
        ...

    async def webtoons(self) -> Sequence[Listing]:
        """List all webtoons, in the same order each time."""
        ...

    async def visit(self, listing: Listing, *, known: Known) -> Visit:
        """Ask for what is new of one webtoon."""
        ...

    async def look_up(self, webtoon: Webtoon) -> Listing:
        """Ask about a webtoon that the list does not show any more; raises `NotThere` when it has gone."""
        ...

    async def thumbnail(self, webtoon: Webtoon, *, episode: Episode) -> bytes:
        """Fetch the bytes of the episode's thumbnail, unchecked; several calls may be under way.

        Raises `SourceError` when that one thumbnail cannot be had, `NotThere` when it never can.
        """
        ...


class RemoteSource(Source, Protocol):
    """A source on the network, whose interface can change."""

    async def check(self) -> Sequence[FieldCheck]:
        """Ask for one webtoon with everything about it, and say of each field whether it is as it was."""
        ...


# `grimche scrape --source NAME` opens one of these; a folder needs a path, so `grimche import` opens
# its FolderSource itself.
SOURCES: Mapping[Platform, Callable[[], AbstractAsyncContextManager[LocalSource]]] = {
    Platform.SAMPLE: SampleSource,
}
