"""Answer what every door asks: similar pictures, webtoons alike, titles, pictures and figures."""

import asyncio
import logging
import shutil
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bot.observed import Observed
from bot.pool import Limits, Pool
from bot.process_memory import give_back
from bot.thumbnails import Thumbnails
from storage import catalogue, database, jobs, pictures, search, usage, vectors
from storage.errors import EmptyCatalogue, GrimcheError, PictureError, TooManyPictures, WebtoonNotFound
from storage.records import JobKind

if TYPE_CHECKING:
    from PIL.Image import Image

    from bot.heartbeat import Seen
    from bot.metrics import Stored
    from bot.texts import Language
    from model.explaining import Explainer
    from model.finder import Finder
    from storage.answers import Answer, Match, Why
    from storage.records import Counts, Job, Picture, StoredEpisode, StoredWebtoon
    from storage.usage import Complaint, Figures
    from storage.vectors import Stamp

log = logging.getLogger(__name__)

RECENT_JOBS = 5
EVERY = sys.maxsize
USUAL = 150  # thumbnails that a picture's traits are compared with; measuring them takes a second, once


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How Grimche stands; `generation` is empty before the first picture was embedded.

    `processes` are those that serve the data folder; `disk_free` and `disk_total` are bytes of its disk.
    """

    version: str
    generation: str
    vectors: int
    counts: "Counts"
    jobs: "tuple[Job, ...]"
    data: Path
    data_bytes: int
    disk_free: int
    disk_total: int
    processes: "tuple[Seen, ...]"


class Service:
    """What every door calls; enter it with `async with`.

    One finder answers at a time.  It is opened on the first query and again when the stored vectors
    have changed, also when another process changed them; this is looked up at most every `check_every`
    seconds.  Queries in work keep the finder that they started with.
    """

    def __init__(
        self,
        data: Path,
        *,
        path: Path,
        open_finder: "Callable[[], Awaitable[Finder]]",
        limits: Limits,
        check_every: float = 1.0,
        observed: Observed | None = None,
    ) -> None:
        self.observed = observed or Observed()
        self._data = data
        self._path = path
        self._open_finder = open_finder
        self._limits = limits
        self._check_every = check_every
        self._checked = -float("inf")
        self._finder: Finder | None = None
        self._stamp: Stamp | None = None
        self._explainer: tuple[Finder, Explainer] | None = None
        self._reload = asyncio.Lock()
        self._is_kept = False
        self._pool = Pool(limits)
        self._thumbnails = Thumbnails()
        self.observed.queues["pictures"] = self._pool

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.close()

    async def keep_current(self) -> None:
        """Open the finder whenever something has changed, for as long as this runs: no query waits for it."""
        self._is_kept = True
        try:
            while True:
                before = self._stamp
                await self._renew()
                await asyncio.sleep(self._check_every)
                if before not in {None, self._stamp}:  # what was replaced is large, and free by now
                    await asyncio.to_thread(give_back)
        finally:
            self._is_kept = False

    async def similar(self, pictures: Sequence[bytes], *, top: int = 10) -> "Answer":
        """Find the webtoons drawn most like the pictures, which are taken as one artist's.

        Raises PictureError, EmptyCatalogue, Busy and GenerationError.
        """
        self._check_number(pictures)
        finder = await self._current_finder()
        return await self._pool.run(finder.find, pictures, top=top)

    async def like(self, webtoon_id: int, *, top: int = 10) -> "Answer":
        """Find the webtoons drawn most like one of the catalogue; raises WebtoonNotFound besides."""
        await self.webtoon(webtoon_id)
        finder = await self._current_finder()
        return await self._pool.run(finder.like, webtoon_id, top=top)

    async def why(self, pictures: Sequence[bytes], *, webtoon_id: int) -> "Why":
        """Say why a webtoon of the catalogue is as alike to the pictures as it is.

        Raises what `similar` raises, and WebtoonNotFound.
        """
        self._check_number(pictures)
        finder = await self._current_finder()
        answer = await self._pool.run(finder.find, pictures, top=EVERY)
        return await self._explain(finder, pictures, match=_match_of(answer, webtoon_id))

    async def why_like(self, liked_id: int, *, webtoon_id: int) -> "Why":
        """Say why one webtoon of the catalogue is like another, by their two most similar thumbnails."""
        await self.webtoon(liked_id)
        finder = await self._current_finder()
        match = _match_of(await self._pool.run(finder.like, liked_id, top=EVERY), webtoon_id)
        back = await self._pool.run(finder.find, [await self._bytes(match.picture)], top=EVERY)
        asked = _match_of(back, liked_id).picture
        return replace(await self._explain(finder, [await self._bytes(asked)], match=match), asked=asked)

    async def stamp(self) -> str:
        """Name the state of generation and catalogue that answers are made of now; raises EmptyCatalogue."""
        await self._current_finder()
        stamp = self._stamp
        return f"{stamp.generation}:{stamp.revision}:{stamp.changes}" if stamp else ""

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

    async def stored(self) -> "Stored":
        """Read what the metrics tell of the database."""
        from importlib.metadata import version  # noqa: PLC0415  as below

        from bot.metrics import Stored  # noqa: PLC0415  only where metrics are served

        async with database.connect(self._path, read_only=True) as connection:
            stamp = await vectors.stamp(connection)
            return Stored(
                version=version("grimche"),
                generation=stamp.generation if stamp else "",
                vectors=stamp.vectors if stamp else 0,
                counts=await catalogue.count(connection),
                jobs=tuple(filter(None, [await jobs.last(connection, kind) for kind in JobKind])),
            )

    async def status(self) -> Status:
        """Tell how Grimche stands."""
        from importlib.metadata import version  # noqa: PLC0415  it takes 40 ms, and only this needs it

        async with database.connect(self._path, read_only=True) as connection:
            stamp = await vectors.stamp(connection)
            counts = await catalogue.count(connection)
            recent = await jobs.latest(connection, RECENT_JOBS)
        disk = shutil.disk_usage(self._data)
        return Status(
            version=version("grimche"),
            generation=stamp.generation if stamp else "",
            vectors=stamp.vectors if stamp else 0,
            counts=counts,
            jobs=tuple(recent),
            data=self._data,
            data_bytes=await asyncio.to_thread(_folder_bytes, self._data),
            disk_free=disk.free,
            disk_total=disk.total,
            processes=tuple(await asyncio.to_thread(self._processes)),
        )

    def _processes(self) -> "list[Seen]":
        """List the processes that serve, this one as it stands now."""
        from bot.heartbeat import Seen, read_beats  # noqa: PLC0415  a question needs it not

        found = read_beats(self._data)
        if not self.observed.is_serving:
            return found
        own = self.observed.beat()
        others = [seen for seen in found if (seen.beat.pid, seen.beat.started) != (own.pid, own.started)]
        return [Seen(beat=own, is_stuck=False), *others]

    async def sheet(self, answer: "Answer", *, pictures: Sequence[bytes], as_jpeg: bool = False) -> bytes:
        """Draw the answer to these pictures as one PNG, or as a JPEG, which is made much faster."""
        names = [match.picture for match in answer.matches]
        known = self._thumbnails.known(names)
        found = await self.pictures([name for name in names if name not in known])
        unknown = {picture.sha256: picture.data for picture in found}

        def draw() -> bytes:
            return _draw(answer, pictures, known | self._thumbnails.add(unknown), as_jpeg=as_jpeg)

        return await self._pool.run(draw)

    async def why_sheet(self, why: "Why", *, pictures: Sequence[bytes], as_jpeg: bool = False) -> bytes:
        """Draw why the match to these pictures is one, as one PNG, or as a JPEG."""
        query = await self._bytes(why.asked) if why.asked else pictures[why.picture]
        thumbnail = await self._bytes(why.match.picture)
        return await self._pool.run(_draw_why, why, query, thumbnail, as_jpeg=as_jpeg)

    async def usage(self, since: datetime, *, complaints: int) -> "tuple[Figures, list[Complaint]]":
        """Count the questions of chats since a moment, and list the last answers that were judged bad."""
        async with database.connect(self._path, read_only=True) as own, database.snapshot(own):
            return await usage.count_queries(own, since), await usage.list_complaints(
                own, since, limit=complaints
            )

    async def stats_sheet(self, figures: "Figures", *, since: date, language: "Language") -> bytes:
        """Draw how much it is used as one PNG."""
        until = datetime.now(UTC).date()
        return await self._pool.run(_draw_stats, figures, since=since, until=until, language=language)

    async def first_faulty(self, pictures: Sequence[bytes]) -> int | None:
        """Tell which of several pictures is the first that cannot be used, counted from 0, if any."""
        return await self._pool.run(_first_faulty, pictures)

    async def _explain(self, finder: "Finder", pictures: Sequence[bytes], *, match: "Match") -> "Why":
        if self._explainer is None or self._explainer[0] is not finder:
            sample = [await self._bytes(sha256) for sha256 in await self.samples(USUAL)]
            self._explainer = (finder, await self._pool.run(finder.explainer, sample))
        _, explainer = self._explainer
        thumbnail = await self._bytes(match.picture)
        return await self._pool.run(explainer.explain, pictures, match=match, thumbnail=thumbnail)

    async def _bytes(self, sha256: str) -> bytes:
        """Return the bytes of a thumbnail; raises WebtoonNotFound where it has gone since it was named."""
        found = await self.picture(sha256)
        if found is None:
            raise WebtoonNotFound(title=sha256)
        return found.data

    def _check_number(self, pictures: Sequence[bytes]) -> None:
        if len(pictures) > self._limits.pictures:
            raise TooManyPictures(count=len(pictures), maximum=self._limits.pictures)

    async def _current_finder(self) -> "Finder":
        """Return the finder, opened again by the first query to see a change; the others go on meanwhile."""
        is_left_to_us = not self._is_kept and not self._reload.locked()
        if self._finder is None or (is_left_to_us and self._is_check_due()):
            async with self._reload:
                if self._is_check_due():
                    await self._reopen()
        if self._finder is None:
            raise EmptyCatalogue
        return self._finder

    async def _renew(self) -> None:
        """Look for a change; what cannot be opened now leaves the one before in its place."""
        async with self._reload:
            try:
                await self._reopen()
            except GrimcheError as error:
                log.warning("the catalogue could not be opened anew: %s", error)

    def _is_check_due(self) -> bool:
        return time.monotonic() - self._checked >= self._check_every

    async def _reopen(self) -> None:
        async with database.connect(self._path, read_only=True) as connection:
            stamp = await vectors.stamp(connection)
        if stamp != self._stamp:
            self._finder = await self._open_finder() if stamp and stamp.vectors else None
            self._stamp, self._explainer = stamp, None
            self._thumbnails.clear()
        self._checked = time.monotonic()


def _folder_bytes(folder: Path) -> int:
    """Add up the files of a folder; one that goes away meanwhile counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            total += path.stat().st_size if path.is_file() else 0
    return total


