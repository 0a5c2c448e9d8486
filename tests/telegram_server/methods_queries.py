"""answerCallbackQuery, answerInlineQuery and answerGuestQuery.

https://core.telegram.org/bots/api#answercallbackquery, #inline-mode and #answerguestquery
"""

import re
import time
from typing import Any

from tests.telegram_server import keyboards, rules
from tests.telegram_server.answers import CallbackAnswer, InlineAnswer
from tests.telegram_server.methods_sending import described, item_words
from tests.telegram_server.refusals import bad_request
from tests.telegram_server.sending import caption_content, text_content
from tests.telegram_server.text_entities import read
from tests.telegram_server.wire import Query
from tests.telegram_server.world import Offer, Question, World

Json = dict[str, Any]


async def answer_callback(world: World, query: Query) -> bool:
    """https://core.telegram.org/bots/api#answercallbackquery."""
    if len(query.text("text")) > rules.CALLBACK_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    url = query.text("url")  # only such as t.me/bot?start=1
    if url and not re.match(r"(?:https?://)?t\.me/", url):
        raise bad_request("URL_INVALID")
    question = _take(world, query.text("callback_query_id"))
    answer = CallbackAnswer(text=query.text("text"), alert=query.flag("show_alert"), url=url)
    _give(question, answer)
    return True


async def answer_inline(world: World, query: Query) -> bool:
    """https://core.telegram.org/bots/api#answerinlinequery."""
    results = query.structure("results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results JSON object")
    if len(results) > rules.INLINE_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({result.get("id") for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(query.text("next_offset").encode()) > rules.NEXT_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = query.structure("button")
    if button and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button.get("start_parameter", "")):
        raise bad_request("START_PARAM_INVALID")
    offers = {result["id"]: offer(world, result) for result in results}
    question = _take(world, query.text("inline_query_id"))
    world.inline_contents |= offers
    answer = InlineAnswer(
        results=tuple(results),
        next_offset=query.text("next_offset"),
        cache_seconds=query.integer("cache_time", 300),
        personal=query.flag("is_personal"),
        button=button,
    )
    _give(question, answer)
    return True


async def answer_guest(world: World, query: Query) -> Json:
    """https://core.telegram.org/bots/api#answerguestquery: one message, which can be edited later."""
    result = query.structure("result")
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result JSON object")
    offered = offer(world, result)
    question = _take(world, query.text("guest_query_id"))
    assert question.message is not None
    chat = question.message.chat
    message = world.post(chat, world.bot, offered.content)
    message.extras["guest_bot_caller_user"] = question.person.as_json()
    message.source, message.markup = offered.source, offered.markup
    message.reply_to = question.message
    message.inline_id = world.name("BQAAG")
    world.inline_messages[message.inline_id] = message
    chat.heard(message)
    _give(question, message)
    return {"inline_message_id": message.inline_id}


def offer(world: World, result: Json) -> Offer:
    """Read one result, and say what it becomes: https://core.telegram.org/bots/api#inlinequeryresult."""
    if not 1 <= len(str(result.get("id", "")).encode()) <= rules.RESULT_ID:
        raise bad_request("RESULT_ID_INVALID")
    markup = result.get("reply_markup")
    if markup is not None:
        keyboards.check(markup)
    offered = _content(world, result)
    offered.markup = markup
    return offered


def _content(world: World, result: Json) -> Offer:
    kind, said = result.get("type"), result.get("input_message_content")
    if kind not in {"article", "photo"}:
        raise bad_request("can't parse inline query result: invalid inline query result type specified")
    for name in ("thumbnail_url", "photo_url", "url"):
        if name in result and not re.match(r"https?://[^/\s]+\.[^/\s]+", result[name]):
            raise bad_request("WEBDOCUMENT_URL_INVALID")
    if kind == "article" and not (result.get("title") and said):
        raise bad_request("ARTICLE_TITLE_EMPTY" if said else "message content is not specified")
    if said is not None:
        mode = said.get("parse_mode", "")
        text = said.get("message_text", "")
        words = read(text, mode=mode, limit=rules.TEXT, too_long="MESSAGE_TOO_LONG")
        if not words.text:
            raise bad_request("MESSAGE_EMPTY")
        return Offer(content=text_content(words), source=words.source)
    return _photo(world, result)


def _photo(world: World, result: Json) -> Offer:
    """Read a photo, kept by Telegram or with addresses: https://core.telegram.org/bots/api#inlinequeryresultphoto."""
    words = item_words(result)
    if file_id := result.get("photo_file_id"):
        content = described(world.files.find(file_id, kind="photo"))
    elif result.get("photo_url") and result.get("thumbnail_url"):
        content = {"photo": []}
    else:
        raise bad_request("PHOTO_CONTENT_URL_EMPTY")
    return Offer(content=content | caption_content(words), source=words.source)


def _take(world: World, name: str) -> Question:
    """Find what is to be answered: once, and in time."""
    question = world.questions.get(name)
    if question is None or question.answered.done() or time.monotonic() > question.until:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    return question


def _give(question: Question, answer: object) -> None:
    question.answered.set_result(answer)
