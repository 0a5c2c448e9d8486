"""Show a webtoon, and what an artist drew."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from discord import MediaGalleryItem, ui

from bot.cards import SHORT, SYNOPSIS, TITLE, card_lines, newest_picture, short_facts, short_line
from bot.discord.markdown import escape, heading, link
from bot.discord.pages import MOST_FILES, Item, Page, Upload
from bot.plain import cut
from bot.words import is_adult, safe_link

if TYPE_CHECKING:
    from bot.service import Service
    from bot.texts import Texts
    from storage.records import StoredWebtoon

ALT: Final = 100  # characters that describe a picture


async def thumbnail(service: "Service", stored: "StoredWebtoon") -> Upload | None:
    """Fetch the newest thumbnail of a webtoon, if it has one."""
    sha256 = await newest_picture(service, stored.id)
    picture = await service.picture(sha256) if sha256 else None
    return Upload(name=f"{stored.id}.{picture.format.lower()}", data=picture.data) if picture else None


def card_page(
    stored: "StoredWebtoon", texts: "Texts", *, upload: Upload | None, rows: Sequence[Item]
) -> Page:
    """Lay out what is known about a webtoon, with buttons that lead on."""
    webtoon = stored.webtoon
    lines = [
        f"### {link(cut(webtoon.title, TITLE), safe_link(webtoon.url))}",
        *map(escape, card_lines(stored, texts)),
        escape(cut(webtoon.synopsis, SYNOPSIS)),
    ]
    pictures = _gallery([(stored, upload)] if upload else [], texts)
    box: Item = ui.Container(ui.TextDisplay("\n".join(line for line in lines if line)), *pictures)
    return Page(items=[box, *rows], uploads=[upload] if upload else [])


def works_page(
    artist: str,
    works: "Sequence[StoredWebtoon]",
    texts: "Texts",
    *,
    uploads: Sequence[Upload | None],
    rows: Sequence[Item],
) -> Page:
    """Lay out what an artist drew; there is an upload, or none, for each of the first works."""
    shown = works[:MOST_FILES]
    lines = [heading(texts.format("chat-artist-works", artist=cut(artist, SHORT), count=len(works)))]
    for place, stored in enumerate(shown, start=1):
        title = link(cut(stored.webtoon.title, SHORT), safe_link(stored.webtoon.url))
        lines.append(f"{place}. {title} · {escape(short_facts(stored, texts))}")
    if len(works) > len(shown):
        lines.append(escape(texts.format("chat-and-more", count=len(works) - len(shown))))
    pictured = [(stored, upload) for stored, upload in zip(shown, uploads, strict=True) if upload]
    box: Item = ui.Container(*_gallery(pictured, texts), ui.TextDisplay("\n".join(lines)))
    return Page(items=[box, *rows], uploads=[upload for _, upload in pictured])


def _gallery(pictured: "Sequence[tuple[StoredWebtoon, Upload]]", texts: "Texts") -> list[Item]:
    items = [
        MediaGalleryItem(
            upload.url, description=cut(short_line(stored, texts), ALT), spoiler=is_adult(stored)
        )
        for stored, upload in pictured
    ]
    return [ui.MediaGallery(*items)] if items else []
