"""The bot itself, its application and its commands.

https://discord.com/developers/docs/resources/application and
https://discord.com/developers/docs/interactions/application-commands#endpoints
"""

from typing import TYPE_CHECKING, Any

from tests.discord_server import rules
from tests.discord_server.refusals import forbidden, unknown
from tests.discord_server.wire import Query

if TYPE_CHECKING:
    from tests.discord_server.world import World

Json = dict[str, Any]

# https://discord.com/developers/docs/resources/application#application-object-application-flags
_READS_MESSAGES = 1 << 19  # in fewer than 100 servers


async def get_me(world: "World", _: Query) -> Json:
    """Give the bot: .../resources/user#get-current-user."""
    return world.bot.as_json() | {"verified": True, "mfa_enabled": False, "locale": "en-US", "email": None}


async def get_application(world: "World", _: Query) -> Json:
    """Give the application: .../resources/application#get-current-application."""
    bot, may_read = world.bot, world.gateway.allowed_intents & rules.MESSAGE_CONTENT
    owner = {**bot.as_json(), "id": "1", "username": "owner", "global_name": "Owner", "bot": False}
    return {
        "id": str(bot.id),
        "name": bot.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": owner,
        "team": None,
        "verify_key": "0" * 64,
        "flags": _READS_MESSAGES if may_read else 0,
        "approximate_guild_count": sum(guild.installed for guild in world.guilds.values()),
        "integration_types_config": {"0": {}, "1": {}},
    }


async def get_gateway(world: "World", _: Query) -> Json:
    """Say where the gateway is: .../events/gateway#get-gateway-bot."""
    begun = len(world.gateway.identified)
    limits = {"total": 1000, "remaining": 1000 - begun, "reset_after": 86_400_000, "max_concurrency": 16}
    return {"url": world.gateway.address, "shards": world.gateway.shards, "session_start_limit": limits}


def _place(world: "World", query: Query) -> int | None:
    """Say which commands a path names: those of a server where the bot is, or those everywhere."""
    if query.id("application") != world.bot.id:
        raise forbidden("Missing Access", 50001)
    if "guild" not in query.names:
        return None
    guild = world.guilds.get(query.id("guild"))
    if guild is None or not guild.installed:
        raise forbidden("Missing Access", 50001)
    return guild.id


async def get_commands(world: "World", query: Query) -> list[Json]:
    """List commands."""
    return [each.json for each in world.commands.by_place.get(_place(world, query), ())]


async def sync(world: "World", query: Query) -> list[Json]:
    """Replace all commands of a place."""
    return world.commands.replace(world, query.body, _place(world, query))


async def add_command(world: "World", query: Query) -> Json:
    """Register one command."""
    return world.commands.add(world, query.json, _place(world, query))


async def get_command(world: "World", query: Query) -> Json:
    """Give one command."""
    for each in world.commands.by_place.get(_place(world, query), ()):
        if each.json["id"] == query.names["command"]:
            return each.json
    raise unknown("application command", 10063)


async def remove_command(world: "World", query: Query) -> None:
    """Take one command back."""
    world.commands.remove(query.id("command"), _place(world, query))
