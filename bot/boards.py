"""The networks that are connected, and what admins are told there unasked."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot import texts as all_texts

if TYPE_CHECKING:
    from bot.notices import Board, Notice
    from bot.texts import Texts

MOST_NEWS: Final = 20  # that wait for a network which is away

Reader = tuple[str, int]  # a door and the number of an admin


@dataclass(slots=True, kw_only=True)
class _News:
    """Something to tell all admins but those who know it, and the networks where that was done."""

    say: "Callable[[Texts], Notice]"
    without: Collection[Reader]
    told: set[str] = field(default_factory=set)


class Boards:
    """Each network gets the news from a task of its own, when it is connected."""

    def __init__(self) -> None:
        self._boards: dict[str, Board] = {}
        self._events: dict[str, asyncio.Event] = {}
        self._news: deque[_News] = deque(maxlen=MOST_NEWS)

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

    def tell_all(self, say: "Callable[[Texts], Notice]", *, without: Collection[Reader] = ()) -> None:
        """Write to each admin in their language, but for some who know it already."""
        self._news.append(_News(say=say, without=without))
        for event in self._events.values():
            event.set()

    async def _deliver(self, board: "Board", event: asyncio.Event) -> None:
        while True:
            event.clear()
            for news in [news for news in self._news if board.door not in news.told]:
                news.told.add(board.door)
                await _tell(board, news)
            await event.wait()


async def _tell(board: "Board", news: _News) -> None:
    for admin in sorted(board.admins):
        if (board.door, admin) not in news.without:
            await board.post(admin, news.say(all_texts.get(await board.language_of(admin))))
