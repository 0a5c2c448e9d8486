"""Do what the buttons and selects under answers say."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import discord

from bot.buttons import Pressed, Sign
from bot.discord.answers import answer_like, answer_pictures, explain, question_of
from bot.discord.calls import Call, take, take_in_place
from bot.discord.layouts import details_page
from bot.discord.questions import answer_of, page_of, ranked, seen_of
from storage.errors import Expired

if TYPE_CHECKING:
    from storage.queries import Query


async def press(interaction: discord.Interaction, button: Pressed) -> None:
    """Do what a button says; what is forgotten, or somebody else's, is said to who pressed it alone."""

    async def run(call: Call) -> None:
        await _DEEDS[button.sign](call, button)

    if button.sign not in _DEEDS:
        await refuse_press(interaction)
    elif button.sign in _IN_PLACE:
        await take_in_place(interaction, run)
    else:
        await take(interaction, run, is_ephemeral=_is_ephemeral(interaction, button.sign))


async def refuse_press(interaction: discord.Interaction) -> None:
    """Answer a press that no button of ours makes any more."""

    async def run(_call: Call) -> None:
        raise Expired

    await take(interaction, run, is_ephemeral=True)


async def _more(call: Call, button: Pressed) -> None:
    query = await call.parts.desk.again(button.token)
    match = ranked(question_of(call), query, rank=button.number)
    await answer_like(call, match.stored.id)


async def _why(call: Call, button: Pressed) -> None:
    await explain(call, token=button.token, rank=button.number)


async def _details(call: Call, button: Pressed) -> None:
    query = await call.parts.desk.again(button.token)
    match = ranked(question_of(call), query, rank=button.number)
    answer, _ = seen_of(answer_of(query), call.view)
    pictures = await call.parts.service.pictures([match.picture])
    await call.show(details_page(answer, match, call.view, token=query.token, pictures=pictures))


async def _judge(call: Call, button: Pressed) -> None:
    query = await _own(call, button)
    if query is None:
        return
    verdict = 0 if query.verdict == button.number else button.number
    await call.parts.ledger.judge(query.token, verdict)
    await call.say("chat-thanks" if verdict else "chat-taken-back")


async def _share(call: Call, button: Pressed) -> None:
    """Show everybody an answer that only its asker saw, by a message beside it."""
    query = await _own(call, button)
    if query is None:
        return
    question = question_of(call)
    name = call.user.display_name
    page = await page_of(question, answer_of(query), token=query.token, liked=query.liked, shared_by=name)
    await call.show(page)


async def _pick(call: Call, button: Pressed) -> None:
    """Answer one of the pictures of a message, or all."""
    sources = call.parts.memory.sources(button.token)
    chosen = sources[button.number - 1 : button.number] if button.number else sources
    if not chosen:
        raise Expired
    await answer_pictures(call, chosen)


_Deed = Callable[[Call, Pressed], Awaitable[None]]

_IN_PLACE: Final = frozenset({Sign.TURN, Sign.NEXT})
_PUBLIC: Final = frozenset({Sign.SHARE})
_AS_ABOVE: Final = frozenset({Sign.MORE})
_DEEDS: Final[Mapping[Sign, _Deed]] = MappingProxyType(
    {
        Sign.MORE: _more,
        Sign.WHY: _why,
        Sign.DETAILS: _details,
        Sign.TURN: _details,
        Sign.VERDICT: _judge,
        Sign.SHARE: _share,
        Sign.NEXT: _pick,
    }
)


async def _own(call: Call, button: Pressed) -> "Query | None":
    """Look up a query that only its asker may decide about; everybody else is told so."""
    query = await call.parts.desk.again(button.token)
    if query.person == call.person:
        return query
    await call.say("chat-not-yours")
    return None


def _is_ephemeral(interaction: discord.Interaction, sign: Sign) -> bool | None:
    """Choose who sees what comes of a press; None leaves it to the server.

    More like something is shown as the answer above it was; others than its asker see theirs alone.
    """
    if sign in _PUBLIC:
        return False
    message = interaction.message
    if sign not in _AS_ABOVE or message is None or message.flags.ephemeral:
        return True
    return None if interaction.user.id == _asker(message) else True


def _asker(message: discord.Message) -> int | None:
    """Tell whom a message of ours answers, as far as Discord says."""
    if message.interaction_metadata is not None:
        return message.interaction_metadata.user.id
    replied = message.reference.resolved if message.reference else None
    return replied.author.id if isinstance(replied, discord.Message) else None
