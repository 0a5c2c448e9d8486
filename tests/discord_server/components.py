"""What components may be, and where: https://discord.com/developers/docs/components/reference."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tests.discord_server import replies, rules
from tests.discord_server.refusals import Refused, invalid

Json = dict[str, Any]
Find = Callable[[str, str], Json]

_V1 = frozenset({replies.ROW})
_CONTAINED = frozenset(
    {replies.ROW, replies.SECTION, replies.DISPLAY, replies.GALLERY, replies.FILE, replies.SEPARATOR}
)
_V2 = _CONTAINED | {replies.CONTAINER}
_IN_ROW = frozenset({replies.BUTTON}) | replies.SELECTS
_REQUIRED = "BASE_TYPE_REQUIRED"
_LENGTH = "BASE_TYPE_BAD_LENGTH"


def taken(components: Any, *, v2: bool, find: Find) -> list[Json]:  # noqa: ANN401 - JSON of any shape
    """Check the components of a message, number them, and let their media be found by `find`."""
    checker = _Checker(v2=v2, find=find)
    if not isinstance(components, list):
        raise invalid("components", "Only arrays are allowed", code="LIST_TYPE_CONVERT")
    if not v2 and len(components) > rules.ROWS:
        raise invalid("components", f"Must be {rules.ROWS} or fewer in length.", code=_LENGTH)
    made = checker.many(components, "components", _V2 if v2 else _V1)
    checker.finish()
    return made


def check_length(value: Any, limits: Iterable[int] | int, where: str) -> None:  # noqa: ANN401 - as it came
    """Refuse a text that is too short or too long; a number is the most that it may have."""
    room = range(limits + 1) if isinstance(limits, int) else limits
    if not isinstance(value, str) or len(value) not in room:
        span = list(room)
        raise invalid(where, f"Must be between {span[0]} and {span[-1]} in length.", code=_LENGTH)


class _Checker:
    """One message's components: what they are in all."""

    def __init__(self, *, v2: bool, find: Find) -> None:
        self.v2 = v2
        self.find = find
        self.ids: set[int] = set()
        self.custom_ids: set[str] = set()
        self.count = 0
        self.characters = 0
        self.unnumbered: list[Json] = []

    def many(self, components: Sequence[Json], where: str, kinds: frozenset[int]) -> list[Json]:
        return [self.one(each, f"{where}.{place}", kinds) for place, each in enumerate(components)]

    def one(self, component: Json, where: str, kinds: frozenset[int]) -> Json:
        kind = component.get("type")
        if kind not in kinds:
            allowed = tuple(sorted(kinds))
            raise invalid(f"{where}.type", f"Value must be one of {allowed}.", code="BASE_TYPE_CHOICES")
        self.count += 1
        made = dict(component)
        self._number(made, where)
        checks[kind](self, made, where)
        return made

    def finish(self) -> None:
        """Check what holds for all together, and number what had no number."""
        if self.v2 and self.count > rules.COMPONENTS:
            why = f"The total number of components cannot exceed {rules.COMPONENTS}"
            raise invalid("components", why, code="COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED")
        if self.characters > rules.SHOWN_CHARACTERS:
            why = f"The total displayable text size cannot exceed {rules.SHOWN_CHARACTERS} characters"
            raise invalid("components", why, code="COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED")
        number = 1
        for each in self.unnumbered:
            while number in self.ids:
                number += 1
            each["id"] = number
            self.ids.add(number)

    def _number(self, made: Json, where: str) -> None:
        """Keep the ids apart: .../components/reference#anatomy-of-a-component, 0 is treated as none."""
        number = made.get("id") or 0
        if not number:
            self.unnumbered.append(made)
        elif number in self.ids:
            raise invalid(f"{where}.id", "Component id cannot be duplicated", code="COMPONENT_ID_DUPLICATED")
        self.ids.add(number)

    def custom_id(self, made: Json, where: str) -> None:
        name = made.get("custom_id")
        if name is None:
            raise invalid(
                f"{where}.custom_id", "A custom id is required", code="COMPONENT_CUSTOM_ID_REQUIRED"
            )
        check_length(name, rules.CUSTOM_ID, f"{where}.custom_id")
        if name in self.custom_ids:
            why = "Component custom id cannot be duplicated"
            raise invalid(f"{where}.custom_id", why, code="COMPONENT_CUSTOM_ID_DUPLICATED")
        self.custom_ids.add(name)

    def media(self, made: Json, where: str) -> Json:
        url = made.get("url")
        if not isinstance(url, str) or not url:
            raise invalid(f"{where}.url", "This field is required", code=_REQUIRED)
        return self.find(url, where)


def _row(checker: _Checker, made: Json, where: str) -> None:
    inner = made.get("components") or []
    if not inner or len(inner) > rules.BUTTONS:
        raise invalid(
            f"{where}.components", f"Must be between 1 and {rules.BUTTONS} in length.", code=_LENGTH
        )
    kinds = {each.get("type") for each in inner}
    if kinds & replies.SELECTS and len(inner) > 1:
        why = "The specified component exceeds the maximum width"
        raise invalid(f"{where}.components.1", why, code="COMPONENT_LAYOUT_WIDTH_EXCEEDED")
    made["components"] = checker.many(inner, f"{where}.components", _IN_ROW)


