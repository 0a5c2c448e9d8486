"""Serve what was saved of a platform, beside what the catalogue holds of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from scraper.archive.dump import Dump, all_works
from scraper.archive.pictures import find_picture, sort_pictures
from scraper.archive.work import Work
from scraper.files import read_inside
from scraper.sources.listing import Known, Listing, Visit
from scraper.threads import in_thread
from storage.errors import Gated, NotThere, SourceError
from storage.records import Episode, Platform, Status, Webtoon

_NOBODY: Mapping[str, Known] = MappingProxyType({})


class ArchiveSource:
    """Serve a dump's webtoons of `platform`, with the thumbnails that were saved.

    What is `known` by platform id is newer than any archive: such a webtoon keeps all that is said of it,
    and gets only episodes that it lacks.
    """

    keeps_numbers = True
    lists_all = False

    def __init__(
        self, dump: Dump, platform: Platform, *, known: Mapping[str, Known] = _NOBODY, megabytes: int = 20
    ) -> None:
        """Refuse pictures of more than `megabytes`."""
        self._dump = dump
        self._platform = platform
        self._known = known
        self._megabytes = megabytes
        self._works = dump.works.get(platform, {})
        self._pictures = sort_pictures(dump.others, list(all_works(dump)))

    @property
    def platform(self) -> Platform:
        """Where the webtoons were published."""
        return self._platform

    async def webtoons(self) -> Sequence[Listing]:
        """List the webtoons, but for known ones of which nothing was saved that they lack."""
        keys = [key for key, work in self._works.items() if key not in self._known or self._lacking(work)]
        return [self._listing(self._works[key]) for key in sorted(keys)]

    async def visit(self, listing: Listing, *, known: Known) -> Visit:  # noqa: ARG002  it was known before
        """List the saved episodes that the catalogue lacks; raises `Gated` where a login was asked for."""
        if listing.gated:
            raise Gated(platform=self.platform, where=listing.webtoon.title)
        work = self._works[listing.webtoon.platform_id]
        return Visit(webtoon=listing.webtoon, episodes=self._lacking(work))

    async def look_up(self, webtoon: Webtoon) -> Listing:
        """Know nothing of what was not saved."""
        raise NotThere(platform=self.platform, where=webtoon.title)

    async def thumbnail(self, webtoon: Webtoon, *, episode: Episode) -> bytes:
        """Read the saved thumbnail; raises `SourceError` or `FileTooLarge`."""
        return await in_thread(self._read, self._works[webtoon.platform_id], episode)

    def _listing(self, work: Work) -> Listing:
        return Listing(webtoon=self._webtoon(work), gated=work.gated and not work.episodes)

    def _webtoon(self, work: Work) -> Webtoon:
        known = self._known.get(work.webtoon.platform_id)
        if known and known.webtoon:
            return known.webtoon
        gone = self.platform is Platform.DAUM and work.webtoon.status is not Status.FINISHED
        return replace(work.webtoon, status=Status.GONE) if gone else work.webtoon

    def _lacking(self, work: Work) -> Sequence[Episode]:
        known = self._known.get(work.webtoon.platform_id, Known())
        held = {episode.number for episode in known.episodes}
        return [episode for episode in work.episodes if episode.number not in held]

    def _read(self, work: Work, episode: Episode) -> bytes:
        path = find_picture(self._pictures, work, episode=episode)
        if path is None:
            fault = f"the thumbnail of “{work.webtoon.title}”, {episode.title}, is not there."
            raise SourceError(platform="The archive", fault=fault)
        return read_inside(self._dump.folder, path, megabytes=self._megabytes)
