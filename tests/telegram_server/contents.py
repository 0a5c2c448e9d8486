"""What people put into a message, in the words of the Bot API."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from tests.telegram_server.answers import Answer
from tests.telegram_server.files import as_webp, shrink
from tests.telegram_server.messages import Message
from tests.telegram_server.refusals import Refused
from tests.telegram_server.text_entities import found, utf16

if TYPE_CHECKING:
    from tests.telegram_server.chats import Chat
    from tests.telegram_server.people import Person
    from tests.telegram_server.world import World

Json = dict[str, Any]


class Said(TypedDict, total=False):
    """What a person can put into a message; for what moves it is the thumbnail, None without one."""

    text: str
    caption: str
    photo: bytes
    document: bytes
    sticker: bytes
    animated_sticker: bytes | None
    video_sticker: bytes | None
    animation: bytes | None
    video: bytes | None
    video_note: bytes | None
    album: Sequence[bytes]
    name: str
    mime: str
    size: int
    spoiler: bool
    link: str
    topic: int
    reply_to: "Message | Answer | None"
    quote: str
    forward_from: "Message | Answer | Person | str"


async def content_of(world: "World", said: Said) -> Json:
    """Describe what is said; files are kept."""
    origin = said.get("forward_from")
    if isinstance(origin, Message | Answer):
        origin = origin.message if isinstance(origin, Answer) else origin
        return dict(origin.content)
    content: Json = {}
    for kind, make in _MEDIA.items():
        if kind in said:
            content = await make(world, said)
    if content:
        content |= _words("caption", "caption_entities", said)
    else:
        content = _words("text", "entities", said)
    return content | ({"has_media_spoiler": True} if said.get("spoiler") else {})


def extras_of(chat: "Chat", said: Said) -> Json:
    """Describe where it comes from and what of another message it quotes."""
    extras: Json = {}
    if topic := said.get("topic"):  # https://core.telegram.org/bots/api#message (is_topic_message)
        chat.topics.add(topic)
        extras |= {"message_thread_id": topic, "is_topic_message": True}
    origin = said.get("forward_from")
    if origin is not None:
        extras["forward_origin"] = _origin(origin)
    answered = said.get("reply_to")
    if answered is not None:
        answered = answered.message if isinstance(answered, Answer) else answered
        if answered.chat is not chat:
            extras["external_reply"] = _external(answered)
        if quote := said.get("quote"):
            position = utf16(answered.text[: max(0, answered.text.find(quote))])
            extras["quote"] = {"text": quote, "position": position, "is_manual": True}
    return extras


def _words(name: str, entities: str, said: Said) -> Json:
    text = said.get("caption", "") or said.get("text", "")
    if not text:
        return {}
    marks = found(text)
    if link := said.get("link"):
        marks.append({"type": "text_link", "offset": 0, "length": utf16(text), "url": link})
    return {name: text} | ({entities: marks} if marks else {})


def _origin(origin: "Message | Answer | Person | str") -> Json:
    """Say where a forwarded message is from: https://core.telegram.org/bots/api#messageorigin."""
    if isinstance(origin, str):
        return {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": origin}
    origin = origin.message if isinstance(origin, Answer) else origin
    if isinstance(origin, Message):
        return {"type": "user", "date": origin.date, "sender_user": origin.sender.as_json()}
    return {"type": "user", "date": 1_700_000_000, "sender_user": origin.as_json()}


def _external(message: Message) -> Json:
    """Show a message of another chat that is replied to: https://core.telegram.org/bots/api#externalreplyinfo."""
    shown: Json = {"origin": _origin(message)}
    if message.chat.kind in {"supergroup", "channel"}:
        shown |= {"chat": message.chat.as_json(), "message_id": message.id}
    if message.media:
        shown[message.media] = message.content[message.media]
    if message.content.get("has_media_spoiler"):
        shown["has_media_spoiler"] = True
    return shown


async def _photo(world: "World", said: Said) -> Json:
    picture = await asyncio.to_thread(shrink, said["photo"])
    largest = await asyncio.to_thread(_prepared, world, picture.data)
    return {"photo": [each.json for each in largest.sizes]}


def _prepared(world: "World", data: bytes) -> Any:  # noqa: ANN401 - a stored file
    picture = world.files.picture(data)
    for box in picture.boxes().values():
        picture.copy(box)
    return world.files.add_photo(data)


async def _document(world: "World", said: Said) -> Json:
    data = said["document"]
    name, mime = said.get("name", "picture.png"), said.get("mime", "image/png")
    stored = world.files.add("document", data, name=name, mime=mime)
    stored.json["file_size"] = said.get("size", len(data))
    with contextlib.suppress(Refused):  # what is no picture has none
        stored.json["thumbnail"] = world.files.thumbnail(data)
    return {"document": stored.json}


async def _sticker(world: "World", said: Said) -> Json:
    data = as_webp(said["sticker"])
    return {"sticker": _described_sticker(world, data, data)}


async def _animated_sticker(world: "World", said: Said) -> Json:
    return {"sticker": _described_sticker(world, b"\x1f\x8btgs", said["animated_sticker"], is_animated=True)}


async def _video_sticker(world: "World", said: Said) -> Json:
    return {"sticker": _described_sticker(world, b"\x1aE\xdf\xa3", said["video_sticker"], is_video=True)}


def _described_sticker(world: "World", data: bytes, thumbnail: bytes | None, **kind: bool) -> Json:
    """Describe a sticker: https://core.telegram.org/bots/api#sticker."""
    stored = world.files.add("sticker", data, type="regular", width=512, height=512, emoji="🎨")
    stored.json |= {"is_animated": False, "is_video": False, **kind}
    if thumbnail is not None:
        stored.json["thumbnail"] = world.files.thumbnail(thumbnail)
    return stored.json


async def _animation(world: "World", said: Said) -> Json:
    animation = _moving(world, "animation", said["animation"], name="clip.mp4", width=320, height=240)
    # "For backward compatibility, when this field is set, the document field will also be set"
    return {"animation": animation, "document": {k: v for k, v in animation.items() if k in _DOCUMENT}}


async def _video(world: "World", said: Said) -> Json:
    return {"video": _moving(world, "video", said["video"], name="clip.mp4", width=320, height=240)}


async def _video_note(world: "World", said: Said) -> Json:
    return {"video_note": _moving(world, "video_note", said["video_note"], length=240)}


def _moving(world: "World", kind: str, thumbnail: bytes | None, *, name: str = "", **sides: int) -> Json:
    mime = "video/mp4" if name else ""
    stored = world.files.add(kind, b"\0\0\0 ftypmp42", name=name, mime=mime, duration=3, **sides)
    if thumbnail is not None:
        stored.json["thumbnail"] = world.files.thumbnail(thumbnail)
    return stored.json


_DOCUMENT = ("file_id", "file_unique_id", "file_name", "mime_type", "file_size", "thumbnail")
_MEDIA: dict[str, Callable[["World", Said], Awaitable[Json]]] = {
    "photo": _photo,
    "document": _document,
    "sticker": _sticker,
    "animated_sticker": _animated_sticker,
    "video_sticker": _video_sticker,
    "animation": _animation,
    "video": _video,
    "video_note": _video_note,
}
