"""Say what the bot is, can do and keeps."""

import random
from dataclasses import replace
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.cards import SHORT
from bot.plain import cut
from bot.telegram import artists, chat_settings, feedback, forgetting, ranks, titles
from bot.telegram.calls import Call, Handler, Press, admit, call_of, command, pressed
from bot.telegram.cards import CARD, LIKE, show_card, thumbnail
from bot.telegram.html import escape
from bot.telegram.incoming import sources_near, sources_of
from bot.telegram.mentions import words_beside
from bot.telegram.outgoing import Reply, target_of
from bot.telegram.queries import answer_message
from storage.errors import Expired

SAMPLES: Final = 12
LONGEST_TITLE: Final = 100  # characters of a message that may be a title

Context = ContextTypes.DEFAULT_TYPE


class _Title(filters.MessageFilter):
    """Texts that ask about no picture: all to us alone, and in groups those with our name and more."""

    def filter(self, message: Message) -> bool:
        if message.via_bot is not None or sources_of(message):
            return False
        if message.chat.type == ChatType.PRIVATE:
            return True
        return bool(words_beside(message, message.get_bot().username)) and not sources_near(message)


def handlers() -> list[Handler]:
    """Make the handlers of what everybody can call; each module has its own."""
    kind = filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND & _Title()
    return [
        command("start", start, block=False),
        command("help", show_help),
        command("about", about),
        command("privacy", privacy, for_banned=True),
        pressed(r"^try$", _press_sample, block=False),
        *titles.handlers(),
        *artists.handlers(),
        *ranks.handlers(),
        *chat_settings.handlers(),
        *feedback.handlers(),
        *forgetting.handlers(),
        MessageHandler(kind, take_title, block=False),
    ]


async def start(call: Call) -> None:
    """Greet with a picture to try, or do what the link that led here says."""
    sign, _, number = call.words.partition("_")
    if not call.is_private:
        await show_help(call)
    elif sign in {LIKE, CARD} and number.isdecimal():
        stored = await call.parts.service.webtoon(int(number[:9]))
        await (titles.like(call, stored) if sign == LIKE else show_card(call, stored))
    else:
        await _greet(call)


async def show_help(call: Call) -> None:
    """Say what can be asked, and how."""
    texts, mention = call.texts, f"@{call.bot.username}"
    where = "chat-help" if call.is_private else "chat-help-group"
    parts = [texts.format(where, mention=mention)]
    if call.is_private and call.is_admin:
        parts.append(texts.format("chat-help-admin"))
    await call.tell(escape("\n\n".join(parts)))


async def about(call: Call) -> None:
    """Say which Grimche this is, and what it knows."""
    status = await call.parts.service.status()
    await call.say(
        "chat-about",
        version=status.version,
        generation=status.generation or "–",
        webtoons=status.counts.webtoons,
        artists=status.counts.artists,
        pictures=status.counts.pictures,
    )


async def privacy(call: Call) -> None:
    """Say what is kept, and for how long."""
    await call.say("chat-privacy")


async def take_title(update: Update, context: Context) -> None:
    """Take a text for a title."""
    if update.message is None or update.message.from_user is None:
        return
    call = await call_of(context, update.message)
    call = replace(call, words=words_beside(update.message, call.bot.username) or call.words)
    await admit(call)
    if len(call.words) > LONGEST_TITLE or not await call.parts.service.search(call.words, limit=1):
        await call.say("chat-no-title", title=cut(call.words, SHORT))
    else:
        await titles.like_title(call)


async def _greet(call: Call) -> None:
    text = escape(call.texts.format("chat-hello"))
    names = await call.parts.service.samples(SAMPLES)
    if not names:
        await call.tell(text)
        return
    add = f"https://t.me/{call.bot.username}?startgroup=hello"
    keyboard = InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(call.texts.format("chat-try"), callback_data="try")],
            [InlineKeyboardButton(call.texts.format("chat-add-to-group"), url=add)],
        ]
    )
    upload = thumbnail(call.parts.service, random.choice(names), caption=text)
    await Reply(call.bot, call.parts.ledger, target_of(call.message)).show(upload, keyboard=keyboard)


async def _press_sample(press: Press) -> None:
    """Answer the picture above the button as if it had been sent."""
    pictures = sources_of(press.message)
    if not pictures:
        raise Expired
    await press.notice()
    await answer_message(press.parts, press.bot, press.message, asker=press.user, pictures=pictures)
