"""Everything the local Telegram knows: people, chats, files, what waits for the bot and for its answers."""

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.telegram_server import rules
from tests.telegram_server.chats import Chat, Member
from tests.telegram_server.files import Files
from tests.telegram_server.flood import Flood
from tests.telegram_server.messages import Message
from tests.telegram_server.people import Person
from tests.telegram_server.profile import Profile
from tests.telegram_server.sight import sees
from tests.telegram_server.updates import Updates

if TYPE_CHECKING:
    from tests.telegram_server.webhooks import Webhook

Json = dict[str, Any]

# Looks that see nothing new, after which a bot is believed to have finished; fewer when it can be asked.
# Seconds would pass for the bot's, too, while a machine gives neither of us any time.
_QUIET, _QUIET_WHEN_ASKED = 15, 4
_STEP = 0.02


@dataclass(slots=True, kw_only=True)
class Offer:
    """What a result of an inline or guest query becomes in a chat."""

    content: Json
    source: str = ""
    markup: Json | None = None


@dataclass(slots=True, kw_only=True)
class Question:
    """Something that the bot has to answer in time: a pressed button, an inline or a guest query."""

    person: Person
    until: float
    answered: "asyncio.Future[Any]" = field(repr=False)
    message: Message | None = None


class World:
    """The state behind the Bot API of one bot."""

    def __init__(self, token: str) -> None:
        """Know the bot and nobody else."""
        self.token = token
        self.revoked = False
        self.privacy_mode = True
        self.inline_mode = True
        self.guest_mode = True
        self.inline_feedback = False
        self.files = Files()
        self.updates = Updates()
        self.flood = Flood()
        self.profile = Profile()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.questions: dict[str, Question] = {}
        self.inline_messages: dict[str, Message] = {}
        self.inline_contents: dict[str, Offer] = {}
        self.callback_seconds = rules.CALLBACK_SECONDS
        self.quiet = _QUIET
        self.busy: Callable[[], bool] = lambda: False
        self.webhook: Webhook | None = None
        self.routes: dict[str, str] = {}
        self.in_flight = 0
        self.active_at = time.monotonic()
        self._next_person, self._next_group, self._next_message, self._next_name = 1001, 1, 1, 1
        self.bot = Person(
            self, int(token.partition(":")[0]), name="Grimche", username="grimche_bot", is_bot=True
        )
        # Who speaks for admins that hide: https://core.telegram.org/bots/api#message (sender_chat)
        self.hidden = Person(self, 1087968824, name="Group", username="GroupAnonymousBot", is_bot=True)

    def person(self, name: str, *, language: str = "en", username: str = "", is_bot: bool = False) -> Person:
        """Let somebody join Telegram; the bot knows them from their first message on."""
        id_ = self._next_person
        self._next_person += 1
        person = Person(self, id_, name=name, language=language, username=username, is_bot=is_bot)
        self.people[id_] = person
        self.chats[id_] = person.private
        return person

    def group(
        self,
        title: str,
        members: Iterable[Person],
        *,
        admins: Iterable[Person] = (),
        kind: str = "supergroup",
    ) -> Chat:
        """Found a group without the bot; the first of the admins owns it."""
        id_ = (-1_001_000_000_000 if kind == "supergroup" else -4_000_000) - self._next_group
        self._next_group += 1
        chat = self.chats[id_] = Chat(self, id_, kind=kind, title=title)
        for person in members:
            chat.members[person.id] = Member(person=person)
        for place, person in enumerate(admins):
            chat.members[person.id] = Member(person=person, status="administrator" if place else "creator")
        return chat

    def post(self, chat: Chat, sender: Person, content: Json, *, extras: Json | None = None) -> Message:
        """Write a message into a chat."""
        message = Message(
            chat=chat,
            id=self._message_id(chat),
            date=int(time.time()),
            sender=sender,
            content=content,
            extras=extras or {},
        )
        chat.messages[message.id] = message
        if sender.is_bot and sender is not self.hidden:
            chat.last_bot = sender.id
        return message

    def tell(self, message: Message, *, kind: str = "message") -> None:
        """Tell the bot of a message, if it may see it."""
        if sees(self, message):
            message.sender.is_met = True
            self.updates.push(kind, message.as_json())

    def name(self, prefix: str = "") -> str:
        """Make an identifier that was never used."""
        self._next_name += 1
        return f"{prefix}{self._next_name * 7919}"

    def ask(self, person: Person, *, message: Message | None = None) -> tuple[str, Question]:
        """Begin to wait for the bot's answer to a question."""
        name, person.is_met = self.name(), True
        answered = asyncio.get_running_loop().create_future()
        until = time.monotonic() + self.callback_seconds
        self.questions[name] = Question(person=person, until=until, answered=answered, message=message)
        return name, self.questions[name]

    async def join(self, chat: Chat, *, by: Person, admin: bool = False) -> None:
        """Add the bot to a group: a my_chat_member update and a message that says so."""
        status = "administrator" if admin else "member"
        self.change_bot(chat, by=by, status=status)
        chat.last_bot = self.bot.id
        self.tell(self.post(chat, by, {"new_chat_members": [self.bot.as_json()]}))

    def place_bot(self, chat: Chat, *, status: str = "member") -> None:
        """Let the bot be in a group as if it had been for long."""
        chat.members[self.bot.id] = Member(person=self.bot, status=status)
        chat.last_bot = self.bot.id

    async def part(self, chat: Chat, *, by: Person) -> None:
        """Remove the bot from a group."""
        self.change_bot(chat, by=by, status="kicked")

    def change_bot(self, chat: Chat, *, by: Person, status: str) -> None:
        """Change the bot's place in a chat: https://core.telegram.org/bots/api#chatmemberupdated."""
        old = chat.member(self.bot).as_json()
        if chat.is_private and self.bot.id not in chat.members:
            old = {**old, "status": "member"}
        chat.members[self.bot.id] = Member(person=self.bot, status=status)
        changed = {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": int(time.time()),
            "old_chat_member": old,
            "new_chat_member": chat.members[self.bot.id].as_json(),
        }
        self.updates.push("my_chat_member", changed)

    def migrate(self, chat: Chat) -> Chat:
        """Make a group a supergroup of another id: https://core.telegram.org/bots/api#responseparameters."""
        grown = self.group(chat.title, ())
        grown.members = chat.members
        grown.last_bot = chat.last_bot
        chat.migrated_to = grown.id
        self.tell(self.post(chat, self.hidden, {"migrate_to_chat_id": grown.id}))
        self.tell(self.post(grown, self.hidden, {"migrate_from_chat_id": chat.id}))
        return grown

    def watch(self, busy: Callable[[], bool] | None) -> None:
        """Ask the bot itself whether it still works, or no longer."""
        self.quiet = _QUIET if busy is None else _QUIET_WHEN_ASKED
        self.busy = busy or (lambda: False)

    async def rest(self, timeout: float) -> None:  # noqa: ASYNC109 - reads as in a conversation
        """Wait until the bot has taken everything and done nothing for a moment."""
        try:
            async with asyncio.timeout(timeout):
                await self._rest()
        except TimeoutError:
            raise AssertionError("the bot has not come to rest") from None

    async def _rest(self) -> None:
        calm, seen = 0, (self.active_at, self.updates.confirmed_at)
        while calm < self.quiet:
            await asyncio.sleep(_STEP)
            before, seen = seen, (self.active_at, self.updates.confirmed_at)
            is_busy = self.updates.pending or self.in_flight or self.busy()
            calm = 0 if is_busy or seen != before else calm + 1

    def _message_id(self, chat: Chat) -> int:
        """Count per supergroup, and over all other chats: https://core.telegram.org/bots/api#message."""
        if chat.kind != "supergroup":
            self._next_message += 1
            return self._next_message
        return next(reversed(chat.messages), 0) + 1
