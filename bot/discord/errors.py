"""Say what went wrong in one sentence: the boundary of the Discord door."""

import contextlib
import logging
import secrets
from typing import TYPE_CHECKING, Final

import aiohttp
import discord

from bot import texts as all_texts
from bot.discord.context import parts_of
from bot.discord.languages import language_of
from bot.discord.markdown import escape
from bot.discord.pages import text_page
from storage.errors import GrimcheError

if TYPE_CHECKING:
    from bot.discord.replies import Reply
    from bot.texts import Texts

log = logging.getLogger(__name__)

# What comes of people deleting, leaving and forbidding, and of answers that come too late:
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
_NOBODYS_FAULT: Final = frozenset(
    {
        10003,  # unknown channel
        10008,  # unknown message
        10015,  # unknown webhook: the token of an interaction is older than a quarter of an hour
        10062,  # unknown interaction: it was not taken on within three seconds
        40060,  # an interaction that has been answered
        50001,  # no access
        50007,  # somebody takes no messages
        50013,  # no permission
        50027,  # as 10015
        50035,  # invalid form: the only thing that changes under us is a reference to a deleted message
        50083,  # an archived thread
        160002,  # no permission to reply without reading the history
    }
)
_NETWORK: Final = (discord.DiscordServerError, discord.RateLimited, aiohttp.ClientError, OSError)


async def say_error(interaction: discord.Interaction, error: Exception, *, texts: "Texts | None") -> None:
    """Say to who called what their call raised; what nobody foresaw is logged under a reference."""
    if is_nobodys_fault(error):
        log.info("not delivered: %s", describe(error))
        return
    texts = texts or all_texts.get(language_of(interaction.locale) or parts_of(interaction).language)
    sentence = sentence_of(error, texts)
    try:
        await say_beside(interaction, sentence)
    except (discord.DiscordException, *_NETWORK) as failure:
        log.info("not delivered: %s", describe(failure))


async def say_message_error(reply: "Reply", error: Exception, *, texts: "Texts") -> None:
    """Say in reply to a message what it led to."""
    if is_nobodys_fault(error):
        log.info("not delivered: %s", describe(error))
        return
    with contextlib.suppress(discord.DiscordException, *_NETWORK):
        await reply.say(sentence_of(error, texts))


def sentence_of(error: Exception, texts: "Texts") -> str:
    """Say an error; one that nobody foresaw gets a reference, under which the log has it."""
    if isinstance(error, GrimcheError):
        return texts.error(error)
    reference = secrets.token_hex(4)
    log.error("a call failed (reference %s)", reference, exc_info=error)
    return texts.format("error-reference", reference=reference)


async def say_beside(interaction: discord.Interaction, sentence: str) -> None:
    """Say a sentence to who called alone, whatever has been answered before."""
    page, response = text_page(escape(sentence)), interaction.response
    if not response.is_done():
        await response.send_message(view=page.view(), ephemeral=True)
    elif response.type is discord.InteractionResponseType.deferred_channel_message:
        await interaction.edit_original_response(view=page.view(), attachments=[])
    else:
        await interaction.followup.send(view=page.view(), ephemeral=True)


def is_nobodys_fault(error: Exception) -> bool:
    """Tell whether an error comes of what people did meanwhile, or of the network, and needs no report."""
    if isinstance(error, discord.HTTPException) and not isinstance(error, discord.DiscordServerError):
        return error.code in _NOBODYS_FAULT
    return isinstance(error, _NETWORK)


def describe(error: Exception) -> str:
    """Name an error without its text, which may hold what somebody wrote."""
    code = error.code if isinstance(error, discord.HTTPException) else ""
    return f"{type(error).__name__} {code}".strip()
