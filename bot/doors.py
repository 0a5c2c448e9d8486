"""Run every door in one loop: none that fails takes another with it."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from storage.errors import GrimcheError

log = logging.getLogger(__name__)

Say = Callable[[GrimcheError], None]


class Door(Protocol):
    """A front-end that runs until it is told to stop."""

    @property
    def name(self) -> str:
        """The door's word, such as "telegram"."""
        ...

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, then take nothing on, finish what is in work, and return.

        Raises GrimcheError when the door cannot go on; anything else opens it again after a while.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds: how long answers in work may take to end, and the pauses before a door opens again."""

    grace: float = 30.0
    first_pause: float = 1.0
    longest_pause: float = 60.0


async def run_doors(
    doors: Sequence[Door], stop: asyncio.Event, *, say: Say, patience: Patience | None = None
) -> None:
    """Run the doors until `stop` is set, and wait until they have finished.

    A door that ends with a GrimcheError is said with `say` while others go on; when the last one has
    ended so, its error is raised.
    """
    raise NotImplementedError
