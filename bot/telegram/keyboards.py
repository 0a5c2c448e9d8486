"""The buttons under answers, and what they carry: a sign, the query's token and a number."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.texts import Texts

MOST_LIKE: Final = 3

_DATA: Final = re.compile(r"([mwdusn]):([A-Za-z0-9_-]{16})(?::(-?[0-9]{1,3}))?")
PATTERN: Final = rf"^{_DATA.pattern}$"


class Sign(StrEnum):
    """What a button does."""

    MORE = "m"
    WHY = "w"
    DETAILS = "d"
    VERDICT = "u"
    SHOW = "s"
    NEXT = "n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button as it was pressed; `number` is a rank, a page from 1 or a verdict."""

    sign: Sign
    token: str
    number: int = 0


def read(data: str) -> Pressed | None:
    """Read what a button carried; None for what none of ours did."""
    found = _DATA.fullmatch(data)
    if found is None:
        return None
    return Pressed(sign=Sign(found[1]), token=found[2], number=int(found[3] or 0))


def under_answer(token: str, texts: Texts, *, matches: int, compact: bool) -> InlineKeyboardMarkup:
    """Make the buttons under an answer; `compact` leaves the row of webtoons to the details."""
    ranks = range(1, min(matches, MOST_LIKE) + 1)
    more = [_button(texts.format("chat-more-like", rank=rank), Sign.MORE, token, rank) for rank in ranks]
    about = [
        _button(texts.format("chat-why", rank=1), Sign.WHY, token, 1),
        _button(texts.format("chat-details"), Sign.DETAILS, token, 1),
    ]
    rows = [[] if compact else more, about if matches else [], _judging(token, texts)]
    return InlineKeyboardMarkup([row for row in rows if row])


def under_details(token: str, texts: Texts, *, page: int, pages: int) -> InlineKeyboardMarkup:
    """Make the buttons under the details of one match."""
    back, on = (page - 2) % pages + 1, page % pages + 1
    turning = [
        _button("◀", Sign.DETAILS, token, back),
        _button(texts.format("chat-back"), Sign.SHOW, token),
        _button("▶", Sign.DETAILS, token, on),
    ]
    about = [
        _button(texts.format("chat-more-like", rank=page), Sign.MORE, token, page),
        _button(texts.format("chat-why", rank=page), Sign.WHY, token, page),
    ]
    return InlineKeyboardMarkup([turning if pages > 1 else turning[1:2], about])


def under_folded(token: str, texts: Texts) -> InlineKeyboardMarkup:
    """Make the buttons under a weak answer that is not shown yet."""
    return InlineKeyboardMarkup(
        [[_button(texts.format("chat-show-anyway"), Sign.SHOW, token)], [_next(token, texts)]]
    )


def _judging(token: str, texts: Texts) -> list[InlineKeyboardButton]:
    thumbs = [_button("👍", Sign.VERDICT, token, 1), _button("👎", Sign.VERDICT, token, -1)]
    return [*thumbs, _next(token, texts)]


def _next(token: str, texts: Texts) -> InlineKeyboardButton:
    return _button(texts.format("chat-next-picture"), Sign.NEXT, token)


def _button(label: str, sign: Sign, token: str, number: int | None = None) -> InlineKeyboardButton:
    data = f"{sign}:{token}" if number is None else f"{sign}:{token}:{number}"
    return InlineKeyboardButton(label, callback_data=data)
