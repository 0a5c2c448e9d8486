"""What the bot said, as somebody who looks at it sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.discord_server.messages import Message

Json = dict[str, Any]

# https://discord.com/developers/docs/components/reference#component-object-component-types
ROW, BUTTON, SELECT, SECTION, DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = (
    1, 2, 3, 9, 10, 11, 12, 13, 14, 17,
)  # fmt: skip
LABEL, TEXT_INPUT = 18, 4
SELECTS = frozenset({3, 5, 6, 7, 8})
LINK = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button; a link has an address, the others an id."""

    label: str
    custom_id: str = ""
    url: str = ""
    emoji: str = ""
    style: int = 2
    disabled: bool = False

    @classmethod
    def of(cls, json: Json) -> "Button":
        """Read a button of a message."""
        return cls(
            label=json.get("label") or "",
            custom_id=json.get("custom_id") or "",
            url=json.get("url") or "",
            emoji=(json.get("emoji") or {}).get("name") or "",
            style=json["style"],
            disabled=bool(json.get("disabled")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """A menu; `options` are what it shows, with their values in the same order."""

    custom_id: str
    kind: int
    placeholder: str
    options: tuple[str, ...]
    values: tuple[str, ...]
    descriptions: tuple[str, ...]
    chosen: tuple[str, ...]
    most: int
    disabled: bool

    @classmethod
    def of(cls, json: Json) -> "Select":
        """Read a menu of a message."""
        options = json.get("options", [])
        defaults = [str(each["id"]) for each in json.get("default_values", [])]
        return cls(
            custom_id=json["custom_id"],
            kind=json["type"],
            placeholder=json.get("placeholder") or "",
            options=tuple(each["label"] for each in options),
            values=tuple(each["value"] for each in options),
            descriptions=tuple(each.get("description") or "" for each in options),
            chosen=tuple(each["label"] for each in options if each.get("default")) or tuple(defaults),
            most=json.get("max_values", 1),
            disabled=bool(json.get("disabled")),
        )


def walk(components: list[Json]) -> Iterator[Json]:
    """Go through components and what is in them, from top to bottom."""
    for each in components:
        yield each
        yield from walk(each.get("components", []))
        for name in ("accessory", "component"):
            if inner := each.get(name):
                yield from walk([inner])


class Reply:
    """A message of the bot as it was when somebody looked; `message` is the message itself."""

    def __init__(self, message: Message) -> None:
        """Look at a message."""
        self.message = message
        self.content = message.content
        self.embeds = list(message.embeds)
        self.components = list(message.components)
        self.ephemeral = message.is_ephemeral
        self.is_v2 = message.is_v2
        self.edited = bool(message.edited)
        self.deleted = message.deleted
        self.reply_to = message.reply_to
        self.pings = tuple(message.pinged)
        self.attachments = tuple(message.attachments)

    def __repr__(self) -> str:
        return f"<Reply {self.text[:60]!r} {list(self.labels)}>"

    @property
    def text(self) -> str:
        """All words: the content, or everything that components say."""
        shown = [each["content"] for each in walk(self.components) if each["type"] == DISPLAY]
        return "\n".join([*([self.content] if self.content else []), *shown])

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, from top to bottom."""
        return tuple(Button.of(each) for each in walk(self.components) if each["type"] == BUTTON)

    @property
    def labels(self) -> tuple[str, ...]:
        """What the buttons say, or show."""
        return tuple(button.label or button.emoji for button in self.buttons)

    @property
    def selects(self) -> tuple[Select, ...]:
        """All menus, from top to bottom."""
        return tuple(Select.of(each) for each in walk(self.components) if each["type"] in SELECTS)

    @property
    def gallery(self) -> tuple[Json, ...]:
        """The items of all galleries, as the API shows them."""
        found = (each["items"] for each in walk(self.components) if each["type"] == GALLERY)
        return tuple(item for items in found for item in items)

    @property
    def images(self) -> tuple[bytes, ...]:
        """The pictures of all galleries; b"" for one that is not of our files."""
        files = self.message.channel.world.files
        stored = (files.of_link(item["media"]["url"]) for item in self.gallery)
        return tuple(each.data if each else b"" for each in stored)

    @property
    def spoilers(self) -> tuple[bool, ...]:
        """Which pictures of the galleries are covered."""
        return tuple(bool(item.get("spoiler")) for item in self.gallery)

    @property
    def alts(self) -> tuple[str, ...]:
        """What is said of the pictures to who cannot see them."""
        return tuple(str(item.get("description") or "") for item in self.gallery)

    @property
    def files(self) -> tuple[bytes, ...]:
        """What was uploaded with it."""
        return tuple(each.data for each in self.attachments)
