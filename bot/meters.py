"""Count questions by their door and end, and how long they took: plain numbers, so that it costs nothing."""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from storage.errors import Banned, Busy, Closing, GrimcheError, SlowDown

# Upper ends in seconds; an answer takes some ten milliseconds, a queue or a slow network makes it seconds.
BOUNDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    REFUSED = "refused"  # with a sentence: no picture, an unknown title
    REJECTED = "rejected"  # sent away: too many, too often, banned, or the process ends
    FAILED = "failed"  # nobody foresaw it
    GIVEN_UP = "given up"  # the asker went away


@dataclass(slots=True, kw_only=True)
class Spread:
    """How durations spread: a count for each of BOUNDS and one for what is longer, and their sum."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        """Count one duration."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds


class Meters:
    """What one process has counted since it began."""

    def __init__(self) -> None:
        self.ends: Counter[tuple[str, Outcome]] = Counter()
        self.spreads: dict[str, Spread] = {}

    @contextmanager
    def asking(self, door: str) -> Iterator[None]:
        """Count what happens in the block as one question."""
        began = time.perf_counter()
        try:
            yield
        except BaseException as error:
            self.ends[door, outcome_of(error)] += 1
            raise
        self.ends[door, Outcome.ANSWERED] += 1
        if (spread := self.spreads.get(door)) is None:
            spread = self.spreads[door] = Spread()
        spread.add(time.perf_counter() - began)

    @property
    def rejected(self) -> int:
        """How many questions were sent away, at all doors."""
        return sum(count for (_, outcome), count in self.ends.items() if outcome is Outcome.REJECTED)


def outcome_of(error: BaseException) -> Outcome:
    """Tell how a question ended that raised an error."""
    match error:
        case Busy() | SlowDown() | Banned() | Closing():
            return Outcome.REJECTED
        case GrimcheError():
            return Outcome.REFUSED
        case Exception():
            return Outcome.FAILED
        case _:
            return Outcome.GIVEN_UP
