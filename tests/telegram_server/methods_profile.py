"""setMyCommands and its kin, setMyName, setMyDescription, setMyShortDescription.

https://core.telegram.org/bots/api#setmycommands and https://core.telegram.org/bots/api#setmyname
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from tests.telegram_server import rules
from tests.telegram_server.profile import scope_name
from tests.telegram_server.refusals import bad_request
from tests.telegram_server.wire import Query
from tests.telegram_server.world import World

Json = dict[str, Any]
Method = Callable[[World, Query], Awaitable[object]]

_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


async def set_commands(world: World, query: Query) -> bool:
    """https://core.telegram.org/bots/api#setmycommands."""
    commands = query.structure("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > rules.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    world.profile.commands[_place(query)] = commands
    return True


async def delete_commands(world: World, query: Query) -> bool:
    """https://core.telegram.org/bots/api#deletemycommands."""
    world.profile.commands.pop(_place(query), None)
    return True


async def get_commands(world: World, query: Query) -> list[Json]:
    """https://core.telegram.org/bots/api#getmycommands."""
    return world.profile.commands.get(_place(query), [])


def setter(kind: str, limit: int) -> Method:
    """Make the method that sets a text in a language; none removes it."""

    async def set_text(world: World, query: Query) -> bool:
        text = query.text(kind).strip()
        if len(text) > limit:
            raise bad_request(f"{kind.replace('_', ' ')} is too long")
        world.profile.texts[kind, _language(query)] = text
        return True

    return set_text


def getter(kind: str) -> Method:
    """Make the method that gives a text in a language, or the one for all others."""

    async def get_text(world: World, query: Query) -> Json:
        texts = world.profile.texts
        usual = texts.get((kind, ""), world.bot.name if kind == "name" else "")
        return {kind: texts.get((kind, _language(query)), "") or usual}

    return get_text


def _check_command(command: Json) -> None:
    """Refuse a command that is none: https://core.telegram.org/bots/api#botcommand."""
    if not re.fullmatch(rf"[a-z0-9_]{{1,{rules.COMMAND}}}", command.get("command", "").removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command.get("description", "").strip()) <= rules.COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _place(query: Query) -> tuple[str, str]:
    scope = query.structure("scope") or {"type": "default"}
    wanted = _SCOPES.get(scope.get("type", ""))
    if wanted is None:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    for name in wanted:
        if name not in scope:
            raise bad_request(f"can't parse BotCommandScope: {name} is empty")
    return scope_name(scope), _language(query)


def _language(query: Query) -> str:
    """Read "A two-letter ISO 639-1 language code": https://core.telegram.org/bots/api#setmycommands."""
    code = query.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("LANG_CODE_INVALID")
    return code
