"""How long to wait for a server that is away."""

from collections.abc import Iterator
from typing import Final

LONGEST_WAIT: Final = 10.0


def waits() -> Iterator[float]:
    """Yield the seconds between attempts, for ever: half a second at first, ten in the end."""
    wait = 0.5
    while True:
        yield wait
        wait = min(wait * 2, LONGEST_WAIT)
