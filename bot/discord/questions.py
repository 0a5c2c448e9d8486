"""Answer pictures and webtoons: from a question to its one answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.discord.downloads import Downloads
from bot.discord.incoming import Source, lasting_name
from bot.discord.languages import is_private
from bot.discord.layouts import Around, answer_page
from bot.discord.pages import Page
from bot.words import without_adult
from storage.errors import Expired, PictureError

if TYPE_CHECKING:
    import discord

    from bot.desk import Answered, Asked
    from bot.discord.context import Parts
    from bot.discord.languages import View
    from bot.discord.replies import Reply
    from bot.turns import Told
    from storage.answers import Answer, Match
    from storage.queries import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Who asks where, and how they are answered; `is_ephemeral` if they alone see it."""

    parts: "Parts"
    client: "discord.Client"
    view: "View"
    reply: "Reply"
    asked: "Asked"
    is_ephemeral: bool = False


async def answer_pictures(question: Question, sources: Sequence[Source]) -> None:
    """Answer what is drawn like some pictures, once the answer has been delivered.

    Raises what Desk.similar raises.  Which of several pictures is at fault is said.
    """
    downloads = Downloads(question.client, sources, fetcher=question.parts.fetcher)
    asked = replace(question.asked, unique=lasting_name(sources))

    async def send(answered: "Answered") -> None:
        question.parts.memory.keep_sources(answered.token, sources)
        await deliver(question, answered)

    try:
        await question.parts.desk.similar(asked, fetch=downloads.fetch, told=teller(question), send=send)
    except PictureError as error:
        place = await _faulty(question.parts, downloads.fetched)
        if place is None:
            raise
        texts = question.view.texts
        await question.reply.say(
            texts.format("chat-error-of-picture", number=place + 1, sentence=texts.error(error))
        )


async def answer_like(question: Question, webtoon_id: int) -> None:
    """Answer what is drawn like a webtoon of the catalogue; raises what Desk.like raises."""

    async def send(answered: "Answered") -> None:
        await deliver(question, answered, liked=webtoon_id)

    await question.parts.desk.like(question.asked, webtoon_id, told=teller(question), send=send)


async def deliver(question: Question, answered: "Answered", *, liked: int | None = None) -> None:
    """Send an answer, and note that it was the latest of this person here."""
    page = await page_of(question, answered.answer, token=answered.token, liked=liked)
    await question.reply.show(page)
    question.parts.memory.keep_latest(
        question.view.place.channel_id, question.asked.person, token=answered.token
    )


async def page_of(
    question: Question, answer: "Answer", *, token: str, liked: int | None, shared_by: str = ""
) -> Page:
    """Lay out as much of an answer as may be seen where it was asked for."""
    view, service = question.view, question.parts.service
    seen, left_out = seen_of(answer, view)
    seen = replace(seen, matches=seen.matches[: view.choices.results])
    header, footer = view.texts.format("answer-title"), []
    if liked is not None:
        title = (await service.webtoon(liked)).webtoon.title
        header = view.texts.format("answer-like-title", title=title)
    if left_out:
        footer.append(view.texts.format("discord-adult-left-out", count=left_out))
    if shared_by:
        footer.append(view.texts.format("discord-shared", name=shared_by))
    shares = question.is_ephemeral and not is_private(question.parts, view.place, view.choices)
    return answer_page(
        seen,
        view,
        token=token,
        pictures=await service.pictures([match.picture for match in seen.matches]),
        around=Around(header=header, footer=" · ".join(footer), shares=shares),
    )


def seen_of(answer: "Answer", view: "View") -> tuple["Answer", int]:
    """Leave out what a channel may not see, and count it; buttons name matches by their rank in the rest."""
    return (answer, 0) if view.allows_adult else without_adult(answer)


def ranked(question: Question, query: "Query", *, rank: int) -> "Match":
    """Find a match of an answer as it is seen here; its webtoon may have left the catalogue since."""
    for match in seen_of(answer_of(query), question.view)[0].matches:
        if match.rank == rank:
            return match
    raise Expired


def answer_of(query: "Query") -> "Answer":
    """Return the answer to a query that has one; raises Expired."""
    if query.answer is None:
        raise Expired
    return query.answer


def teller(question: Question) -> "Told":
    """Make what says the place in the queue."""

    async def tell(place: int) -> None:
        question.reply.note(question.view.texts.format("chat-waiting", place=place))

    return tell


async def _faulty(parts: "Parts", pictures: Sequence[bytes]) -> int | None:
    """Tell which of several pictures is at fault; of one there is nothing to tell."""
    return await parts.service.first_faulty(pictures) if len(pictures) > 1 else None
