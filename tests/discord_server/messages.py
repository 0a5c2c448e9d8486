"""A message as the local Discord keeps it, and as the API shows it.

https://discord.com/developers/docs/resources/message#message-object
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server import rules

if TYPE_CHECKING:
    from tests.discord_server.files import StoredFile
    from tests.discord_server.guilds import Channel
    from tests.discord_server.people import Person

Json = dict[str, Any]


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """One message; `pinged` are whom it rang, and `seen_by` who alone sees it."""

    channel: "Channel"
    id: int
    timestamp: str
    author: "Person"
    content: str = ""
    flags: int = 0
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: "list[StoredFile]" = field(default_factory=list)
    stickers: list[Json] = field(default_factory=list)
    mentions: "list[Person]" = field(default_factory=list)
    pinged: list[str] = field(default_factory=list)
    reply_to: "Message | None" = None
    edited: str | None = None
    seen_by: "Person | None" = None
    deleted: bool = False
    extras: Json = field(default_factory=dict)

    @property
    def is_ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.flags & rules.EPHEMERAL)

    @property
    def is_loading(self) -> bool:
        """Whether it says that the bot is thinking."""
        return bool(self.flags & rules.LOADING)

    @property
    def is_v2(self) -> bool:
        """Whether it is made of components alone."""
        return bool(self.flags & rules.V2)

    def as_json(self, *, nested: bool = False, with_content: bool = True) -> Json:
        """Show it; a `nested` one does not show what it replies to, one without content no more than who."""
        files = self.channel.world.files
        shown: Json = {
            "id": str(self.id),
            "channel_id": str(self.channel.id),
            "type": 20 if "interaction_metadata" in self.extras else 19 if self.reply_to else 0,
            "author": self.author.as_json(),
            "timestamp": self.timestamp,
            "edited_timestamp": self.edited,
            "tts": False,
            "mention_everyone": "@everyone" in self.pinged,
            "mentions": [person.as_json() for person in self.mentions],
            "mention_roles": [],
            "pinned": False,
            "flags": self.flags,
            "content": self.content if with_content else "",
            "embeds": self.embeds if with_content else [],
            "attachments": [files.as_json(each) for each in self.attachments] if with_content else [],
            "components": self.components if with_content else [],
            **self.extras,
        }
        if self.stickers:
            shown["sticker_items"] = self.stickers
        if self.reply_to is not None:
            shown |= self._reply(nested=nested, with_content=with_content)
        return shown

    def _reply(self, *, nested: bool, with_content: bool) -> Json:
        assert self.reply_to is not None
        answered = self.reply_to
        shown: Json = {
            "message_reference": {
                "type": 0,
                "message_id": str(answered.id),
                "channel_id": str(answered.channel.id),
                **({"guild_id": str(answered.channel.guild.id)} if answered.channel.guild else {}),
            }
        }
        if nested:
            return shown
        if answered.deleted:
            return shown | {"referenced_message": None}
        is_own = answered.author is answered.channel.world.bot
        inner = answered.as_json(nested=True, with_content=with_content or is_own)
        return shown | {"referenced_message": inner}
