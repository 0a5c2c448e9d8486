"""The questions that doors of chat networks took on, and what became of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage import kept
from storage.answers import Answer
from storage.catalogue import STORED_WEBTOONS, stored_webtoon
from storage.database import Connection, Row
from storage.values import exact, from_moment, to_moment


class QueryState(StrEnum):
    """How a question stands; all but `working` and `sending` are done with."""

    WORKING = "working"
    SENDING = "sending"  # the answer is there, but may not have reached the chat
    ANSWERED = "answered"
    FAILED = "failed"
    APOLOGISED = "apologised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question in a chat of a door, by a person whose name is hashed.

    `token` names it in buttons.  `chat_id` is kept until the question is done with, then it is empty:
    private chats have the number of their person.  `sources` are how the door gets the pictures again,
    `unique` is a key over their lasting names; `liked` is the webtoon of "more like this one" instead.
    `digest` is over the pictures' bytes, `stamp` says what the answer was made with; both are empty where
    there is none.  `verdict` is 1 for a thumb up, -1 for one down.
    """

    token: str
    door: str
    chat_id: str
    message_id: str
    person: str
    asked: datetime
    sources: tuple[str, ...] = ()
    unique: str = ""
    liked: int | None = None
    digest: str = ""
    stamp: str = ""
    answer: Answer | None = None
    seconds: float = 0.0
    state: QueryState = QueryState.WORKING
    verdict: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An answer as it was made for a question: from which bytes, with what, and in how many seconds."""

    answer: Answer
    digest: str
    stamp: str
    seconds: float


_QUERY = """
SELECT token, door, chat_id, message_id, person, asked, sources, names, liked, digest, stamp, answer,
    seconds, state, verdict
FROM queries
"""

_ADD = """
INSERT INTO queries (token, door, chat_id, message_id, person, asked, state, liked, sources, names)
VALUES (:token, :door, :chat_id, :message_id, :person, :asked, :state, :liked, :sources, :names)
"""

_ANSWER = """
UPDATE queries SET answer = :answer, digest = :digest, stamp = :stamp, seconds = :seconds, state = :state,
    chat_id = iif(:is_done, '', chat_id)
WHERE token = :token
"""

_THESE = "WHERE webtoons.id IN (SELECT value FROM json_each(:ids))"
_UNFINISHED = "state IN ('working', 'sending')"


async def add_query(connection: Connection, query: Query) -> None:
    """Note a question that is taken on."""
    values = {
        "token": query.token,
        "door": query.door,
        "chat_id": query.chat_id,
        "message_id": query.message_id,
        "person": query.person,
        "asked": from_moment(query.asked),
        "state": query.state,
        "liked": query.liked,
        "sources": json.dumps(query.sources),
        "names": exact(query.unique),
    }
    await connection.rows(_ADD, values)


async def save_answer(connection: Connection, token: str, *, made: Made, state: QueryState) -> None:
    """Keep the answer to a question, and how it stands then."""
    values = {
        "token": token,
        "answer": kept.to_text(made.answer),
        "digest": made.digest,
        "stamp": made.stamp,
        "seconds": made.seconds,
        "state": state,
        "is_done": state is not QueryState.SENDING,
    }
    await connection.rows(_ANSWER, values)


async def finish_query(connection: Connection, token: str, *, state: QueryState) -> None:
    """Note how a question ended; where it was asked is forgotten."""
    await connection.rows(
        "UPDATE queries SET state = :state, chat_id = '' WHERE token = :token",
        {"token": token, "state": state},
    )


async def save_verdict(connection: Connection, token: str, *, verdict: int) -> None:
    """Keep what the person thinks of an answer: 1, -1 or, taken back, 0."""
    await connection.rows(
        "UPDATE queries SET verdict = :verdict WHERE token = :token", {"token": token, "verdict": verdict}
    )


async def get_query(connection: Connection, token: str) -> Query | None:
    """Look a question up; matches whose webtoons have gone are left out of its answer."""
    return await _first(connection, await connection.rows(f"{_QUERY} WHERE token = :token", {"token": token}))


async def list_unfinished(connection: Connection, door: str) -> list[Query]:
    """List the questions of a door that nobody has been answered yet, oldest first."""
    rows = await connection.rows(f"{_QUERY} WHERE door = :door AND {_UNFINISHED} ORDER BY id", {"door": door})
    return [await _query(connection, row) for row in rows]


async def find_known(connection: Connection, door: str, *, unique: str, stamp: str) -> Query | None:
    """Find the newest answer to the same files of a door, by their lasting names."""
    rows = await connection.rows(
        f"{_QUERY} WHERE names = :names AND names <> '' AND answer IS NOT NULL"
        " AND door = :door AND stamp = :stamp ORDER BY id DESC LIMIT 1",
        {"names": exact(unique), "door": door, "stamp": stamp},
    )
    return await _first(connection, rows)


async def find_same(connection: Connection, digest: str, *, stamp: str) -> Query | None:
    """Find the newest answer to the same bytes, whichever door they came through."""
    rows = await connection.rows(
        f"{_QUERY} WHERE digest = :digest AND digest <> '' AND answer IS NOT NULL"
        " AND stamp = :stamp ORDER BY id DESC LIMIT 1",
        {"digest": digest, "stamp": stamp},
    )
    return await _first(connection, rows)


async def _first(connection: Connection, rows: Sequence[Row]) -> Query | None:
    return await _query(connection, rows[0]) if rows else None


async def _query(connection: Connection, row: Row) -> Query:
    token, door, chat_id, message_id, person, asked, sources, names, *rest = row
    liked, digest, stamp, answer, seconds, state, verdict = rest
    return Query(
        token=token,
        door=door,
        chat_id=chat_id,
        message_id=message_id,
        person=person,
        asked=to_moment(asked),
        sources=tuple(json.loads(sources)),
        unique=names,
        liked=liked,
        digest=digest,
        stamp=stamp,
        answer=await _answer(connection, answer) if answer else None,
        seconds=seconds,
        state=QueryState(state),
        verdict=verdict,
    )


async def _answer(connection: Connection, text: str) -> Answer | None:
    parts = kept.read_parts(text)
    if parts is None:
        return None
    ids = json.dumps(sorted(kept.webtoon_ids(parts)))
    rows = await connection.rows(f"{STORED_WEBTOONS} {_THESE}", {"ids": ids})
    return kept.to_answer(parts, webtoons={stored.id: stored for stored in map(stored_webtoon, rows)})
