"""The library's client, with our parts, commands and buttons."""

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final, cast

import aiohttp
import discord
import yarl
from discord import app_commands

from bot.discord import asking, commands, presses
from bot.discord.context import DOOR
from bot.discord.errors import say_error
from bot.discord.messages import answer_message
from bot.discord.presses import refuse_press
from bot.discord.syncing import sync
from bot.lives import DoorState

if TYPE_CHECKING:
    import re

    from bot.buttons import Pressed
    from bot.discord.context import Parts

log = logging.getLogger(__name__)

# The bot never speaks, so nobody needs to hear what it lacks for that.
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False

Press = Callable[[discord.Interaction, "Pressed"], Awaitable[None]]

_INSTALLS: Final = app_commands.AppInstallationType(guild=True, user=True)
_CONTEXTS: Final = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)


def say_briefly(record: logging.LogRecord) -> bool:
    """Let the library tell in a line, not in a hundred, that a connection was lost and is tried again."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, (OSError, aiohttp.ClientError)):  # TimeoutError is an OSError
        record.msg, record.args = f"{record.getMessage()} ({type(error).__name__})", ()
        record.exc_info = record.exc_text = None
    return True


logging.getLogger("discord.shard").addFilter(say_briefly)


class BotTree(app_commands.CommandTree["BotClient"]):
    """The commands; what they raise is said like everything else."""

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        """Say what the library found wrong itself, such as a command that is not there any more."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        await say_error(interaction, cause, texts=None)


class BotClient(discord.AutoShardedClient):
    """The bot; `gateway` is where to connect to, and `shards` in how many parts, if not as Discord says."""

    def __init__(self, parts: "Parts", *, gateway: str, shards: int, presence: str) -> None:
        # None of these is privileged; without the message content intent, Discord shows us what is in
        # direct messages, in messages that mention us, and in those whose menu was used.
        self._wanted = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(
            intents=self._wanted,
            allowed_mentions=discord.AllowedMentions.none(),
            activity=discord.CustomActivity(presence),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            shard_count=shards or None,
        )
        self.parts = parts
        self.press: Press = presses.press
        self.tree = BotTree(self, allowed_installs=_INSTALLS, allowed_contexts=_CONTEXTS)
        self._gateway = yarl.URL(gateway) if gateway else None
        self._patterns: list[re.Pattern[str]] = []
        asking.add_to(self.tree)
        commands.add_to(self.tree, admin_guild=parts.admin_guild)

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        """Find buttons by what they carry, and know which those are."""
        super().add_dynamic_items(*items)
        self._patterns.extend(item.__discord_ui_compiled_template__ for item in items)

    async def setup_hook(self) -> None:
        """Ask for what the application may see, and tell Discord of the commands."""
        flags = self.application_flags
        self._wanted.message_content = flags.gateway_message_content or flags.gateway_message_content_limited
        await sync(self.tree, self.parts.ledger, guild_id=self.parts.admin_guild)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect to the gateway that is set, or to that which Discord names."""
        await super().launch_shard(self._gateway or gateway, shard_id, initial=initial)

    async def on_shard_disconnect(self, _shard_id: int) -> None:
        """Note that Discord is away; the library connects again by itself."""
        self.parts.service.observed.lives.note(DOOR, DoorState.AWAY, why="the gateway closed the connection")

    async def on_shard_connect(self, _shard_id: int) -> None:
        """Note that Discord is there."""
        self.parts.service.observed.lives.note(DOOR, DoorState.OPEN)

    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that asks us something."""
        await answer_message(self, message)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Refuse a press that none of our buttons makes; the library takes all others."""
        if interaction.type is discord.InteractionType.component:
            carried = str(cast("dict[str, Any]", interaction.data or {}).get("custom_id", ""))
            if not any(pattern.fullmatch(carried) for pattern in self._patterns):
                await refuse_press(interaction)
