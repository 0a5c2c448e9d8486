"""Answer pictures: from a message to its one answer."""

from collections.abc import Sequence
from typing import Any

from telegram import Bot, Message, User
from telegram.ext import BaseHandler

from bot.telegram.context import Parts
from bot.telegram.incoming import Source


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """Make the handlers of pictures, in private chats and in groups."""
    raise NotImplementedError


async def answer_message(
    parts: Parts, bot: Bot, message: Message, *, asker: User, pictures: Sequence[Source]
) -> None:
    """Answer `message` with what is drawn like the pictures, which may lie in another message.

    Signs of life, the queue, caches and every foreseen error are taken care of; it returns when the answer
    has been delivered, so that handlers which call it should not block (`block=False`).
    """
    raise NotImplementedError


async def answer_like(parts: Parts, bot: Bot, message: Message, *, asker: User, webtoon_id: int) -> None:
    """Answer `message` with what is drawn like a webtoon of the catalogue."""
    raise NotImplementedError
