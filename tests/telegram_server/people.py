"""People of the local Telegram, and what they do; a test reads as what they say and press."""

import asyncio
import time
from typing import TYPE_CHECKING, Any, Unpack

from tests.telegram_server import deeds
from tests.telegram_server.answers import Answer, CallbackAnswer, InlineAnswer
from tests.telegram_server.chats import Chat
from tests.telegram_server.contents import Said, content_of, extras_of
from tests.telegram_server.messages import Message

if TYPE_CHECKING:
    from tests.telegram_server.world import World

Json = dict[str, Any]


class Person:
    """A user: https://core.telegram.org/bots/api#user."""

    def __init__(
        self,
        world: "World",
        id_: int,
        *,
        name: str,
        language: str = "",
        username: str = "",
        is_bot: bool = False,
    ) -> None:
        """Have a private chat that nobody has begun."""
        self.world = world
        self.id = id_
        self.name = name
        self.language = language
        self.username = username
        self.is_bot = is_bot
        self.is_met = False
        self.has_begun = False
        self.has_blocked = False
        self.is_hidden = False
        self.private = Chat(world, id_, kind="private")
        self.private.person = self

    def __repr__(self) -> str:
        return f"<Person {self.name}>"

    def as_json(self) -> Json:
        """Show them as the Bot API does."""
        shown: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        shown |= {"username": self.username} if self.username else {}
        return shown | ({"language_code": self.language} if self.language else {})

    @property
    def anonymous(self) -> "Person":
        """The same person, writing to groups in the name of the group, as its admins can."""
        hidden = Person(self.world, self.id, name=self.name, language=self.language, username=self.username)
        hidden.private, hidden.is_hidden = self.private, True
        return hidden

    async def sends(self, chat: Chat, **said: Unpack[Said]) -> Message:
        """Write to a chat; of an album the first message is given, with all of them in its `album`."""
        if pictures := said.pop("album", None):
            return await deeds.send_album(self, chat, pictures, said)
        content, extras = await content_of(self.world, said), extras_of(chat, said)
        return deeds.send(self, chat, content, extras=extras, said=said)

    async def edits(self, message: Message, **said: Unpack[Said]) -> Message:
        """Change a message of theirs; a new text, caption or picture."""
        content = await content_of(self.world, said)
        if "photo" not in content and message.media:
            content = {**message.content, "caption": said.get("caption", ""), **content}
        message.content = content
        message.edited = int(time.time())
        self.world.tell(message, kind="edited_message")
        return message

    def deletes(self, message: "Message | Answer") -> None:
        """Delete a message; bots are not told of it."""
        message = deeds.plain(message)
        message.deleted = True
        message.chat.messages.pop(message.id, None)

    async def presses(
        self,
        message: "Message | Answer",
        label: str,
        *,
        timeout: float = 60.0,  # noqa: ASYNC109
    ) -> CallbackAnswer:
        """Press the button that says `label`, or has it in its text, and wait for what is shown."""
        button = deeds.button(deeds.plain(message), label)
        return await self.presses_data(message, str(button["callback_data"]), timeout=timeout)

    async def presses_data(
        self,
        message: "Message | Answer",
        data: str,
        *,
        timeout: float = 60.0,  # noqa: ASYNC109
    ) -> CallbackAnswer:
        """Send what a button would send, which need not exist: a forged press."""
        question = deeds.press(self, deeds.plain(message), data)
        why = "the bot did not answer the pressed button"
        answer: CallbackAnswer = await deeds.wait(question, timeout, why)
        return answer

    async def asks_inline(
        self,
        query: str,
        *,
        offset: str = "",
        timeout: float = 60.0,  # noqa: ASYNC109
    ) -> InlineAnswer:
        """Write `@bot query` in some chat, and wait for what is offered."""
        name, question = self.world.ask(self)
        payload = {
            "id": name,
            "from": self.as_json(),
            "query": query,
            "offset": offset,
            "chat_type": "sender",
        }
        self.world.updates.push("inline_query", payload)
        why = "the bot did not answer the inline query"
        answer: InlineAnswer = await deeds.wait(question, timeout, why)
        return answer

    async def chooses(self, result: Json, chat: Chat) -> Message:
        """Take one of the results that were offered, which puts it into a chat."""
        return deeds.choose(self, result, chat)

    async def asks_guest(self, chat: Chat, **said: Unpack[Said]) -> Message:
        """Mention the bot where it is no member: https://core.telegram.org/api/bots/guest-mode."""
        said = deeds.mentioning(self, said)
        content, extras = await content_of(self.world, said), extras_of(chat, said)
        return deeds.ask_guest(self, chat, content, extras=extras, said=said)

    async def waits(self, seconds: float = 0.0) -> None:
        """Let others act."""
        await asyncio.sleep(seconds)
