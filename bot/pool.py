"""A few threads for blocking work, and a bound on how much of it waits."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from storage.errors import Busy

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one service takes on at once.

    `threads` look at pictures, `waiting` queries may wait for one of them, and a query may hold
    `pictures` pictures.
    """

    threads: int = 2
    waiting: int = 32
    pictures: int = 10


class Pool:
    """The threads of one service; close it when nobody asks any more."""

    def __init__(self, limits: Limits) -> None:
        self._at_once = limits.threads
        self._most = limits.threads + limits.waiting
        self._threads = ThreadPoolExecutor(limits.threads, thread_name_prefix="grimche-query")
        self._asked = 0

    @property
    def running(self) -> int:
        """How many pieces of work run."""
        return min(self._asked, self._at_once)

    @property
    def waiting(self) -> int:
        """How many pieces of work wait for a thread."""
        return self._asked - self.running

    async def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run blocking work in a thread; raises Busy."""
        if self._asked >= self._most:
            raise Busy
        self._asked += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, lambda: function(*args, **kwargs))
        finally:
            self._asked -= 1

    async def close(self) -> None:
        """Drop what has not begun, and wait for the rest."""
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)
