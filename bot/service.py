"""Answer what every door asks: similar pictures, webtoons alike, titles, pictures and figures."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bot import drawing
from bot.current_finder import CurrentFinder, Open
from bot.observed import Observed
from bot.pool import Limits, Pool
from bot.reading import Reader
from bot.thumbnails import Thumbnails
from storage.errors import TooManyPictures, WebtoonNotFound

if TYPE_CHECKING:
    from bot.metrics import Stored
    from bot.standing import Status
    from bot.texts import Language
    from model.explaining import Explainer
    from model.finder import Finder
    from storage.answers import Answer, Match, Why
    from storage.usage import Figures

EVERY = sys.maxsize
USUAL = 150  # thumbnails that a picture's traits are compared with; measuring them takes a second, once


class Service(Reader):
    """What every door calls; enter it with `async with`.

    What it answers with is opened anew where it has changed, also by another process; this is looked up
    at most every `check_every` seconds.
    """

    def __init__(
        self,
        data: Path,
        *,
        path: Path,
        open_finder: Open,
        limits: Limits,
        check_every: float = 1.0,
        observed: Observed | None = None,
    ) -> None:
        super().__init__(path)
        self.observed = observed or Observed()
        self._data = data
        self._limits = limits
        self._current = CurrentFinder(
            path, open_finder=open_finder, check_every=check_every, changed=self._forget
        )
        self._explainer: tuple[Finder, Explainer] | None = None
        self._pool = Pool(limits)
        self._thumbnails = Thumbnails()
        self.observed.queues["pictures"] = self._pool

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.close()

    async def keep_current(self) -> None:
        """Open anew whatever has changed, for as long as this runs: no query waits for it."""
        await self._current.keep()

    async def similar(self, pictures: Sequence[bytes], *, top: int = 10) -> "Answer":
        """Find the webtoons drawn most like the pictures, which are taken as one artist's.

        Raises PictureError, EmptyCatalogue, Busy and GenerationError.
        """
        self._check_number(pictures)
        finder = await self._current.get()
        return await self._pool.run(finder.find, pictures, top=top)

    async def like(self, webtoon_id: int, *, top: int = 10) -> "Answer":
        """Find the webtoons drawn most like one of the catalogue; raises WebtoonNotFound besides."""
        await self.webtoon(webtoon_id)
        finder = await self._current.get()
        return await self._pool.run(finder.like, webtoon_id, top=top)

    async def why(self, pictures: Sequence[bytes], *, webtoon_id: int) -> "Why":
        """Say why a webtoon of the catalogue is as alike to the pictures as it is.

        Raises what `similar` raises, and WebtoonNotFound.
        """
        self._check_number(pictures)
        finder = await self._current.get()
        answer = await self._pool.run(finder.find, pictures, top=EVERY)
        return await self._explain(finder, pictures, match=_match_of(answer, webtoon_id))

    async def why_like(self, liked_id: int, *, webtoon_id: int) -> "Why":
        """Say why one webtoon of the catalogue is like another, by their two most similar thumbnails."""
        await self.webtoon(liked_id)
        finder = await self._current.get()
        match = _match_of(await self._pool.run(finder.like, liked_id, top=EVERY), webtoon_id)
        back = await self._pool.run(finder.find, [await self._bytes(match.picture)], top=EVERY)
        asked = _match_of(back, liked_id).picture
        return replace(await self._explain(finder, [await self._bytes(asked)], match=match), asked=asked)

    async def stamp(self) -> str:
        """Name the state of generation and catalogue that answers are made of now; raises EmptyCatalogue."""
        await self._current.get()
        stamp = self._current.stamp
        return f"{stamp.generation}:{stamp.revision}:{stamp.changes}" if stamp else ""

    async def stored(self) -> "Stored":
        """Read what the metrics tell of the database."""
        from bot.standing import read_stored  # noqa: PLC0415  a question needs it not

        return await read_stored(self._path)

    async def status(self) -> "Status":
        """Tell how Grimche stands."""
        from bot.standing import read_status  # noqa: PLC0415  as above

        return await read_status(self._path, self._data, self.observed)

    async def sheet(self, answer: "Answer", *, pictures: Sequence[bytes], as_jpeg: bool = False) -> bytes:
        """Draw the answer to these pictures as one PNG, or as a JPEG, which is made much faster."""
        names = [match.picture for match in answer.matches]
        known = self._thumbnails.known(names)
        found = await self.pictures([name for name in names if name not in known])
        unknown = {picture.sha256: picture.data for picture in found}

        def draw() -> bytes:
            return drawing.draw_answer(
                answer, pictures, known | self._thumbnails.add(unknown), as_jpeg=as_jpeg
            )

        return await self._pool.run(draw)

    async def why_sheet(self, why: "Why", *, pictures: Sequence[bytes], as_jpeg: bool = False) -> bytes:
        """Draw why the match to these pictures is one, as one PNG, or as a JPEG."""
        query = await self._bytes(why.asked) if why.asked else pictures[why.picture]
        thumbnail = await self._bytes(why.match.picture)
        return await self._pool.run(drawing.draw_why, why, query, thumbnail, as_jpeg=as_jpeg)

    async def stats_sheet(self, figures: "Figures", *, since: date, language: "Language") -> bytes:
        """Draw how much it is used as one PNG."""
        until = datetime.now(UTC).date()
        return await self._pool.run(drawing.draw_stats, figures, since=since, until=until, language=language)

    async def first_faulty(self, pictures: Sequence[bytes]) -> int | None:
        """Tell which of several pictures is the first that cannot be used, counted from 0, if any."""
        return await self._pool.run(drawing.find_faulty, pictures)

    async def _explain(self, finder: "Finder", pictures: Sequence[bytes], *, match: "Match") -> "Why":
        if self._explainer is None or self._explainer[0] is not finder:
            sample = [await self._bytes(sha256) for sha256 in await self.samples(USUAL)]
            self._explainer = (finder, await self._pool.run(finder.explainer, sample))
        _, explainer = self._explainer
        thumbnail = await self._bytes(match.picture)
        return await self._pool.run(explainer.explain, pictures, match=match, thumbnail=thumbnail)

    def _check_number(self, pictures: Sequence[bytes]) -> None:
        if len(pictures) > self._limits.pictures:
            raise TooManyPictures(count=len(pictures), maximum=self._limits.pictures)

    def _forget(self) -> None:
        """Forget what was kept of a catalogue that has changed."""
        self._explainer = None
        self._thumbnails.clear()


def _match_of(answer: "Answer", webtoon_id: int) -> "Match":
    """Find a webtoon in an answer that holds all; raises WebtoonNotFound."""
    for match in answer.matches:
        if match.stored.id == webtoon_id:
            return match
    raise WebtoonNotFound(title=webtoon_id)
