import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rates import SWEEP, Rate, Whose, Window, Windows
from storage.errors import SlowDown

PERSON = Rate(whose=Whose.PERSON, most=2, seconds=60)
CHAT = Rate(whose=Whose.CHAT, most=3, seconds=60)


def ask(windows: Windows, person: str, *, chat: str = "c", now: float = 0.0) -> None:
    """Ask as Turns does: refused, or counted."""
    windows.check(person, chat=chat, now=now)
    windows.count(person, chat=chat, now=now)


def test_tells_the_seconds_left() -> None:
    """The refusal says when the oldest question leaves the window, rounded up."""
    windows = Windows([PERSON])
    ask(windows, "mina", now=0.0)
    ask(windows, "mina", now=10.5)
    with pytest.raises(SlowDown) as caught:
        ask(windows, "mina", now=20.2)
    assert caught.value.values == {"seconds": 40}
    ask(windows, "mina", now=60.0)
    with pytest.raises(SlowDown, match="in 11 s"):
        ask(windows, "mina", now=60.0)


def test_counts_each_person_and_each_chat() -> None:
    """One person's haste is nobody else's, but a chat's people share its rate."""
    windows = Windows([PERSON, CHAT])
    for person in ("mina", "mina", "jun"):
        ask(windows, person)
    with pytest.raises(SlowDown):
        ask(windows, "sora")
    ask(windows, "sora", chat="elsewhere")
    with pytest.raises(SlowDown):
        ask(windows, "mina", chat="elsewhere")


def test_a_refusal_is_not_counted() -> None:
    """Who asks again and again while refused waits no longer for it, and costs the chat nothing."""
    windows = Windows([PERSON, CHAT])
    ask(windows, "mina", now=0)
    ask(windows, "mina", now=1)
    for second in range(2, 60):
        with pytest.raises(SlowDown):
            ask(windows, "mina", now=second)
    ask(windows, "jun", now=59)
    ask(windows, "mina", now=60)


def test_the_longest_wait_is_told() -> None:
    """Of several rates, the one that lasts longest is told."""
    windows = Windows(
        [Rate(whose=Whose.PERSON, most=1, seconds=5), Rate(whose=Whose.CHAT, most=1, seconds=60)]
    )
    ask(windows, "mina")
    with pytest.raises(SlowDown, match="in 60 s"):
        ask(windows, "mina")


@given(gaps=st.lists(st.floats(0, 30), max_size=60), most=st.integers(1, 5))
def test_never_more_than_the_rate(gaps: list[float], most: int) -> None:
    """Whenever somebody asks, no window of the rate's length holds more than it allows."""
    window = Window(Rate(whose=Whose.PERSON, most=most, seconds=60))
    now, taken = 0.0, []
    for gap in gaps:
        now += gap
        recent = [moment for moment in taken if moment + 60 > now]
        left = window.wait("mina", now=now)
        assert (left > 0) is (len(recent) >= most)
        if not left:
            window.count("mina", now=now)
            taken.append(now)


def test_forgets_who_has_not_asked_for_long() -> None:
    """The memory for names does not grow with everybody who ever asked."""
    window = Window(PERSON)
    for number in range(3 * SWEEP):
        window.wait(str(number - 100), now=number)
        window.count(str(number), now=number)
    assert len(window._asked) <= SWEEP
    assert window.wait(str(3 * SWEEP - 1), now=3 * SWEEP) == 0
    window.count(str(3 * SWEEP - 1), now=3 * SWEEP)
    assert window.wait(str(3 * SWEEP - 1), now=3 * SWEEP) == 59
