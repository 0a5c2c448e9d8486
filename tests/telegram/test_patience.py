from itertools import islice

import httpx
import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.patience import may_repeat
from bot.waits import LONGEST_WAIT, waits


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    """Give an error a cause, as the library does."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "of_message", "of_others"),
    [
        (NetworkError("Bad Gateway"), True, True),
        (RetryAfter(1), True, True),
        (TimedOut(), False, True),
        (caused(TimedOut(), httpx.ReadTimeout("")), False, True),
        (caused(TimedOut(), httpx.ConnectTimeout("")), True, True),
        (caused(TimedOut(), httpx.PoolTimeout("")), True, True),
        (BadRequest("message is too long"), False, False),
        (Forbidden("blocked"), False, False),
    ],
)
def test_only_what_cannot_have_arrived_is_sent_again(
    error: TelegramError, *, of_message: bool, of_others: bool
) -> None:
    """A message that timed out may be there; everything else does no harm when it is done twice."""
    assert may_repeat(error, "sendPhoto") is of_message
    assert may_repeat(error, "editMessageText") is of_others


def test_pauses_grow_to_a_limit() -> None:
    """A server that is away is asked less and less, but soon enough when it is back."""
    pauses = list(islice(waits(), 8))
    assert pauses[:3] == [0.5, 1, 2]
    assert pauses[-1] == LONGEST_WAIT
