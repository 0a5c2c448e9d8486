"""Let the requests to one origin start one after the other, never faster than its rate."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

_JITTER = 0.3  # of the interval, on top of it: a machine's beat is a burden and looks like one


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How the time is read, and how it is waited for, in seconds."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Pace:
    """Give out turns, at most `rate` of them per second; any number at once when it is infinite."""

    def __init__(self, rate: float, *, clock: Clock) -> None:
        """Make the first turn free."""
        self._interval = 1 / rate
        self._clock = clock
        self._next = clock.now()
        self._queue = asyncio.Lock()

    async def turn(self) -> None:
        """Wait until the next request may start.

        The interval is counted from when the last one really started, and only one waits at a time; so a
        busy machine that wakes late makes no two start close together.
        """
        async with self._queue:
            while (wait := self._next - self._clock.now()) > 0:
                await self._clock.sleep(wait)
            self._next = self._clock.now() + self._interval * (1 + _JITTER * random.random())

    def pause(self, seconds: float) -> None:
        """Let nobody start for some seconds, those that wait already included."""
        self._next = max(self._next, self._clock.now() + seconds)

    def widen(self, seconds: float) -> None:
        """Leave at least `seconds` between two turns from now on."""
        self._interval = max(self._interval, seconds)

    def slow_down(self) -> None:
        """Halve the rate from now on."""
        self._interval *= 2
