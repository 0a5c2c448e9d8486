"""How far a long piece of work is."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a retrain does now (collect, train, export, embed, compare) and how far it is.

    While it trains, `epoch` of `epochs` runs; `score` is what the best checkpoint is chosen by, of the
    last epoch that has ended.
    """

    name: str
    done: int
    total: int
    loss: float | None = None
    epoch: int = 0
    epochs: int = 0
    score: float | None = None


Tell = Callable[[Stage], None]


def ignore(_stage: Stage) -> None:
    """Tell nobody."""


def part_of(tell: Tell, name: str) -> Callable[[int, int], None]:
    """Turn counts, done and of all, into what `tell` is told of the stage called `name`."""
    return lambda done, total: tell(Stage(name=name, done=done, total=total))
