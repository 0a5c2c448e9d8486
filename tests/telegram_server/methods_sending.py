"""sendMessage, sendPhoto, sendDocument, sendMediaGroup, forwardMessage, copyMessage, sendChatAction.

https://core.telegram.org/bots/api#available-methods
"""

import asyncio
from typing import Any

from tests.telegram_server import rules
from tests.telegram_server.chats import Chat
from tests.telegram_server.files import StoredFile
from tests.telegram_server.messages import Message
from tests.telegram_server.refusals import Refused, bad_request
from tests.telegram_server.sending import (
    caption_content,
    find_chat,
    find_target,
    read_caption,
    read_extras,
    read_reply,
    read_text,
    say,
    text_content,
)
from tests.telegram_server.text_entities import Words, read
from tests.telegram_server.wire import Query, Upload
from tests.telegram_server.world import World

Json = dict[str, Any]


async def send_message(world: World, query: Query) -> Json:
    """https://core.telegram.org/bots/api#sendmessage."""
    chat = find_target(world, query, kind="text messages")
    words = read_text(query)
    return say(world, query, chat, content=text_content(words), words=words).as_json()


async def send_photo(world: World, query: Query) -> Json:
    """https://core.telegram.org/bots/api#sendphoto."""
    chat = find_target(world, query, kind="photos")
    words = read_caption(query)
    content = await media_content(world, query, kind="photo", value=query.text("photo"))
    content |= caption_content(words) | spoiler(query.flag("has_spoiler"))
    return say(world, query, chat, content=content, words=words).as_json()


async def send_document(world: World, query: Query) -> Json:
    """https://core.telegram.org/bots/api#senddocument."""
    chat = find_target(world, query, kind="documents")
    words = read_caption(query)
    content = await media_content(world, query, kind="document", value=query.text("document"))
    return say(world, query, chat, content=content | caption_content(words), words=words).as_json()


async def send_media_group(world: World, query: Query) -> list[Json]:
    """https://core.telegram.org/bots/api#sendmediagroup."""
    media = query.structure("media")
    if media is None:
        raise bad_request('parameter "media" is required')
    chat = find_target(world, query, messages=len(media), kind="photos")
    _check_album(media)
    described = [await _item(world, query, item) for item in media]
    reply, extras = read_reply(world, query, chat), read_extras(query, chat)
    extras |= {"media_group_id": world.name("1")}
    messages = [_album_message(world, chat, words=words, content=content) for content, words in described]
    for message in messages:
        message.extras |= extras
        message.reply_to, message.album = reply, messages
    chat.heard(messages[0])
    return [message.as_json() for message in messages]


async def forward_message(world: World, query: Query) -> Json:
    """https://core.telegram.org/bots/api#forwardmessage."""
    chat, original = find_target(world, query), _original(world, query, "forward")
    message = world.post(chat, world.bot, dict(original.content))
    origin = {"type": "user", "date": original.date, "sender_user": original.sender.as_json()}
    message.extras["forward_origin"] = origin
    message.source = original.source
    chat.heard(message)
    return message.as_json()


async def copy_message(world: World, query: Query) -> Json:
    """https://core.telegram.org/bots/api#copymessage."""
    chat, original = find_target(world, query), _original(world, query, "copy")
    words, content = Words(source=original.source), dict(original.content)
    if "caption" in query.values and original.media:
        words = read_caption(query)
        content = {k: v for k, v in content.items() if not k.startswith("caption")} | caption_content(words)
    return {"message_id": say(world, query, chat, content=content, words=words).id}


async def send_chat_action(world: World, query: Query) -> bool:
    """https://core.telegram.org/bots/api#sendchataction."""
    chat, action = find_target(world, query, messages=0), query.text("action")
    if action not in rules.CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(action)
    return True


async def media_content(world: World, query: Query, *, kind: str, value: str) -> Json:
    """Describe a photo or document that is uploaded, or sent again by its file_id."""
    upload = query.uploads.get(kind)
    if value.startswith("attach://"):
        upload = query.uploads.get(value.removeprefix("attach://"))
    if upload is None and not value:
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        # Telegram fetches it itself; nothing can be reached from here.
        raise bad_request("failed to get HTTP URL content")
    if upload is None:
        return described(world.files.find(value, kind=kind))
    return described(await _keep(world, upload, kind))


def described(stored: StoredFile) -> Json:
    """Describe a stored file as a message does."""
    if stored.kind == "photo":
        return {"photo": [each.json for each in stored.sizes]}
    return {stored.kind: stored.json}


def spoiler(wanted: object) -> Json:
    """Describe a picture that is covered until it is tapped."""
    return {"has_media_spoiler": True} if wanted else {}


async def _keep(world: World, upload: Upload, kind: str) -> StoredFile:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > rules.FILE_BYTES:
        raise Refused("Request Entity Too Large", code=413)
    if kind == "photo":
        return await asyncio.to_thread(world.files.add_photo, upload.data)
    return world.files.add(kind, upload.data, name=upload.name, mime=upload.mime)


def _check_album(media: list[Json]) -> None:
    if not media:
        raise bad_request("there are no messages to send")
    if len(media) >= rules.ALBUM.stop:
        raise bad_request("too many messages to send as an album")
    if len(media) < rules.ALBUM.start:
        raise bad_request("too few messages to send as an album")
    kinds = {item.get("type") for item in media}
    if unknown := kinds - {"photo", "document"}:
        raise bad_request(f"can't parse InputMedia: type \"{unknown.pop()}\" can't be used in sendMediaGroup")
    if len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")


async def _item(world: World, query: Query, item: Json) -> tuple[Json, Words]:
    words = item_words(item)
    content = await media_content(world, query, kind=item["type"], value=item.get("media", ""))
    return content | caption_content(words) | spoiler(item.get("has_spoiler")), words


def item_words(item: Json) -> Words:
    """Read what stands under a picture of an album."""
    mode, too_long = item.get("parse_mode", ""), "message caption is too long"
    words = read(item.get("caption", ""), mode=mode, limit=rules.CAPTION, too_long=too_long)
    words.entities = words.entities or item.get("caption_entities", [])
    return words


def _album_message(world: World, chat: Chat, *, words: Words, content: Json) -> Message:
    message = world.post(chat, world.bot, content)
    message.source = words.source
    return message


def _original(world: World, query: Query, what: str) -> Message:
    source = find_chat(world, query, "from_chat_id")
    message = source.messages.get(query.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {what} not found")
    return message