def _button(checker: _Checker, made: Json, where: str) -> None:
    style = made.get("style")
    if style not in {1, 2, 3, 4, 5}:  # 6 needs a shop: .../components/reference#button-button-styles
        raise invalid(f"{where}.style", "Value must be one of (1, 2, 3, 4, 5).", code="BASE_TYPE_CHOICES")
    if made.get("label") is None and made.get("emoji") is None:
        raise invalid(where, "A button must have a label or an emoji", code="BUTTON_COMPONENT_INVALID")
    check_length(made.get("label") or "", rules.LABEL, f"{where}.label")
    if style == replies.LINK:
        if made.get("custom_id") is not None:
            why = "A custom id and url cannot both be specified"
            raise invalid(f"{where}.custom_id", why, code="COMPONENT_CUSTOM_ID_AND_URL")
        _link(made.get("url"), f"{where}.url")
    else:
        if made.get("url") is not None:
            raise invalid(f"{where}.url", "Only links have an address", code="COMPONENT_URL_NOT_ALLOWED")
        checker.custom_id(made, where)


def _link(url: Any, where: str) -> None:  # noqa: ANN401 - as it came
    if not isinstance(url, str) or not url.startswith(("http://", "https://", "discord://")):
        why = "Scheme must be one of ('http', 'https', 'discord')."
        raise invalid(where, why, code="URL_TYPE_INVALID_SCHEME")
    check_length(url, rules.URL, where)


def _select(checker: _Checker, made: Json, where: str) -> None:
    checker.custom_id(made, where)
    check_length(made.get("placeholder") or "", rules.PLACEHOLDER, f"{where}.placeholder")
    least, most = made.get("min_values", 1), made.get("max_values", 1)
    if not (0 <= least <= 25 and 1 <= most <= 25 and least <= most):
        raise invalid(f"{where}.max_values", "Must be between 1 and 25, and not below min_values")
    if made["type"] == replies.SELECT:
        _options(made.get("options") or [], most, where=f"{where}.options")


def _options(options: Sequence[Json], most: int, *, where: str) -> None:
    if len(options) not in rules.OPTIONS or most > len(options):
        raise invalid(
            where, "Must be between 1 and 25 in length, and no fewer than max_values.", code=_LENGTH
        )
    for place, option in enumerate(options):
        check_length(option.get("label"), range(1, rules.OPTION_TEXT + 1), f"{where}.{place}.label")
        check_length(option.get("value"), range(1, rules.OPTION_TEXT + 1), f"{where}.{place}.value")
        check_length(option.get("description") or "", rules.OPTION_TEXT, f"{where}.{place}.description")
    if len({option["value"] for option in options}) < len(options):
        why = "The specified option value is already used"
        raise invalid(where, why, code="SELECT_COMPONENT_OPTION_VALUE_DUPLICATED")
    if sum(bool(option.get("default")) for option in options) > most:
        raise invalid(where, "More defaults than max_values", code="SELECT_COMPONENT_DEFAULT_VALUES")


def _display(checker: _Checker, made: Json, where: str) -> None:
    check_length(made.get("content"), range(1, rules.SHOWN_CHARACTERS + 1), f"{where}.content")
    checker.characters += len(made["content"])


def _section(checker: _Checker, made: Json, where: str) -> None:
    inner = made.get("components") or []
    if len(inner) not in rules.SECTION:
        raise invalid(f"{where}.components", "Must be between 1 and 3 in length.", code=_LENGTH)
    made["components"] = checker.many(inner, f"{where}.components", frozenset({replies.DISPLAY}))
    if not made.get("accessory"):
        raise invalid(f"{where}.accessory", "This field is required", code=_REQUIRED)
    kinds = frozenset({replies.BUTTON, replies.THUMBNAIL})
    made["accessory"] = checker.one(made["accessory"], f"{where}.accessory", kinds)


def _thumbnail(checker: _Checker, made: Json, where: str) -> None:
    made["media"] = checker.media(made.get("media") or {}, f"{where}.media")
    check_length(made.get("description") or "", rules.ALT_TEXT, f"{where}.description")


def _gallery(checker: _Checker, made: Json, where: str) -> None:
    items = made.get("items") or []
    if len(items) not in rules.GALLERY:
        raise invalid(f"{where}.items", "Must be between 1 and 10 in length.", code=_LENGTH)
    made["items"] = [dict(item) for item in items]
    for place, item in enumerate(made["items"]):
        _thumbnail(checker, item, f"{where}.items.{place}")


def _file(checker: _Checker, made: Json, where: str) -> None:
    """Check a file, which "only supports attachment references": .../components/reference#file."""
    made["file"] = checker.media(made.get("file") or {}, f"{where}.file")
    if "attachment_id" not in made["file"]:
        raise invalid(f"{where}.file.url", "Only attachment:// is allowed", code="URL_TYPE_INVALID_SCHEME")


def _separator(_: _Checker, made: Json, where: str) -> None:
    if made.get("spacing", 1) not in {1, 2}:
        raise invalid(f"{where}.spacing", "Value must be one of (1, 2).", code="BASE_TYPE_CHOICES")


def _container(checker: _Checker, made: Json, where: str) -> None:
    inner = made.get("components") or []
    if not inner:
        raise invalid(f"{where}.components", "This field is required", code=_REQUIRED)
    color = made.get("accent_color")
    if color is not None and not 0 <= color <= 0xFFFFFF:
        raise invalid(f"{where}.accent_color", "int value should be between 0 and 16777215.")
    made["components"] = checker.many(inner, f"{where}.components", _CONTAINED)


checks: dict[Any, Callable[[_Checker, Json, str], None]] = {
    replies.ROW: _row,
    replies.BUTTON: _button,
    replies.SECTION: _section,
    replies.DISPLAY: _display,
    replies.THUMBNAIL: _thumbnail,
    replies.GALLERY: _gallery,
    replies.FILE: _file,
    replies.SEPARATOR: _separator,
    replies.CONTAINER: _container,
    **dict.fromkeys(replies.SELECTS, _select),
}


def refused_legacy(field: str) -> Refused:
    """Refuse content, embeds, stickers and polls beside components that are the whole message."""
    why = f"The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
    return invalid(field, why, code="MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")
