"""Answer messages: in direct messages and forwards, where we are mentioned, and where a server wishes it."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import discord

from bot.desk import Asked
from bot.discord.context import DOOR, Parts
from bot.discord.errors import say_message_error
from bot.discord.feedback import take_answer
from bot.discord.incoming import Source, sources_near, sources_of
from bot.discord.languages import View, is_automatic, is_open, place_of_message, view_of
from bot.discord.questions import Question, answer_pictures
from bot.discord.replies import MessageReply
from storage.errors import Banned, Busy, GrimcheError, SlowDown

if TYPE_CHECKING:
    from bot.discord.client import BotClient

HUSH: Final = 60.0  # seconds in which nobody is refused aloud twice
EVERY: Final = 8.0  # seconds; Discord shows for ten that somebody types
MOST: Final = 20  # times
_KINDS: Final = frozenset({discord.MessageType.default, discord.MessageType.reply})


async def answer_message(client: "BotClient", message: discord.Message) -> None:
    """Answer a message that asks us something; others are not looked at further."""
    parts = client.parts
    if parts.work.is_ending or _is_by_machine(message) or message.type not in _KINDS:
        return
    is_addressed = message.guild is None or _mentions(client, message)
    if not is_addressed and not sources_of(message):
        return
    async with parts.work:
        if await take_answer(client, parts, message):
            return
        view = await view_of(parts, place_of_message(message))
        if not _is_meant(parts, view, is_addressed=is_addressed):
            return
        await _answer(client, message, view, sources=sources_near(message))


async def _answer(
    client: "BotClient", message: discord.Message, view: View, *, sources: Sequence[Source]
) -> None:
    parts, reply = client.parts, MessageReply(message)
    question = Question(parts=parts, client=client, view=view, reply=reply, asked=_asked(parts, message))
    try:
        if sources:
            async with _typing(message):
                await answer_pictures(question, sources)
        elif not await parts.ledger.is_banned(DOOR, question.asked.person):
            parts.pace.calls.check(question.asked.person, chat=_chat(message), now=time.monotonic())
            parts.pace.calls.count(question.asked.person, chat=_chat(message), now=time.monotonic())
            await reply.say(view.texts.format("chat-hint"))
    except Exception as error:  # noqa: BLE001  the boundary of this door
        if not _is_hushed(question, error):
            await say_message_error(reply, error, texts=view.texts)


@asynccontextmanager
async def _typing(message: discord.Message) -> AsyncIterator[None]:
    """Show that somebody is at work, from a task of its own: an answer never waits for it."""
    task = asyncio.create_task(_type(message))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _type(message: discord.Message) -> None:
    with contextlib.suppress(discord.DiscordException, OSError):
        for _ in range(MOST):
            await message.channel.typing()
            await asyncio.sleep(EVERY)


def _asked(parts: Parts, message: discord.Message) -> Asked:
    return Asked(
        door=DOOR,
        chat_id=str(message.channel.id),
        message_id=str(message.id),
        person=parts.ledger.person(DOOR, message.author.id),
        exempt=message.author.id in parts.admins,
    )


def _chat(message: discord.Message) -> str:
    return f"{DOOR}:{message.channel.id}"


def _is_by_machine(message: discord.Message) -> bool:
    return message.author.bot or message.webhook_id is not None


def _mentions(client: "BotClient", message: discord.Message) -> bool:
    """Tell whether a message names us itself; a reply to us may be mere thanks."""
    return (
        client.user is not None
        and f"{client.user.id}>" in message.content
        and client.user in message.mentions
    )


def _is_meant(parts: Parts, view: View, *, is_addressed: bool) -> bool:
    """Tell whether a place wants an answer that everybody sees."""
    if view.place.guild_id is None:
        return True
    if not is_open(parts, view.place, view.choices):
        return False
    return is_addressed or is_automatic(parts, view.place, view.choices)


def _is_hushed(question: Question, error: Exception) -> bool:
    """Tell whether a refusal would only repeat the last one."""
    if not isinstance(error, Banned | SlowDown | Busy):
        return False
    return isinstance(error, GrimcheError) and question.parts.memory.refused.is_again(
        f"{question.asked.chat_id}:{question.asked.person}:{error.key}",
        seconds=float(error.values.get("seconds", HUSH)),
        now=time.monotonic(),
    )
