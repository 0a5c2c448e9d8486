"""What apps send when people use commands, menus, buttons and forms.

https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object
"""

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.discord_server import rules
from tests.discord_server.commands import Command
from tests.discord_server.interactions import Asked, Interaction, wait
from tests.discord_server.messages import Message
from tests.discord_server.options import Resolved, given, values_of
from tests.discord_server.replies import Button, Reply

if TYPE_CHECKING:
    from tests.discord_server.guilds import Channel
    from tests.discord_server.people import Person

Json = dict[str, Any]

_KINDS = {"guild": 0, "user": 1}


def plain(message: Message | Reply) -> Message:
    """Give the message itself."""
    return message.message if isinstance(message, Reply) else message


class Use:
    """Somebody about to use something in a channel."""

    def __init__(self, person: "Person", channel: "Channel", *, installed: str, forged: bool) -> None:
        """Find out for whom the bot is installed, where that is not said."""
        self.person = person
        self.channel = channel
        self.world = person.world
        self.forged = forged
        self.source: Message | None = None
        self.kind = _KINDS[installed or ("guild" if channel.has_bot else "user")]
        self.owners: Json = {"1": str(person.id)} if self.kind else {"0": self._owner()}
        if not forged:
            self._check_place()

    @classmethod
    def component(cls, person: "Person", message: Message, *, forged: bool) -> "Use":
        """Begin to use a component of a message."""
        seen_by = message.seen_by
        assert seen_by in {None, person} or forged, "only somebody else sees this message"
        assert not message.deleted, "the message is gone"
        use = cls(person, message.channel, installed="", forged=True)
        metadata = message.extras.get("interaction_metadata", {})
        use.source, use.owners = message, metadata.get("authorizing_integration_owners", use.owners)
        return use

    def command(self, path: str, kind: int, options: Json, *, focused: str = "") -> Json:
        """Say which command is used, with what."""
        name, *inner = path.split(" ")
        command = self._found(name, kind)
        resolved = Resolved(self.world, self.channel)
        data = _head(command)
        data["options"] = given(
            command.options, inner, options, resolved=resolved, focused=focused, locale=self.person.locale
        )
        return data | ({"resolved": resolved.json} if resolved.json else {})

    def menu(self, name: str, kind: int, target: "Message | Person") -> Json:
        """Say which menu of what is used."""
        command = self._found(name, kind)
        resolved = Resolved(self.world, self.channel)
        if isinstance(target, Message):
            resolved.add_message(target)
        else:
            resolved.add_person(target)
        return {**_head(command), "target_id": str(target.id), "resolved": resolved.json}

    async def asks(self, kind: int, data: Json) -> Asked:
        """Send it to the bot and wait for the first response."""
        world, person, channel = self.world, self.person, self.channel
        interaction = Interaction(
            id=world.snowflake(),
            token=secrets.token_urlsafe(60),
            kind=kind,
            person=person,
            channel=channel,
            begun=world.now(),
            data=data,
            owners=self.owners,
            source=self.source,
        )
        world.ask(interaction)
        guild_id = channel.guild.id if channel.guild and channel.has_bot else 0
        world.gateway.push("INTERACTION_CREATE", self._shown(interaction), guild_id=guild_id)
        await wait(interaction)
        if interaction.failed:
            world.thinking.discard(interaction.id)
        return Asked(interaction)

    def _shown(self, interaction: Interaction) -> Json:
        """Show it as INTERACTION_CREATE does."""
        channel, guild, person = self.channel, self.channel.guild, self.person
        rights = str(channel.permissions(person))
        shown: Json = {
            "id": str(interaction.id),
            "application_id": str(self.world.bot.id),
            "type": interaction.kind,
            "data": interaction.data,
            "channel_id": str(channel.id),
            "channel": {**channel.as_json(), "permissions": rights},
            "token": interaction.token,
            "version": 1,
            "app_permissions": str(channel.permissions(self.world.bot)),
            "locale": person.locale,
            "entitlements": [],
            "authorizing_integration_owners": self.owners,
            "context": channel.context,
            "attachment_size_limit": rules.TIER_BYTES[guild.tier if guild else 0],
        }
        if guild is None:
            shown["user"] = person.as_json()
        else:
            shown["member"] = {**guild.member(person, channel=channel), "user": person.as_json()}
            shown |= {"guild_id": str(guild.id), "guild": guild.partial(), "guild_locale": guild.locale}
        if interaction.source is not None:
            shown["message"] = interaction.source.as_json()
        return shown

    def _owner(self) -> str:
        """Name the server: ...#interaction-object-authorizing-integration-owners-object."""
        return str(self.channel.guild.id) if self.channel.guild else "0"

    def _check_place(self) -> None:
        guild = self.channel.guild
        people = guild.members.values() if guild else self.channel.people
        assert self.person in people, f"{self.person} is not in {self.channel}"
        assert self.kind or self.channel.has_bot, "the bot is not installed here"

    def _found(self, name: str, kind: int) -> Command:
        """Find a command that the app offers here: .../application-commands#contexts."""
        guild = self.channel.guild
        guild_id = guild.id if guild and guild.installed else None
        command = self.world.commands.find(name, kind=kind, guild_id=guild_id, locale=self.person.locale)
        if not self.forged:
            self._check_offered(command)
        return command

    def _check_offered(self, command: Command) -> None:
        json, channel = command.json, self.channel
        if command.guild_id is None:
            assert self.kind in json["integration_types"], (
                f"{command.name} is not offered to this installation"
            )
            contexts = [0, 1, 2] if json["contexts"] is None else json["contexts"]
            assert channel.context in contexts, f"{command.name} is not offered in {channel}"
        needed = int(json.get("default_member_permissions") or 0)
        if channel.guild is not None and json.get("default_member_permissions") is not None:
            rights = channel.permissions(self.person)
            may = rights & rules.PERMISSIONS["administrator"] or (needed and rights & needed == needed)
            assert may, f"{command.name} is not offered to them"
        is_adult = bool(json.get("nsfw"))
        assert not is_adult or channel.nsfw or channel.guild is None, f"{command.name} is for adults"


