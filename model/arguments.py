"""What the scripts of this package can be given on their command lines."""

import argparse
from collections.abc import Callable
from typing import TypeVar

from model.recipe import SEEDS

T = TypeVar("T", int, float)


def whole(text: str) -> int:
    """Read a whole number from 1 on; raises ArgumentTypeError."""
    return _read(text, int, "1 or more", lambda number: number >= 1)


def seed(text: str) -> int:
    """Read what chance may begin with; raises ArgumentTypeError."""
    return _read(text, int, f"{SEEDS.start} to {SEEDS.stop - 1}", lambda number: number in SEEDS)


def rate(text: str) -> float:
    """Read a learning rate above 0 and up to 1; raises ArgumentTypeError."""
    return _read(text, float, "above 0 and up to 1", lambda number: 0 < number <= 1)


def _read(text: str, kind: Callable[[str], T], allowed: str, fits: Callable[[T], bool]) -> T:
    fault = f"{text!r} is not {allowed}"
    try:
        number = kind(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(fault) from error
    if not fits(number):
        raise argparse.ArgumentTypeError(fault)
    return number
