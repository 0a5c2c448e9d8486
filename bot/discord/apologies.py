"""Say sorry for what a crash left unanswered."""

import asyncio
import logging
from typing import TYPE_CHECKING, Final, cast

import discord

from bot import texts
from bot.discord.errors import describe
from bot.discord.markdown import escape
from bot.discord.pages import Page, text_page
from bot.waits import APOLOGIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord.context import Parts
    from storage.queries import Query

log = logging.getLogger(__name__)

INTERACTION: Final = "interaction:"
_ORIGINAL: Final = "@original"  # https://discord.com/developers/docs/interactions/receiving-and-responding


async def apologise(parts: "Parts", client: discord.Client, lost: "Sequence[Query]") -> None:
    """Tell everybody whose question was lost, oldest first, in the language that is set."""
    page = text_page(escape(texts.get(parts.language).format("chat-apology")))
    for query in lost:
        try:
            await _tell(client, query, page)
        except discord.HTTPException as error:
            log.info("nobody to apologise to: %s", describe(error))
        await parts.ledger.apologised(query.token)
        await asyncio.sleep(APOLOGIES)


async def _tell(client: discord.Client, query: "Query", page: Page) -> None:
    if query.message_id.startswith(INTERACTION):
        token = query.message_id.removeprefix(INTERACTION)
        webhook = discord.Webhook.partial(client.application_id or 0, token, client=client)
        await webhook.edit_message(cast("int", _ORIGINAL), view=page.view(), attachments=[])
        return
    number = int(query.chat_id)
    replied = discord.MessageReference(
        message_id=int(query.message_id), channel_id=number, fail_if_not_exists=False
    )
    channel = client.get_partial_messageable(number)
    await channel.send(view=page.view(), reference=replied, mention_author=False)
