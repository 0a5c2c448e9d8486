"""What somebody gives to a command, in the words of the API.

.../interactions/receiving-and-responding#interaction-object-application-command-interaction-data-option-structure
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.discord_server.commands import (
    ATTACHMENT,
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    SUB,
    SUB_GROUP,
    localized,
)
from tests.discord_server.messages import Message
from tests.discord_server.replies import SELECT, Select
from tests.discord_server.wire import Upload

if TYPE_CHECKING:
    from tests.discord_server.guilds import Channel
    from tests.discord_server.people import Person
    from tests.discord_server.world import World

Json = dict[str, Any]

_TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,),
    INTEGER: (int,),
    BOOLEAN: (bool,),
    NUMBER: (int, float),
}
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}


class Resolved:
    """What ids stand for: .../receiving-and-responding#interaction-object-resolved-data-structure."""

    def __init__(self, world: "World", channel: "Channel") -> None:
        """Know of nothing yet."""
        self.world = world
        self.channel = channel
        self.json: dict[str, Json] = {}

    def add_person(self, person: "Person") -> str:
        """Describe somebody, and their place in the server."""
        self._put("users", person.id, person.as_json())
        guild = self.channel.guild
        if guild is not None and (person.id in guild.members or person is self.world.bot):
            self._put("members", person.id, guild.member(person, channel=self.channel))
        return str(person.id)

    def add_message(self, message: Message) -> str:
        """Describe a message, with all that it says."""
        self._put("messages", message.id, message.as_json())
        return str(message.id)

    def add_channel(self, channel: "Channel") -> str:
        """Describe a channel."""
        self._put("channels", channel.id, {**channel.as_json(), "permissions": "0"})
        return str(channel.id)

    def add_file(self, given_: "bytes | Upload") -> str:
        """Keep a file for a while: ephemeral attachments."""
        upload = given_ if isinstance(given_, Upload) else Upload(name="", data=given_)
        id_, world = self.world.snowflake(), self.world
        path = f"ephemeral-attachments/{world.bot.id}/{id_}/{upload.name or 'picture'}"
        stored = world.files.add(path, upload.data, id_=id_, name=upload.name, is_temporary=True)
        stored.name = upload.name or f"picture.{_ENDINGS.get(stored.kind, 'bin')}"
        self._put("attachments", id_, world.files.as_json(stored))
        return str(id_)

    def _put(self, kind: str, id_: int, json: Json) -> None:
        self.json.setdefault(kind, {})[str(id_)] = json


def given(
    options: Sequence[Json],
    path: Sequence[str],
    values: Json,
    *,
    resolved: Resolved,
    focused: str,
    locale: str,
) -> list[Json]:
    """Give values to options, those of a sub-command where `path` names one; names may be translated."""
    by_name = _by_name(options, locale)
    if path:
        sub = by_name.get(path[0])
        assert sub is not None, f"there is no sub-command {path[0]!r}: {sorted(by_name)}"
        inner = given(
            sub.get("options") or (), path[1:], values, resolved=resolved, focused=focused, locale=locale
        )
        return [{"name": sub["name"], "type": sub["type"], "options": inner}]
    assert not any(each["type"] in {SUB, SUB_GROUP} for each in options), "a sub-command has to be named"
    unknown = sorted(set(values) - set(by_name))
    assert not unknown, f"there are no options {unknown}: {sorted(by_name)}"
    made = [
        _option(by_name[name], value, resolved, focused=name == focused) for name, value in values.items()
    ]
    missing = {each["name"] for each in options if each.get("required")} - {each["name"] for each in made}
    assert not missing or focused, f"the app asks for {sorted(missing)}"
    return made


def values_of(menu: Select, options: Sequence[Any], resolved: Resolved) -> list[str] | None:
    """Give the values of what is chosen of a menu; None where it has it not."""
    if menu.kind == SELECT:
        named = dict(zip(menu.options, menu.values, strict=True))
        wanted = [_closest(each, menu.options) for each in options if isinstance(each, str)]
        return [named[each] for each in wanted] if all(wanted) and len(wanted) == len(options) else None
    if any(isinstance(each, str) for each in options):
        return None
    return [_entity(each, resolved) for each in options]


def _closest(label: str, options: Sequence[str]) -> str:
    return label if label in options else next((each for each in options if label in each), "")


def _by_name(options: Sequence[Json], locale: str) -> dict[str, Json]:
    named = {localized(each, locale)["name"]: each for each in options}
    return named | {each["name"]: each for each in options}


def _option(option: Json, value: Any, resolved: Resolved, *, focused: bool) -> Json:  # noqa: ANN401
    name, kind = option["name"], option["type"]
    made: Json = {"name": name, "type": kind}
    if focused:
        assert option.get("autocomplete"), f"nothing is offered for {name}"
        return made | {"value": value, "focused": True}
    if kind in _TYPES:
        assert isinstance(value, _TYPES[kind]), f"{name} takes {_TYPES[kind]}"
        _check_value(option, value)
        return made | {"value": _chosen(option, value)}
    if kind == ATTACHMENT:
        return made | {"value": resolved.add_file(value)}
    return made | {"value": _entity(value, resolved)}


def _entity(value: Any, resolved: Resolved) -> str:  # noqa: ANN401 - a person or a channel
    return resolved.add_channel(value) if hasattr(value, "kind") else resolved.add_person(value)


def _check_value(option: Json, value: Any) -> None:  # noqa: ANN401 - as the option has it
    """Check what apps check before they send anything."""
    name = option["name"]
    size = len(value) if isinstance(value, str) else value
    least, most = (
        option.get(f"{end}_{'length' if isinstance(value, str) else 'value'}") for end in ("min", "max")
    )
    assert least is None or size >= least, f"{name} is too small"
    assert size <= (most if most is not None else 6000 if isinstance(value, str) else size), (
        f"{name} is too big"
    )


def _chosen(option: Json, value: Any) -> Any:  # noqa: ANN401 - as the option has it
    choices = option.get("choices") or ()
    for choice in choices:
        names = [choice["name"], *(choice.get("name_localizations") or {}).values()]
        if value == choice["value"] or value in names:
            return choice["value"]
    assert not choices, f"{value!r} is not offered: {[choice['name'] for choice in choices]}"
    return value
