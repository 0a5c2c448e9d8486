"""Write to admins on Telegram, and keep messages that follow a job current."""

import logging
from typing import TYPE_CHECKING, Final

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.notices import Fate, Notice, Place
from bot.telegram.context import DOOR, Parts
from bot.telegram.html import escape
from bot.telegram.languages import texts_of

if TYPE_CHECKING:
    from bot.texts import Language

log = logging.getLogger(__name__)

_SAME: Final = "not modified"
_NO_TEXT: Final = "no text in the message"  # but a picture, under which a caption stands


class TelegramBoard:
    """The admins' chats with the bot."""

    door = DOOR

    def __init__(self, bot: Bot, parts: Parts) -> None:
        self._bot = bot
        self._parts = parts

    @property
    def admins(self) -> frozenset[int]:
        """The numbers of the admins."""
        return self._parts.admins

    async def language_of(self, admin: int) -> "Language":
        """Say in which language an admin is written to."""
        return (await texts_of(self._parts, chat_id=admin, user=None)).language

    async def post(self, admin: int, notice: Notice) -> Place | Fate:
        """Write to an admin, who may not have begun a chat with us, or have left it."""
        try:
            if notice.picture:
                sent = await self._bot.send_photo(
                    admin, notice.picture, caption=html_of(notice), reply_markup=keyboard_of(notice)
                )
            else:
                sent = await self._bot.send_message(admin, html_of(notice), reply_markup=keyboard_of(notice))
        except (BadRequest, Forbidden) as error:
            log.warning("an admin was not reached: %s", type(error).__name__)
            return Fate.GONE
        except TelegramError as error:
            log.info("an admin could not be told now: %s", type(error).__name__)
            return Fate.LATER
        return Place(door=DOOR, chat_id=admin, message_id=sent.message_id)

    async def edit(self, place: Place, notice: Notice) -> Fate:
        """Put a notice in the place of what a message said."""
        try:
            await _edit(self._bot, place, notice)
        except (BadRequest, Forbidden) as error:
            return Fate.SHOWN if _SAME in error.message else Fate.GONE
        except TelegramError as error:
            log.info("a message could not be edited now: %s", type(error).__name__)
            return Fate.LATER
        return Fate.SHOWN


def html_of(notice: Notice) -> str:
    """Write a notice in Telegram's HTML."""
    return escape(notice.words) + (f"\n<pre>{escape(notice.table)}</pre>" if notice.table else "")


def keyboard_of(notice: Notice) -> InlineKeyboardMarkup | None:
    """Make the buttons of a notice."""
    rows = [
        [InlineKeyboardButton(button.label, callback_data=button.data) for button in row]
        for row in notice.rows
    ]
    return InlineKeyboardMarkup(rows) if rows else None


async def _edit(bot: Bot, place: Place, notice: Notice) -> None:
    html, keyboard = html_of(notice), keyboard_of(notice)
    if notice.picture:
        media = InputMediaPhoto(notice.picture, caption=html)
        await bot.edit_message_media(media, place.chat_id, place.message_id, reply_markup=keyboard)
        return
    try:
        await bot.edit_message_text(html, place.chat_id, place.message_id, reply_markup=keyboard)
    except BadRequest as error:
        if _NO_TEXT not in error.message:
            raise
        await bot.edit_message_caption(place.chat_id, place.message_id, caption=html, reply_markup=keyboard)
