"""Offer titles and artists to who writes to the bot from another chat."""

from typing import Final

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import ContextTypes, InlineQueryHandler

from bot.plain import cut
from bot.telegram import guest
from bot.telegram.calls import Handler
from bot.telegram.cards import LIKE, card_text, deep_link
from bot.telegram.context import DOOR, Parts, parts_of
from bot.telegram.languages import texts_of
from bot.texts import Texts
from bot.words import artists_of, is_adult, safe_link
from storage.records import StoredWebtoon

OFFERED: Final = 10
LOOKED_AT: Final = 30
LABEL: Final = 64  # characters of the button above the results
KEPT: Final = 300  # seconds for which Telegram may answer the same words itself

Context = ContextTypes.DEFAULT_TYPE


def handlers() -> list[Handler]:
    """Make the handlers of what is asked from other chats."""
    return [InlineQueryHandler(offer), *guest.handlers()]


async def offer(update: Update, context: Context) -> None:
    """Offer the webtoons that the words fit, and the way to the private chat; nothing for adults."""
    query = update.inline_query
    if query is None:
        return
    parts, user = parts_of(context), query.from_user
    texts = await texts_of(parts, chat_id=user.id, user=user)
    found = await _search(parts, query)
    results = [await _result(parts, stored, texts=texts, username=context.bot.username) for stored in found]
    missing = bool(query.query.strip()) and not results
    hint = (
        texts.format("chat-inline-empty", title=cut(query.query, 24))
        if missing
        else texts.format("chat-inline-hint")
    )
    await query.answer(
        results,
        cache_time=KEPT if results else 0,
        is_personal=True,  # the language is the person's
        button=InlineQueryResultsButton(text=cut(hint, LABEL), start_parameter="inline"),
    )


async def _search(parts: Parts, query: InlineQuery) -> list[StoredWebtoon]:
    if await parts.ledger.is_banned(DOOR, parts.ledger.person(DOOR, query.from_user.id)):
        return []
    found = await parts.service.search(query.query, limit=LOOKED_AT)
    return [stored for stored in found if not is_adult(stored)][:OFFERED]


async def _result(
    parts: Parts, stored: StoredWebtoon, *, texts: Texts, username: str
) -> InlineQueryResultArticle:
    platform = texts.format(f"platform-{stored.webtoon.platform}")
    return InlineQueryResultArticle(
        id=f"webtoon:{stored.id}",
        title=cut(stored.webtoon.title, 100),
        description=cut(" · ".join([*artists_of(stored), platform]), 100),
        thumbnail_url=await _thumbnail(parts, stored.id) or None,
        input_message_content=InputTextMessageContent(card_text(stored, texts), parse_mode=ParseMode.HTML),
        reply_markup=_keyboard(stored, texts, username=username),
    )


async def _thumbnail(parts: Parts, webtoon_id: int) -> str:
    """Find where the platform shows the newest thumbnail: results cannot have pictures but by address."""
    episodes = await parts.service.episodes(webtoon_id)
    addresses = (safe_link(each.episode.thumbnail_url) for each in reversed(episodes))
    return next((address for address in addresses if address), "")


def _keyboard(stored: StoredWebtoon, texts: Texts, *, username: str) -> InlineKeyboardMarkup:
    more = deep_link(username, f"{LIKE}_{stored.id}")
    url = safe_link(stored.webtoon.url)
    reading = [InlineKeyboardButton(texts.format("match-link"), url=url)] if url else []
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(texts.format("chat-inline-more"), url=more), *reading]]
    )
