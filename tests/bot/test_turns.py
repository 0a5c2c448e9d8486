import asyncio
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rates import Rate, Whose
from bot.turns import Turns
from storage.errors import Busy, SlowDown

STEPS = 12  # passes of the loop after which nothing moves any more


async def settle() -> None:
    """Let everything happen that can happen without anybody's doing."""
    for _ in range(STEPS):
        await asyncio.sleep(0)


class Asking:
    """Somebody's question, which runs until it is told to end."""

    def __init__(self, turns: Turns, person: str, *, log: list[str] | None = None) -> None:
        self.person = person
        self.places: list[int] = []
        self.is_running = False
        self.end = asyncio.Event()
        self._log = log if log is not None else []
        self.task = asyncio.create_task(self._ask(turns))

    async def _ask(self, turns: Turns) -> None:
        async with turns.take(self.person, chat="c", told=self._told):
            self.is_running = True
            self._log.append(self.person)
            try:
                await self.end.wait()
            finally:
                self.is_running = False

    async def _told(self, place: int) -> None:
        self.places.append(place)

    @property
    def is_refused(self) -> bool:
        """Whether the queue was full."""
        return self.task.done() and not self.task.cancelled() and isinstance(self.task.exception(), Busy)


async def all_ended(*asked: Asking) -> None:
    """Let questions end, and see their tasks do so."""
    for each in asked:
        each.end.set()
    ended = await asyncio.gather(*(each.task for each in asked), return_exceptions=True)
    assert {type(each) for each in ended} <= {type(None), asyncio.CancelledError, Busy}


@dataclass
class Model:
    """What the queue ought to do, in the plainest words."""

    most_running: int
    most_waiting: int
    running: list[Asking] = field(default_factory=list)
    waiting: list[Asking] = field(default_factory=list)

    def ask(self, asking: Asking) -> int | None:
        """Return the place that is told, 0 for a start at once and None for a refusal."""
        known = [each.person for each in self.running + self.waiting]
        if len(self.running) < self.most_running and asking.person not in known:
            self.running.append(asking)
            return 0
        if len(self.waiting) >= self.most_waiting:
            return None
        self.waiting.append(asking)
        return len(self.waiting)

    def leave(self, asking: Asking) -> None:
        """Take a question out, wherever it is, and start the first ones that may start."""
        for where in (self.running, self.waiting):
            if asking in where:
                where.remove(asking)
        for each in list(self.waiting):
            busy = {other.person for other in self.running}
            if len(self.running) < self.most_running and each.person not in busy:
                self.waiting.remove(each)
                self.running.append(each)


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.sampled_from("abcd")),
        st.tuples(st.sampled_from(["end", "cancel"]), st.integers(0, 30)),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(deeds=DEEDS, running=st.integers(1, 3), waiting=st.integers(0, 6))
def test_any_course_of_events(deeds: list[tuple[str, str | int]], running: int, waiting: int) -> None:
    """Whoever asks, ends or gives up: the same run, wait and are sent away as in the plain model."""

    async def play() -> None:
        turns, model = Turns(running, waiting), Model(running, waiting)
        asked: list[Asking] = []
        for deed, which in deeds:
            if deed == "ask":
                asked.append(Asking(turns, str(which)))
                await settle()
                place = model.ask(asked[-1])
                assert asked[-1].is_refused is (place is None)
                assert asked[-1].places == ([place] if place else [])
            elif alive := model.running + model.waiting:
                leaving = alive[int(which) % len(alive)]
                leaving.task.cancel() if deed == "cancel" or leaving in model.waiting else leaving.end.set()
                await settle()
                model.leave(leaving)
            assert [each for each in asked if each.is_running] == [
                each for each in asked if each in model.running
            ]
            assert (turns.running, turns.waiting) == (len(model.running), len(model.waiting))
        await all_ended(*asked)
        assert (turns.running, turns.waiting) == (0, 0)

    asyncio.run(play())


@settings(max_examples=150, deadline=None)
@given(
    deeds=st.lists(
        st.one_of(
            st.tuples(st.just("ask"), st.sampled_from("abcd")),
            st.tuples(st.sampled_from(["end", "cancel"]), st.integers(0, 30)),
            st.tuples(st.just("pass"), st.integers(1, 4)),
        ),
        max_size=40,
    ),
    running=st.integers(1, 3),
)
def test_things_that_happen_at_once(deeds: list[tuple[str, str | int]], running: int) -> None:
    """Whatever comes together in one pass of the loop, nobody is lost and nothing runs that must not."""

    async def play() -> None:
        turns = Turns(running, 5)
        asked: list[Asking] = []
        for deed, which in deeds:
            alive = [each for each in asked if not each.task.done()]
            if deed == "ask":
                asked.append(Asking(turns, str(which)))
            elif deed == "pass":
                for _ in range(int(which)):
                    await asyncio.sleep(0)
            elif alive:
                leaving = alive[int(which) % len(alive)]
                leaving.task.cancel() if deed == "cancel" else leaving.end.set()
            people = [each.person for each in asked if each.is_running]
            assert len(people) <= running
            assert len(people) == len(set(people))
        await all_ended(*asked)
        assert (turns.running, turns.waiting) == (0, 0)

    asyncio.run(play())


