"""Do what the buttons under answers say."""

import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from telegram import ForceReply, ReplyParameters
from telegram.error import BadRequest
from telegram.ext import BaseHandler

from bot import buttons
from bot.buttons import Pressed, Sign
from bot.desk import Answered
from bot.memory import Place
from bot.plain import straight
from bot.telegram import captions, keyboards
from bot.telegram.answers import View, allowed_of, show_sheet, shown_of, thumbnail, view_of
from bot.telegram.calls import Call, Press, pressed
from bot.telegram.context import DOOR
from bot.telegram.downloads import Downloads
from bot.telegram.errors import Refusals
from bot.telegram.html import escape
from bot.telegram.incoming import Source
from bot.telegram.outgoing import Reply, target_of
from bot.telegram.queries import answer_like, asked_by, teller
from bot.telegram.whys import show_why
from storage.answers import Answer, Match
from storage.errors import Expired
from storage.queries import Query


def handlers() -> list[BaseHandler[Any, Any, Any]]:
    """Make the handlers of the buttons under answers, and of what no button of ours carries."""
    return [pressed(rf"^{buttons.PATTERN}$", press_button, block=False), pressed(r"", _refuse)]


async def press_button(press: Press) -> None:
    """Do what a button says; raises Expired and takes the buttons away where the answer is forgotten."""
    button = buttons.read(press.words)
    if button is None or button.sign not in _DEEDS:
        raise Expired
    try:
        query = await press.parts.desk.again(button.token)
    except Expired:
        with contextlib.suppress(BadRequest):
            await press.message.edit_reply_markup(None)
        raise
    if button.sign in _OWN and not _is_own(press, query):
        await press.notice("chat-not-yours", alert=True)
    else:
        await _DEEDS[button.sign](press, query, button)


async def _refuse(_press: Press) -> None:
    raise Expired


async def more_like(call: Call, query: Query, rank: int) -> None:
    """Answer `call` with what is drawn like a match; raises Expired when there is no such match any more."""
    match, _ = await _match(call, query, rank=rank)
    await answer_like(call.parts, call.bot, call.message, asker=call.user, webtoon_id=match.stored.id)


async def explain(call: Call, query: Query, rank: int) -> None:
    """Answer `call` with why a match is one; raises Expired as `more_like` does."""
    match, view = await _match(call, query, rank=rank)
    downloads = _downloads(call, query)
    reply = Reply(call.bot, call.parts.ledger, target_of(call.message))
    asked = asked_by(call.parts, call.message, asker=call.user)
    async with (
        Refusals(call.parts, reply, texts=view.texts, person=asked.person),
        call.parts.signs.at_work(call.bot, reply.target),
        call.parts.desk.turn(asked, told=teller(call.parts, reply, view=view, person=asked.person)),
    ):
        await show_why(
            call.parts.service,
            reply,
            query,
            webtoon_id=match.stored.id,
            texts=view.texts,
            fetch=downloads.fetch,
        )


async def _more(press: Press, query: Query, button: Pressed) -> None:
    await _match(press, query, rank=button.number)  # a press can be answered only once, so look first
    await press.notice()
    await more_like(press, query, button.number)


async def _why(press: Press, query: Query, button: Pressed) -> None:
    await _match(press, query, rank=button.number)
    _sources(press, query)
    await press.notice("why-thinking")
    await explain(press, query, button.number)


async def _details(press: Press, query: Query, button: Pressed) -> None:
    view = await _view(press)
    answer = _answer(query, view)
    match = _ranked(answer, button.number)
    upload = thumbnail(press.parts.service, match, caption=captions.details(answer, match, texts=view.texts))
    keyboard = keyboards.under_details(
        query.token, view.texts, page=match.rank, pages=min(len(answer.matches), view.results)
    )
    await _reply(press).show(upload, keyboard=keyboard)
    await press.notice()


async def _show(press: Press, query: Query, _button: Pressed) -> None:
    view = await _view(press)
    kept = Answered(token=query.token, answer=_kept(query), digest=query.digest, pictures=None, cached=True)
    shown = await shown_of(press.parts.service, kept, view=view, liked=query.liked)
    downloads = _downloads(press, query)
    await show_sheet(press.parts.service, _reply(press), shown, view=view, fetch=downloads.fetch)
    await press.notice()


async def _judge(press: Press, query: Query, button: Pressed) -> None:
    if button.number not in _VERDICTS:
        raise Expired
    verdict = 0 if query.verdict == button.number else button.number
    await press.parts.ledger.judge(query.token, verdict)
    await press.notice("chat-thanks" if verdict else "chat-taken-back")


async def _next(press: Press, _query: Query, _button: Pressed) -> None:
    """Ask for a picture in reply: that reaches us even where we see nothing else of a group."""
    name = straight(press.user.full_name)
    whom = "" if press.is_private else f"{press.user.mention_html(name)}: "
    await press.notice()
    await press.bot.send_message(
        press.message.chat.id,
        whom + escape(press.texts.format("chat-send-next")),
        reply_markup=ForceReply(
            selective=True, input_field_placeholder=press.texts.format("chat-next-placeholder")
        ),
        reply_parameters=ReplyParameters(press.message.message_id, allow_sending_without_reply=True),
    )


_Deed = Callable[[Press, Query, Pressed], Awaitable[None]]

_VERDICTS: Final = frozenset({1, -1})
_OWN: Final = frozenset({Sign.DETAILS, Sign.SHOW, Sign.VERDICT})  # what changes the answer itself
_DEEDS: Final[Mapping[Sign, _Deed]] = {
    Sign.MORE: _more,
    Sign.WHY: _why,
    Sign.DETAILS: _details,
    Sign.VERDICT: _judge,
    Sign.SHOW: _show,
    Sign.NEXT: _next,
}


def _is_own(press: Press, query: Query) -> bool:
    """Tell whether who presses has asked; who asked in the name of the group may be anybody in it."""
    as_group = press.parts.ledger.person(DOOR, press.message.chat.id)
    return query.person in {press.person, as_group}


async def _view(call: Call) -> View:
    return await view_of(call.parts, target_of(call.message), user=call.user)


async def _match(call: Call, query: Query, *, rank: int) -> tuple[Match, View]:
    view = await _view(call)
    return _ranked(_answer(query, view), rank), view


def _kept(query: Query) -> Answer:
    if query.answer is None:
        raise Expired
    return query.answer


def _answer(query: Query, view: View) -> Answer:
    return allowed_of(_kept(query), view=view)[0]


def _ranked(answer: Answer, rank: int) -> Match:
    """Find a match; its webtoon may have left the catalogue since."""
    for match in answer.matches:
        if match.rank == rank:
            return match
    raise Expired


def _reply(press: Press) -> Reply:
    """Answer in the message that was pressed."""
    place = Place(message_id=press.message.message_id, is_text=press.message.text is not None)
    return Reply(press.bot, press.parts.ledger, target_of(press.message), place=place)


def _downloads(call: Call, query: Query) -> Downloads:
    return Downloads(call.bot, _sources(call, query), fetcher=call.parts.fetcher)


def _sources(call: Call, query: Query) -> Sequence[Source]:
    """Say where the pictures of a query are; addresses are remembered for a while only."""
    if query.liked is not None:
        return ()
    files = [Source(file_id=name) for name in query.sources]
    urls = [Source(url=url) for url in call.parts.memory.addresses(query.token)]
    if not files and not urls:
        raise Expired
    return [*files, *urls]
