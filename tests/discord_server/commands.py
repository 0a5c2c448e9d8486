"""The commands that a bot has registered, checked as Discord checks them.

https://discord.com/developers/docs/interactions/application-commands#application-command-object
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server import rules
from tests.discord_server.components import check_length
from tests.discord_server.refusals import invalid, unknown

if TYPE_CHECKING:
    from tests.discord_server.world import World

Json = dict[str, Any]

CHAT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUB, SUB_GROUP, STRING, INTEGER, BOOLEAN, PERSON, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(
    1, 12
)
# .../application-commands#application-command-object-application-command-naming
_NAME = re.compile(r"^[-_'\w]{1,32}$", re.UNICODE)
_CHOOSABLE = {STRING, INTEGER, NUMBER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command as it was registered; `json` is what the API says of it."""

    json: Json
    guild_id: int | None = None

    @property
    def name(self) -> str:
        """What code calls it."""
        return str(self.json["name"])

    @property
    def kind(self) -> int:
        """Whether it is written, or a menu of people or messages."""
        return int(self.json["type"])

    @property
    def options(self) -> Sequence[Json]:
        """What it takes."""
        return tuple(self.json.get("options") or ())

    def shown(self, locale: str) -> Json:
        """Show it as an app in a language does."""
        return localized(self.json, locale)


@dataclass(slots=True, kw_only=True)
class Registered:
    """All commands of a bot; None are those that are everywhere."""

    by_place: dict[int | None, list[Command]] = field(default_factory=dict)
    created: int = 0

    def find(self, name: str, *, kind: int, guild_id: int | None, locale: str = "") -> Command:
        """Find a command by the name that code or somebody's app gives it."""
        for place in (guild_id, None) if guild_id else (None,):
            for command in self.by_place.get(place, ()):
                names = {command.name, str(command.shown(locale)["name"])}
                if command.kind == kind and name in names:
                    return command
        raise AssertionError(f"there is no command {name!r} here")

    def replace(self, world: "World", listed: Any, guild_id: int | None) -> list[Json]:  # noqa: ANN401 - JSON
        """Replace all: .../application-commands#bulk-overwrite-global-application-commands."""
        if not isinstance(listed, list):
            raise invalid("commands", "Only arrays are allowed", code="LIST_TYPE_CONVERT")
        checked = [check(each, str(place)) for place, each in enumerate(listed)]
        _check_together(checked)
        known = {(each.kind, each.name): each for each in self.by_place.get(guild_id, ())}
        self.by_place[guild_id] = [self._made(world, each, known, guild_id) for each in checked]
        return [each.json for each in self.by_place[guild_id]]

    def add(self, world: "World", described: Json, guild_id: int | None) -> Json:
        """Register one; one of the same name is replaced."""
        checked = check(described, "command")
        known = {(each.kind, each.name): each for each in self.by_place.get(guild_id, ())}
        made = self._made(world, checked, known, guild_id)
        known[made.kind, made.name] = made
        _check_together([each.json for each in known.values()])
        self.by_place[guild_id] = list(known.values())
        return made.json

    def remove(self, command_id: int, guild_id: int | None) -> None:
        """Take one back."""
        listed = self.by_place.get(guild_id, [])
        kept = [each for each in listed if each.json["id"] != str(command_id)]
        if len(kept) == len(listed):
            raise unknown("application command", 10063)
        self.by_place[guild_id] = kept

    def _made(
        self, world: "World", checked: Json, known: "dict[tuple[int, str], Command]", guild_id: int | None
    ) -> Command:
        old = known.get((checked["type"], checked["name"]))
        self.created += old is None
        if self.created > rules.CREATES_PER_DAY:
            raise invalid(
                "", "Max number of daily application command creates has been reached (200)", code="30034"
            )
        id_ = old.json["id"] if old else str(world.snowflake())
        own = {"id": id_, "application_id": str(world.bot.id), "version": str(world.snowflake())}
        own |= {"guild_id": str(guild_id)} if guild_id else {}
        return Command(json={**checked, **own}, guild_id=guild_id)


def localized(json: Json, locale: str) -> Json:
    """Show a command, an option or a choice in a language."""
    shown = dict(json)
    for name in ("name", "description"):
        if name in json:
            shown[name] = (json.get(f"{name}_localizations") or {}).get(locale, json[name])
    for name in ("options", "choices"):
        if name in json:
            shown[name] = [localized(each, locale) for each in json[name] or ()]
    return shown


def check(command: Json, where: str) -> Json:
    """Refuse a command that is none; give it with everything that Discord fills in."""
    kind = command.get("type") or CHAT
    if kind not in rules.COMMANDS:
        raise invalid(f"{where}.type", "Value must be one of (1, 2, 3).", code="BASE_TYPE_CHOICES")
    _check_names(command, where, is_menu=kind != CHAT)
    if kind != CHAT and (command.get("description") or command.get("options")):
        why = "Context menu commands cannot have description"
        raise invalid(f"{where}.description", why, code="APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION")
    _check_options(command.get("options") or [], where, depth=0)
    for name, allowed in (("contexts", {0, 1, 2}), ("integration_types", {0, 1})):
        values = command.get(name)
        if values is not None and (
            not values or not set(values) <= allowed or len(set(values)) < len(values)
        ):
            raise invalid(
                f"{where}.{name}", f"Value must be one of {tuple(sorted(allowed))}.", code="BASE_TYPE_CHOICES"
            )
    if characters(command) > rules.COMMAND_CHARACTERS:
        why = f"Command exceeds maximum size ({rules.COMMAND_CHARACTERS})"
        raise invalid(where, why, code="APPLICATION_COMMAND_TOO_LARGE")
    filled = {"default_member_permissions": None, "nsfw": False, "contexts": None, "integration_types": [0]}
    given = {name: value for name, value in command.items() if value is not None}
    return {**filled, "description": "", **given, "type": kind}


