"""Who has questions open: only one of somebody's is told its place, for the others wait for that one."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class Asking:
    """How many questions of each person are open."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._coming: Counter[str] = Counter()
        self._lines: dict[str, asyncio.Lock] = {}

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

    @asynccontextmanager
    async def in_order(self, person: str) -> AsyncIterator[Callable[[], None]]:
        """Let somebody's questions in one after the other, as they came.

        Call what is given once a question has its turn or its place in the queue, to let in the next.
        """
        line, inside = self._lines.setdefault(person, asyncio.Lock()), False
        self._coming[person] += 1

        def placed() -> None:
            nonlocal inside
            if inside:
                line.release()
            inside = False

        try:
            inside = await line.acquire()
            yield placed
        finally:
            placed()
            self._coming[person] -= 1
            if not self._coming[person]:
                del self._coming[person], self._lines[person]
