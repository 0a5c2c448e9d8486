"""Open a real Discord door before a local Discord."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.app import open_service
from bot.background import Background
from bot.desk import Desk
from bot.discord.context import Parts
from bot.discord.door import DiscordDoor
from bot.fetching import Fetcher, Network
from bot.ledger import Ledger
from bot.office import Office
from bot.rates import Rate
from bot.settings import Settings
from bot.texts import Language
from bot.turns import Turns
from tests.discord_server import DiscordServer

EVERY = 0.1


@dataclass(slots=True, kw_only=True)
class OpenDoor:
    """A door that runs as a task; `stop` lets it end as SIGTERM does."""

    parts: Parts
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None]" = field(init=False)


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
            admins=settings.admins_of("discord"),
            language=Language.EN,
            admin_guild=settings.discord_admin_guild or None,
        )


@asynccontextmanager
async def open_door(server: DiscordServer, settings: Settings, parts: Parts) -> AsyncIterator[OpenDoor]:
    """Run a door until the end, and wait until it is connected and has named its commands."""
    opened, before = OpenDoor(parts=parts), len(server.world.gateway.identified)
    opened.task = asyncio.create_task(DiscordDoor(settings, parts).run(opened.stop))
    server.watches(lambda: parts.work.pieces > 0)
    try:
        await _connects(server, opened, before=before)
        yield opened
    finally:
        opened.stop.set()
        server.watches(None)
        await opened.task


async def _connects(server: DiscordServer, opened: OpenDoor, *, before: int) -> None:
    """Wait until the door is connected and has named its commands."""
    identified = server.world.gateway.identified
    while len(identified) == before and not opened.task.done():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    if not opened.task.done():
        await server.rests()


def _soon(settings: Settings) -> timedelta:
    """Let those wait for nothing who test what is scraped unasked, and others not see what is."""
    return timedelta() if settings.scraped else timedelta(days=1)
