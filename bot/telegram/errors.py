"""Say what went wrong in one sentence: the boundary of the Telegram door."""

import contextlib
import logging
import secrets
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

from telegram import CallbackQuery, Update
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut
from telegram.ext import ContextTypes

from bot.telegram.context import Parts, parts_of
from bot.telegram.html import escape
from bot.telegram.languages import texts_of
from bot.telegram.outgoing import Reply, target_of
from bot.texts import Texts
from storage.errors import Banned, Busy, GrimcheError, PictureError, SlowDown

log = logging.getLogger(__name__)

HUSH: Final = 60.0  # seconds in which nobody is refused aloud twice
ALERT: Final = 200  # characters: https://core.telegram.org/bots/api#answercallbackquery

# What comes of people deleting, leaving and being quicker than we are.
_NOBODYS_FAULT: Final = (
    "message is not modified",
    "query is too old",
    "query id is invalid",
    "message to be replied not found",
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message_id_invalid",
    "chat not found",
    "not enough rights",
    "have no rights",
    "topic_closed",
)


class Refusals:
    """Turn foreseen errors of one question into its answer; enter it with `async with`.

    `fetched` are the question's pictures as far as they came, to say which of several is at fault.
    """

    def __init__(
        self, parts: Parts, reply: Reply, *, texts: Texts, person: str, fetched: Sequence[bytes] = ()
    ) -> None:
        self._parts = parts
        self._reply = reply
        self._texts = texts
        self._person = person
        self._fetched = fetched

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        if isinstance(error, GrimcheError):
            if not self._is_hushed(error):
                await self._reply.say(escape(await self._sentence(error)))
        elif isinstance(error, TimedOut):
            await self._reply.say(escape(self._texts.format("chat-maybe-lost")))
        elif isinstance(error, Exception):
            await self._reply.withdraw()
        return isinstance(error, GrimcheError | TimedOut)

    async def _sentence(self, error: GrimcheError) -> str:
        sentence = self._texts.error(error)
        if isinstance(error, PictureError) and len(self._fetched) > 1:
            place = await self._parts.service.first_faulty(self._fetched)
            if place is not None:
                return self._texts.format("chat-error-of-picture", number=place + 1, sentence=sentence)
        return sentence

    def _is_hushed(self, error: GrimcheError) -> bool:
        """Tell whether a refusal would only repeat the last one to a group, or to who is shut out."""
        repeats = isinstance(error, Banned) or (
            self._reply.target.is_group and isinstance(error, SlowDown | Busy)
        )
        key = f"{self._reply.target.chat_id}:{self._person}:{error.key}"
        seconds = float(error.values.get("seconds", HUSH))
        return repeats and self._parts.memory.is_refused_again(key, seconds=seconds, now=time.monotonic())


async def answer_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say what a handler raised; what nobody foresaw is logged under a reference, without the update."""
    error = context.error
    if isinstance(error, TelegramError) and is_nobodys_fault(error):
        log.info("not delivered: %s", error.message)
        return
    if isinstance(error, GrimcheError):
        await _tell(update, context, error=error)
        return
    reference = secrets.token_hex(4)
    log.error("an update failed (reference %s)", reference, exc_info=error)
    await _tell(update, context, reference=reference)


def is_nobodys_fault(error: TelegramError) -> bool:
    """Tell whether an error comes of what people did meanwhile, or of the network, and needs no report."""
    if isinstance(error, BadRequest):
        return any(text in error.message.lower() for text in _NOBODYS_FAULT)
    return isinstance(error, Forbidden | NetworkError)


async def _tell(
    update: object,
    context: ContextTypes.DEFAULT_TYPE,
    *,
    error: GrimcheError | None = None,
    reference: str = "",
) -> None:
    if not isinstance(update, Update) or update.effective_chat is None:
        return
    parts = parts_of(context)
    texts = await texts_of(parts, chat_id=update.effective_chat.id, user=update.effective_user)
    sentence = texts.error(error) if error else texts.format("error-reference", reference=reference)
    with contextlib.suppress(TelegramError):
        if update.callback_query:
            await alert(update.callback_query, sentence)
        elif update.effective_message:
            reply = Reply(context.bot, parts.ledger, target_of(update.effective_message))
            await reply.say(escape(sentence))


async def alert(query: CallbackQuery, sentence: str) -> None:
    """Show a sentence over the chat of who pressed a button."""
    await query.answer(sentence[:ALERT], show_alert=True)
