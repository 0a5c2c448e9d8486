"""Who has questions open: only one of somebody's is told its place, for the others wait for that one."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Asking:
    """How many questions of each person are open."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    @asynccontextmanager
    async def question(self, person: str) -> AsyncIterator[None]:
        """Count a question while the block lasts."""
        self._open[person] += 1
        try:
            yield
        finally:
            self._open[person] -= 1
            if not self._open[person]:
                del self._open[person]

    def has_one(self, person: str) -> bool:
        """Tell whether somebody has no more than one question open."""
        return self._open[person] <= 1
