"""Show what an artist drew."""

from collections.abc import Sequence
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.cards import SHORT, newest_picture, short_line
from bot.naming import Named, artists_called, names_of, works_of
from bot.plain import cut
from bot.telegram.calls import Call, Handler, Press, command, pressed
from bot.telegram.cards import show_card, thumbnail, works_text
from bot.telegram.html import escape
from bot.telegram.outgoing import Reply, Upload, target_of
from bot.words import is_adult
from storage.errors import Expired
from storage.records import StoredWebtoon

SHOWN: Final = 10
SHOWN_IN_GROUP: Final = 5
OFFERED: Final = 5
PER_ROW: Final = 5


def handlers() -> list[Handler]:
    """Make the handlers of the command and of the buttons that name an artist."""
    return [command("artist", artist), pressed(r"^by:[0-9]{1,9}:[0-9]{1,2}$", _press)]


async def artist(call: Call) -> None:
    """Show what the artist with a name drew, or let choose among several names."""
    if not call.words:
        await call.say("chat-usage-artist")
        return
    found = await artists_called(call.parts.service, call.words)
    if not found:
        await call.say("chat-no-artist", name=cut(call.words, SHORT))
    elif len(found) == 1:
        await show_works(call, found[0].name)
    else:
        await call.say("chat-which-artist", keyboard=_offer(found), name=cut(call.words, SHORT))


async def show_works(call: Call, name: str) -> None:
    """Show the works of an artist: an album, or in a group one message."""
    works = [
        stored
        for stored in await works_of(call.parts.service, name)
        if call.is_private or not is_adult(stored)
    ]
    if not works:
        await call.say("chat-no-artist", name=cut(name, SHORT))
    elif len(works) == 1:
        await show_card(call, works[0])
    elif call.is_private:
        await _show_album(call, name, works)
    else:
        await _show_one(call, name, works)


async def _show_album(call: Call, name: str, works: Sequence[StoredWebtoon]) -> None:
    text = works_text(name, works, call.texts, shown=SHOWN)
    uploads = [upload for stored in works[:SHOWN] if (upload := await _upload(call, stored))]
    keyboard = _numbers(works[:SHOWN])
    reply = Reply(call.bot, call.parts.ledger, target_of(call.message))
    if len(uploads) > 1:
        await reply.show_album(uploads, text, keyboard=keyboard)
    else:
        await reply.say(text, keyboard=keyboard)


async def _show_one(call: Call, name: str, works: Sequence[StoredWebtoon]) -> None:
    text = works_text(name, works, call.texts, shown=SHOWN_IN_GROUP)
    keyboard = _numbers(works[:SHOWN_IN_GROUP])
    reply = Reply(call.bot, call.parts.ledger, target_of(call.message))
    picture = await newest_picture(call.parts.service, works[0].id)
    if picture:
        await reply.show(thumbnail(call.parts.service, picture, caption=text), keyboard=keyboard)
    else:
        await reply.say(text, keyboard=keyboard)


async def _upload(call: Call, stored: StoredWebtoon) -> Upload | None:
    picture = await newest_picture(call.parts.service, stored.id)
    if picture is None:
        return None
    caption = escape(short_line(stored, call.texts))
    return thumbnail(call.parts.service, picture, caption=caption, has_spoiler=is_adult(stored))


async def _press(press: Press) -> None:
    _, webtoon_id, place = press.words.split(":")
    names = names_of(await press.parts.service.webtoon(int(webtoon_id)))
    if int(place) >= len(names):
        raise Expired
    await press.notice()
    await show_works(press, names[int(place)])


def _offer(found: Sequence[Named]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    cut(named.name, SHORT), callback_data=f"by:{named.webtoon_id}:{named.place}"
                )
            ]
            for named in found[:OFFERED]
        ]
    )


def _numbers(works: Sequence[StoredWebtoon]) -> InlineKeyboardMarkup:
    buttons = [
        InlineKeyboardButton(str(place), callback_data=f"card:{stored.id}")
        for place, stored in enumerate(works, start=1)
    ]
    return InlineKeyboardMarkup([buttons[at : at + PER_ROW] for at in range(0, len(buttons), PER_ROW)])
