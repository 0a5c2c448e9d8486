"""Show at once that a question has arrived, and that somebody is at work on it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from telegram.constants import ChatAction, ReactionEmoji
from telegram.error import TelegramError

if TYPE_CHECKING:
    from telegram import Bot

    from bot.telegram.outgoing import Target

AGAIN: Final = 4.5  # seconds; Telegram shows an action for five
# Times, each after twice the pause of the one before: who waits so long has been told of the queue, and
# hundreds who wait would cost more than the answers they wait for.
MOST: Final = 6
AT_ONCE: Final = 8  # requests: when hundreds wait, their signs shall not stand in the way of answers

_Place = tuple[int, int | None]


@dataclass(slots=True, eq=False, kw_only=True)
class _Acting:
    """What shows an action in a chat, and for how many questions."""

    task: "asyncio.Task[None]"
    questions: int = 0


class Signs:
    """The signs of life of a door: a chat sees one action, however many of its questions are open."""

    def __init__(self) -> None:
        self._room = asyncio.Semaphore(AT_ONCE)
        self._acting: dict[_Place, _Acting] = {}

    @asynccontextmanager
    async def at_work(self, bot: "Bot", target: "Target") -> AsyncIterator[None]:
        """Show signs from a task of their own: an answer never waits for them, nor fails with them."""
        async with self._reacting(bot, target) if target.is_group else self._shared(bot, target):
            yield

    @asynccontextmanager
    async def _reacting(self, bot: "Bot", target: "Target") -> AsyncIterator[None]:
        task = asyncio.create_task(self._react(bot, target))
        try:
            yield
        finally:
            await _end(task)

    @asynccontextmanager
    async def _shared(self, bot: "Bot", target: "Target") -> AsyncIterator[None]:
        """Show an action until the last question of the chat is done with."""
        place = target.chat_id, target.thread_id
        acting = self._acting.get(place)
        if acting is None:
            acting = self._acting[place] = _Acting(task=asyncio.create_task(self._act(bot, target)))
        acting.questions += 1
        try:
            yield
        finally:
            acting.questions -= 1
            if not acting.questions:
                del self._acting[place]
                await _end(acting.task)

    async def _react(self, bot: "Bot", target: "Target") -> None:
        """Mark the message itself, for in a group it is not clear whom an action is for."""
        try:
            async with self._room:
                await bot.set_message_reaction(target.chat_id, target.message_id, ReactionEmoji.EYES)
        except TelegramError:  # the group may forbid reactions
            await self._act(bot, target)

    async def _act(self, bot: "Bot", target: "Target") -> None:
        with contextlib.suppress(TelegramError):
            for times in range(MOST):
                async with self._room:
                    await bot.send_chat_action(
                        target.chat_id, ChatAction.UPLOAD_PHOTO, message_thread_id=target.thread_id
                    )
                await asyncio.sleep(AGAIN * 2**times)


async def _end(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
