"""Greet groups, and follow them where they move."""

from typing import Final

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.ext import ChatMemberHandler, ContextTypes, MessageHandler, filters

from bot.choices import ChatChoices
from bot.telegram.calls import Handler
from bot.telegram.chat_settings import keyboard_of
from bot.telegram.context import DOOR, parts_of
from bot.telegram.html import escape
from bot.telegram.languages import choices_of, texts_of

_INSIDE: Final = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER})

Context = ContextTypes.DEFAULT_TYPE


def handlers() -> list[Handler]:
    """Make the handlers of being added to a group, and of a group that becomes a supergroup."""
    return [
        ChatMemberHandler(greet, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, follow),
    ]


async def greet(update: Update, context: Context) -> None:
    """Say hello to a group that the bot was added to, with buttons for its admins."""
    change = update.my_chat_member
    if change is None or not _is_welcome(change):
        return
    parts, chat = parts_of(context), change.chat
    texts = await texts_of(parts, chat_id=chat.id, user=change.from_user)
    text = texts.format("chat-hello-group", mention=f"@{context.bot.username}")
    keyboard = keyboard_of(await choices_of(parts, chat.id), texts, is_group=True)
    await context.bot.send_message(chat.id, escape(text), reply_markup=keyboard)


async def follow(update: Update, context: Context) -> None:
    """Take a group's choices along to the supergroup that it has become."""
    message = update.message
    if message is None or message.migrate_to_chat_id is None:
        return
    parts = parts_of(context)
    choices = await choices_of(parts, message.chat_id)
    if choices != ChatChoices():
        await parts.ledger.choose(DOOR, message.migrate_to_chat_id, choices)


def _is_welcome(change: ChatMemberUpdated) -> bool:
    """Tell whether the bot has come into a group just now; it stays silent in channels."""
    was, now = change.old_chat_member.status, change.new_chat_member.status
    return (
        change.chat.type in {change.chat.GROUP, change.chat.SUPERGROUP}
        and was not in _INSIDE
        and now in _INSIDE
    )
