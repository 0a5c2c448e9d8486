"""Open the Discord door: log in, let the client run, and end it so that nothing is lost."""

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import texts
from bot.discord.apologies import apologise
from bot.discord.board import DiscordBoard
from bot.discord.client import BotClient
from bot.discord.context import DOOR, Parts
from bot.lives import DoorState
from bot.waits import waits
from storage.errors import GrimcheError, TokenRefused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Sequence

    from bot.settings import Settings
    from storage.queries import Query

log = logging.getLogger(__name__)

GRACE: Final = 25.0  # seconds for answers in work, when the process ends
EVERY: Final = 600.0  # seconds between looks at the catalogue's size, which the presence shows
_TOKEN_REFUSED: Final = 4004  # https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
_AWAY: Final = (discord.DiscordServerError, discord.GatewayNotFound, aiohttp.ClientError, OSError)


class DiscordDoor:
    """The Discord bot of a token."""

    name = DOOR

    def __init__(self, settings: "Settings", parts: Parts) -> None:
        self._settings = settings
        self._parts = parts

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, and finish what is in work; raises TokenRefused."""
        self._parts.work.begin()
        for wait in waits():
            try:
                await self._run_once(stop)
            except _AWAY as error:
                log.warning("Discord cannot be reached (%s); again in %.1f s", type(error).__name__, wait)
                self._parts.service.observed.lives.note(DOOR, DoorState.AWAY, why=type(error).__name__)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), wait)
            else:
                return
            if stop.is_set():
                return

    async def _run_once(self, stop: asyncio.Event) -> None:
        lost = await self._parts.ledger.unfinished(DOOR)
        async with await build(self._settings, self._parts) as client:
            serving = asyncio.create_task(self._serve(client, lost))
            stopping = asyncio.create_task(stop.wait())
            try:
                await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not serving.done() and not await self._parts.work.end(seconds=GRACE):
                    log.warning("some answers are not ready; they are apologised for at the next start")
            finally:
                await self._parts.work.cut_off()
                await _cancel(stopping)
                await _cancel(serving)
        if not serving.cancelled():
            serving.result()

    async def _serve(self, client: BotClient, lost: "Sequence[Query]") -> None:
        """Log in and stay connected; raises TokenRefused."""
        try:
            await client.login(self._settings.discord_token.get_secret_value())
            self._parts.service.observed.lives.note(DOOR, DoorState.OPEN)
            beside = _beside(apologise(self._parts, client, lost), _show_size(self._parts, client))
            async with beside, self._parts.office.joined(DiscordBoard(client, self._parts)):
                await client.connect()
        except discord.LoginFailure as error:
            raise TokenRefused(door="Discord", setting="GRIMCHE_DISCORD_TOKEN") from error
        except discord.ConnectionClosed as error:
            if error.code == _TOKEN_REFUSED:
                raise TokenRefused(door="Discord", setting="GRIMCHE_DISCORD_TOKEN") from error
            raise


async def build(settings: "Settings", parts: Parts) -> BotClient:
    """Build the client for the Discord that is set; the library keeps where that is for the whole process."""
    Route.BASE = settings.discord_api.rstrip("/")
    if settings.discord_gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway)
    return BotClient(
        parts,
        gateway=settings.discord_gateway,
        shards=settings.discord_shards,
        presence=await _size(parts),
    )


async def _show_size(parts: Parts, client: BotClient) -> None:
    """Let the presence say how large the catalogue is, for as long as this runs."""
    shown = await _size(parts)
    while True:
        await asyncio.sleep(EVERY)
        if client.is_ready() and shown != (size := await _size(parts)):
            await client.change_presence(activity=discord.CustomActivity(size))
            shown = size


async def _size(parts: Parts) -> str:
    counts = await parts.service.counts()
    return texts.get(parts.language).format("discord-presence", count=counts.webtoons)


@contextlib.asynccontextmanager
async def _beside(*works: "Coroutine[Any, Any, None]") -> "AsyncIterator[None]":
    """Do things beside what happens in the block, which fails with none of them."""
    tasks = [asyncio.create_task(_logged(work)) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            await _cancel(task)


async def _logged(work: "Coroutine[Any, Any, None]") -> None:
    try:
        await work
    except (GrimcheError, discord.DiscordException, aiohttp.ClientError, OSError) as error:
        log.warning("something beside the answers failed: %s", type(error).__name__)


async def _cancel(task: "asyncio.Task[Any]") -> None:
    """End a task and wait for it; an error that it ended with stays in it."""
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.exception()  # or asyncio believes that nobody will look at it
