"""Open a real Telegram door before a local Telegram."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from telegram.ext import Application

from bot.app import open_service
from bot.background import Background
from bot.desk import Desk
from bot.fetching import Fetcher, Network
from bot.ledger import Ledger
from bot.office import Office
from bot.rates import Rate
from bot.settings import Settings
from bot.telegram import door as doors
from bot.telegram.albums import Albums
from bot.telegram.context import Parts
from bot.texts import Language
from bot.turns import Turns
from tests.telegram_server import TelegramServer

ALBUM_PAUSE = 0.15
EVERY = 0.1


@dataclass(slots=True, kw_only=True)
class OpenDoor:
    """A door that runs as a task; `stop` lets it end as SIGTERM does."""

    parts: Parts
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    applications: list[Application[Any, Any, Any, Any, Any, Any]] = field(default_factory=list)
    task: "asyncio.Task[None]" = field(init=False)

    @property
    def is_busy(self) -> bool:
        """Whether an update waits or a handler works."""
        return any(
            not each.update_queue.empty()
            or each.update_processor.current_concurrent_updates
            or each._Application__create_task_tasks  # type: ignore[attr-defined]
            for each in self.applications
        )


@asynccontextmanager
async def open_parts(
    settings: Settings, *, rules: tuple[Rate, ...] = (), network: Network | None = None
) -> AsyncIterator[Parts]:
    """Put the parts together as the program does, but for limits, which tests would run into."""
    async with AsyncExitStack() as opened:
        service = await opened.enter_async_context(open_service(settings))
        ledger = await opened.enter_async_context(Ledger(settings.database))
        fetcher = await opened.enter_async_context(Fetcher(network=network))
        background = await opened.enter_async_context(
            Background(settings, service, every=EVERY, soon=_soon(settings))
        )
        yield Parts(
            service=service,
            ledger=ledger,
            desk=Desk(service, ledger, Turns(2, 16, rules=rules)),
            fetcher=fetcher,
            office=Office(settings, background),
            admins=settings.admins_of("telegram"),
            language=Language.EN,
            albums=Albums(ALBUM_PAUSE),
        )


@asynccontextmanager
async def open_door(server: TelegramServer, settings: Settings, parts: Parts) -> AsyncIterator[OpenDoor]:
    """Run a door until the end, and wait until it listens."""
    opened = OpenDoor(parts=parts)
    build = doors.build

    def watched(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as what is watched
        opened.applications.append(build(*args, **kwargs))
        return opened.applications[-1]

    with patch.object(doors, "build", watched):
        opened.task = asyncio.create_task(doors.TelegramDoor(settings, parts).run(opened.stop))
        server.watches(lambda: opened.is_busy)
        try:
            await _listens(server, opened)
            yield opened
        finally:
            opened.stop.set()
            server.watches(None)
            await opened.task


async def _listens(server: TelegramServer, opened: OpenDoor) -> None:
    """Wait until the door asks for updates and has said what it can do."""
    before = len(server.calls("getUpdates"))
    while len(server.calls("getUpdates")) == before and not opened.task.done():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    if not opened.task.done():
        await server.rests()


def _soon(settings: Settings) -> timedelta:
    """Let those wait for nothing who test what is scraped unasked, and others not see what is."""
    return timedelta() if settings.scraped else timedelta(days=1)
