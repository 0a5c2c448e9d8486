"""How much an embed may say: https://discord.com/developers/docs/resources/message#embed-object-embed-limits."""

from collections.abc import Iterator
from typing import Any

from tests.discord_server import rules
from tests.discord_server.components import check_length
from tests.discord_server.refusals import invalid

Json = dict[str, Any]


def check_embeds(embeds: list[Json]) -> list[Json]:
    """Refuse too many embeds, or too much in them."""
    if len(embeds) > rules.EMBEDS:
        raise invalid("embeds", f"Must be {rules.EMBEDS} or fewer in length.", code="BASE_TYPE_MAX_LENGTH")
    total = 0
    for place, embed in enumerate(embeds):
        if len(embed.get("fields") or ()) > rules.EMBED_FIELDS:
            why = f"Must be {rules.EMBED_FIELDS} or fewer in length."
            raise invalid(f"embeds.{place}.fields", why, code="BASE_TYPE_MAX_LENGTH")
        for name, text, most in _texts(embed):
            check_length(text, most, f"embeds.{place}.{name}")
            total += len(text)
    if total > rules.EMBED_CHARACTERS:
        why = f"Embed size exceeds maximum size of {rules.EMBED_CHARACTERS}"
        raise invalid("embeds", why, code="MAX_EMBED_SIZE_EXCEEDED")
    return [{"type": "rich", **embed} for embed in embeds]


def _texts(embed: Json) -> Iterator[tuple[str, str, int]]:
    yield "title", embed.get("title") or "", rules.EMBED_TITLE
    yield "description", embed.get("description") or "", rules.EMBED_DESCRIPTION
    yield "footer.text", (embed.get("footer") or {}).get("text") or "", rules.EMBED_FOOTER
    yield "author.name", (embed.get("author") or {}).get("name") or "", rules.EMBED_AUTHOR
    for field in embed.get("fields") or ():
        yield "fields.name", field.get("name") or "", rules.EMBED_FIELD_NAME
        yield "fields.value", field.get("value") or "", rules.EMBED_FIELD_VALUE
