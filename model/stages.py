"""How far a long piece of work is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a retrain does now (collect, train, export, embed) and how far it is."""

    name: str
    done: int
    total: int
    loss: float | None = None


Tell = Callable[[Stage], None]


def ignore(_stage: Stage) -> None:
    """Tell nobody."""


def part_of(tell: Tell, name: str) -> Callable[[int, int], None]:
    """Turn counts, done and of all, into what `tell` is told of the stage called `name`."""
    return lambda done, total: tell(Stage(name=name, done=done, total=total))
