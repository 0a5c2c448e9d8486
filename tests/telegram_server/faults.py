"""What can go wrong between a bot and Telegram, ordered by a test.

https://core.telegram.org/bots/faq and https://core.telegram.org/bots/api#responseparameters
"""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from tests.telegram_server.refusals import Refused, too_many_requests

_SAID = {
    400: "Bad Request: something is wrong",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    500: "Internal Server Error: restart",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


class Dropped(Exception):
    """The connection is to be closed without an answer."""


@dataclass(slots=True, kw_only=True)
class Fault:
    """What goes wrong so many times, after `after` calls; "" is every method, "file" are downloads."""

    method: str = ""
    times: float = 1
    after: int = 0
    status: int = 0
    retry_after: int = 0
    why: str = ""
    seconds: float = 0.0
    drop: bool = False
    late: bool = False

    def applies(self, method: str) -> bool:
        """Say whether this call goes wrong, and count it; polling goes wrong only by name."""
        if self.method.lower() != method and (self.method or method == "getupdates"):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        return self.times >= 0


@dataclass(slots=True, kw_only=True)
class Faults:
    """All that a test has ordered, tried in order."""

    ordered: list[Fault] = field(default_factory=list)

    def find(self, method: str) -> Fault | None:
        """Give what goes wrong with this call."""
        self.ordered = [fault for fault in self.ordered if fault.times > 0]
        return next((fault for fault in self.ordered if fault.applies(method)), None)


async def before(fault: Fault | None) -> None:
    """Go wrong before the method does anything."""
    if fault is None:
        return
    if not fault.late:
        await asyncio.sleep(fault.seconds)
    if fault.drop and not fault.late:
        raise Dropped
    if fault.status == 429:
        raise too_many_requests(fault.retry_after)
    if fault.status:
        raise Refused(fault.why or _SAID.get(fault.status, "Error"), code=fault.status)


async def after(fault: Fault | None) -> None:
    """Go wrong when the method has already done its work, and its answer is late or lost."""
    if fault is None or not fault.late:
        return
    await asyncio.sleep(fault.seconds)
    if fault.drop:
        raise Dropped


def hang_up(request: web.Request) -> None:
    """Close the connection as a broken network does."""
    if request.transport is not None:
        request.transport.abort()
