"""Collect the pictures of an album: each comes as an update of its own, and none says how many follow."""

import asyncio
from typing import Final

from telegram import Message

PAUSE: Final = 0.8  # seconds without another picture after which an album is taken as complete
MOST: Final = 10


class Albums:
    """The albums whose pictures are still coming in."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._open: dict[tuple[int, str], tuple[list[Message], asyncio.Event]] = {}

    async def collect(self, message: Message) -> tuple[Message, ...]:
        """Return all messages of the album to who brought the first one, and nothing to the others."""
        if message.media_group_id is None:
            return (message,)
        key = (message.chat_id, message.media_group_id)
        if key in self._open:
            messages, more = self._open[key]
            messages.append(message)
            more.set()
            return ()
        messages, more = self._open[key] = ([message], asyncio.Event())
        try:
            await self._wait(messages, more)
        finally:
            del self._open[key]
        return tuple(sorted(messages, key=lambda each: each.message_id))

    async def _wait(self, messages: list[Message], more: asyncio.Event) -> None:
        """Wait until no picture has come for a while, or as many have as an album can hold."""
        while len(messages) < MOST:
            more.clear()
            try:
                await asyncio.wait_for(more.wait(), self._pause)
            except TimeoutError:
                return
