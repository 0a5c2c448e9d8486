"""What the bot said, as somebody who looks at the chat sees it."""

from dataclasses import dataclass
from typing import Any

from tests.telegram_server.messages import Message

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a message; what it does is one of the others."""

    text: str
    data: str = ""
    url: str = ""
    json: Json

    @classmethod
    def of(cls, json: Json) -> "Button":
        """Read a button of an inline keyboard."""
        data, url = json.get("callback_data", ""), json.get("url", "")
        return cls(text=json["text"], data=data, url=url, json=json)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackAnswer:
    """What somebody sees who pressed a button."""

    text: str
    alert: bool
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineAnswer:
    """What somebody is offered who writes to the bot from another chat; results as the Bot API names them."""

    results: tuple[Json, ...]
    next_offset: str
    cache_seconds: int
    personal: bool
    button: Json | None

    @property
    def titles(self) -> tuple[str, ...]:
        """What the results are called."""
        return tuple(str(result.get("title", "")) for result in self.results)

    def __len__(self) -> int:
        return len(self.results)

    def __getitem__(self, place: int) -> Json:
        return self.results[place]


class Answer:
    """A message of the bot as it was when somebody looked; `message` is the message itself."""

    def __init__(self, message: Message) -> None:
        """Look at a message."""
        self.message = message
        self.text = str(message.content.get("text", ""))
        self.caption = str(message.content.get("caption", ""))
        self.html = message.source
        self.spoiler = bool(message.content.get("has_media_spoiler"))
        self.reply_to = message.reply_to
        self.rows = _rows(message.markup)
        self.markup = message.markup or {}
        self.edited = bool(message.edited)
        self.album_messages = tuple(message.album)

    def __repr__(self) -> str:
        shown = self.words[:60] or self.message.media
        return f"<Answer {shown!r} {list(self.labels)}>"

    @property
    def words(self) -> str:
        """The text, or the caption."""
        return self.text or self.caption

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, row by row."""
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> tuple[str, ...]:
        """What the buttons say."""
        return tuple(button.text for button in self.buttons)

    @property
    def photo(self) -> bytes:
        """The photo in its largest size, b"" without one."""
        return _file(self.message, "photo")

    @property
    def document(self) -> bytes:
        """The file that came as a document, b"" without one."""
        return _file(self.message, "document")

    @property
    def album(self) -> tuple[bytes, ...]:
        """The photos of an album, () when it is none."""
        return tuple(_file(message, message.media) for message in self.album_messages)

    @property
    def captions(self) -> tuple[str, ...]:
        """What stands under each picture of an album."""
        return tuple(message.text for message in self.album_messages)

    @property
    def links(self) -> tuple[str, ...]:
        """The addresses that the words lead to."""
        return tuple(entity["url"] for entity in self.message.entities if "url" in entity)

    @property
    def reactions(self) -> tuple[str, ...]:
        """What the bot ever set on the message that this one replies to."""
        return tuple(self.reply_to.reacted) if self.reply_to else ()


def _rows(markup: Json | None) -> tuple[tuple[Button, ...], ...]:
    keyboard = (markup or {}).get("inline_keyboard", [])
    return tuple(tuple(Button.of(button) for button in row) for row in keyboard)


def _file(message: Message, kind: str) -> bytes:
    if message.media != kind:
        return b""
    return message.chat.world.files.by_id[message.file_id].bytes()
