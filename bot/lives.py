"""Whether each door is open, since when, and why it is not: what its process knows of them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum


class DoorState(StrEnum):
    """How a door stands."""

    OPEN = "open"
    AWAY = "away"  # it runs, but its network does not answer
    BROKEN = "broken"  # it ended with what nobody foresaw, and opens again after a while
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How a door stands and since when; `why` is a sentence in English, empty while it is open."""

    door: str
    state: DoorState
    since: datetime
    why: str = ""


class Lives:
    """The doors of one process by their names."""

    def __init__(self) -> None:
        self._lives: dict[str, Life] = {}

    def note(self, door: str, state: DoorState, *, why: str = "") -> None:
        """Note how a door stands; the moment stays while the state does."""
        known = self._lives.get(door)
        if known is not None and known.state is state:
            self._lives[door] = replace(known, why=why)
        else:
            self._lives[door] = Life(door=door, state=state, since=datetime.now(UTC), why=why)

    def all(self) -> tuple[Life, ...]:
        """List the doors in the order in which they were first opened."""
        return tuple(self._lives.values())
