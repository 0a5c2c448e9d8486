"""Decide what of an answer a chat gets to see, and in which form."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from telegram import InlineKeyboardMarkup, User

from bot import texts
from bot.choices import ChatChoices, Form
from bot.desk import Answered
from bot.telegram import captions, keyboards
from bot.telegram.context import Parts
from bot.telegram.html import escape
from bot.telegram.languages import choices_of, language_of
from bot.telegram.outgoing import Reply, Target, Upload
from bot.texts import Texts
from bot.words import has_adult, is_adult, without_adult
from storage.answers import Answer, Familiarity, Match
from storage.errors import NotHandedOver

if TYPE_CHECKING:
    from bot.service import Service

GROUP_RESULTS: Final = 5
LEAST_ALBUM: Final = 2

Fetch = Callable[[], Awaitable[Sequence[bytes]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How answers look in a chat to who asks there."""

    texts: Texts
    choices: ChatChoices
    is_group: bool

    @property
    def results(self) -> int:
        """How many matches are shown at most."""
        return min(self.choices.results, GROUP_RESULTS) if self.is_group else self.choices.results


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a chat gets to see of the answer to the query `token`.

    `left_out` works for adults are missing from it.  `digest` names the pictures that were asked about;
    where a webtoon was instead, `liked` is its id and `header` names it.
    """

    token: str
    answer: Answer
    left_out: int = 0
    digest: str = ""
    liked: int | None = None
    header: str = ""


async def view_of(parts: Parts, target: Target, *, user: User | None) -> View:
    """Read how answers to a user look in a chat."""
    choices = await choices_of(parts, target.chat_id)
    language = choices.language or language_of(user) or parts.language
    return View(texts=texts.get(language), choices=choices, is_group=target.is_group)


async def shown_of(service: "Service", answered: Answered, *, view: View, liked: int | None = None) -> Shown:
    """Choose what to show: as many as the chat wants, and to a group nothing for adults."""
    allowed, left_out = allowed_of(answered.answer, view=view)
    header = ""
    if liked is not None:
        title = (await service.webtoon(liked)).webtoon.title
        header = view.texts.format("answer-like-title", title=title)
    return Shown(
        token=answered.token,
        answer=replace(allowed, matches=allowed.matches[: view.results]),
        left_out=left_out,
        digest=answered.digest,
        liked=liked,
        header=header,
    )


def allowed_of(answer: Answer, *, view: View) -> tuple[Answer, int]:
    """Leave out what a chat may not see, and count it; buttons name matches by their rank in what is left."""
    return without_adult(answer) if view.is_group else (answer, 0)


async def deliver(service: "Service", reply: Reply, shown: Shown, *, view: View, fetch: Fetch) -> None:
    """Send an answer in the form that suits the chat; what is weak, a group has to unfold."""
    matches = shown.answer.matches
    if not matches or (view.is_group and shown.answer.familiarity is Familiarity.NONE):
        await _say(reply, shown, view=view)
    elif _is_album(view) and len(matches) >= LEAST_ALBUM and reply.place.message_id is None:
        await _show_album(service, reply, shown, view=view)
    else:
        await show_sheet(service, reply, shown, view=view, fetch=fetch)


async def show_sheet(service: "Service", reply: Reply, shown: Shown, *, view: View, fetch: Fetch) -> None:
    """Show an answer as a sheet; `fetch` brings the pictures that were asked about."""

    async def make() -> bytes:
        return await service.sheet(shown.answer, pictures=await fetch(), as_jpeg=True)

    footer = _left_out(shown, view=view)
    upload = Upload(
        name=_sheet_name(shown),
        make=make,
        caption=captions.caption(shown.answer, view.texts, header=shown.header, footer=footer),
        has_spoiler=has_adult(shown.answer),
    )
    await reply.show(upload, keyboard=_keyboard(shown, view=view))


def thumbnail(service: "Service", match: Match, *, caption: str) -> Upload:
    """Make an upload of the thumbnail that shows why a webtoon is a match."""

    async def make() -> bytes:
        picture = await service.picture(match.picture)
        if picture is None:
            raise NotHandedOver
        return picture.data

    return Upload(name=match.picture, make=make, caption=caption, has_spoiler=is_adult(match.stored))


async def _say(reply: Reply, shown: Shown, *, view: View) -> None:
    left_out = _left_out(shown, view=view)
    weak = view.texts.format("familiarity-none") if shown.answer.matches or not left_out else ""
    text = "\n\n".join(escape(sentence) for sentence in (weak, left_out) if sentence)
    keyboard = keyboards.under_folded(shown.token, view.texts) if shown.answer.matches else None
    await reply.say(text, keyboard=keyboard)


async def _show_album(service: "Service", reply: Reply, shown: Shown, *, view: View) -> None:
    uploads = [
        thumbnail(service, match, caption=captions.match_caption(shown.answer, match, texts=view.texts))
        for match in shown.answer.matches
    ]
    text = captions.summary(shown.answer, view.texts, header=shown.header)
    await reply.show_album(uploads, text, keyboard=_keyboard(shown, view=view))


def _sheet_name(shown: Shown) -> str:
    """Name a sheet by all that is drawn on it."""
    drawn = [(match.rank, match.picture, round(match.score, 2)) for match in shown.answer.matches]
    same = [found.picture for found in shown.answer.duplicates]
    sheet = hashlib.sha256(repr((drawn, same, shown.answer.familiarity)).encode()).hexdigest()[:16]
    asked = f"sheet:{shown.digest}" if shown.liked is None else f"like:{shown.liked}"
    return f"{asked}:{sheet}"


def _is_album(view: View) -> bool:
    return view.choices.form is Form.ALBUM and not view.is_group


def _keyboard(shown: Shown, *, view: View) -> InlineKeyboardMarkup:
    count = len(shown.answer.matches)
    return keyboards.under_answer(shown.token, view.texts, matches=count, compact=view.is_group)


def _left_out(shown: Shown, *, view: View) -> str:
    return view.texts.format("chat-adult-left-out", count=shown.left_out) if shown.left_out else ""
