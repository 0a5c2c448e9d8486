"""Bring what people write to the admins, and their answers back."""

import logging
from typing import Final

from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes, MessageHandler, filters

from bot import texts as all_texts
from bot.plain import cut
from bot.telegram.banning import BAN, carried_id
from bot.telegram.calls import Call, Handler, admit, call_of, command
from bot.telegram.context import DOOR
from bot.telegram.html import escape
from bot.telegram.languages import texts_of
from bot.texts import Language

log = logging.getLogger(__name__)

LONGEST: Final = 3000  # characters; what is around it fits below 4096

Context = ContextTypes.DEFAULT_TYPE


class _ToAsk(filters.MessageFilter):
    """Replies to our request to write something to the admins."""

    def filter(self, message: Message) -> bool:
        asked = _replied_to_us(message)
        return asked is not None and asked.text in {
            all_texts.get(language).format("chat-feedback-ask") for language in Language
        }


class _ToRelayed(filters.MessageFilter):
    """Replies to what we brought an admin; that it was to an admin is looked up later."""

    def filter(self, message: Message) -> bool:
        relayed = _replied_to_us(message)
        return (
            message.chat.type == ChatType.PRIVATE and relayed is not None and carried_id(relayed) is not None
        )


def handlers() -> list[Handler]:
    """Make the handlers of the command, of what is written after it, and of the admins' answers."""
    new = filters.UpdateType.MESSAGE
    return [
        command("feedback", feedback),
        MessageHandler(new & filters.TEXT & ~filters.COMMAND & _ToAsk(), _take),
        MessageHandler(new & ~filters.COMMAND & _ToRelayed(), answer),
    ]


async def feedback(call: Call) -> None:
    """Bring the words behind the command to the admins, or ask for some."""
    if not call.parts.admins:
        await call.say("chat-feedback-nobody")
    elif call.words:
        await relay(call)
    else:
        await call.message.reply_html(
            escape(call.texts.format("chat-feedback-ask")),
            reply_markup=ForceReply(selective=True),
            do_quote=True,
        )


async def relay(call: Call) -> None:
    """Bring a message to every admin who can be reached; raises SlowDown."""
    call.check(call.parts.pace.feedback)
    reached = [admin for admin in sorted(call.parts.admins) if await _bring(call, admin)]
    await call.say("chat-feedback-sent" if reached else "chat-feedback-nobody")


async def answer(update: Update, context: Context) -> None:
    """Bring an admin's answer to who had written."""
    message = update.message
    if message is None or message.from_user is None or message.reply_to_message is None:
        return
    call = await call_of(context, message)
    if not call.is_admin:
        return
    relayed = await call.parts.ledger.relayed(DOOR, _name(message.reply_to_message))
    if relayed is None:
        await call.say("chat-feedback-forgotten")
        return
    try:
        await _send_back(call, int(relayed.chat_id), message_id=int(relayed.message_id))
    except (BadRequest, Forbidden):
        await call.say("chat-feedback-unreachable")
    else:
        await call.say("chat-feedback-answered")


async def _take(update: Update, context: Context) -> None:
    if update.message and update.message.from_user:
        call = await call_of(context, update.message)
        await admit(call)
        await relay(call)


async def _bring(call: Call, admin: int) -> bool:
    """Bring a message to one admin, and note whom the answer will be for."""
    texts = await texts_of(call.parts, chat_id=admin, user=None)
    header = escape(texts.format("chat-feedback-from", name=cut(call.user.full_name, 64)))
    text = f"{header} <code>{call.user.id}</code>\n\n{escape(call.words[:LONGEST])}"
    button = InlineKeyboardButton(texts.format("chat-ban"), callback_data=f"{BAN}:{call.user.id}")
    try:
        sent = await call.bot.send_message(admin, text, reply_markup=InlineKeyboardMarkup([[button]]))
    except TelegramError as error:  # they have not begun a chat with us, or left it
        log.warning("an admin was not reached: %s", type(error).__name__)
        return False
    await call.parts.ledger.relay(
        DOOR,
        admin_message=_name(sent),
        chat_id=call.message.chat_id,
        message_id=call.message.message_id,
        person=call.person,
    )
    return True


async def _send_back(call: Call, chat_id: int, *, message_id: int) -> None:
    """Send the answer as what it is; a text bears a word about who writes."""
    to = ReplyParameters(message_id, allow_sending_without_reply=True)
    if call.message.text is None:
        await call.message.copy(chat_id, reply_parameters=to)
        return
    texts = await texts_of(call.parts, chat_id=chat_id, user=None)
    header = escape(texts.format("chat-feedback-answer"))
    await call.bot.send_message(
        chat_id, f"<b>{header}</b>\n{escape(call.message.text[:LONGEST])}", reply_parameters=to
    )


def _name(message: Message) -> str:
    """Name a message of an admin's chat: numbers of messages repeat from chat to chat."""
    return f"{message.chat_id}:{message.message_id}"


def _replied_to_us(message: Message) -> Message | None:
    replied = message.reply_to_message
    author = replied.from_user if replied else None
    return replied if author and author.id == message.get_bot().id else None
