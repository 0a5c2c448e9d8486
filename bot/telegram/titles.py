"""Find the webtoon that somebody names, or let them choose among several."""

from collections.abc import Sequence
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.cards import SHORT
from bot.naming import TITLES_LOOKED_AT, meant
from bot.plain import cut
from bot.telegram.calls import Call, Handler, Press, command, pressed
from bot.telegram.cards import CARD, LIKE, refuse_adult, show_card
from bot.telegram.incoming import sources_near
from bot.telegram.queries import answer_like, answer_message
from bot.words import artists_of, is_adult
from storage.errors import WebtoonNotFound
from storage.records import StoredWebtoon

OFFERED: Final = 5


def handlers() -> list[Handler]:
    """Make the handlers of commands that take a title, and of the buttons that choose one."""
    return [
        command("similar", similar, asks=True),
        command("webtoon", webtoon),
        pressed(r"^like:[0-9]{1,9}$", _press_like, block=False),
        pressed(r"^card:[0-9]{1,9}$", _press_card),
    ]


async def similar(call: Call) -> None:
    """Answer the picture that the command stands at or replies to, an address, or a title."""
    if pictures := sources_near(call.message):
        await answer_message(call.parts, call.bot, call.message, asker=call.user, pictures=pictures)
    elif call.words:
        await like_title(call)
    else:
        await call.say("chat-usage-similar")


async def webtoon(call: Call) -> None:
    """Show the card of a webtoon."""
    if not call.words:
        await call.say("chat-usage-webtoon")
        return
    if stored := await _one(call, sign=CARD):
        await show_card(call, stored)


async def like_title(call: Call) -> None:
    """Answer what is drawn like the webtoon with a title."""
    if stored := await _one(call, sign=LIKE):
        await like(call, stored)


async def like(call: Call, stored: StoredWebtoon) -> None:
    """Answer what is drawn like a webtoon."""
    if is_adult(stored) and not call.is_private:
        await refuse_adult(call, stored, sign=LIKE)
        return
    await answer_like(call.parts, call.bot, call.message, asker=call.user, webtoon_id=stored.id)


async def _one(call: Call, *, sign: str) -> StoredWebtoon | None:
    """Find the webtoon that is meant; where several may be, offer them and return None."""
    found = await call.parts.service.search(call.words, limit=TITLES_LOOKED_AT)
    if not found:
        raise WebtoonNotFound(title=cut(call.words, SHORT))
    shown = found if call.is_private else [stored for stored in found if not is_adult(stored)]
    if not shown:
        await refuse_adult(call, found[0], sign=sign)
        return None
    if stored := meant(shown, call.words):
        return stored
    await call.say("chat-which", keyboard=_offer(shown[:OFFERED], sign), title=cut(call.words, SHORT))
    return None


def _offer(found: Sequence[StoredWebtoon], sign: str) -> InlineKeyboardMarkup:
    labels = [" · ".join([stored.webtoon.title, *artists_of(stored)[:2]]) for stored in found]
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(cut(label, SHORT), callback_data=f"{sign}:{stored.id}")]
            for label, stored in zip(labels, found, strict=True)
        ]
    )


async def _press_like(press: Press) -> None:
    stored = await press.parts.service.webtoon(_number(press.words))
    await press.notice()
    await like(press, stored)


async def _press_card(press: Press) -> None:
    stored = await press.parts.service.webtoon(_number(press.words))
    await press.notice()
    await show_card(press, stored)


def _number(data: str) -> int:
    return int(data.partition(":")[2])
