"""What waits for the bot: kept until it is confirmed, given by long polling.

https://core.telegram.org/bots/api#getting-updates
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from tests.telegram_server import rules
from tests.telegram_server.refusals import Refused, conflict, unauthorized

Json = dict[str, Any]

_TWO_POLLERS = "terminated by other getUpdates request; make sure that only one bot instance is running"


class Updates:
    """The updates of one bot, in order."""

    def __init__(self) -> None:
        """Have nothing to tell; what a bot did not ask for is the usual choice of kinds."""
        self.pending: deque[tuple[int, str, Json]] = deque()
        self.allowed: frozenset[str] = frozenset()
        self.confirmed_at = time.monotonic()
        self.added: Callable[[], None] = lambda: None
        self._last = 100_000_000
        self._came = asyncio.Event()
        self._poller: asyncio.Future[Refused] | None = None

    def wants(self, kind: str) -> bool:
        """Say whether the bot gets this kind: allowed_updates of https://core.telegram.org/bots/api#getupdates."""
        return kind in self.allowed if self.allowed else kind not in rules.ON_REQUEST

    def push(self, kind: str, payload: Json) -> None:
        """Add an update, unless the bot does not want its kind."""
        if not self.wants(kind):
            return
        self._last += 1
        self.pending.append((self._last, kind, payload))
        self._came.set()
        self.added()

    def confirm(self, offset: int) -> None:
        """Forget what comes before `offset`; negative ones count from the end."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        while offset > 0 and self.pending and self.pending[0][0] < offset:
            self.pending.popleft()
        self.confirmed_at = time.monotonic()

    def drop(self) -> None:
        """Forget all that waits: drop_pending_updates."""
        self.pending.clear()

    async def poll(self, offset: int, *, limit: int, seconds: float) -> Sequence[Json]:
        """Wait for updates from `offset` on; another one who polls ends this."""
        self.interrupt(conflict(_TWO_POLLERS))
        self.confirm(offset)
        ended = self._poller = asyncio.get_running_loop().create_future()
        try:
            if not self.pending and seconds > 0:
                await self._wait(ended, seconds)
        finally:
            if self._poller is ended:
                self._poller = None
        if ended.done():
            raise ended.result()
        return [{"update_id": id_, kind: payload} for id_, kind, payload in list(self.pending)[:limit]]

    def interrupt(self, why: Refused) -> None:
        """End the poll that waits, if one does."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(why)

    def revoke(self) -> None:
        """End the poll that waits, as its token is no longer one."""
        self.interrupt(unauthorized())

    async def _wait(self, ended: "asyncio.Future[Refused]", seconds: float) -> None:
        self._came.clear()
        came = asyncio.ensure_future(self._came.wait())
        both: set[asyncio.Future[Any]] = {came, ended}
        try:
            await asyncio.wait(both, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            came.cancel()
