"""Show at once that a question has arrived, and that somebody is at work on it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from telegram import Bot
from telegram.constants import ChatAction, ReactionEmoji
from telegram.error import TelegramError

from bot.telegram.outgoing import Target

EVERY: Final = 4.5  # seconds; Telegram shows an action for five
MOST: Final = 40  # times: nobody waits for longer than three minutes


@asynccontextmanager
async def at_work(bot: Bot, target: Target) -> AsyncIterator[None]:
    """Show signs of life from a task of their own: an answer never waits for them, nor fails with them."""
    task = asyncio.create_task(_react(bot, target) if target.is_group else _act(bot, target))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _react(bot: Bot, target: Target) -> None:
    """Mark the message itself, for in a group it is not clear whom an action is for."""
    try:
        await bot.set_message_reaction(target.chat_id, target.message_id, ReactionEmoji.EYES)
    except TelegramError:  # the group may forbid reactions
        await _act(bot, target)


async def _act(bot: Bot, target: Target) -> None:
    with contextlib.suppress(TelegramError):
        for _ in range(MOST):
            await bot.send_chat_action(
                target.chat_id, ChatAction.UPLOAD_PHOTO, message_thread_id=target.thread_id
            )
            await asyncio.sleep(EVERY)
