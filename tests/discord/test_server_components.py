from typing import Any

import pytest

from tests.discord_server.components import taken
from tests.discord_server.embeds import check_embeds
from tests.discord_server.refusals import Refused
from tests.discord_server.replies import (
    BUTTON,
    CONTAINER,
    DISPLAY,
    FILE,
    GALLERY,
    ROW,
    SECTION,
    SELECT,
    THUMBNAIL,
)

Json = dict[str, Any]


def button(**more: object) -> Json:
    """Describe a button."""
    return {"type": BUTTON, "style": 2, "label": "Why", "custom_id": "why", **more}


def row(*inner: Json) -> Json:
    """Describe a row."""
    return {"type": ROW, "components": list(inner)}


def text(words: str = "words") -> Json:
    """Describe words."""
    return {"type": DISPLAY, "content": words}


def select(**more: object) -> Json:
    """Describe a menu."""
    return {"type": SELECT, "custom_id": "like", "options": [{"label": "a", "value": "a"}], **more}


def items(count: int, **more: object) -> Json:
    """Describe a gallery."""
    return {
        "type": GALLERY,
        "items": [{"media": {"url": "attachment://a.png"}, **more} for _ in range(count)],
    }


def read(*components: Json, v2: bool = True) -> list[Json]:
    """Check components as a message has them."""
    return taken(list(components), v2=v2, find=lambda url, _: {"url": url})


def options(count: int) -> list[Json]:
    """Describe options."""
    return [{"label": "a", "value": str(number)} for number in range(count)]


@pytest.mark.parametrize(
    "components",
    [
        [text("x" * 4000)],
        [text() for _ in range(40)],
        [row(*[button(custom_id=str(n)) for n in range(5)])],
        [row(button(custom_id="x" * 100))],
        [items(10, description="x" * 1024, spoiler=True)],
        [{"type": CONTAINER, "components": [text(), items(1), row(select(options=options(25)))]}],
        [{"type": SECTION, "components": [text()], "accessory": button()}],
        [
            {
                "type": SECTION,
                "components": [text()],
                "accessory": {"type": THUMBNAIL, "media": {"url": "http://a"}},
            }
        ],
        [row({"type": BUTTON, "style": 5, "label": "Read", "url": "https://a.example"})],
    ],
)
def test_what_is_allowed_is_taken(components: list[Json]) -> None:
    """Everything up to the documented limits passes, and has a number of its own."""
    made = read(*components)
    assert all(each["id"] for each in made)


@pytest.mark.parametrize(
    ("components", "code"),
    [
        ([text() for _ in range(41)], "TOTAL_COMPONENTS"),
        ([row(*[button(custom_id=f"{n}{m}") for m in range(5)]) for n in range(7)], "TOTAL_COMPONENTS"),
        ([text("x" * 2001), text("x" * 2000)], "TEXT_SIZE"),
        ([text("")], "BAD_LENGTH"),
        ([row(*[button(custom_id=str(n)) for n in range(6)])], "BAD_LENGTH"),
        ([row()], "BAD_LENGTH"),
        ([row(button(custom_id=""))], "BAD_LENGTH"),
        ([row(button(custom_id="x" * 101))], "BAD_LENGTH"),
        ([row(button()), row(button())], "CUSTOM_ID_DUPLICATED"),
        ([row({"type": BUTTON, "style": 2, "label": "Why"})], "CUSTOM_ID_REQUIRED"),
        ([row(button(label="x" * 81))], "BAD_LENGTH"),
        ([row(button(label=None))], "BUTTON"),
        ([row(button(style=5))], "CUSTOM_ID_AND_URL"),
        ([row({"type": BUTTON, "style": 5, "label": "x", "url": "javascript:1"})], "SCHEME"),
        ([row(select(), button())], "WIDTH"),
        ([row(select(options=options(26)))], "BAD_LENGTH"),
        ([row(select(options=[]))], "BAD_LENGTH"),
        ([row(select(options=[{"label": "x" * 101, "value": "a"}]))], "BAD_LENGTH"),
        ([row(select(options=options(1) * 2))], "VALUE_DUPLICATED"),
        ([row(select(placeholder="x" * 151))], "BAD_LENGTH"),
        ([row(select(max_values=2))], "BAD_LENGTH"),
        ([items(0)], "BAD_LENGTH"),
        ([items(11)], "BAD_LENGTH"),
        ([items(1, description="x" * 1025)], "BAD_LENGTH"),
        ([button()], "CHOICES"),
        ([{"type": CONTAINER, "components": [{"type": CONTAINER, "components": [text()]}]}], "CHOICES"),
        ([{"type": CONTAINER, "components": []}], "REQUIRED"),
        ([{"type": CONTAINER, "components": [text()], "accent_color": -1}], "BAD_VALUE"),
        ([{"type": SECTION, "components": [text()]}], "REQUIRED"),
        ([{"type": SECTION, "components": [text()] * 4, "accessory": button()}], "BAD_LENGTH"),
        ([{"type": FILE, "file": {"url": "https://a.example/a.png"}}], "SCHEME"),
        ([text() | {"id": 3}, text() | {"id": 3}], "ID_DUPLICATED"),
    ],
)
def test_what_is_not_allowed_is_refused(components: list[Json], code: str) -> None:
    """Everything beyond the documented limits is refused with its code."""
    with pytest.raises(Refused) as caught:
        read(*components)
    assert code in str(caught.value.errors)


def test_a_message_without_the_flag_has_rows_alone() -> None:
    """Words and galleries need IS_COMPONENTS_V2, and there are five rows."""
    rows = [row(button(custom_id=str(number))) for number in range(5)]
    assert len(read(*rows, v2=False)) == 5
    for faulty in ([text()], [*rows, row(button())]):
        with pytest.raises(Refused):
            read(*faulty, v2=False)


@pytest.mark.parametrize(
    "embeds",
    [
        [{}] * 11,
        [{"title": "x" * 257}],
        [{"description": "x" * 4097}],
        [{"fields": [{"name": "x", "value": "x"}] * 26}],
        [{"description": "x" * 3001}] * 2,
    ],
)
def test_embeds_have_their_limits(embeds: list[Json]) -> None:
    """So many, each text so long, and so much in all."""
    with pytest.raises(Refused):
        check_embeds(embeds)
