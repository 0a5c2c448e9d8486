"""The commands and buttons by which admins start, follow and stop what runs in the background."""

import asyncio
from typing import Final

from telegram import Message

from bot import office
from bot.notices import Caller, Notice, Place
from bot.telegram.board import html_of, keyboard_of
from bot.telegram.calls import Call, Press
from bot.telegram.context import DOOR
from bot.telegram.html import escape
from storage.errors import GrimcheError

SOON: Final = 2.0  # seconds; who pressed a button sees it turn until it is answered
PATTERN: Final = rf"^{office.PATTERN}$"


async def call(call: Call, *, name: str) -> None:
    """Do what a command says; the answer follows the job that it begins."""
    notice = await call.parts.office.call(name, _caller(call), words=call.words)
    if notice.picture:
        sent = await call.message.reply_photo(
            notice.picture, caption=html_of(notice), reply_markup=keyboard_of(notice)
        )
    else:
        sent = await call.message.reply_html(html_of(notice), reply_markup=keyboard_of(notice))
    await _follow(call, notice, sent)


async def press(press: Press) -> None:
    """Do what a button says, and change the message that it stands under.

    What takes longer is done after the press was answered; an error is a message of its own then.
    """
    if not press.is_admin:
        await press.notice("chat-admins-only", alert=True)
        return
    is_answered = False
    work = asyncio.create_task(press.parts.office.press(press.words, _caller(press)))
    try:
        is_answered = await _answer_late(press, work)
        notice = await work
    except GrimcheError as error:
        if not is_answered:
            raise
        await press.tell(escape(press.texts.error(error)))
        return
    finally:
        work.cancel()
    await _change(press.message, notice)
    await _follow(press, notice, press.message)
    if not is_answered:
        await press.notice()


async def _answer_late(press: Press, work: "asyncio.Task[Notice]") -> bool:
    """Answer a press where its work takes long, and say whether it did."""
    await asyncio.wait({work}, timeout=SOON)
    if work.done():
        return False
    await press.notice()
    return True


def _caller(call: Call) -> Caller:
    return Caller(who=f"{DOOR}:{call.person}", texts=call.texts)


async def _change(message: Message, notice: Notice) -> None:
    """Change a text, or what stands under a picture."""
    if message.photo:
        await message.edit_caption(html_of(notice), reply_markup=keyboard_of(notice))
    else:
        await message.edit_text(html_of(notice), reply_markup=keyboard_of(notice))


async def _follow(call: Call, notice: Notice, message: Message) -> None:
    place = Place(door=DOOR, chat_id=message.chat_id, message_id=message.message_id)
    await call.parts.office.follow(notice, place, language=call.texts.language)
