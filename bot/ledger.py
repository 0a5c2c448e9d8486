"""What the doors of chat networks note down: questions, answers, choices, files and bans."""

import asyncio
import hmac
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Self

from bot.choices import ChatChoices, chat_of, choices_of
from bot.memory import Recent
from storage import chats, database, notes, people, queries, tuning, uploads, usage
from storage.answers import Answer
from storage.database import Connection
from storage.people import Relay
from storage.queries import Made, Query, QueryState
from storage.usage import Complaint, Figures

SALT = "salt"
PERSON_DIGITS = 32
SETTLING = 1.0  # seconds to wait for others when the log is emptied


class Ledger:
    """One connection to the database that all doors share; enter it with `async with`.

    Each call is one transaction, and they run one after the other.  All raise StorageError.
    """

    def __init__(self, path: Path, *, patience: float = database.PATIENCE) -> None:
        self._path = path
        self._patience = patience
        self._lock = asyncio.Lock()
        self._opened = AsyncExitStack()
        self._salt = b""
        self._banned: set[tuple[str, str]] = set()
        self._choices: Recent[tuple[str, str], ChatChoices] = Recent()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as opened:
            noting = tuning.connect_to_note(self._path, patience=self._patience)
            self._connection = await opened.enter_async_context(noting)
            salt = await notes.first_note(self._connection, SALT, value=secrets.token_hex(32))
            self._salt = salt.encode()
            self._banned = await people.list_banned(self._connection)
            self._opened = opened.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._opened.aclose()

    def person(self, door: str, user_id: int | str) -> str:
        """Hash who asks with the salt of this database: 32 hexadecimal digits."""
        return hmac.digest(self._salt, f"{door}:{user_id}".encode(), "sha256").hex()[:PERSON_DIGITS]

    async def begin(self, query: Query) -> None:
        """Note a question that is taken on."""
        async with self._use() as connection:
            await queries.add_query(connection, query)

    async def answered(
        self,
        token: str,
        *,
        answer: Answer,
        digest: str,
        stamp: str,
        seconds: float,
        is_delivered: bool = True,
    ) -> None:
        """Keep the answer; one that is not delivered yet is unfinished until `delivered` says so."""
        made = Made(answer=answer, digest=digest, stamp=stamp, seconds=seconds)
        state = QueryState.ANSWERED if is_delivered else QueryState.SENDING
        async with self._use() as connection:
            await queries.save_answer(connection, token, made=made, state=state)

    async def delivered(self, token: str) -> None:
        """Note that an answer has reached its chat."""
        await self._finish(token, QueryState.ANSWERED)

    async def failed(self, token: str) -> None:
        """Note that a question cannot be answered."""
        await self._finish(token, QueryState.FAILED)

    async def apologised(self, token: str) -> None:
        """Note that somebody was told that the question was lost."""
        await self._finish(token, QueryState.APOLOGISED)

    async def query(self, token: str) -> Query | None:
        """Look a question up."""
        async with self._use() as connection:
            return await queries.get_query(connection, token)

    async def unfinished(self, door: str) -> list[Query]:
        """List what a door took on and did not bring to an end, oldest first."""
        async with self._use() as connection:
            return await queries.list_unfinished(connection, door)

    async def known(self, door: str, unique: str, *, stamp: str) -> Query | None:
        """Find an answer to the same files of a door that would be the same now."""
        async with self._use() as connection:
            return await queries.find_known(connection, door, unique=unique, stamp=stamp)

    async def same(self, digest: str, *, stamp: str) -> Query | None:
        """Find an answer to the same bytes that would be the same now."""
        async with self._use() as connection:
            return await queries.find_same(connection, digest, stamp=stamp)

    async def judge(self, token: str, verdict: int) -> None:
        """Keep what somebody thinks of an answer: 1, -1 or, taken back, 0."""
        async with self._use() as connection:
            await queries.save_verdict(connection, token, verdict=verdict)

    async def choices(self, door: str, chat_id: int | str) -> ChatChoices:
        """Read what a chat has chosen; it is asked for at every turn, so it is remembered."""
        key = (door, self.person(door, chat_id))
        if (known := self._choices.get(key)) is not None:
            return known
        async with self._use() as connection:
            choices = choices_of(await chats.get_chat(connection, door, chat_id=key[1]))
            self._choices.keep(key, choices)
            return choices

    async def choose(self, door: str, chat_id: int | str, choices: ChatChoices) -> None:
        """Keep what a chat has chosen."""
        key = (door, self.person(door, chat_id))
        async with self._use() as connection:
            await chats.save_chat(connection, chat_of(*key, choices=choices))
            self._choices.keep(key, choices)

    async def is_banned(self, door: str, person: str) -> bool:
        """Tell whether somebody may not ask."""
        return (door, person) in self._banned

    async def ban(self, door: str, person: str, *, by: str) -> None:
        """Shut somebody out."""
        async with self._use() as connection:
            await people.ban(connection, door, person=person, by=by)
            self._banned.add((door, person))

    async def unban(self, door: str, person: str) -> bool:
        """Let somebody in again, and tell whether there was a ban."""
        async with self._use() as connection:
            was_banned = (door, person) in self._banned
            await people.unban(connection, door, person=person)
            self._banned.discard((door, person))
            return was_banned

    async def upload(self, bot: str, name: str) -> str | None:
        """Say what a network calls a file that the bot has sent before."""
        async with self._use() as connection:
            return await uploads.get_upload(connection, bot, name=name)

    async def uploaded(self, bot: str, name: str, file_id: str) -> None:
        """Keep what a network calls a file."""
        async with self._use() as connection:
            await uploads.save_upload(connection, bot, name=name, file_id=file_id)

    async def drop(self, bot: str, name: str) -> None:
        """Forget what a network called a file, which it does not know any more."""
        async with self._use() as connection:
            await uploads.drop_upload(connection, bot, name=name)

    async def relay(
        self,
        door: str,
        *,
        admin_message: int | str,
        chat_id: int | str,
        message_id: int | str,
        person: str = "",
    ) -> None:
        """Keep whose message a message to the admins was made from."""
        relay = Relay(chat_id=str(chat_id), message_id=str(message_id))
        async with self._use() as connection:
            await people.save_relay(
                connection, door, admin_message=str(admin_message), relay=relay, person=person
            )

    async def relayed(self, door: str, admin_message: int | str) -> Relay | None:
        """Find the message that a message to the admins was made from."""
        async with self._use() as connection:
            return await people.get_relay(connection, door, admin_message=str(admin_message))

    async def note(self, name: str) -> str | None:
        """Look a note up."""
        async with self._use() as connection:
            return await notes.get_note(connection, name)

    async def keep_note(self, name: str, value: str) -> None:
        """Keep a note, in place of the one before."""
        async with self._use() as connection:
            await notes.save_note(connection, name, value=value)

    async def forget(self, door: str, person: str, chat_id: int | str | None = None) -> int:
        """Remove what is kept of somebody, down to the bytes in the file, and count the rows.

        A ban stays.  `chat_id` is the person's private chat.
        """
        async with self._use() as connection, database.transaction(connection):
            count = await people.forget(
                connection, door, person=person, chat_id="" if chat_id is None else str(chat_id)
            )
            self._choices = Recent()
        await self._settle()
        return count

    async def expire(self, before: datetime) -> int:
        """Remove questions, relays and names of files from before a moment, and count the rows."""
        async with self._use() as connection, database.transaction(connection):
            count = await people.expire(connection, before)
        await self._settle()
        return count

    async def figures(self, since: datetime) -> Figures:
        """Count the questions that came since a moment."""
        async with database.connect(self._path, read_only=True) as own, database.snapshot(own):
            return await usage.count_queries(own, since)

    async def complaints(self, since: datetime, *, limit: int = 10) -> list[Complaint]:
        """List the answers that people judged bad since a moment, the newest first."""
        async with database.connect(self._path, read_only=True) as own:
            return await usage.list_complaints(own, since, limit=limit)

    async def _settle(self) -> None:
        """Bring what was removed out of the log too; where others are in the way, the next time does."""
        await tuning.empty_log(self._path, patience=min(SETTLING, self._patience))

    async def _finish(self, token: str, state: QueryState) -> None:
        async with self._use() as connection:
            await queries.finish_query(connection, token, state=state)

    @asynccontextmanager
    async def _use(self) -> AsyncIterator[Connection]:
        async with self._lock:
            yield self._connection


def new_token() -> str:
    """Name a question by 16 characters that nobody can guess."""
    return secrets.token_urlsafe(12)
