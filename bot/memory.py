"""Remember for a while what was answered and asked with; all of it is forgotten with the process."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

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


class Recent(Generic[K, V]):
    """The latest values by their keys; older ones are forgotten."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """Look a value up."""
        return self._kept.get(key)

    def keep(self, key: K, value: V) -> None:
        """Note a value, and forget the oldest where there are too many."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def drop(self, key: K) -> None:
        """Forget a value."""
        self._kept.pop(key, None)

    def __iter__(self) -> Iterator[K]:
        """Name the keys, the oldest first."""
        return iter(list(self._kept))


class Refused:
    """Who was refused lately, so that nobody is told the same again and again."""

    def __init__(self) -> None:
        self._until: Recent[str, float] = Recent()

    def is_again(self, key: str, *, seconds: float, now: float) -> bool:
        """Tell whether somebody was told less than `seconds` ago to wait, and note that it is said now."""
        if (self._until.get(key) or 0.0) > now:
            return True
        self._until.keep(key, now + seconds)
        return False


class Memory:
    """The latest answers by the message that they answer, and the addresses that queries came from.

    Addresses are what somebody wrote, and that is not kept.
    """

    def __init__(self) -> None:
        self._places: Recent[tuple[int, int], Place] = Recent()
        self._addresses: Recent[str, tuple[str, ...]] = Recent()
        self._refused = Refused()

    def place(self, key: tuple[int, int]) -> Place | None:
        """Look up where the answer to a message stands, by the numbers of its chat and its own."""
        return self._places.get(key)

    def keep_place(self, key: tuple[int, int], *, place: Place) -> None:
        """Note where the answer to a message stands."""
        self._places.keep(key, place)

    def addresses(self, token: str) -> tuple[str, ...]:
        """Look up the addresses of a query's pictures; empty where there were none, or it is long ago."""
        return self._addresses.get(token) or ()

    def keep_addresses(self, token: str, addresses: Sequence[str]) -> None:
        """Note the addresses of a query's pictures."""
        self._addresses.keep(token, tuple(addresses))

    def is_refused_again(self, key: str, *, seconds: float, now: float) -> bool:
        """Tell whether somebody was told less than `seconds` ago to wait, and note that it is said now."""
        return self._refused.is_again(key, seconds=seconds, now=now)
