"""Messages that people write, and what comes with them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from tests.discord_server.messages import Message
from tests.discord_server.replies import Reply
from tests.discord_server.wire import Upload

if TYPE_CHECKING:
    from tests.discord_server.files import StoredFile
    from tests.discord_server.guilds import Channel
    from tests.discord_server.people import Person
    from tests.discord_server.world import World

Json = dict[str, Any]

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
# https://discord.com/developers/docs/resources/sticker#sticker-object-sticker-format-types
_FORMATS = {"png": 1, "apng": 2, "lottie": 3, "gif": 4}

_IN_SNAPSHOTS = (
    *("type", "content", "embeds", "attachments", "timestamp", "edited_timestamp", "flags", "mentions"),
    *("mention_roles", "components"),
)


class Said(TypedDict, total=False):
    """What a person can put into a message.

    `embed_image` is a picture that a linked page shows, as Discord's proxy has it; `embed_url` is its own
    address, and alone is not proxied.  `sticker_format` is png, apng, lottie or gif.
    """

    text: str
    images: Sequence[bytes | Upload]
    mentions_bot: bool
    sticker: bytes
    sticker_format: str
    embed_image: bytes
    embed_url: str
    embed_thumbnail: bool
    reply_to: Message | Reply | None
    pings: bool
    forward: Message | Reply


def write(person: "Person", channel: "Channel", said: Said) -> Message:
    """Write a message and tell the bot as far as it may know."""
    world = person.world
    people = channel.guild.members.values() if channel.guild else channel.people
    assert person in people, f"{person} is not in {channel}"
    answered = said.get("reply_to")
    answered = answered.message if isinstance(answered, Reply) else answered
    mentions = [world.bot] if said.get("mentions_bot") else []
    if answered is not None and said.get("pings", True) and answered.author not in mentions:
        mentions.append(answered.author)
    text = said.get("text", "")
    if said.get("mentions_bot") and world.bot.mention not in text:
        text = f"{world.bot.mention} {text}".strip()
    message = world.message(channel, person, content=text, reply_to=answered, mentions=mentions)
    message.attachments = [_attachment(world, channel, each) for each in said.get("images", ())]
    if "sticker" in said:
        message.stickers = [_sticker(world, said)]
    if "embed_image" in said or "embed_url" in said:
        message.embeds = [_embed(world, said)]
    if "forward" in said:
        message.extras |= _forward(said["forward"])
    world.tell(message)
    return message


def _attachment(world: "World", channel: "Channel", given: bytes | Upload) -> "StoredFile":
    upload = given if isinstance(given, Upload) else Upload(name="", data=given)
    id_ = world.snowflake()
    path = f"attachments/{channel.id}/{id_}/{upload.name or 'picture'}"
    stored = world.files.add(path, upload.data, id_=id_, name=upload.name)
    stored.name = upload.name or f"picture.{_ENDINGS.get(stored.kind, 'bin')}"
    return stored


def _sticker(world: "World", said: Said) -> Json:
    """Keep a sticker: https://discord.com/developers/docs/reference#image-formatting-cdn-endpoints."""
    id_, kind = world.snowflake(), said.get("sticker_format", "png")
    ending = {"lottie": "json", "gif": "gif"}.get(kind, "png")
    world.files.add(f"stickers/{id_}.{ending}", said["sticker"], id_=id_, name="sticker")
    return {"id": str(id_), "name": "sticker", "format_type": _FORMATS[kind]}


def _embed(world: "World", said: Said) -> Json:
    """Show a picture of a page: https://discord.com/developers/docs/resources/message#embed-object-embed-image-structure."""
    id_ = world.snowflake()
    url = said.get("embed_url") or f"https://pictures.example/{id_}.png"
    image: Json = {"url": url}
    if "embed_image" in said:
        stored = world.files.add(f"external/{id_}/picture", said["embed_image"], id_=id_, name="picture")
        image["proxy_url"] = f"{world.files.media}/{stored.path}"
        image |= dict(zip(("width", "height"), stored.size, strict=True)) if stored.size else {}
    return {"type": "rich", "url": url, "thumbnail" if said.get("embed_thumbnail") else "image": image}


def _forward(original: Message | Reply) -> Json:
    """Show a forwarded message: https://discord.com/developers/docs/resources/message#message-snapshot-object."""
    original = original.message if isinstance(original, Reply) else original
    shown = original.as_json(nested=True)
    snapshot = {name: shown[name] for name in _IN_SNAPSHOTS}
    snapshot |= {"sticker_items": original.stickers} if original.stickers else {}
    reference = {"type": 1, "message_id": str(original.id), "channel_id": str(original.channel.id)}
    return {"message_reference": reference, "message_snapshots": [{"message": snapshot}]}
