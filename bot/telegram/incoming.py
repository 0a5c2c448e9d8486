"""Read out of a message which pictures it asks about, and whether it asks us."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from telegram import (
    Document,
    ExternalReplyInfo,
    Message,
    MessageEntity,
    PhotoSize,
    Sticker,
)
from telegram.constants import MessageEntityType

from bot.addresses import find_urls

LEAST_SIDE: Final = 320  # pixels: the network looks at less, and every pixel more has to travel
COMMAND: Final = "similar"

_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".avif", ".heic", ".heif")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the bytes of one picture are: a file of Telegram's, or `url`.

    `unique` names the file for ever, `file_id` fetches it; both are empty for a `url`.
    """

    file_id: str = ""
    unique: str = ""
    size: int | None = None
    url: str = ""


def sources_of(message: Message) -> tuple[Source, ...]:
    """List the pictures of the message itself; of a text, those behind its addresses."""
    if media := _media(message):
        return (media,)
    return tuple(Source(url=url) for url in _urls(message))


def sources_near(message: Message) -> tuple[Source, ...]:
    """List the pictures of the message, or of the one that it replies to, in this chat or another."""
    own = sources_of(message)
    if own or message.reply_to_message is None:
        return own or _one(_media(message.external_reply))
    return sources_of(message.reply_to_message)


def is_addressed(message: Message, bot_id: int, username: str) -> bool:
    """Tell whether a message of a group means us: by our command, a mention, or a reply to us."""
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == bot_id:
        return True
    name = username.lower()
    entities = {**message.parse_entities(), **message.parse_caption_entities()}
    return any(_means_us(entity, text.lower(), bot_id, name) for entity, text in entities.items())