def _head(command: Command) -> Json:
    head: Json = {"id": command.json["id"], "name": command.name, "type": command.kind}
    return head | ({"guild_id": str(command.guild_id)} if command.guild_id else {})


def button(on: Message | Reply, label: str) -> Button:
    """Find the button that says `label`, or has it in its text."""
    buttons = Reply(plain(on)).buttons
    for each in buttons:
        if label in {each.label, each.emoji}:
            return each
    found = [each for each in buttons if label in each.label]
    assert found, f"no button says {label!r}: {[each.label or each.emoji for each in buttons]}"
    return found[0]


def picked(on: Message | Reply, options: Sequence[Any], *, select: str, use: Use) -> Json:
    """Say what is chosen of a menu."""
    menus = [
        each for each in Reply(plain(on)).selects if select in each.custom_id or select in each.placeholder
    ]
    for menu in menus:
        resolved = Resolved(use.world, use.channel)
        values = values_of(menu, options, resolved)
        if values is None:
            continue
        assert not menu.disabled, "the menu cannot be used"
        data: Json = {"component_type": menu.kind, "custom_id": menu.custom_id, "values": values, "id": 1}
        return data | ({"resolved": resolved.json} if resolved.json else {})
    raise AssertionError(f"no menu has {options}: {[menu.options for menu in menus]}")


def delete(message: Message) -> None:
    """Take a message away and tell the bot."""
    message.deleted = True
    channel = message.channel
    channel.messages.pop(message.id, None)
    if not channel.has_bot:
        return
    intent = rules.GUILD_MESSAGES if channel.guild else rules.DIRECT_MESSAGES
    gone: Json = {"id": str(message.id), "channel_id": str(channel.id)}
    gone |= {"guild_id": str(channel.guild.id)} if channel.guild else {}
    guild_id = channel.guild.id if channel.guild else 0
    channel.world.gateway.push("MESSAGE_DELETE", gone, guild_id=guild_id, intent=intent)
