"""Answer a call with what is drawn alike, or with why it is."""

from typing import TYPE_CHECKING

from bot.discord import questions
from bot.discord.context import client_of
from bot.discord.questions import Question
from bot.discord.whys import answer_why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.discord.calls import Call
    from bot.discord.incoming import Source


def question_of(call: "Call") -> Question:
    """Make a question of a call."""
    return Question(
        parts=call.parts,
        client=client_of(call.interaction),
        view=call.view,
        reply=call.reply,
        asked=call.asked,
        is_ephemeral=call.is_ephemeral,
    )


async def answer_pictures(call: "Call", sources: "Sequence[Source]") -> None:
    """Answer what is drawn like some pictures; raises what Desk.similar raises."""
    await questions.answer_pictures(question_of(call), sources)


async def answer_like(call: "Call", webtoon_id: int) -> None:
    """Answer what is drawn like a webtoon of the catalogue; raises what Desk.like raises."""
    await questions.answer_like(question_of(call), webtoon_id)


async def explain(call: "Call", *, token: str, rank: int) -> None:
    """Answer why a match of the answer to a query is one; raises Expired where that is forgotten."""
    await answer_why(question_of(call), await call.parts.desk.again(token), rank=rank)
