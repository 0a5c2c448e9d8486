"""Forms: https://discord.com/developers/docs/components/using-modal-components."""

from dataclasses import dataclass
from typing import Any

from tests.discord_server import rules
from tests.discord_server.components import check_length
from tests.discord_server.refusals import invalid
from tests.discord_server.replies import DISPLAY, LABEL, ROW, TEXT_INPUT, walk

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Modal:
    """A form with fields to write into."""

    title: str
    custom_id: str
    components: list[Json]

    @property
    def fields(self) -> tuple[str, ...]:
        """What the fields are called."""
        return tuple(self._named())

    def _named(self) -> dict[str, Json]:
        """Give the fields by what they are called."""
        named: dict[str, Json] = {}
        for each in walk(self.components):
            if each["type"] == LABEL:
                named[each["label"]] = each["component"]
            elif each["type"] == TEXT_INPUT and each.get("label"):
                named[each["label"]] = each
        return named

    def filled(self, texts: tuple[str, ...]) -> Json:
        """Fill the fields in, in order: .../receiving-and-responding#modal-submit-data-structure."""
        values = dict(zip((id(each) for each in self._named().values()), texts, strict=True))
        for field in self._named().values():
            text = values[id(field)]
            least = field.get("min_length", 1 if field.get("required", True) else 0)
            most = field.get("max_length", rules.INPUT_VALUE)
            assert least <= len(text) <= most, f"the form does not take {len(text)} characters"
        return {"custom_id": self.custom_id, "components": [_given(each, values) for each in self.components]}


def read_modal(data: Json) -> Modal:
    """Read and check a form that a bot shows."""
    check_length(data.get("title"), range(1, rules.MODAL_TITLE + 1), "data.title")
    check_length(data.get("custom_id"), rules.CUSTOM_ID, "data.custom_id")
    components = data.get("components") or []
    if len(components) not in rules.MODAL_ROWS:
        raise invalid("data.components", "Must be between 1 and 5 in length.", code="BASE_TYPE_BAD_LENGTH")
    for number, each in enumerate(walk(components), start=1):
        if each.get("type") not in {ROW, LABEL, TEXT_INPUT, DISPLAY, 3, 5, 6, 7, 8, 19, 21, 22, 23}:
            raise invalid("data.components.type", "Not in a form", code="BASE_TYPE_CHOICES")
        each.setdefault("id", number)
        if each["type"] == TEXT_INPUT:
            check_length(each.get("custom_id"), rules.CUSTOM_ID, "data.components.custom_id")
            check_length(each.get("placeholder") or "", 100, "data.components.placeholder")
        if each["type"] in {TEXT_INPUT, LABEL}:
            check_length(each.get("label") or "", rules.INPUT_LABEL, "data.components.label")
    return Modal(title=data["title"], custom_id=data["custom_id"], components=components)


def _given(component: Json, values: dict[int, str]) -> Json:
    given: Json = {"type": component["type"], "id": component["id"]}
    if component["type"] == ROW:
        return given | {"components": [_given(each, values) for each in component["components"]]}
    if component["type"] == LABEL:
        return given | {"component": _given(component["component"], values)}
    if id(component) in values:
        return given | {"custom_id": component["custom_id"], "value": values[id(component)]}
    return given
