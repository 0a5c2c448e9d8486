"""Servers and channels of the local Discord, and what somebody may do in them.

https://discord.com/developers/docs/resources/guild and https://discord.com/developers/docs/topics/permissions
"""

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tests.discord_server import rules
from tests.discord_server.messages import Message
from tests.discord_server.replies import Reply

if TYPE_CHECKING:
    from tests.discord_server.people import Person
    from tests.discord_server.world import World

Json = dict[str, Any]

_JOINED = "2026-01-01T00:00:00.000000+00:00"
# https://discord.com/developers/docs/resources/channel#channel-object-channel-types
TEXT, DIRECT, GROUP = 0, 1, 3


class Channel:
    """A text channel of a server, or a private one; what the bot says in it comes out of `answer`."""

    def __init__(self, world: "World", *, name: str = "", kind: int = TEXT, nsfw: bool = False) -> None:
        """Have nobody in it and nothing said."""
        self.world = world
        self.id = world.snowflake()
        self.name = name
        self.kind = kind
        self.nsfw = nsfw
        self.guild: Guild | None = None
        self.people: list[Person] = []
        self.denied = 0
        self.messages: dict[int, Message] = {}
        self.typing: list[float] = []
        self.unseen: deque[Message] = deque()
        self.said = asyncio.Event()

    def __repr__(self) -> str:
        return f"<Channel {self.name or self.people}>"

    @property
    def has_bot(self) -> bool:
        """Whether the bot is in it, and is told what is said."""
        return self.guild.installed if self.guild else self.kind == DIRECT

    @property
    def context(self) -> int:
        """Where a command is used: .../application-commands#interaction-contexts."""
        return 0 if self.guild else 1 if self.kind == DIRECT else 2

    def permissions(self, person: "Person") -> int:
        """Add up what somebody may do here."""
        if self.guild is None:
            return sum(rules.PERMISSIONS[name] for name in rules.USUAL)
        allowed = self.guild.permissions(person)
        everything = allowed & rules.PERMISSIONS["administrator"]
        return allowed if everything or not person.is_bot else allowed & ~self.denied

    def as_json(self) -> Json:
        """Show it as the API does."""
        shown: Json = {"id": str(self.id), "type": self.kind, "last_message_id": None, "flags": 0}
        if self.guild is None:
            recipients = [person.as_json() for person in self.people]
            named = {"name": None, "icon": None, "owner_id": None} if self.kind == GROUP else {}
            return shown | named | {"recipients": recipients}
        return shown | {
            "guild_id": str(self.guild.id),
            "name": self.name,
            "position": 0,
            "permission_overwrites": self._overwrites(),
            "nsfw": self.nsfw,
            "parent_id": None,
            "topic": None,
            "rate_limit_per_user": 0,
        }

    def _overwrites(self) -> list[Json]:
        denied = {"type": 1, "allow": "0", "deny": str(self.denied)}
        return [{"id": str(self.world.bot.id), **denied}] if self.denied else []

    def heard(self, message: Message) -> None:
        """Note down that the bot said or changed something."""
        if message not in self.unseen:
            self.unseen.append(message)
        self.said.set()

    async def answer(self, *, timeout: float = 60.0) -> Reply:  # noqa: ASYNC109 - reads as in a conversation
        """Wait for the next message of the bot, or a changed one, that nobody has looked at."""
        try:
            async with asyncio.timeout(timeout):
                while not self.unseen:
                    self.said.clear()
                    await self.said.wait()
        except TimeoutError:
            raise AssertionError(f"the bot said nothing in {self}") from None
        return Reply(self.unseen.popleft())

    async def settled(self, *, timeout: float = 60.0) -> Reply:  # noqa: ASYNC109
        """Wait until the bot has finished, and give the last thing that it said or changed."""
        await self.world.rest(timeout)
        assert self.unseen, f"the bot said nothing in {self}"
        last = self.unseen.pop()
        self.unseen.clear()
        return Reply(last)

    async def silent(self, *, timeout: float = 60.0) -> None:  # noqa: ASYNC109
        """Wait until the bot has finished, and see that it has said nothing."""
        await self.world.rest(timeout)
        said = [Reply(message).text for message in self.unseen]
        assert not said, f"the bot said {said}"


