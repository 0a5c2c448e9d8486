"""What all methods that write into chats have in common: where to, in reply to what, with which words."""

import re
from typing import Any

from tests.telegram_server import rules
from tests.telegram_server.chats import Chat
from tests.telegram_server.keyboards import read_markup
from tests.telegram_server.messages import Message
from tests.telegram_server.refusals import Refused, bad_request, forbidden
from tests.telegram_server.text_entities import Words, found, read
from tests.telegram_server.wire import Query
from tests.telegram_server.world import World

Json = dict[str, Any]


def find_chat(world: World, query: Query, name: str = "chat_id") -> Chat:
    """Find the chat that is named, if the bot has ever met it."""
    value = query.text(name)
    if not value:
        raise bad_request(f"{name} is empty")
    chat = world.chats.get(int(value)) if re.fullmatch(r"-?\d+", value) else _by_name(world, value)
    if chat is None or not _is_known(world, chat):
        raise bad_request("chat not found")
    return chat


def find_target(world: World, query: Query, *, messages: int = 1, kind: str = "") -> Chat:
    """Find the chat to write into, if the bot may write something of this kind to it.

    https://core.telegram.org/bots/api#chatpermissions; a chat's `refuses` holds "text messages", "photos", …
    """
    chat = find_chat(world, query)
    if chat.migrated_to:
        why = "Bad Request: group chat was upgraded to a supergroup chat"
        raise Refused(why, migrate_to_chat_id=chat.migrated_to)
    if chat.person is not None:
        if chat.person.is_bot:
            raise forbidden("bot can't send messages to bots")
        if chat.person.has_blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.person.has_begun:
            raise forbidden("bot can't initiate conversation with a user")
    elif not chat.member(world.bot).is_inside:
        happened = "was kicked from" if chat.member(world.bot).status == "kicked" else "is not a member of"
        raise forbidden(f"bot {happened} the {chat.kind} chat")
    if kind in chat.refuses:
        raise bad_request(f"not enough rights to send {kind} to the chat")
    world.flood.check(chat.id, messages=messages)
    return chat


def read_words(query: Query, name: str, *, entities: str, limit: int) -> Words:
    """Read the words of a bot, in a parse mode or with entities of its own."""
    too_long = "message is too long" if limit == rules.TEXT else "message caption is too long"
    words = read(query.text(name), mode=query.text("parse_mode"), limit=limit, too_long=too_long)
    if not query.text("parse_mode"):
        words.entities = query.structure(entities) or found(words.text)
    return words


def read_text(query: Query) -> Words:
    """Read what a text message says; it has to say something."""
    words = read_words(query, "text", entities="entities", limit=rules.TEXT)
    if not words.text:
        raise bad_request("message text is empty")
    return words


def read_caption(query: Query) -> Words:
    """Read what stands under a picture."""
    return read_words(query, "caption", entities="caption_entities", limit=rules.CAPTION)


def text_content(words: Words) -> Json:
    """Describe a text message."""
    return {"text": words.text} | ({"entities": words.entities} if words.entities else {})


def caption_content(words: Words) -> Json:
    """Describe a caption."""
    if not words.text:
        return {}
    return {"caption": words.text} | ({"caption_entities": words.entities} if words.entities else {})


def read_reply(world: World, query: Query, chat: Chat) -> Message | None:
    """Find the message to reply to: https://core.telegram.org/bots/api#replyparameters."""
    asked = query.structure("reply_parameters") or {}
    if query.text("reply_to_message_id"):
        asked = {"message_id": query.integer("reply_to_message_id")}
        asked["allow_sending_without_reply"] = query.flag("allow_sending_without_reply")
    if not asked:
        return None
    there = world.chats.get(int(asked.get("chat_id", chat.id)))
    message = there.messages.get(int(asked["message_id"])) if there else None
    if message is None and not asked.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    if message is not None and (quote := asked.get("quote")) and quote not in message.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return message


def read_extras(query: Query, chat: Chat) -> Json:
    """Read the topic and the shield of https://core.telegram.org/bots/api#sendmessage."""
    extras: Json = {}
    if topic := query.integer("message_thread_id"):
        if topic not in chat.topics:
            raise bad_request("message thread not found")
        extras = {"message_thread_id": topic, "is_topic_message": True}
    return extras | ({"has_protected_content": True} if query.flag("protect_content") else {})


def say(world: World, query: Query, chat: Chat, *, content: Json, words: Words) -> Message:
    """Write what the bot says into a chat."""
    markup, reply, extras = read_markup(query), read_reply(world, query, chat), read_extras(query, chat)
    message = world.post(chat, world.bot, content)
    message.source, message.markup, message.reply_to = words.source, markup, reply
    message.extras |= extras
    chat.heard(message)
    return message


def _is_known(world: World, chat: Chat) -> bool:
    return chat.person.is_met if chat.person is not None else world.bot.id in chat.members


def _by_name(world: World, name: str) -> Chat | None:
    wanted = name.removeprefix("@").lower()
    public = (chat for chat in world.chats.values() if chat.username)
    return next((chat for chat in public if chat.username.lower() == wanted), None)
