"""Keep the messages that follow a job current, until it has ended, on every network that is connected."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from bot import texts as all_texts
from bot.notices import Board, Fate, Notice, Place
from bot.texts import Language
from storage import database, followers, jobs
from storage.errors import GrimcheError, StorageError

if TYPE_CHECKING:
    from bot.boards import Boards
    from bot.texts import Texts
    from storage.followers import Follower
    from storage.records import Job

log = logging.getLogger(__name__)

# Telegram lets a bot send and edit 20 messages a minute in a group: two jobs may be followed there.
EVERY: Final = 6.0
CONCLUDED: Final = 100  # of the latest messages it is known that they told the end

Say = Callable[["Job", "Texts"], Awaitable[Notice]]


class Following:
    """The messages that follow; enter it with `async with`, which edits from a task of its own.

    `say` puts a job into words.  One message is edited at a time each, so that a network which is slow or
    away holds up no other one; what it missed is shown when it is back, also by another process.
    """

    def __init__(self, path: Path, boards: "Boards", *, say: Say, every: float = EVERY) -> None:
        self._path = path
        self._say = say
        self._every = every
        self._boards = boards
        self._shown: dict[Follower, Notice] = {}
        self._concluded: deque[Follower] = deque(maxlen=CONCLUDED)
        self._edits: dict[Follower, asyncio.Task[None]] = {}
        self._due = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        tasks = {self._task, *self._edits.values()}
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)

    async def follow(self, job: int, place: Place, *, language: Language) -> None:
        """Let a message follow a job."""
        follower = followers.Follower(
            job=job,
            door=place.door,
            chat_id=str(place.chat_id),
            message_id=str(place.message_id),
            language=language,
        )
        async with database.connect(self._path) as connection:
            await followers.follow(connection, follower)

    async def move(self, job: int, *, to: int) -> None:
        """Let the messages that follow a job follow the one that goes on in its place."""
        async with database.connect(self._path) as connection:
            await followers.move(connection, job, to=to)

    async def followers_of(self, job: int) -> set[tuple[str, int]]:
        """Name the door and chat of each message that follows a job, or did so until its end."""
        async with database.connect(self._path, read_only=True) as connection:
            listed = await followers.list_followers(connection)
        return {(each.door, int(each.chat_id)) for each in [*self._concluded, *listed] if each.job == job}

    def hurry(self) -> None:
        """Edit now, and not only when it is time: something has ended."""
        self._due.set()

    async def _run(self) -> None:
        while True:
            self._due.clear()
            try:
                await self._edit_all()
            except StorageError as error:
                log.warning("messages could not be edited: %s", error)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._due.wait(), self._every)

    async def _edit_all(self) -> None:
        async with database.connect(self._path, read_only=True) as connection:
            listed = await followers.list_followers(connection)
            known = {each.job: await jobs.get(connection, each.job) for each in listed}
        self._shown = {follower: shown for follower, shown in self._shown.items() if follower in listed}
        for follower in listed:
            board, job = self._boards.get(follower.door), known.get(follower.job)
            if board is not None and job is not None and follower not in self._edits:
                self._edits[follower] = asyncio.create_task(self._edit(board, follower, job))

    async def _edit(self, board: Board, follower: "Follower", job: "Job") -> None:
        try:
            await self._show(board, follower, job)
        except GrimcheError as error:
            log.warning("a message could not be edited: %s", error)
        finally:
            del self._edits[follower]

    async def _show(self, board: Board, follower: "Follower", job: "Job") -> None:
        """Bring one message to what is to be said now; the last word about a job is left standing."""
        notice = await self._say(job, all_texts.get(Language(follower.language)))
        fate = Fate.SHOWN
        if notice != self._shown.get(follower):
            place = Place(
                door=follower.door, chat_id=int(follower.chat_id), message_id=int(follower.message_id)
            )
            fate = await board.edit(place, notice)
        if fate is Fate.SHOWN:
            self._shown[follower] = notice
        if fate is Fate.SHOWN and not notice.job:
            self._concluded.append(follower)
        if fate is Fate.GONE or (fate is Fate.SHOWN and not notice.job):
            async with database.connect(self._path) as connection:
                await followers.unfollow(connection, follower)
