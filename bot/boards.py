"""The networks that are connected, and what admins are told there unasked."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot import texts as all_texts
from bot.notices import Fate, read_notice, write_notice
from bot.texts import Language
from storage import database, news, notes
from storage.errors import StorageError

if TYPE_CHECKING:
    from bot.notices import Board, Notice
    from bot.texts import Texts

log = logging.getLogger(__name__)

AGAIN: Final = 30.0  # seconds after which a network that was away is tried again

Reader = tuple[str, int]  # a door and the number of an admin
Say = Callable[["Texts"], "Notice"]


class Boards:
    """Each of the `networks` gets the news from a task of its own, when it is connected.

    Until then they wait in the database at `path`, also for another process.
    """

    def __init__(self, path: Path, networks: Collection[str]) -> None:
        self._path = path
        self._networks = networks
        self._boards: dict[str, Board] = {}
        self._events: dict[str, asyncio.Event] = {}

    @asynccontextmanager
    async def joined(self, board: "Board") -> AsyncIterator[None]:
        """Write to a network for as long as this lasts."""
        self._boards[board.door] = board
        event = self._events[board.door] = asyncio.Event()
        task = asyncio.create_task(self._deliver(board, event))
        try:
            yield
        finally:
            del self._boards[board.door], self._events[board.door]
            task.cancel()
            await asyncio.wait({task})

    def get(self, door: str) -> "Board | None":
        """Find a network that is connected."""
        return self._boards.get(door)

    async def tell_all(
        self, say: Say, *, without: Collection[Reader] = (), note: tuple[str, str] | None = None
    ) -> None:
        """Write to each admin in their language, but for some who know it already.

        A `note`, by its name, that it was told is kept with it or not at all.  Raises StorageError.
        """
        said = json.dumps({each: write_notice(say(all_texts.get(each))) for each in Language})
        async with database.connect(self._path) as connection, database.transaction(connection):
            for door in self._networks:
                known = {admin for network, admin in without if network == door}
                await news.add(connection, door, said=said, known=known)
            if note is not None:
                await notes.save_note(connection, note[0], value=note[1])
        for event in self._events.values():
            event.set()

    async def tell_once(self, of: str, fault: str, *, say: Say, without: Collection[Reader] = ()) -> None:
        """Tell all of a fault that is another one than the last of its kind; none is noted as none.

        Raises StorageError.
        """
        name = f"fault {of}"
        async with database.connect(self._path, read_only=True) as connection:
            before = await notes.get_note(connection, name) or ""
        if fault and fault != before:
            await self.tell_all(say, without=without, note=(name, fault))
        elif fault != before:
            async with database.connect(self._path) as connection:
                await notes.save_note(connection, name, value="")

    async def _deliver(self, board: "Board", event: asyncio.Event) -> None:
        while True:
            event.clear()
            try:
                is_there = await self._pass_on(board)
            except StorageError as error:
                log.warning("news could not be read: %s", error)
                is_there = False
            with suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), None if is_there else AGAIN)

    async def _pass_on(self, board: "Board") -> bool:
        """Tell what waits, the oldest first, as long as the network is there; say whether it was."""
        async with database.connect(self._path, read_only=True) as connection:
            waiting = await news.waiting(connection, board.door)
        for each in waiting:
            if not await self._tell(board, each):
                return False
        return True

    async def _tell(self, board: "Board", each: news.News) -> bool:
        """Tell every admin, and note who was told: a restart shall tell the others only."""
        notices, known = json.loads(each.said), set(each.known)
        for admin in sorted(board.admins - known):
            notice = read_notice(notices[await board.language_of(admin)])
            if await board.post(admin, notice) is Fate.LATER:
                return False
            known.add(admin)
            async with database.connect(self._path) as connection:
                await news.know(connection, each.id, known=known)
        async with database.connect(self._path) as connection:
            await news.remove(connection, each.id)
        return True
