"""How long to wait for a server that is away, and between words that are not urgent."""

from collections.abc import Iterator
from typing import Final

LONGEST_WAIT: Final = 10.0
APOLOGIES: Final = 0.2  # seconds between two: a thousand of them shall leave room for answers


def waits() -> Iterator[float]:
    """Yield the seconds between attempts, for ever: half a second at first, ten in the end."""
    wait = 0.5
    while True:
        yield wait
        wait = min(wait * 2, LONGEST_WAIT)
