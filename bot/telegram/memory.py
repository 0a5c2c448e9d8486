"""Remember for a while what was answered, so that a changed question changes its answer."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

KEPT = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the answer to a message stands; `name` is that of the pictures that it answers.

    `message_id` is None while the answer is being made.
    """

    name: str = ""
    message_id: int | None = None
    is_text: bool = False


class Memory:
    """The latest answers by the message that they answer, and the addresses that queries came from.

    Both are forgotten with the process: addresses are what somebody wrote, and that is not kept.
    """

    def __init__(self) -> None:
        self._places: OrderedDict[tuple[int, int], Place] = OrderedDict()
        self._addresses: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._refused: OrderedDict[str, float] = OrderedDict()

    def place(self, key: tuple[int, int]) -> Place | None:
        """Look up where the answer to a message stands, by the numbers of its chat and its own."""
        return self._places.get(key)

    def keep_place(self, key: tuple[int, int], *, place: Place) -> None:
        """Note where the answer to a message stands."""
        _keep(self._places, key, place)

    def addresses(self, token: str) -> tuple[str, ...]:
        """Look up the addresses of a query's pictures; empty where there were none, or it is long ago."""
        return self._addresses.get(token, ())

    def keep_addresses(self, token: str, addresses: Sequence[str]) -> None:
        """Note the addresses of a query's pictures."""
        _keep(self._addresses, token, tuple(addresses))

    def is_refused_again(self, key: str, *, seconds: float, now: float) -> bool:
        """Tell whether somebody was told less than `seconds` ago to wait, and note that it is said now."""
        if self._refused.get(key, 0.0) > now:
            return True
        _keep(self._refused, key, now + seconds)
        return False


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > KEPT:
        kept.popitem(last=False)
