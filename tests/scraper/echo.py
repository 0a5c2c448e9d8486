"""A plain server to ask, and a client without pace to ask it with."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from scraper.client import Client, Host, Memory, Patience
from scraper.pace import Clock
from storage.records import Platform
from tests.platforms.server import LocalServer

UNLIMITED = float("inf")
REFERER = "https://comic.naver.com/"
PATIENT = Patience(silence=5, whole=5)


class EchoServer(LocalServer):
    """Answer every path with itself."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock=clock)
        self.routes.append(web.get("/{path:.*}", self._echo))

    async def _echo(self, request: web.Request) -> web.Response:
        return web.Response(text=request.path)


class Hand:
    """A clock that is moved by those who wait for it."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        """Read the time."""
        return self.time

    async def sleep(self, seconds: float) -> None:
        """Move on at once."""
        self.time += seconds
        await asyncio.sleep(0)

    @property
    def clock(self) -> Clock:
        """Give it to a client."""
        return Clock(now=self.now, sleep=self.sleep)


def host(*servers: LocalServer, pace: float = 100.0, platform: Platform = Platform.NAVER) -> Host:
    """Treat servers as those of one platform, which wants a Referer."""
    origins = tuple(server.origin for server in servers)
    return Host(platform=platform, origins=origins, pace=pace, concurrency=4, headers={"Referer": REFERER})


@asynccontextmanager
async def asking(
    *servers: LocalServer,
    contact: str = "",
    pace: float = UNLIMITED,
    budget: int | None = None,
    patience: Patience = PATIENT,
    memory: Memory | None = None,
) -> AsyncIterator[Client]:
    """Open a client that hurries, unless it is told otherwise."""
    async with Client(
        [host(*servers)], contact=contact, pace=pace, budget=budget, patience=patience, memory=memory
    ) as client:
        yield client
