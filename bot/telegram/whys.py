"""Say why a match is one: the two pictures side by side, in a message of its own."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from bot.plain import cut
from bot.telegram.html import bold, escape
from bot.telegram.outgoing import Reply, Upload
from bot.texts import Texts
from bot.why_words import looked_lines, trait_lines
from bot.words import is_adult

if TYPE_CHECKING:
    from bot.service import Service
    from storage.answers import Why
    from storage.queries import Query


async def show_why(
    service: "Service",
    reply: Reply,
    query: "Query",
    *,
    webtoon_id: int,
    texts: Texts,
    fetch: Callable[[], Awaitable[Sequence[bytes]]],
) -> None:
    """Show why a webtoon answers a query, whose pictures `fetch` brings again."""
    pictures: Sequence[bytes] = ()
    if query.liked is not None:
        why = await service.why_like(query.liked, webtoon_id=webtoon_id)
    else:
        pictures = await fetch()
        why = await service.why(pictures, webtoon_id=webtoon_id)

    async def make() -> bytes:
        return await service.why_sheet(why, pictures=pictures, as_jpeg=True)

    has_spoiler = is_adult(why.match.stored)
    await reply.show(Upload(name="", make=make, caption=why_caption(why, texts), has_spoiler=has_spoiler))


def why_caption(why: "Why", texts: Texts) -> str:
    """Say in words what the picture shows."""
    title = cut(why.match.stored.webtoon.title, 80)
    return "\n\n".join(
        [
            bold(texts.format("why-title", title=title)),
            escape("\n".join(looked_lines(why, texts))),
            escape("\n".join(trait_lines(why, texts))),
        ]
    )
