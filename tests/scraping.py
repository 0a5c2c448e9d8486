"""A local Naver for the bots of tests, which can be held in the middle of a scrape."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from tests.platforms.server import Fault, Handler
from tests.platforms.world import World
from tests.scraper.naver_runs import Local, published, settings_of


@dataclass(slots=True, kw_only=True)
class Naver:
    """The platform; while `held`, its image host keeps everybody waiting."""

    local: Local
    _gate: asyncio.Event = field(default_factory=asyncio.Event)
    _before: int = 0

    def hold(self, *, after: int = 0) -> None:
        """Let all pictures wait but so many."""
        self._before = after
        self._gate.clear()

    def release(self) -> None:
        """Let pictures come."""
        self._gate.set()

    async def wait(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer when it is not held."""
        self._before -= 1
        if self._before < 0:
            await self._gate.wait()
        return await handler(request)

    def change_interface(self) -> None:
        """Rename a field that every list has."""
        self.local.api.rename = {"up": "badge"}


@pytest.fixture
async def platform(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Naver]:
    """Publish three works on a local Naver; settings that are to name it are made after it."""
    async with naver(monkeypatch) as platform:
        yield platform


@asynccontextmanager
async def naver(monkeypatch: pytest.MonkeyPatch, *, works: int = 3) -> AsyncIterator[Naver]:
    """Publish some works where the settings look for them."""
    async with published(World(works=works, instalments=3 * works, drawings=1)) as local:
        for name, value in settings_of(local).items():
            monkeypatch.setenv(name, value)
        platform = Naver(local=local)
        platform.release()
        local.images.faults.append(Fault(act=platform.wait))
        yield platform
