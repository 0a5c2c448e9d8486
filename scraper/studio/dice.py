"""Randomness that gives the same numbers on every machine and Python version."""

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Throws that follow from a key; only `Random.random`, whose stream is promised, is used."""

    __slots__ = ("_random",)

    def __init__(self, *key: int | str) -> None:
        digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
        self._random = random.Random(int.from_bytes(digest[:16], "big"))

    def unit(self) -> float:
        """Throw a number in 0..1."""
        return self._random.random()

    def between(self, low: float, high: float) -> float:
        """Throw a number, every one equally likely."""
        return low + (high - low) * self._random.random()

    def middle(self, low: float, high: float) -> float:
        """Throw a number, more often near the middle."""
        return low + (high - low) * (self._random.random() + self._random.random()) / 2

    def number(self, low: int, high: int) -> int:
        """Throw a whole number, both ends included."""
        return low + int(self._random.random() * (high - low + 1))

    def chance(self, likely: float) -> bool:
        """Say yes as often as told."""
        return self._random.random() < likely

    def pick(self, things: Sequence[T]) -> T:
        """Pick one thing."""
        return things[int(self._random.random() * len(things))]

    def weighted(self, things: Sequence[tuple[T, float]]) -> T:
        """Pick one thing by its weight."""
        return choose(things, self._random.random())

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """Pick several different things."""
        rest = list(things)
        return [rest.pop(int(self._random.random() * len(rest))) for _ in range(min(count, len(rest)))]


def choose(things: Sequence[tuple[T, float]], place: float) -> T:
    """Return the thing at a place (0..1) along the weights."""
    left = place * sum(weight for _, weight in things)
    for thing, weight in things:
        left -= weight
        if left < 0:
            return thing
    return things[-1][0]