class Guild:
    """A server; `installed` says whether the bot was added to it."""

    def __init__(self, world: "World", name: str, *, owner: "Person", locale: str, installed: bool) -> None:
        """Have no channels yet."""
        self.world = world
        self.id = world.snowflake()
        self.name = name
        self.owner = owner
        self.locale = locale
        self.installed = installed
        self.tier = 0
        self.members: dict[int, Person] = {owner.id: owner}
        self.channels: list[Channel] = []
        self.everyone = sum(rules.PERMISSIONS[name] for name in rules.USUAL)
        self.granted: dict[int, int] = {}

    def __repr__(self) -> str:
        return f"<Guild {self.name}>"

    def channel(self, name: str, *, nsfw: bool = False, denies: Iterable[str] = ()) -> Channel:
        """Open a channel; `denies` are permissions that the bot has not there."""
        channel = Channel(self.world, name=name, nsfw=nsfw)
        channel.guild = self
        channel.denied = sum(rules.PERMISSIONS[each] for each in denies)
        self.channels.append(channel)
        self.world.channels[channel.id] = channel
        self.world.tell_guild(self, "CHANNEL_CREATE", channel.as_json())
        return channel

    def adds_bot(self) -> None:
        """Add the bot: https://discord.com/developers/docs/events/gateway-events#guild-create."""
        self.installed = True
        self.world.tell_guild(self, "GUILD_CREATE", self.as_json())

    def removes_bot(self) -> None:
        """Remove the bot: https://discord.com/developers/docs/events/gateway-events#guild-delete."""
        self.world.tell_guild(self, "GUILD_DELETE", {"id": str(self.id)})
        self.installed = False

    def grants(self, person: "Person", *names: str) -> None:
        """Give somebody permissions, as a role would."""
        added = sum(rules.PERMISSIONS[name] for name in names)
        self.granted[person.id] = self.granted.get(person.id, 0) | added

    def takes(self, person: "Person", *names: str) -> None:
        """Take permissions from somebody."""
        taken = sum(rules.PERMISSIONS[name] for name in names)
        self.granted[person.id] = self.granted.get(person.id, 0) & ~taken

    def permissions(self, person: "Person") -> int:
        """Add up what somebody may do: .../topics/permissions#permission-overwrites."""
        if person is self.owner:
            return rules.EVERY_PERMISSION
        allowed = self.everyone | self.granted.get(person.id, 0)
        return rules.EVERY_PERMISSION if allowed & rules.PERMISSIONS["administrator"] else allowed

    def member(self, person: "Person", *, channel: Channel | None = None) -> Json:
        """Show a member: https://discord.com/developers/docs/resources/guild#guild-member-object."""
        shown: Json = {
            "roles": [],
            "joined_at": _JOINED,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "nick": None,
            "avatar": None,
            "pending": False,
        }
        return shown | ({"permissions": str(channel.permissions(person))} if channel else {})

    def as_json(self) -> Json:
        """Show it as GUILD_CREATE does, with the bot alone, as without privileged intents."""
        everyone = {"id": str(self.id), "name": "@everyone", "permissions": str(self.everyone)}
        role = {**everyone, "color": 0, "colors": {"primary_color": 0}, "hoist": False, "position": 0}
        bot = self.world.bot
        roles = [{**role, "managed": False, "mentionable": False, "flags": 0}]
        return {
            **self.partial(),
            "name": self.name,
            "icon": None,
            "owner_id": str(self.owner.id),
            "preferred_locale": self.locale,
            "premium_tier": self.tier,
            "roles": roles,
            "emojis": [],
            "stickers": [],
            "afk_channel_id": None,
            "afk_timeout": 300,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "unavailable": False,
            "large": False,
            "joined_at": _JOINED,
            "member_count": len(self.members) + 1,
            "members": [{**self.member(bot), "user": bot.as_json()}],
            "channels": [channel.as_json() for channel in self.channels],
            **{name: [] for name in ("threads", "presences", "voice_states", "stage_instances")},
            **{name: [] for name in ("guild_scheduled_events", "soundboard_sounds")},
        }

    def partial(self) -> Json:
        """Show what an interaction says of it."""
        return {"id": str(self.id), "locale": self.locale, "features": []}
