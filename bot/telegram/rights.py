"""Who may decide for a chat."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from telegram import Bot, Chat, Message
from telegram.error import BadRequest, Forbidden

KEPT: Final = 300.0  # seconds for which the admins of a chat are believed to be the same
MOST: Final = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The admins of a chat, as they were when they were asked for."""

    admins: frozenset[int]
    at: float


class Rights:
    """The admins of the chats that asked lately."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[int, _Known] = {}

    async def may_decide(self, bot: Bot, chat: Chat, *, user_id: int) -> bool:
        """Tell whether somebody decides for a chat: in a private one everybody, in others its admins."""
        return chat.type == chat.PRIVATE or user_id in await self._admins(bot, chat.id)

    async def may_write_for(self, bot: Bot, message: Message) -> bool:
        """Tell whether the writer of a message decides for its chat; admins may write as the chat itself."""
        if message.sender_chat is not None:
            return message.sender_chat.id == message.chat_id
        writer = message.from_user
        return writer is not None and await self.may_decide(bot, message.chat, user_id=writer.id)

    async def _admins(self, bot: Bot, chat_id: int) -> frozenset[int]:
        known = self._known.get(chat_id)
        if known is None or self._clock() - known.at >= KEPT:
            if len(self._known) >= MOST:
                self._known.clear()
            known = self._known[chat_id] = _Known(admins=await _ask(bot, chat_id), at=self._clock())
        return known.admins


async def _ask(bot: Bot, chat_id: int) -> frozenset[int]:
    try:
        return frozenset(member.user.id for member in await bot.get_chat_administrators(chat_id))
    except (BadRequest, Forbidden):  # the bot is not there any more
        return frozenset()
