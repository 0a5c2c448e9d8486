"""How a question of a chat is taken on, answered and noted down: the same for every network."""

import hashlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.ledger import Ledger, new_token
from bot.turns import Told, Turns
from storage.errors import Banned, Expired
from storage.queries import Query

if TYPE_CHECKING:
    from bot.service import Service
    from storage.answers import Answer

Fetch = Callable[[], Awaitable[Sequence[bytes]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as it came in; see Query for the names.  Who is `exempt` may ask as often as he likes."""

    door: str
    chat_id: str
    message_id: str
    person: str
    sources: tuple[str, ...] = ()
    unique: str = ""
    exempt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a door sends; `pictures` is None where the answer was known before they were fetched."""

    token: str
    answer: "Answer"
    pictures: tuple[bytes, ...] | None
    cached: bool
    digest: str


Send = Callable[[Answered], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """An answer, and what it was made with."""

    answer: "Answer"
    stamp: str
    digest: str = ""
    pictures: tuple[bytes, ...] | None = ()
    cached: bool = False


class Desk:
    """Takes questions on, each in its turn."""

    def __init__(self, service: "Service", ledger: Ledger, turns: Turns) -> None:
        self._service = service
        self._ledger = ledger
        self._turns = turns

    async def similar(
        self, asked: Asked, *, fetch: Fetch, told: Told | None = None, send: Send | None = None
    ) -> Answered:
        """Answer pictures, which `fetch` brings unless their answer is known.

        `told` is told the place in the queue, if there is a wait.  With `send`, the turn lasts until the
        answer is sent, so that a person's answers come in order, and one that was not sent when the
        process died is unfinished.  Raises Banned, SlowDown, and what Service.similar and `fetch` raise.
        """
        return await self._answer(asked, lambda: self._similar(asked, fetch), told=told, send=send)

    async def like(
        self, asked: Asked, webtoon_id: int, *, told: Told | None = None, send: Send | None = None
    ) -> Answered:
        """Answer what is drawn like a webtoon; raises WebtoonNotFound besides."""
        return await self._answer(
            asked, lambda: self._like(webtoon_id), liked=webtoon_id, told=told, send=send
        )

    async def again(self, token: str) -> Query:
        """Look up what a button belongs to; raises Expired when its answer is not kept any more."""
        query = await self._ledger.query(token)
        if query is None or query.answer is None:
            raise Expired
        return query

    @asynccontextmanager
    async def turn(self, asked: Asked, *, told: Told | None = None) -> AsyncIterator[None]:
        """Take a turn for what is no new question but costs as much; raises Banned and SlowDown."""
        await self._admit(asked)
        async with self._turns.take(asked.person, chat=_chat(asked), told=told, exempt=asked.exempt):
            yield

    async def _answer(
        self,
        asked: Asked,
        find: Callable[[], Awaitable[_Found]],
        *,
        liked: int | None = None,
        told: Told | None,
        send: Send | None,
    ) -> Answered:
        with self._service.observed.meters.asking(asked.door):
            await self._admit(asked)
            return await self._answer_admitted(asked, find, liked=liked, told=told, send=send)

    async def _answer_admitted(
        self,
        asked: Asked,
        find: Callable[[], Awaitable[_Found]],
        *,
        liked: int | None,
        told: Told | None,
        send: Send | None,
    ) -> Answered:
        started = time.perf_counter()
        query = _query(asked, liked=liked)
        await self._ledger.begin(query)
        try:
            async with self._turns.take(asked.person, chat=_chat(asked), told=told, exempt=asked.exempt):
                found = await find()
                await self._ledger.answered(
                    query.token,
                    answer=found.answer,
                    digest=found.digest,
                    stamp=found.stamp,
                    seconds=time.perf_counter() - started,
                    is_delivered=send is None,
                )
                answered = _answered(query.token, found)
                if send is not None:
                    await send(answered)
                    await self._ledger.delivered(query.token)
                return answered
        except Exception:
            await self._ledger.failed(query.token)
            raise

    async def _admit(self, asked: Asked) -> None:
        """Turn away who may not ask now, before anything is noted."""
        if await self._ledger.is_banned(asked.door, asked.person):
            raise Banned
        self._turns.check(asked.person, chat=_chat(asked), exempt=asked.exempt)

    async def _similar(self, asked: Asked, fetch: Fetch) -> _Found:
        stamp = await self._service.stamp()
        known = await self._ledger.known(asked.door, asked.unique, stamp=stamp)
        if known is not None and known.answer is not None:
            return _found_before(known, known.answer, pictures=None)
        pictures = tuple(await fetch())
        digest = digest_of(pictures)
        same = await self._ledger.same(digest, stamp=stamp)
        if same is not None and same.answer is not None:
            return _found_before(same, same.answer, pictures=pictures)
        answer = await self._service.similar(pictures)
        return _Found(answer=answer, stamp=await self._kept(stamp), digest=digest, pictures=pictures)

    async def _like(self, webtoon_id: int) -> _Found:
        stamp = await self._service.stamp()
        answer = await self._service.like(webtoon_id)
        return _Found(answer=answer, stamp=await self._kept(stamp))

    async def _kept(self, stamp: str) -> str:
        """Return the stamp of an answer, or none where the catalogue changed while it was made."""
        return stamp if await self._service.stamp() == stamp else ""


def digest_of(pictures: Sequence[bytes]) -> str:
    """Name pictures by their bytes: 64 hexadecimal digits."""
    return hashlib.sha256(b"".join(hashlib.sha256(picture).digest() for picture in pictures)).hexdigest()


def _query(asked: Asked, *, liked: int | None) -> Query:
    return Query(
        token=new_token(),
        door=asked.door,
        chat_id=asked.chat_id,
        message_id=asked.message_id,
        person=asked.person,
        asked=datetime.now(UTC),
        sources=asked.sources,
        unique=asked.unique,
        liked=liked,
    )


def _found_before(query: Query, answer: "Answer", *, pictures: tuple[bytes, ...] | None) -> _Found:
    return _Found(answer=answer, stamp=query.stamp, digest=query.digest, pictures=pictures, cached=True)


def _answered(token: str, found: _Found) -> Answered:
    return Answered(
        token=token, answer=found.answer, pictures=found.pictures, cached=found.cached, digest=found.digest
    )


def _chat(asked: Asked) -> str:
    return f"{asked.door}:{asked.chat_id}"
