"""A bot made of the library and nothing else, which tests of the local Discord talk through."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar
from unittest.mock import patch

import discord
import yarl
from discord import app_commands, http
from discord.asset import Asset
from discord.gateway import DiscordWebSocket

from tests.discord_server import DiscordServer

Bot = TypeVar("Bot", bound=discord.Client)


class Plain(discord.Client):
    """A client with commands, and everything that it was told."""

    def __init__(self, **options: object) -> None:
        """Want no privileged intents."""
        options.setdefault("intents", discord.Intents.default())
        super().__init__(guild_ready_timeout=0.05, **options)  # type: ignore[arg-type]  # options are the library's
        self.tree = app_commands.CommandTree(self)
        self.messages: list[discord.Message] = []
        self.interactions: list[discord.Interaction] = []
        self.events: list[str] = []

    async def on_message(self, message: discord.Message) -> None:
        """Keep a message."""
        self.messages.append(message)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Keep an interaction."""
        self.interactions.append(interaction)

    async def on_socket_event_type(self, event: str) -> None:
        """Keep the name of an event."""
        self.events.append(event)


@asynccontextmanager
async def addressed(server: DiscordServer) -> AsyncIterator[None]:
    """Let the library talk to a local Discord."""
    with (
        patch.object(http.Route, "BASE", server.api),
        patch.object(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway)),
        patch.object(Asset, "BASE", server.cdn),
        patch.object(discord.Client, "before_identify_hook", at_once),
    ):
        yield


@asynccontextmanager
async def running(server: DiscordServer, client: Bot) -> AsyncIterator[Bot]:
    """Run a bot before a local Discord, from when it is ready until the end."""
    async with addressed(server), client:
        await client.login(server.token)
        connected = asyncio.create_task(client.connect())
        await client.wait_until_ready()
        while any(guild.unavailable for guild in client.guilds):  # noqa: ASYNC110  it waits a moment only
            await asyncio.sleep(0.01)
        yield client
        await client.close()
        await connected


async def at_once(_client: discord.Client, _shard: int | None, *, initial: bool = False) -> None:
    """Identify without the five seconds between two times, which no test needs to see."""
