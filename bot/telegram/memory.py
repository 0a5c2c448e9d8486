"""Remember for a while what was answered, so that a changed question changes its answer."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

KEPT = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the answer to a message stands; `unique` names the pictures that it answers."""

    message_id: int
    unique: str


class Memory:
    """The latest answers by the message that they answer, and the addresses that queries came from.

    Both are forgotten with the process: addresses are what somebody wrote, and that is not kept.
    """

    def __init__(self) -> None:
        self._places: OrderedDict[tuple[int, int], Place] = OrderedDict()
        self._addresses: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    def place(self, chat_id: int, message_id: int) -> Place | None:
        """Look up where the answer to a message stands."""
        return self._places.get((chat_id, message_id))

    def keep_place(self, chat_id: int, message_id: int, *, place: Place) -> None:
        """Note where the answer to a message stands."""
        _keep(self._places, (chat_id, message_id), place)

    def addresses(self, token: str) -> tuple[str, ...]:
        """Look up the addresses of a query's pictures; empty where there were none, or it is long ago."""
        return self._addresses.get(token, ())

    def keep_addresses(self, token: str, addresses: tuple[str, ...]) -> None:
        """Note the addresses of a query's pictures."""
        _keep(self._addresses, token, addresses)


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > KEPT:
        kept.popitem(last=False)
