"""Who is answered next: a bounded queue, one running question for each person, and rates."""

import asyncio
import heapq
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from bot.rates import Rate, Windows
from storage.errors import Busy

Told = Callable[[int], Awaitable[object]]


@dataclass(slots=True, eq=False, kw_only=True)
class _Waiter:
    """Somebody in the queue; `is_ready` once the place has been told."""

    person: str
    number: int
    is_ready: bool = False
    start: asyncio.Event = field(default_factory=asyncio.Event)


class Turns:
    """Let `running` questions run and `waiting` more wait, first come, first served.

    A person has one running question; the next ones wait for it in their order, and let others pass.
    """

    def __init__(
        self,
        running: int,
        waiting: int,
        *,
        rules: Sequence[Rate] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most_running = running
        self._most_waiting = waiting
        self._windows = Windows(rules)
        self._clock = clock
        self._running: set[str] = set()
        self._waiting = 0
        self._numbers = count()
        self._lanes: dict[str, deque[_Waiter]] = {}  # who waits, by person
        self._next: list[tuple[int, _Waiter]] = []  # a heap of those who wait for nothing but room

    @property
    def running(self) -> int:
        """How many questions run."""
        return len(self._running)

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return self._waiting

    def check(self, person: str, *, chat: str, exempt: bool = False) -> None:
        """Raise what `take` would raise now, SlowDown or Busy, and count nothing."""
        if not exempt:
            self._windows.check(person, chat=chat, now=self._clock())
        if not self._may_start(person) and self._waiting >= self._most_waiting:
            raise Busy

    @asynccontextmanager
    async def take(
        self, person: str, *, chat: str, told: Told | None = None, exempt: bool = False
    ) -> AsyncIterator[None]:
        """Wait for a turn and hold it; `told` is told the place in the queue, from 1, if there is a wait.

        Nobody's turn begins while `told` is at work.  With `exempt`, only the queue counts.  Raises
        SlowDown and Busy, and then nothing has been counted.
        """
        self.check(person, chat=chat, exempt=exempt)
        if not exempt:
            self._windows.count(person, chat=chat, now=self._clock())
        if self._may_start(person):
            self._running.add(person)
        else:
            await self._wait(person, told=told)
        try:
            yield
        finally:
            self._end(person)

    def _may_start(self, person: str) -> bool:
        """Tell whether a question could run at once."""
        return (
            len(self._running) < self._most_running
            and person not in self._running
            and person not in self._lanes
        )

    async def _wait(self, person: str, *, told: Told | None) -> None:
        waiter = _Waiter(person=person, number=next(self._numbers))
        self._lanes.setdefault(person, deque()).append(waiter)
        self._waiting += 1
        try:
            if told is not None:
                await told(self._waiting)
            waiter.is_ready = True
            self._offer(person)
            await waiter.start.wait()
        except BaseException:
            self._give_up(waiter)
            raise

    def _give_up(self, waiter: _Waiter) -> None:
        """Leave the queue, or end a turn that came just as its question was cancelled."""
        if waiter.start.is_set():
            self._end(waiter.person)
        else:
            self._leave(waiter)
            self._offer(waiter.person)

    def _leave(self, waiter: _Waiter) -> None:
        lane = self._lanes[waiter.person]
        lane.remove(waiter)
        if not lane:
            del self._lanes[waiter.person]
        self._waiting -= 1

    def _end(self, person: str) -> None:
        self._running.discard(person)
        self._offer(person)

    def _offer(self, person: str) -> None:
        """Let the next question of a person start as soon as there is room, and whoever has room now."""
        lane = self._lanes.get(person)
        if lane and lane[0].is_ready and person not in self._running:
            heapq.heappush(self._next, (lane[0].number, lane[0]))
        while self._next and len(self._running) < self._most_running:
            _, waiter = heapq.heappop(self._next)
            if self._is_due(waiter):
                self._leave(waiter)
                self._running.add(waiter.person)
                waiter.start.set()

    def _is_due(self, waiter: _Waiter) -> bool:
        """Tell whether somebody of the heap still waits: he may have given up, or been offered twice."""
        lane = self._lanes.get(waiter.person)
        return lane is not None and lane[0] is waiter and waiter.person not in self._running
