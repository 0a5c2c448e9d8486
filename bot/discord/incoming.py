"""Find the pictures that a message, a command or a person brings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import discord

from bot.addresses import find_urls

MOST: Final = 10

_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".avif", ".apng")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a picture is: at an address of Discord's own, at one that somebody named, or at both.

    `name` lasts as long as the picture, and is empty for what may change; `label` is for who chooses.
    """

    url: str = ""
    outside: str = ""
    name: str = ""
    size: int = 0
    label: str = ""


def sources_of(message: discord.Message) -> tuple[Source, ...]:
    """List the pictures of a message, of what it forwards, and what its links show."""
    bodies: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    own = list(chain.from_iterable(map(_of_body, bodies)))
    found = own or [Source(outside=url) for body in bodies for url in find_urls(body.content)]
    return tuple(dict.fromkeys(found))[:MOST]


def sources_near(message: discord.Message) -> tuple[Source, ...]:
    """List the pictures of a message, or else of the one that it replies to."""
    resolved = message.reference.resolved if message.reference else None
    replied = resolved if isinstance(resolved, discord.Message) else None
    return sources_of(message) or (sources_of(replied) if replied else ())


def sources_attached(attachments: Iterable[discord.Attachment | None]) -> tuple[Source, ...]:
    """Take what was attached to a command as it is; its bytes decide later."""
    return tuple(_attached(attachment) for attachment in attachments if attachment is not None)


def source_of_avatar(user: discord.User | discord.Member) -> Source | None:
    """Take the picture that somebody has chosen of themselves, here or everywhere."""
    avatar = user.display_avatar
    if avatar == user.default_avatar:
        return None
    still = avatar.with_size(1024).with_static_format("png").with_format("png")
    return Source(url=still.url, name=f"avatar:{still.key}")


def lasting_name(sources: Sequence[Source]) -> str:
    """Name several pictures together; empty where one of them may change."""
    return "+".join(source.name for source in sources) if all(source.name for source in sources) else ""


def _of_body(body: discord.Message | discord.MessageSnapshot) -> Iterable[Source]:
    attached = (_attached(attachment) for attachment in body.attachments if _may_be_picture(attachment))
    stickers = (_sticker(sticker) for sticker in body.stickers)
    embeds = (_embedded(embed) for embed in body.embeds)
    return [source for source in chain(attached, stickers, embeds) if source]


def _attached(attachment: discord.Attachment) -> Source:
    """Take a picture, or the still that Discord makes of what moves."""
    name, label = f"file:{attachment.id}", attachment.filename
    if (attachment.content_type or "").startswith("video/"):
        return Source(url=f"{_with_query(attachment.proxy_url)}format=jpeg", name=name, label=label)
    return Source(url=attachment.url, name=name, size=attachment.size, label=label)


def _may_be_picture(attachment: discord.Attachment) -> bool:
    kind = attachment.content_type or ""
    return kind.startswith(("image/", "video/")) or attachment.filename.lower().endswith(_ENDINGS)


def _sticker(sticker: discord.StickerItem) -> Source | None:
    """Take a sticker, but for those that are drawn by a program of their own."""
    if sticker.format is discord.StickerFormatType.lottie:
        return None
    return Source(url=sticker.url, name=f"sticker:{sticker.id}", label=sticker.name)


def _embedded(embed: discord.Embed) -> Source | None:
    """Take what a link shows: Discord's copy first."""
    for picture in (embed.image, embed.thumbnail):
        if picture.proxy_url or picture.url:
            return Source(url=picture.proxy_url or "", outside=picture.url or "", label=embed.title or "")
    return None


def _with_query(url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}"
