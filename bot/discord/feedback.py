"""Bring what people write to the admins, and their answers back."""

import logging
from typing import TYPE_CHECKING, Any, Final

import discord
from discord import ui
from discord.app_commands import Range

from bot import texts as all_texts
from bot.discord.banning import Ban
from bot.discord.calls import Call, take
from bot.discord.context import DOOR, Parts
from bot.discord.languages import choices_of
from bot.discord.markdown import bold, escape
from bot.discord.pages import text_page
from bot.discord.translation import command
from bot.plain import cut

if TYPE_CHECKING:
    from discord.app_commands import CommandTree

    from bot.texts import Texts

log = logging.getLogger(__name__)

LONGEST: Final = 1800  # characters, which may become twice as many; a message has 4000
NAME: Final = 64


def add_to(tree: "CommandTree[Any]") -> None:
    """Add the command that writes to the admins."""
    tree.add_command(command("feedback", feedback))


async def feedback(interaction: discord.Interaction, words: Range[str, 1, LONGEST]) -> None:
    """Bring some words to every admin who can be reached."""
    await take(interaction, lambda call: _relay(call, words), is_ephemeral=True)


async def take_answer(client: discord.Client, parts: Parts, message: discord.Message) -> bool:
    """Bring an admin's answer to who had written, and tell whether the message was one.

    It is, if an admin replies in their direct messages to what was brought there.
    """
    replied = message.reference.message_id if message.reference else None
    if replied is None or message.guild is not None or message.author.id not in parts.admins:
        return False
    relayed = await parts.ledger.relayed(DOOR, replied)
    if relayed is None:
        return False
    is_sent = await _send_back(client, parts, message, user_id=int(relayed.chat_id))
    texts = await _texts_for(parts, message.author.id)
    said = texts.format("chat-feedback-answered" if is_sent else "chat-feedback-unreachable")
    await message.channel.send(view=text_page(escape(said)).view())
    return True


async def send_to(client: discord.Client, user_id: int, markdown: str, *rows: ui.Item[Any]) -> int | None:
    """Write somebody a direct message, and name it; None for who cannot be reached."""
    try:
        user = client.get_user(user_id) or await client.fetch_user(user_id)
        return (await user.send(view=text_page(markdown, *rows).view())).id
    except discord.HTTPException as error:  # they share no server with us, or take no such messages
        log.warning("somebody was not reached: %s %s", type(error).__name__, error.code)
        return None


async def _relay(call: Call, words: str) -> None:
    call.check(call.parts.pace.feedback)
    reached = [admin for admin in sorted(call.parts.admins) if await _bring(call, admin, words=words)]
    await call.say("discord-feedback-sent" if reached else "chat-feedback-nobody")


async def _bring(call: Call, admin: int, *, words: str) -> bool:
    """Bring words to one admin, and note whom the answer will be for."""
    texts = await _texts_for(call.parts, admin)
    header = texts.format("chat-feedback-from", name=cut(call.user.display_name, NAME))
    text = f"{escape(header)} `{call.user.id}`\n\n{escape(words[:LONGEST])}"
    row = ui.ActionRow[Any](Ban.make(texts, call.user.id))
    sent = await send_to(call.interaction.client, admin, text, row)
    if sent is None:
        return False
    await call.parts.ledger.relay(
        DOOR, admin_message=sent, chat_id=call.user.id, message_id=call.interaction.id, person=call.person
    )
    return True


async def _send_back(client: discord.Client, parts: Parts, message: discord.Message, *, user_id: int) -> bool:
    texts = await _texts_for(parts, user_id)
    links = [attachment.url for attachment in message.attachments]
    words = "\n".join([escape(message.content[:LONGEST]), *links])
    text = f"{bold(texts.format('chat-feedback-answer'))}\n{words}"
    return await send_to(client, user_id, text) is not None


async def _texts_for(parts: Parts, user_id: int) -> "Texts":
    """Choose the texts for a direct message; Discord does not say the language of its reader."""
    return all_texts.get((await choices_of(parts, user_id)).language or parts.language)
