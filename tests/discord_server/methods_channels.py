"""Messages in channels: https://discord.com/developers/docs/resources/message."""

from typing import TYPE_CHECKING, Any

from tests.discord_server import rules
from tests.discord_server.drafts import put
from tests.discord_server.guilds import Channel
from tests.discord_server.messages import Message
from tests.discord_server.refusals import forbidden, invalid, unknown
from tests.discord_server.wire import Query

if TYPE_CHECKING:
    from tests.discord_server.world import World

Json = dict[str, Any]


def _channel(world: "World", query: Query, *needed: str) -> Channel:
    """Find a channel where the bot is and may do what it wants."""
    channel = world.channels.get(query.id("channel"))
    if channel is None:
        raise unknown("Channel", 10003)
    rights = channel.permissions(world.bot) if channel.has_bot else 0
    if not rights & rules.PERMISSIONS["view_channel"]:
        raise forbidden("Missing Access", 50001)
    if channel.guild and any(not rights & rules.PERMISSIONS[name] for name in needed):
        raise forbidden("Missing Permissions", 50013)
    return channel


def _message(query: Query, channel: Channel) -> Message:
    message = channel.messages.get(query.id("message"))
    if message is None or message.is_ephemeral:
        raise unknown("Message", 10008)
    return message


def _limit(channel: Channel) -> int:
    return rules.TIER_BYTES[channel.guild.tier if channel.guild else 0]


async def send_message(world: "World", query: Query) -> Json:
    """Write a message: .../resources/message#create-message."""
    needed = ("send_messages", "attach_files") if query.uploads else ("send_messages",)
    channel = _channel(world, query, *needed)
    if any(person.has_blocked for person in channel.people):
        raise forbidden("Cannot send messages to this user", 50007)
    said = query.json
    if int(said.get("flags") or 0) & rules.EPHEMERAL:
        raise invalid("flags", "Only answers to interactions can be ephemeral", code="BASE_TYPE_CHOICES")
    id_, timestamp = world.snowflake(), world.timestamp()
    message = Message(channel=channel, id=id_, timestamp=timestamp, author=world.bot)
    message.reply_to = _answered(channel, said)
    put(message, said, query.uploads, limit=_limit(channel))
    channel.messages[message.id] = message
    world.told(message)
    world.tell(message)
    return message.as_json()


def _answered(channel: Channel, said: Json) -> Message | None:
    """Find what is replied to; it has to be there unless `fail_if_not_exists` is false."""
    reference = said.get("message_reference")
    if reference is None:
        return None
    if not channel.permissions(channel.world.bot) & rules.PERMISSIONS["read_message_history"]:
        raise forbidden("Cannot reply without permission to read message history", 160002)
    answered = channel.messages.get(int(reference["message_id"]))
    if answered is None and reference.get("fail_if_not_exists", True):
        raise invalid("message_reference", "Unknown message", code="REPLIES_UNKNOWN_MESSAGE")
    return answered


async def edit_message(world: "World", query: Query) -> Json:
    """Change a message of the bot: .../resources/message#edit-message."""
    channel = _channel(world, query)
    message = _message(query, channel)
    if message.author is not world.bot:
        raise forbidden("Cannot edit a message authored by another user", 50005)
    put(message, query.json, query.uploads, limit=_limit(channel))
    message.edited = world.timestamp()
    world.told(message)
    world.tell(message, "MESSAGE_UPDATE")
    return message.as_json()


async def delete_message(world: "World", query: Query) -> None:
    """Take a message away: .../resources/message#delete-message."""
    channel = _channel(world, query)
    message = _message(query, channel)
    if (
        message.author is not world.bot
        and not channel.permissions(world.bot) & rules.PERMISSIONS["manage_messages"]
    ):
        raise forbidden("Missing Permissions", 50013)
    message.deleted = True
    channel.messages.pop(message.id)


async def get_message(world: "World", query: Query) -> Json:
    """Give a message: .../resources/message#get-channel-message."""
    channel = _channel(world, query, "read_message_history")
    message = _message(query, channel)
    is_open = channel.guild is None or message.author is world.bot or world.bot in message.mentions
    has_intent = world.gateway.allowed_intents & rules.MESSAGE_CONTENT
    return message.as_json(with_content=bool(is_open or has_intent))


async def typing(world: "World", query: Query) -> None:
    """Show that the bot is typing: .../resources/channel#trigger-typing-indicator."""
    _channel(world, query, "send_messages").typing.append(world.now())


async def get_channel(world: "World", query: Query) -> Json:
    """Give a channel: .../resources/channel#get-channel."""
    return _channel(world, query).as_json()


async def open_dm(world: "World", query: Query) -> Json:
    """Open a private channel: .../resources/user#create-dm."""
    person = world.people.get(int(query.json.get("recipient_id") or 0))
    if person is None or person is world.bot:
        raise forbidden("Cannot send messages to this user", 50007)
    return person.dm.as_json()


async def get_user(world: "World", query: Query) -> Json:
    """Give a user: .../resources/user#get-user."""
    person = world.people.get(query.id("user"))
    if person is None:
        raise unknown("User", 10013)
    return person.as_json()


async def get_guild(world: "World", query: Query) -> Json:
    """Give a server: .../resources/guild#get-guild."""
    guild = world.guilds.get(query.id("guild"))
    if guild is None or not guild.installed:
        raise unknown("Guild", 10004)
    return guild.as_json()


async def leave_guild(world: "World", query: Query) -> None:
    """Leave a server: .../resources/user#leave-guild."""
    guild = world.guilds.get(query.id("guild"))
    if guild is None or not guild.installed:
        raise unknown("Guild", 10004)
    guild.removes_bot()
