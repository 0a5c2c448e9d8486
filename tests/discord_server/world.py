"""Everything the local Discord knows: people, servers, messages, commands, and what waits for an answer."""

import asyncio
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from tests.discord_server import rules
from tests.discord_server.commands import Registered
from tests.discord_server.files import Files
from tests.discord_server.flood import Flood
from tests.discord_server.gateway import Gateway
from tests.discord_server.guilds import DIRECT, GROUP, Channel, Guild
from tests.discord_server.interactions import AUTOCOMPLETE, Interaction
from tests.discord_server.messages import Message
from tests.discord_server.people import Person

Json = dict[str, Any]

# https://discord.com/developers/docs/reference#snowflakes: milliseconds since the first second of 2015
_EPOCH = 1_420_070_400_000
# Looks that see nothing new, after which a bot is believed to have finished; fewer when it can be asked.
# Seconds would pass for the bot's, too, while a machine gives neither of us any time.
_QUIET, _QUIET_WHEN_ASKED = 15, 4
_STEP = 0.02


class World:
    """The state behind the API and the gateway of one bot."""

    def __init__(self, token: str) -> None:
        """Know the bot and nobody else."""
        self.token = token
        self.revoked = False
        self.passed = 0.0
        self.answer_seconds = rules.ANSWER_SECONDS
        self._last = 0
        self.files = Files(self.now)
        self.flood = Flood()
        self.commands = Registered()
        self.gateway = Gateway(self)
        self.people: dict[int, Person] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.interactions: dict[int, Interaction] = {}
        self.tokens: dict[str, Interaction] = {}
        self.thinking: set[int] = set()
        self.presence: Json = {}
        self.busy: Callable[[], bool] = lambda: False
        self.quiet = _QUIET
        self.in_flight = 0
        self.active_at = time.monotonic()
        self.bot = Person(self, name="Grimche", is_bot=True)
        self.people[self.bot.id] = self.bot

    def now(self) -> float:
        """Give the time by which tokens and links expire; a test can let time pass."""
        return time.time() + self.passed

    def snowflake(self) -> int:
        """Make an id that was never used: https://discord.com/developers/docs/reference#snowflakes."""
        made = (int(self.now() * 1000) - _EPOCH) << 22
        self._last = max(made, self._last + 1)
        return self._last

    def timestamp(self) -> str:
        """Write the time as the API does."""
        return datetime.fromtimestamp(self.now(), tz=UTC).isoformat(timespec="microseconds")

    def person(self, name: str, *, locale: str = "en-US", is_bot: bool = False) -> Person:
        """Let somebody join Discord."""
        assert locale in rules.LOCALES, f"{locale} is no language of Discord"
        person = Person(self, name=name, locale=locale, is_bot=is_bot)
        self.people[person.id] = person
        self.channels[person.dm.id] = person.dm
        return person

    def guild(
        self, name: str, members: Iterable[Person], *, owner: Person, locale: str, installed: bool
    ) -> Guild:
        """Found a server, which the bot is told of if it is in it."""
        guild = Guild(self, name, owner=owner, locale=locale, installed=installed)
        guild.members |= {person.id: person for person in members}
        self.guilds[guild.id] = guild
        self.tell_guild(guild, "GUILD_CREATE", guild.as_json())
        return guild

    def conversation(self, people: Iterable[Person]) -> Channel:
        """Open a private conversation among people, where the bot is not."""
        channel = Channel(self, kind=GROUP)
        channel.people = list(people)
        self.channels[channel.id] = channel
        return channel

    def direct(self, person: Person) -> Channel:
        """Open the private conversation of somebody with the bot."""
        channel = Channel(self, kind=DIRECT)
        channel.people = [person]
        return channel

    def tell_guild(self, guild: Guild, event: str, data: Json) -> None:
        """Tell the bot of something in a server, if it is in it."""
        if guild.installed:
            self.gateway.push(event, data, guild_id=guild.id, intent=rules.GUILDS)

    def message(self, channel: Channel, author: Person, **said: Any) -> Message:  # noqa: ANN401
        """Write a message into a channel, telling nobody."""
        id_ = self.snowflake()
        message = Message(channel=channel, id=id_, timestamp=self.timestamp(), author=author, **said)
        channel.messages[id_] = message
        return message

    def tell(self, message: Message, event: str = "MESSAGE_CREATE") -> None:
        """Tell the bot of a message, as far as it is there and may see it."""
        channel = message.channel
        if not channel.has_bot or message.is_ephemeral:
            return
        guild = channel.guild
        if guild and not channel.permissions(self.bot) & rules.PERMISSIONS["view_channel"]:
            return
        intent = rules.GUILD_MESSAGES if guild else rules.DIRECT_MESSAGES
        more: Json = {"guild_id": str(guild.id), "member": guild.member(message.author)} if guild else {}
        shown = {**message.as_json(), **more}
        # https://discord.com/developers/docs/events/gateway#message-content-intent
        is_open = guild is None or message.author is self.bot or self.bot in message.mentions
        hidden = None if is_open else {**message.as_json(with_content=False), **more}
        self.gateway.push(
            event, shown, guild_id=guild.id if guild else 0, intent=intent, without_content=hidden
        )

    def told(self, message: Message, interaction: Interaction | None = None) -> None:
        """Note down what the bot said where somebody waits for it."""
        if message.is_loading:
            return
        if interaction is not None:
            self.thinking.discard(interaction.id)
            interaction.heard(message)
        else:
            message.channel.heard(message)

    def ask(self, interaction: Interaction) -> None:
        """Give an interaction to the bot."""
        self.interactions[interaction.id] = interaction
        self.tokens[interaction.token] = interaction
        if interaction.kind != AUTOCOMPLETE:
            self.thinking.add(interaction.id)

    def watch(self, busy: Callable[[], bool] | None) -> None:
        """Ask the bot itself whether it still works, or no longer."""
        self.quiet = _QUIET if busy is None else _QUIET_WHEN_ASKED
        self.busy = busy or (lambda: False)

    async def rest(self, timeout: float) -> None:  # noqa: ASYNC109 - reads as in a conversation
        """Wait until the bot owes no answer and has done nothing for a moment."""
        try:
            async with asyncio.timeout(timeout):
                await self._rest()
        except TimeoutError:
            raise AssertionError("the bot has not come to rest") from None

    async def _rest(self) -> None:
        calm, seen = 0, (self.active_at, self.gateway.pushed_at)
        while calm < self.quiet:
            await asyncio.sleep(_STEP)
            before, seen = seen, (self.active_at, self.gateway.pushed_at)
            is_busy = self.in_flight or self.thinking or self.busy()
            calm = 0 if is_busy or seen != before else calm + 1
