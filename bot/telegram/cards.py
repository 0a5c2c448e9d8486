"""Show a webtoon, and what an artist drew."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.cards import ARTISTS, SHORT, SYNOPSIS, TITLE, card_lines, newest_picture, short_facts
from bot.naming import names_of
from bot.plain import cut
from bot.telegram.calls import Call
from bot.telegram.html import bold, escape, link
from bot.telegram.outgoing import Reply, Upload, target_of
from bot.words import is_adult, safe_link
from storage.errors import NotHandedOver
from storage.records import StoredWebtoon

if TYPE_CHECKING:
    from bot.service import Service
    from bot.texts import Texts

LIKE: Final = "like"
CARD: Final = "card"


async def show_card(call: Call, stored: StoredWebtoon) -> None:
    """Show what is known about a webtoon, with its newest thumbnail; nothing for adults in groups."""
    if is_adult(stored) and not call.is_private:
        await refuse_adult(call, stored, sign=CARD)
        return
    text, keyboard = card_text(stored, call.texts), _keyboard(stored, call.texts)
    picture = await newest_picture(call.parts.service, stored.id)
    if picture is None:
        await call.tell(text, keyboard=keyboard)
        return
    upload = thumbnail(call.parts.service, picture, caption=text, has_spoiler=is_adult(stored))
    await Reply(call.bot, call.parts.ledger, target_of(call.message)).show(upload, keyboard=keyboard)


async def refuse_adult(call: Call, stored: StoredWebtoon, *, sign: str) -> None:
    """Send somebody to their private chat for what is not shown to a group."""
    url = deep_link(call.bot.username, f"{sign}_{stored.id}")
    button = InlineKeyboardButton(call.texts.format("chat-open-private"), url=url)
    await call.say("chat-adult-elsewhere", keyboard=InlineKeyboardMarkup([[button]]))


def deep_link(username: str, start: str) -> str:
    """Make an address that opens the private chat: https://core.telegram.org/bots/features#deep-linking."""
    return f"https://t.me/{quote(username)}?start={quote(start)}"


def thumbnail(service: "Service", sha256: str, *, caption: str = "", has_spoiler: bool = False) -> Upload:
    """Make an upload of a picture of the catalogue."""

    async def make() -> bytes:
        picture = await service.picture(sha256)
        if picture is None:
            raise NotHandedOver
        return picture.data

    return Upload(name=sha256, make=make, caption=caption, has_spoiler=has_spoiler)


def card_text(stored: StoredWebtoon, texts: "Texts") -> str:
    """Say what is known about a webtoon, as HTML."""
    webtoon = stored.webtoon
    synopsis = cut(webtoon.synopsis, SYNOPSIS)
    lines = [
        f"<b>{link(cut(webtoon.title, TITLE), safe_link(webtoon.url))}</b>",
        *map(escape, card_lines(stored, texts)),
        f"\n<i>{escape(synopsis)}</i>" if synopsis else "",
    ]
    return "\n".join(line for line in lines if line)


def works_text(artist: str, works: Sequence[StoredWebtoon], texts: "Texts", *, shown: int) -> str:
    """Say what an artist drew, the first `shown` works line by line, as HTML."""
    lines = [bold(texts.format("chat-artist-works", artist=cut(artist, SHORT), count=len(works)))]
    for place, stored in enumerate(works[:shown], start=1):
        title = link(cut(stored.webtoon.title, SHORT), safe_link(stored.webtoon.url))
        lines.append(f"{place}. {title} · {escape(short_facts(stored, texts))}")
    if len(works) > shown:
        lines.append(escape(texts.format("chat-and-more", count=len(works) - shown)))
    return "\n".join(lines)


def _keyboard(stored: StoredWebtoon, texts: "Texts") -> InlineKeyboardMarkup:
    more = InlineKeyboardButton(texts.format("chat-more-like-this"), callback_data=f"like:{stored.id}")
    url = safe_link(stored.webtoon.url)
    reading = [InlineKeyboardButton(texts.format("match-link"), url=url)] if url else []
    names = names_of(stored)[:ARTISTS]
    artists = [
        InlineKeyboardButton(
            texts.format("chat-more-by", artist=cut(name, 40)), callback_data=f"by:{stored.id}:{place}"
        )
        for place, name in enumerate(names)
    ]
    return InlineKeyboardMarkup([[more, *reading], *([artist] for artist in artists)])
