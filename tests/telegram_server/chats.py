"""A chat of the local Telegram, who is in it, and what of it the bot sees.

https://core.telegram.org/bots/api#chat and https://core.telegram.org/bots/features#privacy-mode
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.telegram_server.answers import Answer
from tests.telegram_server.messages import Message

if TYPE_CHECKING:
    from tests.telegram_server.people import Person
    from tests.telegram_server.world import World

Json = dict[str, Any]

_RIGHTS = (
    "can_be_edited",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


@dataclass(slots=True, kw_only=True, eq=False)
class Member:
    """Somebody's place in a chat: https://core.telegram.org/bots/api#chatmember."""

    person: "Person"
    status: str = "member"
    anonymous: bool = False

    @property
    def is_inside(self) -> bool:
        """Whether they are in the chat."""
        return self.status not in {"left", "kicked"}

    @property
    def is_admin(self) -> bool:
        """Whether they may change the chat."""
        return self.status in {"creator", "administrator"}

    def as_json(self) -> Json:
        """Show it as the kind of ChatMember that it is."""
        shown: Json = {"user": self.person.as_json(), "status": self.status}
        if self.is_admin:
            shown["is_anonymous"] = self.anonymous
        if self.status == "administrator":
            shown |= dict.fromkeys(_RIGHTS, True)
        if self.status == "kicked":
            shown["until_date"] = 0
        return shown


class Chat:
    """A private chat with the bot, a group or a channel; the bot's messages come out of `answer`."""

    def __init__(self, world: "World", id_: int, *, kind: str, title: str = "", username: str = "") -> None:
        """Have nobody in it and nothing said."""
        self.world = world
        self.id = id_
        self.kind = kind
        self.title = title
        self.username = username
        self.members: dict[int, Member] = {}
        self.messages: dict[int, Message] = {}
        self.person: Person | None = None
        self.actions: list[str] = []
        self.last_bot = 0
        self.migrated_to = 0
        self.refuses: set[str] = set()
        self.topics: set[int] = set()
        self.unseen: deque[Message] = deque()
        self.said = asyncio.Event()

    @property
    def is_private(self) -> bool:
        """Whether it is the chat of one person with the bot."""
        return self.kind == "private"

    @property
    def privacy_mode(self) -> bool:
        """Whether the bot sees only what is meant for it: https://core.telegram.org/bots/features#privacy-mode."""
        return self.world.privacy_mode and not self.member(self.world.bot).is_admin

    def as_json(self) -> Json:
        """Show it as the Bot API does."""
        if self.person is not None:
            names = {k: v for k, v in self.person.as_json().items() if k in {"first_name", "username"}}
            return {"id": self.id, "type": "private", **names}
        named: Json = {"username": self.username} if self.username else {}
        named |= {"is_forum": True} if self.topics else {}
        return {"id": self.id, "type": self.kind, "title": self.title, **named}

    def member(self, person: "Person") -> Member:
        """Give somebody's place here, which may be outside."""
        return self.members.get(person.id) or Member(person=person, status="left")

    def heard(self, message: Message) -> None:
        """Note down that the bot said or changed something."""
        first = message.album[0] if message.album else message
        if first not in self.unseen:
            self.unseen.append(first)
        self.said.set()

    async def answer(self, *, timeout: float = 60.0) -> Answer:  # noqa: ASYNC109 - reads as in a conversation
        """Wait for the next message of the bot, or a changed one, that nobody has looked at."""
        try:
            async with asyncio.timeout(timeout):
                while not self.unseen:
                    self.said.clear()
                    await self.said.wait()
        except TimeoutError:
            raise AssertionError(f"the bot said nothing in {self.title or self.person}") from None
        return Answer(self.unseen.popleft())

    async def answers(self, *, timeout: float = 60.0) -> Sequence[Answer]:  # noqa: ASYNC109
        """Wait until the bot has finished, and give all that nobody has looked at."""
        await self.world.rest(timeout)
        seen = [Answer(message) for message in self.unseen]
        self.unseen.clear()
        return seen

    async def settled(self, *, timeout: float = 60.0) -> Answer:  # noqa: ASYNC109
        """Wait until the bot has finished, and give the last thing that it said or changed."""
        seen = await self.answers(timeout=timeout)
        assert seen, f"the bot said nothing in {self.title or self.person}"
        return seen[-1]

    async def silent(self, *, timeout: float = 60.0) -> None:  # noqa: ASYNC109
        """Wait until the bot has finished, and see that it has said nothing."""
        await self.world.rest(timeout)
        said = [message.text or message.media for message in self.unseen]
        assert not said, f"the bot said {said}"

    async def adds_bot(self, *, by: "Person", admin: bool = False) -> None:
        """Let somebody add the bot, which tells it so."""
        await self.world.join(self, by=by, admin=admin)

    async def removes_bot(self, *, by: "Person") -> None:
        """Let somebody remove the bot, which tells it so."""
        await self.world.part(self, by=by)

    def find(self, wanted: Callable[[Message], bool]) -> Message:
        """Find the newest message of a kind."""
        return next(message for message in reversed(self.messages.values()) if wanted(message))