@settings(max_examples=50, deadline=None)
@given(people=st.lists(st.sampled_from("abc"), max_size=15), running=st.integers(1, 3))
def test_nothing_is_lost_and_nobody_overtakes_himself(people: list[str], running: int) -> None:
    """Of a burst every question is answered once, each person's in their order."""

    async def play() -> list[tuple[str, int]]:
        turns = Turns(running, len(people))
        answered: list[tuple[str, int]] = []

        async def ask(person: str, number: int) -> None:
            async with turns.take(person, chat="c"):
                await asyncio.sleep(0)
                answered.append((person, number))

        await asyncio.gather(*(ask(person, number) for number, person in enumerate(people)))
        return answered

    answered = asyncio.run(play())
    for person in "abc":
        mine = [number for who, number in answered if who == person]
        assert mine == [number for number, who in enumerate(people) if who == person]


@pytest.mark.parametrize("steps", range(6))
async def test_cancelled_at_any_moment(steps: int) -> None:
    """However far the hand-over is when a question is cancelled, the next one runs."""
    turns = Turns(1, 5)
    first, second, third = (Asking(turns, person) for person in "abc")
    await settle()
    first.end.set()
    for _ in range(steps):
        await asyncio.sleep(0)
    second.task.cancel()
    await settle()
    assert third.is_running
    await all_ended(first, second, third)
    assert (turns.running, turns.waiting) == (0, 0)


async def test_a_failed_question_ends_its_turn() -> None:
    """An error inside a turn comes out, and the turn is free."""
    turns = Turns(1, 0)
    with pytest.raises(ZeroDivisionError):
        async with turns.take("a", chat="c"):
            raise ZeroDivisionError
    async with turns.take("b", chat="c"):
        assert turns.running == 1


async def test_nobody_waits_for_somebody_being_told() -> None:
    """While a place is told, others go first, but not the same person's next question."""
    turns = Turns(1, 5)
    telling = asyncio.Event()
    log: list[str] = []
    first = Asking(turns, "a", log=log)
    await settle()

    async def slow() -> None:
        async with turns.take("b", chat="c", told=lambda _: telling.wait()):
            log.append("b1")

    slow_task = asyncio.create_task(slow())
    await settle()
    next_of_b = Asking(turns, "b", log=log)
    other = Asking(turns, "d", log=log)
    await settle()
    first.end.set()
    await settle()
    assert log == ["a", "d"]
    other.end.set()
    await settle()
    assert log == ["a", "d"]
    telling.set()
    await settle()
    assert log == ["a", "d", "b1", "b"]
    await all_ended(next_of_b)
    await slow_task


async def test_a_place_that_cannot_be_told() -> None:
    """Where telling the place fails, the question fails, and its place is free."""
    turns = Turns(1, 1)
    first = Asking(turns, "a")
    await settle()

    async def fail(_: int) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        async with turns.take("b", chat="c", told=fail):
            pass
    assert turns.waiting == 0
    await all_ended(first)


async def test_rates() -> None:
    """Too many questions of a person are refused with the seconds left, and later welcome again."""
    now = 0.0
    turns = Turns(1, 5, rules=[Rate(whose=Whose.PERSON, most=1, seconds=30)], clock=lambda: now)
    async with turns.take("a", chat="c"):
        pass
    with pytest.raises(SlowDown, match="in 30 s"):
        async with turns.take("a", chat="c"):
            pass
    now = 30.0
    async with turns.take("a", chat="c"):
        pass


async def test_a_refused_turn_costs_nothing() -> None:
    """Who is sent away because the queue is full may ask again at once."""
    turns = Turns(1, 0, rules=[Rate(whose=Whose.PERSON, most=1)])
    first = Asking(turns, "a")
    await settle()
    for _ in range(3):
        with pytest.raises(Busy):
            async with turns.take("b", chat="c"):
                pass
    await all_ended(first)
    async with turns.take("b", chat="c"):
        pass


async def test_exempt() -> None:
    """An admin may ask as often as he likes, but waits like everybody, and takes nothing from the chat."""
    turns = Turns(1, 0, rules=[Rate(whose=Whose.CHAT, most=1)])
    for _ in range(3):
        async with turns.take("admin", chat="c", exempt=True):
            pass
    async with turns.take("a", chat="c"):
        with pytest.raises(Busy):
            turns.check("admin", chat="c", exempt=True)


async def test_checking_counts_nothing() -> None:
    """To check is no question."""
    turns = Turns(1, 0, rules=[Rate(whose=Whose.PERSON, most=1)])
    for _ in range(3):
        turns.check("a", chat="c")
    async with turns.take("a", chat="c"):
        pass
    with pytest.raises(SlowDown):
        turns.check("a", chat="c")
