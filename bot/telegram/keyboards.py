"""The buttons under answers."""

from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import Sign, carried
from bot.texts import Texts

MOST_LIKE: Final = 3


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
    return InlineKeyboardButton(label, callback_data=carried(sign, token, number))
