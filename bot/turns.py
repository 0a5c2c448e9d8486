"""Who is answered next: a bounded queue, one running question for each person, and rates."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.rates import Rate, Windows
from storage.errors import Busy

Told = Callable[[int], Awaitable[object]]


@dataclass(slots=True, eq=False, kw_only=True)
class _Waiter:
    """Somebody in the queue; `is_ready` once the place has been told."""

    person: str
    is_ready: bool = False
    start: "asyncio.Future[None]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


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
        self._waiting: list[_Waiter] = []

    @property
    def running(self) -> int:
        """How many questions run."""
        return len(self._running)

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return len(self._waiting)

    def check(self, person: str, *, chat: str, exempt: bool = False) -> None:
        """Raise what `take` would raise now, SlowDown or Busy, and count nothing."""
        if not exempt:
            self._windows.check(person, chat=chat, now=self._clock())
        if not self._may_start(person) and len(self._waiting) >= self._most_waiting:
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
            and all(waiter.person != person for waiter in self._waiting)
        )

    async def _wait(self, person: str, *, told: Told | None) -> None:
        waiter = _Waiter(person=person)
        self._waiting.append(waiter)
        try:
            if told is not None:
                await told(len(self._waiting))
            waiter.is_ready = True
            self._advance()
            await waiter.start
        except BaseException:
            self._leave(waiter)
            raise

    def _leave(self, waiter: _Waiter) -> None:
        """Give up a place, or a turn that came just as its question was cancelled."""
        if waiter in self._waiting:
            self._waiting.remove(waiter)
            self._advance()
        else:
            self._end(waiter.person)

    def _end(self, person: str) -> None:
        self._running.discard(person)
        self._advance()

    def _advance(self) -> None:
        """Start whoever may start, in the order of the queue."""
        blocked = set(self._running)
        for waiter in list(self._waiting):
            if len(self._running) >= self._most_running:
                return
            if waiter.is_ready and waiter.person not in blocked:
                self._waiting.remove(waiter)
                self._running.add(waiter.person)
                waiter.start.set_result(None)
            blocked.add(waiter.person)
