"""A message as a request describes it: checked as Discord does, then written or changed.

https://discord.com/developers/docs/resources/message#create-message
"""

import re
from typing import TYPE_CHECKING, Any

from tests.discord_server import rules
from tests.discord_server.components import check_length, refused_legacy, taken
from tests.discord_server.embeds import check_embeds
from tests.discord_server.refusals import Refused, invalid, too_large
from tests.discord_server.replies import DISPLAY, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.discord_server.files import StoredFile
    from tests.discord_server.messages import Message
    from tests.discord_server.wire import Upload

Json = dict[str, Any]

_LEGACY = ("content", "embeds", "sticker_ids", "poll")
_PING = re.compile(r"<@!?(\d+)>")
_SAFE = re.compile(r"[^A-Za-z0-9._-]")


def put(message: "Message", said: Json, uploads: "dict[str, Upload]", *, limit: int) -> None:
    """Write what is said into a message, new or old; nothing is changed where something is refused.

    `limit` is what one file may have in bytes.
    """
    flags = _flags(message, said)
    is_v2 = bool(flags & rules.V2)
    if is_v2:
        _check_legacy(message, said)
    content = said["content"] or "" if "content" in said else message.content
    check_length(content, rules.CONTENT, "content")
    embeds = check_embeds(said["embeds"] or []) if "embeds" in said else message.embeds
    attachments = _attachments(message, said, uploads, limit=limit)
    components = message.components
    if "components" in said:
        finder = _finder(message, attachments)
        components = taken(said["components"] or [], v2=is_v2, find=finder)
    if not (content or embeds or attachments or components or said.get("sticker_ids")):
        raise Refused("Cannot send an empty message", code=50006)
    message.content, message.embeds, message.components = content, embeds, components
    message.attachments, message.flags = attachments, flags
    _ping(message, said)


def _flags(message: "Message", said: Json) -> int:
    """Take the flags that may be set: .../resources/message#message-object-message-flags."""
    asked = int(said.get("flags") or 0)
    if asked & ~(rules.SUPPRESS_EMBEDS | rules.EPHEMERAL | rules.SILENT | rules.V2):
        raise invalid("flags", "Unknown or forbidden flags", code="BASE_TYPE_CHOICES")
    # "Once a message has been sent with this flag, it can't be removed"
    kept = message.flags & (rules.V2 | rules.EPHEMERAL)
    return kept | asked & (rules.V2 | rules.SUPPRESS_EMBEDS | rules.SILENT)


def _check_legacy(message: "Message", said: Json) -> None:
    for field in _LEGACY:
        if said.get(field):
            raise refused_legacy(field)
    # What is already there has to be emptied by the same request.
    if (message.content and "content" not in said) or (message.embeds and "embeds" not in said):
        raise refused_legacy("content" if message.content else "embeds")


def _attachments(
    message: "Message", said: Json, uploads: "dict[str, Upload]", *, limit: int
) -> "list[StoredFile]":
    """Keep the files named, add those uploaded: .../resources/message#edit-message on `attachments`."""
    described: Sequence[Json] | None = said.get("attachments")
    kept = list(message.attachments)
    if described is not None:
        names = {str(each.get("id")) for each in described}
        kept = [each for each in kept if str(each.id) in names]
        known = {str(each.id) for each in kept} | set(uploads)
        for place, each in enumerate(described):
            if str(each.get("id")) not in known:
                raise invalid(f"attachments.{place}.id", "Unknown attachment", code="ATTACHMENT_NOT_FOUND")
    if len(kept) + len(uploads) > rules.FILES:
        why = f"Must be {rules.FILES} or fewer in length."
        raise invalid("attachments", why, code="BASE_TYPE_MAX_LENGTH")
    if any(len(each.data) > limit for each in uploads.values()):
        raise too_large()
    by_id = {str(each.get("id")): each for each in described or ()}
    added = [_store(message, each, by_id.get(number, {})) for number, each in uploads.items()]
    return [*kept, *added]


def _store(message: "Message", upload: "Upload", described: Json) -> "StoredFile":
    world = message.channel.world
    id_, name = world.snowflake(), _SAFE.sub("_", described.get("filename") or upload.name)
    description = described.get("description") or ""
    check_length(description, rules.FILE_DESCRIPTION, "attachments.description")
    folder = "ephemeral-attachments" if message.is_ephemeral else "attachments"
    path = f"{folder}/{message.channel.id}/{id_}/{name}"
    return world.files.add(
        path, upload.data, id_=id_, name=name, description=description, is_temporary=message.is_ephemeral
    )


def _finder(message: "Message", attachments: "Sequence[StoredFile]") -> Any:  # noqa: ANN401 - see components.Find
    files = message.channel.world.files
    by_name = {each.name: each for each in attachments}

    def find(url: str, where: str) -> Json:
        """Show media: https://discord.com/developers/docs/components/reference#unfurled-media-item."""
        name = url.removeprefix("attachment://")
        stored = by_name.get(name) if name != url else files.of_link(url)
        if name != url and stored is None:
            code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
            raise invalid(f"{where}.url", f"The referenced attachment, '{name}', was not found", code=code)
        if stored is None:
            if not url.startswith(("http://", "https://")):
                why = "Scheme must be one of ('http', 'https', 'attachment')."
                raise invalid(f"{where}.url", why, code="URL_TYPE_INVALID_SCHEME")
            return {"url": url, "proxy_url": url, "placeholder": "", "loading_state": 0}
        shown = files.as_json(stored)
        kept = {k: shown.get(k) for k in ("url", "proxy_url", "width", "height", "content_type")}
        return {
            **kept,
            "attachment_id": shown["id"],
            "placeholder": "",
            "loading_state": 2,
            "id": shown["id"],
        }

    return find


def _ping(message: "Message", said: Json) -> None:
    """Ring whom the words and `allowed_mentions` name: .../message#allowed-mentions-object."""
    allowed: Json | None = said.get("allowed_mentions")
    words = [message.content]
    words += [each.get("content", "") for each in _walked(message.components)]
    found = [number for text in words for number in _PING.findall(text)]
    parse = set(allowed.get("parse", ())) if allowed is not None else {"users", "everyone", "roles"}
    named = {str(each) for each in (allowed or {}).get("users", ())}
    message.pinged = [each for each in found if "users" in parse or each in named]
    if "everyone" in parse and any(sign in text for text in words for sign in ("@everyone", "@here")):
        message.pinged.append("@everyone")
    rings = allowed is None or allowed.get("replied_user", False)
    if message.reply_to is not None and rings:
        message.pinged.append(str(message.reply_to.author.id))
    people = message.channel.world.people
    message.mentions = [
        people[int(each)] for each in message.pinged if each.isdecimal() and int(each) in people
    ]


def _walked(components: list[Json]) -> list[Json]:
    return [each for each in walk(components) if each["type"] == DISPLAY]
