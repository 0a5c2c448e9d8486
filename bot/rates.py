"""Sliding windows: how often somebody may ask."""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.errors import SlowDown

SWEEP = 4096  # names, after which those who have not asked for long are left out


class Whose(StrEnum):
    """Whom a rate counts for."""

    PERSON = "person"
    CHAT = "chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """At most `most` questions in any `seconds`, of each person or in each chat."""

    whose: Whose
    most: int
    seconds: float = 60.0


class Window:
    """When each name asked lately, under one rate."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._asked: dict[str, deque[float]] = {}
        self._sweep_at = SWEEP

    def wait(self, name: str, *, now: float) -> float:
        """Tell how many seconds are left until another question is welcome."""
        asked = self._asked.get(name, deque())
        while asked and asked[0] + self.rate.seconds <= now:
            asked.popleft()
        return asked[0] + self.rate.seconds - now if len(asked) >= self.rate.most else 0.0

    def count(self, name: str, *, now: float) -> None:
        """Note a question."""
        if len(self._asked) >= self._sweep_at:
            self._sweep(now)
        self._asked.setdefault(name, deque()).append(now)

    def _sweep(self, now: float) -> None:
        recent = now - self.rate.seconds
        left = {name: asked for name, asked in self._asked.items() if asked and asked[-1] > recent}
        self._asked = left
        self._sweep_at = max(SWEEP, 2 * len(left))


class Windows:
    """All rates together."""

    def __init__(self, rules: Sequence[Rate]) -> None:
        self._windows = [Window(rate) for rate in rules]

    def check(self, person: str, *, chat: str, now: float) -> None:
        """Refuse a question that comes too early; raises SlowDown with the seconds that are left."""
        waits = [window.wait(_name(window.rate, person, chat=chat), now=now) for window in self._windows]
        if left := max(waits, default=0.0):
            raise SlowDown(seconds=math.ceil(left))

    def count(self, person: str, *, chat: str, now: float) -> None:
        """Note a question that is taken on."""
        for window in self._windows:
            window.count(_name(window.rate, person, chat=chat), now=now)


def _name(rate: Rate, person: str, *, chat: str) -> str:
    return person if rate.whose is Whose.PERSON else chat
