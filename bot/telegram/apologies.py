"""Say sorry for what a crash left unanswered."""

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

from telegram import Bot
from telegram.error import BadRequest, Forbidden

from bot.telegram.context import DOOR, Parts
from bot.telegram.html import escape
from bot.telegram.languages import texts_of
from bot.telegram.outgoing import Reply, Target
from bot.waits import APOLOGIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.queries import Query

log = logging.getLogger(__name__)


async def apologise(parts: Parts, bot: Bot, unfinished: "Sequence[Query]", *, ending: asyncio.Event) -> None:
    """Tell everybody whose question was lost, oldest first, until `ending`: the next start goes on then."""
    for query in unfinished:
        await _apologise(parts, bot, query)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), APOLOGIES)
        if ending.is_set():
            return


async def _apologise(parts: Parts, bot: Bot, query: "Query") -> None:
    target = Target(chat_id=int(query.chat_id), message_id=int(query.message_id))
    texts = await texts_of(parts, chat_id=target.chat_id, user=None)
    try:
        await Reply(bot, parts.ledger, target).say(escape(texts.format("chat-apology")))
    except (BadRequest, Forbidden) as error:
        log.info("nobody to apologise to: %s", error.message)
    await parts.ledger.apologised(query.token)


async def unfinished(parts: Parts) -> "Sequence[Query]":
    """List what the last process took on and did not bring to an end; ask before anything new comes in."""
    return await parts.ledger.unfinished(DOOR)
