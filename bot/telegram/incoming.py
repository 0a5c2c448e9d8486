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
    if is_reply_to(message, bot_id):
        return True
    name = username.lower()
    entities = {**message.parse_entities(), **message.parse_caption_entities()}
    return any(_means_us(entity, text.lower(), bot_id, name) for entity, text in entities.items())


def is_reply_to(message: Message, user_id: int) -> bool:
    """Tell whether a message replies to one of a user's."""
    replied = message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == user_id


def lasting_name(sources: Sequence[Source]) -> str:
    """Name pictures for ever, as far as their places do."""
    return "+".join(source.unique or source.url for source in sources)


def _means_us(entity: MessageEntity, text: str, bot_id: int, name: str) -> bool:
    if entity.type == MessageEntityType.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot_id
    if entity.type == MessageEntityType.BOT_COMMAND:
        return text in {f"/{COMMAND}", f"/{COMMAND}@{name}"}
    return entity.type == MessageEntityType.MENTION and text == f"@{name}"


def _one(source: Source | None) -> tuple[Source, ...]:
    return (source,) if source else ()


def _media(message: Message | ExternalReplyInfo | None) -> Source | None:
    """Find the picture that a message carries, or the still of what moves."""
    if message is None:
        return None
    if message.photo:
        return _source(_fitting(message.photo))
    if message.sticker:
        return _sticker(message.sticker)
    if moving := message.animation or message.video_note:  # a message with an animation has a document too
        return _still(moving.thumbnail)
    if message.video:
        return _still(*(message.video.cover or ()), message.video.thumbnail)
    return _document(message.document) if message.document else None


def _fitting(sizes: Sequence[PhotoSize]) -> PhotoSize:
    """Choose the smallest size that is large enough."""
    by_size = sorted(sizes, key=lambda size: size.width * size.height)
    return next((size for size in by_size if min(size.width, size.height) >= LEAST_SIDE), by_size[-1])


def _still(*sizes: PhotoSize | None) -> Source | None:
    there = [size for size in sizes if size]
    return _source(_fitting(there)) if there else None


def _sticker(sticker: Sticker) -> Source | None:
    moves = sticker.is_animated or sticker.is_video
    return _still(sticker.thumbnail) if moves else _source(sticker)


def _document(document: Document) -> Source | None:
    """Take what may be a picture; its bytes decide later."""
    kind = document.mime_type or ""
    named = (document.file_name or "").lower().endswith(_ENDINGS)
    return _source(document) if kind.startswith("image/") or named else None


def _source(file: PhotoSize | Sticker | Document) -> Source:
    return Source(file_id=file.file_id, unique=file.file_unique_id, size=file.file_size)


def _urls(message: Message) -> Iterable[str]:
    """List the addresses in a text, also those under its words, each once."""
    under = [entity.url for entity in message.entities if entity.url]
    return list(dict.fromkeys([*find_urls(message.text or ""), *under]))
