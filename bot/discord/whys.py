"""Say why a match is one: the two pictures side by side, for the eyes of who asked."""

from typing import TYPE_CHECKING

from discord import MediaGalleryItem, ui

from bot.discord.downloads import Downloads
from bot.discord.incoming import Source
from bot.discord.markdown import escape, heading
from bot.discord.pages import Item, Page, Upload
from bot.discord.questions import Question, ranked, teller
from bot.plain import cut
from bot.why_words import looked_lines, trait_lines
from bot.words import is_adult
from storage.errors import Expired

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.texts import Texts
    from storage.answers import Why
    from storage.queries import Query

SHEET = "why.jpg"


async def answer_why(question: Question, query: "Query", *, rank: int) -> None:
    """Answer why a match is one; raises Expired where the match, or the pictures, are not to be had."""
    match = ranked(question, query, rank=rank)
    downloads = Downloads(question.client, _sources(question, query), fetcher=question.parts.fetcher)
    service = question.parts.service
    async with question.parts.desk.turn(question.asked, told=teller(question)):
        pictures: Sequence[bytes] = ()
        if query.liked is not None:
            why = await service.why_like(query.liked, webtoon_id=match.stored.id)
        else:
            pictures = await downloads.fetch()
            why = await service.why(pictures, webtoon_id=match.stored.id)
        sheet = await service.why_sheet(why, pictures=pictures, as_jpeg=True)
        await question.reply.show(why_page(why, question.view.texts, sheet=sheet))


def why_page(why: "Why", texts: "Texts", *, sheet: bytes) -> Page:
    """Lay out why a match is one."""
    upload = Upload(name=SHEET, data=sheet)
    stored = why.match.stored
    picture = MediaGalleryItem(upload.url, spoiler=is_adult(stored))
    said = [
        heading(texts.format("why-title", title=cut(stored.webtoon.title, 80))),
        escape("\n".join(looked_lines(why, texts))),
        escape("\n".join(trait_lines(why, texts))),
    ]
    box: Item = ui.Container(
        ui.TextDisplay("\n".join(said[:2])), ui.MediaGallery(picture), ui.TextDisplay(said[2])
    )
    return Page(items=[box], uploads=[upload])


def _sources(question: Question, query: "Query") -> tuple[Source, ...]:
    """Say where the pictures of a query are; that is remembered for a while only."""
    sources = question.parts.memory.sources(query.token)
    if not sources and query.liked is None:
        raise Expired
    return sources
