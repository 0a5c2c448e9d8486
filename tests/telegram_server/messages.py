"""A message as the local Telegram keeps it, and as the Bot API shows it.

https://core.telegram.org/bots/api#message
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.telegram_server.chats import Chat
    from tests.telegram_server.people import Person

Json = dict[str, Any]

_MEDIA = ("photo", "document", "animation", "sticker", "video", "video_note")


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """One message; `content` is what it says in the words of the Bot API, `source` the words with markup."""

    chat: "Chat"
    id: int
    date: int
    sender: "Person"
    content: Json
    source: str = ""
    markup: Json | None = None
    reply_to: "Message | None" = None
    extras: Json = field(default_factory=dict)
    edited: int = 0
    inline_id: str = ""
    album: "list[Message]" = field(default_factory=list)
    reactions: tuple[str, ...] = ()
    reacted: list[str] = field(default_factory=list)
    deleted: bool = False

    @property
    def text(self) -> str:
        """The words, be they a text or a caption."""
        return str(self.content.get("text", self.content.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """The entities of the words."""
        found: list[Json] | None = self.content.get("entities") or self.content.get("caption_entities")
        return found or []

    @property
    def media(self) -> str:
        """What it carries besides words, "" for nothing."""
        return next((kind for kind in reversed(_MEDIA) if kind in self.content), "")

    @property
    def file_id(self) -> str:
        """The name for sending again what it carries, "" for nothing."""
        described = self.content.get(self.media)
        if isinstance(described, list):
            described = described[-1]
        return str(described["file_id"]) if described else ""

    def as_json(self, *, nested: bool = False) -> Json:
        """Show it; a `nested` one does not show what it replies to."""
        shown: Json = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat.as_json(),
            "from": self.sender.as_json(),
            **self.extras,
            **self.content,
        }
        if self.edited:
            shown["edit_date"] = self.edited
        if self.reply_to is not None and not nested:
            shown["reply_to_message"] = self.reply_to.as_json(nested=True)
        if self.markup is not None and "inline_keyboard" in self.markup:
            shown["reply_markup"] = self.markup
        return shown
