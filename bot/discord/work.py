"""Count what is in work, to let it be finished before the door closes."""

import asyncio
from types import TracebackType


class Work:
    """What is being answered; each piece enters it with `async with`."""

    def __init__(self) -> None:
        self._pieces = 0
        self._rests = asyncio.Event()
        self._rests.set()
        self.is_ending = False

    @property
    def pieces(self) -> int:
        """How many pieces are in work."""
        return self._pieces

    async def __aenter__(self) -> None:
        self._pieces += 1
        self._rests.clear()

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._pieces -= 1
        if not self._pieces:
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
