"""What can go wrong between a bot and Discord, ordered by a test.

https://discord.com/developers/docs/topics/opcodes-and-status-codes#http
"""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from tests.discord_server.refusals import Refused, TooMany

_SAID = {
    400: ("Bad Request", 0),
    403: ("Missing Permissions", 50013),
    404: ("Unknown Message", 10008),
    500: ("500: Internal Server Error", 0),
    502: ("502: Bad Gateway", 0),
    503: ("503: Service Unavailable", 0),
}


class Dropped(Exception):
    """The connection is to be closed without an answer."""


@dataclass(slots=True, kw_only=True)
class Fault:
    """What goes wrong so many times, after `after` calls; "" is every route, "cdn" are downloads."""

    route: str = ""
    times: float = 1
    after: int = 0
    status: int = 0
    code: int = 0
    retry_after: float = 0.0
    everywhere: bool = False
    seconds: float = 0.0
    until: asyncio.Event | None = None
    drop: bool = False
    late: bool = False

    def applies(self, route: str) -> bool:
        """Say whether this call goes wrong, and count it; downloads go wrong only by name."""
        if self.route != route and (self.route or route == "cdn"):
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

    def find(self, route: str) -> Fault | None:
        """Give what goes wrong with this call."""
        self.ordered = [fault for fault in self.ordered if fault.times > 0]
        return next((fault for fault in self.ordered if fault.applies(route)), None)


async def before(fault: Fault | None) -> None:
    """Go wrong before anything is done."""
    if fault is None:
        return
    if fault.until is not None:
        await fault.until.wait()
    if not fault.late:
        await asyncio.sleep(fault.seconds)
    if fault.drop and not fault.late:
        raise Dropped
    if fault.status == 429:
        raise TooMany(fault.retry_after, everywhere=fault.everywhere)
    if fault.status:
        said, code = _SAID.get(fault.status, ("Error", 0))
        raise Refused(said, status=fault.status, code=fault.code or code)


async def after(fault: Fault | None) -> None:
    """Go wrong when the work is already done, and its answer is late or lost."""
    if fault is None or not fault.late:
        return
    await asyncio.sleep(fault.seconds)
    if fault.drop:
        raise Dropped


def hang_up(request: web.Request) -> None:
    """Close the connection as a broken network does."""
    if request.transport is not None:
        request.transport.abort()
