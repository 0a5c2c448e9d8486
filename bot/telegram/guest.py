"""Answer in chats where the bot is no member: https://core.telegram.org/api/bots/guest-mode."""

from dataclasses import replace
from typing import Final

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import ContextTypes, MessageHandler, filters

from bot.choices import ChatChoices
from bot.desk import Answered, Asked
from bot.plain import cut
from bot.telegram import captions
from bot.telegram.answers import Shown, View, shown_of
from bot.telegram.calls import Call, Handler, call_of
from bot.telegram.cards import LIKE, deep_link
from bot.telegram.context import DOOR
from bot.telegram.downloads import Downloads
from bot.telegram.html import escape
from bot.telegram.incoming import lasting_name, sources_near
from bot.telegram.languages import texts_of
from bot.telegram.mentions import words_beside
from bot.words import answer_words, is_adult
from storage.answers import Familiarity
from storage.errors import GrimcheError, WebtoonNotFound

BUTTONS: Final = 3

Context = ContextTypes.DEFAULT_TYPE


def handlers() -> list[Handler]:
    """Make the handler of messages that mention the bot where it is no member."""
    return [MessageHandler(filters.UpdateType.GUEST_MESSAGE, answer_guest, block=False)]


async def answer_guest(update: Update, context: Context) -> None:
    """Answer with the one message that a guest may post."""
    message = update.guest_message
    if message is None or message.from_user is None or message.guest_query_id is None:
        return
    call = await call_of(context, message)
    # The number of a chat where we are no member may be that of another one.
    texts = await texts_of(call.parts, chat_id=call.user.id, user=call.user)
    call = replace(call, texts=texts, words=words_beside(message, call.bot.username) or "")
    try:
        content, keyboard = await _answer(call)
    except GrimcheError as error:
        content, keyboard = _plain(texts.error(error)), None
    result = InlineQueryResultArticle(
        id="answer", title=texts.format("answer-title"), input_message_content=content, reply_markup=keyboard
    )
    await call.bot.answer_guest_query(message.guest_query_id, result)


_Said = tuple[InputTextMessageContent, InlineKeyboardMarkup | None]


async def _answer(call: Call) -> _Said:
    if pictures := sources_near(call.message):
        asked = replace(
            _asked(call),
            sources=tuple(source.file_id for source in pictures if source.file_id),
            unique="" if any(source.url for source in pictures) else lasting_name(pictures),
        )
        fetch = Downloads(call.bot, pictures, fetcher=call.parts.fetcher).fetch
        return await _say(call, await call.parts.desk.similar(asked, fetch=fetch), liked=None)
    if not call.words:
        return _plain(call.texts.format("chat-guest-usage")), None
    found = [stored for stored in await call.parts.service.search(call.words) if not is_adult(stored)]
    if not found:
        raise WebtoonNotFound(title=cut(call.words, 60))
    return await _say(call, await call.parts.desk.like(_asked(call), found[0].id), liked=found[0].id)


def _asked(call: Call) -> Asked:
    """Make a question; what goes wrong with it is said to the person, for here we cannot speak unasked."""
    return Asked(
        door=DOOR,
        chat_id=str(call.user.id),
        message_id="0",
        person=call.person,
        exempt=call.is_admin,
    )


async def _say(call: Call, answered: Answered, *, liked: int | None) -> _Said:
    """Say an answer as to a group: short, nothing for adults, and nothing weak."""
    view = View(texts=call.texts, choices=ChatChoices(), is_group=True)
    shown = await shown_of(call.parts.service, answered, view=view, liked=liked)
    if shown.answer.familiarity is Familiarity.NONE or not shown.answer.matches:
        button = InlineKeyboardButton(
            call.texts.format("chat-open-private"), url=deep_link(call.bot.username, "guest")
        )
        return _plain(call.texts.format("familiarity-none")), InlineKeyboardMarkup([[button]])
    text = captions.caption(shown.answer, call.texts, header=shown.header)
    return _content(text, _preview(shown, call)), _keyboard(shown, call)


def _keyboard(shown: Shown, call: Call) -> InlineKeyboardMarkup:
    """Make buttons that lead to the private chat: others cannot be answered here."""
    buttons = [
        InlineKeyboardButton(
            call.texts.format("chat-more-like", rank=match.rank),
            url=deep_link(call.bot.username, f"{LIKE}_{match.stored.id}"),
        )
        for match in shown.answer.matches[:BUTTONS]
    ]
    return InlineKeyboardMarkup([buttons])


def _preview(shown: Shown, call: Call) -> str:
    """Choose the page whose preview stands in for a picture, which a guest can only send by address."""
    return answer_words(shown.answer, call.texts).matches[0].url


def _plain(text: str) -> InputTextMessageContent:
    return _content(escape(text), "")


def _content(text: str, preview: str) -> InputTextMessageContent:
    options = (
        LinkPreviewOptions(url=preview, prefer_large_media=True)
        if preview
        else LinkPreviewOptions(is_disabled=True)
    )
    return InputTextMessageContent(text, parse_mode=ParseMode.HTML, link_preview_options=options)