def characters(json: Json) -> int:
    """Count name, description and values, in the longest language: .../application-commands (8000)."""
    total = 0
    for name in ("name", "description"):
        texts = [json.get(name) or "", *(json.get(f"{name}_localizations") or {}).values()]
        total += max(map(len, texts))
    total += len(json["value"]) if isinstance(json.get("value"), str) else 0
    return total + sum(characters(each) for name in ("options", "choices") for each in json.get(name) or ())


def _check_names(json: Json, where: str, *, is_menu: bool) -> None:
    """Check the name and description in every language."""
    for name in ("name", "description"):
        if is_menu and name == "description":
            continue
        texts = {name: json.get(name)}
        for locale, text in (json.get(f"{name}_localizations") or {}).items():
            if locale not in rules.LOCALES:
                place = f"{where}.{name}_localizations"
                raise invalid(place, f"Unknown locale {locale}", code="APPLICATION_COMMAND_INVALID_LOCALE")
            texts[f"{name}_localizations.{locale}"] = text
        for place, text in texts.items():
            limits = rules.NAME if name == "name" else rules.DESCRIPTION
            check_length(text, limits, f"{where}.{place}")
            if name == "name" and not is_menu:
                _check_name(str(text), f"{where}.{place}")


def _check_name(text: str, where: str) -> None:
    if not _NAME.match(text) or text != text.lower():
        raise invalid(where, "Command name is invalid", code="APPLICATION_COMMAND_INVALID_NAME")


def _check_options(options: Sequence[Json], where: str, *, depth: int) -> None:
    if len(options) > 25:
        raise invalid(f"{where}.options", "Must be 25 or fewer in length.", code="BASE_TYPE_MAX_LENGTH")
    if len({option.get("name") for option in options}) < len(options):
        raise invalid(
            f"{where}.options", "Option names must be unique", code="APPLICATION_COMMAND_OPTIONS_NAME_INVALID"
        )
    is_optional = False
    for place, option in enumerate(options):
        at = f"{where}.options.{place}"
        _check_option(option, at, depth=depth)
        if option.get("required") and is_optional:
            why = "Required options must be placed before non-required options"
            raise invalid(at, why, code="APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID")
        is_optional = is_optional or not option.get("required")


def _check_option(option: Json, where: str, *, depth: int) -> None:
    kind = option.get("type")
    if kind not in range(SUB, ATTACHMENT + 1):
        raise invalid(f"{where}.type", "Unknown option type", code="BASE_TYPE_CHOICES")
    _check_names(option, where, is_menu=False)
    if kind in {SUB, SUB_GROUP}:
        if depth > 1 or (kind == SUB_GROUP and depth):
            raise invalid(
                where, "Sub-commands cannot be nested here", code="APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"
            )
        _check_options(option.get("options") or [], where, depth=depth + 1)
    choices = option.get("choices") or []
    if choices or option.get("autocomplete"):
        _check_choices(option, choices, where)


def _check_choices(option: Json, choices: Sequence[Json], where: str) -> None:
    if option["type"] not in _CHOOSABLE:
        raise invalid(
            f"{where}.choices", "This type has no choices", code="APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"
        )
    if choices and option.get("autocomplete"):
        raise invalid(f"{where}.autocomplete", "autocomplete may not be true if choices are present")
    check_choices(choices, f"{where}.choices", is_text=option["type"] == STRING)


def check_choices(choices: Sequence[Json], where: str, *, is_text: bool = True) -> None:
    """Check choices, also those that the bot offers while somebody writes."""
    if len(choices) > rules.CHOICES:
        raise invalid(where, f"Must be {rules.CHOICES} or fewer in length.", code="BASE_TYPE_MAX_LENGTH")
    for place, choice in enumerate(choices):
        texts = [choice.get("name"), *(choice.get("name_localizations") or {}).values()]
        for text in texts:
            check_length(text, rules.CHOICE_NAME, f"{where}.{place}.name")
        if is_text:
            check_length(choice.get("value"), range(1, rules.CHOICE_VALUE + 1), f"{where}.{place}.value")


def _check_together(commands: Sequence[Json]) -> None:
    names = Counter((each["type"], each["name"]) for each in commands)
    if any(count > 1 for count in names.values()):
        why = "Application command names must be unique"
        raise invalid("name", why, code="APPLICATION_COMMANDS_DUPLICATE_NAME")
    for kind, count in Counter(each["type"] for each in commands).items():
        if count > rules.COMMANDS[kind]:
            raise invalid(
                "commands", f"Maximum number of commands reached ({rules.COMMANDS[kind]})", code="30032"
            )
