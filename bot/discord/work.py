"""Know what is in work, to let it be finished before the door closes."""

import asyncio
from types import TracebackType
from typing import Any, cast


class Work:
    """What is being answered; each piece enters it with `async with`."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[Any]] = []
        self._rests = asyncio.Event()
        self._rests.set()
        self.is_ending = False

    @property
    def pieces(self) -> int:
        """How many pieces are in work."""
        return len(self._tasks)

    async def __aenter__(self) -> None:
        self._tasks.append(self._piece())
        self._rests.clear()

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._tasks.remove(self._piece())
        if not self._tasks:
            self._rests.set()

    def begin(self) -> None:
        """Take things on, after an end perhaps."""
        self.is_ending = False

    async def end(self, *, seconds: float) -> bool:
        """Take nothing on any more, and tell whether all was finished within some seconds."""
        self.is_ending = True
        try:
            await asyncio.wait_for(self._rests.wait(), seconds)
        except TimeoutError:
            return False
        return True

    @staticmethod
    def _piece() -> asyncio.Task[Any]:
        return cast("asyncio.Task[Any]", asyncio.current_task())  # whatever awaits is in one

    async def cut_off(self) -> None:
        """Cancel what is still in work: a connection that closes under it would make it fail instead."""
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