def _match_of(answer: "Answer", webtoon_id: int) -> "Match":
    """Find a webtoon in an answer that holds all; raises WebtoonNotFound."""
    for match in answer.matches:
        if match.stored.id == webtoon_id:
            return match
    raise WebtoonNotFound(title=webtoon_id)


def _first_faulty(pictures: Sequence[bytes]) -> int | None:
    from model.decode import decode  # noqa: PLC0415  as below

    for place, data in enumerate(pictures):
        try:
            decode(data)
        except PictureError:
            return place
    return None


def _opened(data: bytes, longest: int) -> "Image":
    """Decode a picture within the limits, reduced towards `longest` pixels a side."""
    from model.opening import open_picture  # noqa: PLC0415  as below

    return open_picture(data, lambda width, height: max(width, height) // longest).image


def _draw(
    answer: "Answer", queries: Sequence[bytes], thumbnails: "Mapping[str, Image]", *, as_jpeg: bool
) -> bytes:
    # Imported here because drawing needs Pillow, and most queries want no sheet.
    from bot import sheet  # noqa: PLC0415

    opened = [_opened(data, 800) for data in queries]
    picture = sheet.draw_sheet(answer, queries=opened, thumbnails=thumbnails)
    return sheet.encode_jpeg(picture) if as_jpeg else sheet.encode_png(picture)


def _draw_stats(figures: "Figures", *, since: date, until: date, language: "Language") -> bytes:
    from bot import sheet, stats_sheet  # noqa: PLC0415  as above

    return sheet.encode_png(stats_sheet.draw_stats(figures, language=language, since=since, until=until))


def _draw_why(why: "Why", query: bytes, thumbnail: bytes, *, as_jpeg: bool) -> bytes:
    from bot import sheet, why_sheet  # noqa: PLC0415  as above

    picture = why_sheet.draw_why(why, query=_opened(query, 1200), thumbnail=_opened(thumbnail, 1200))
    return sheet.encode_jpeg(picture) if as_jpeg else sheet.encode_png(picture)
