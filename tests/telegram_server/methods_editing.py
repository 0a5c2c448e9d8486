"""editMessageText, -Caption, -Media and -ReplyMarkup, deleteMessage(s), setMessageReaction.

https://core.telegram.org/bots/api#updating-messages
"""

import time
from typing import Any

from telegram.constants import ReactionEmoji

from tests.telegram_server.keyboards import read_inline
from tests.telegram_server.messages import Message
from tests.telegram_server.methods_sending import item_words, media_content, spoiler
from tests.telegram_server.refusals import bad_request
from tests.telegram_server.sending import (
    caption_content,
    find_chat,
    find_target,
    read_caption,
    read_text,
    text_content,
)
from tests.telegram_server.wire import Query
from tests.telegram_server.world import World

Json = dict[str, Any]

_EMOJI = frozenset(each.value for each in ReactionEmoji)
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)


async def edit_text(world: World, query: Query) -> Json | bool:
    """https://core.telegram.org/bots/api#editmessagetext."""
    message, words = _editable(world, query), read_text(query)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _change(query, message, content=text_content(words), source=words.source)


async def edit_caption(world: World, query: Query) -> Json | bool:
    """https://core.telegram.org/bots/api#editmessagecaption."""
    message, words = _editable(world, query), read_caption(query)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    kept = {key: value for key, value in message.content.items() if not key.startswith("caption")}
    return _change(query, message, content=kept | caption_content(words), source=words.source)


async def edit_media(world: World, query: Query) -> Json | bool:
    """https://core.telegram.org/bots/api#editmessagemedia."""
    message, media = _editable(world, query), query.structure("media")
    if not isinstance(media, dict) or media.get("type") not in {"photo", "document"}:
        raise bad_request("can't parse InputMedia: media not found")
    if message.album and media["type"] != message.media:
        raise bad_request("can't use media of the specified type in the album")
    if message.inline_id and media.get("media", "").startswith("attach://"):
        # "When an inline message is edited, a new file can't be uploaded"
        raise bad_request("wrong file identifier/HTTP URL specified")
    words = item_words(media)
    content = await media_content(world, query, kind=media["type"], value=media.get("media", ""))
    content |= caption_content(words) | spoiler(media.get("has_spoiler"))
    return _change(query, message, content=content, source=words.source)


async def edit_markup(world: World, query: Query) -> Json | bool:
    """https://core.telegram.org/bots/api#editmessagereplymarkup."""
    message = _editable(world, query)
    return _change(query, message, content=message.content, source=message.source)


async def delete_message(world: World, query: Query) -> bool:
    """https://core.telegram.org/bots/api#deletemessage."""
    chat = find_chat(world, query)
    message = chat.messages.get(query.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not (message.sender is world.bot or chat.is_private or chat.member(world.bot).is_admin):
        raise bad_request("message can't be deleted")
    message.deleted = True
    del chat.messages[message.id]
    return True


async def delete_messages(world: World, query: Query) -> bool:
    """https://core.telegram.org/bots/api#deletemessages: those that are not there are skipped."""
    chat = find_chat(world, query)
    for id_ in query.structure("message_ids") or []:
        if (message := chat.messages.pop(int(id_), None)) is not None:
            message.deleted = True
    return True


async def set_reaction(world: World, query: Query) -> bool:
    """https://core.telegram.org/bots/api#setmessagereaction."""
    chat = find_target(world, query, messages=0)
    message = chat.messages.get(query.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    reactions = [reaction.get("emoji", "") for reaction in query.structure("reaction") or []]
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not _EMOJI.issuperset(reactions):
        raise bad_request("REACTION_INVALID")
    message.reactions = tuple(reactions)
    message.reacted += reactions
    return True


def _editable(world: World, query: Query) -> Message:
    """Find a message of the bot's own."""
    if inline := query.text("inline_message_id"):
        if inline not in world.inline_messages:
            raise bad_request("MESSAGE_ID_INVALID")
        return world.inline_messages[inline]
    chat = find_chat(world, query)
    message = chat.messages.get(query.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender is not world.bot or "forward_origin" in message.extras:
        raise bad_request("message can't be edited")
    return message


def _change(query: Query, message: Message, *, content: Json, source: str) -> Json | bool:
    """Change a message; what is as before is refused."""
    markup = read_inline(query)
    old = message.markup if message.markup and message.markup.get("inline_keyboard") else None
    if content == message.content and markup == old:
        raise bad_request(_SAME)
    message.content, message.source, message.markup = content, source, markup
    message.edited = int(time.time())
    message.chat.heard(message)
    return True if message.inline_id else message.as_json()
