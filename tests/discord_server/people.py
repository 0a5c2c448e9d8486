"""People of the local Discord, and what they do; a test reads as what they use, press and write."""

from typing import TYPE_CHECKING, Any, Unpack

from tests.discord_server import deeds
from tests.discord_server.commands import CHAT, MESSAGE_MENU, USER_MENU
from tests.discord_server.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, SUBMIT, Asked, Choices
from tests.discord_server.messages import Message
from tests.discord_server.writing import Said, write

if TYPE_CHECKING:
    from tests.discord_server.guilds import Channel
    from tests.discord_server.replies import Reply
    from tests.discord_server.world import World

Json = dict[str, Any]


class Person:
    """A user: https://discord.com/developers/docs/resources/user#user-object."""

    def __init__(self, world: "World", *, name: str, locale: str = "en-US", is_bot: bool = False) -> None:
        """Have a private channel with the bot that nobody has used."""
        self.world = world
        self.id = world.snowflake()
        self.name = name
        self.locale = locale
        self.is_bot = is_bot
        self.avatar = ""
        self.has_blocked = False
        self.dm = world.direct(self)

    def __repr__(self) -> str:
        return f"<Person {self.name}>"

    @property
    def mention(self) -> str:
        """What rings them."""
        return f"<@{self.id}>"

    def as_json(self) -> Json:
        """Show them as the API does."""
        return {
            "id": str(self.id),
            "username": self.name.lower(),
            "discriminator": "0",
            "global_name": self.name,
            "avatar": self.avatar or None,
            "bot": self.is_bot,
            "public_flags": 0,
        }

    def wears(self, data: bytes) -> None:
        """Take a picture as avatar: https://discord.com/developers/docs/reference#image-formatting-cdn-endpoints."""
        id_ = self.world.snowflake()
        self.avatar = f"{id_:032x}"
        self.world.files.add(f"avatars/{self.id}/{self.avatar}", data, id_=id_, name="avatar")

    async def uses(
        self,
        command: str,
        *,
        where: "Channel",
        installed: str = "",
        forged: bool = False,
        **options: Any,  # noqa: ANN401
    ) -> Asked:
        """Use a slash command such as "/similar" or "/settings language", and wait for the first response.

        `installed` is "guild" or "user", "" for what fits; a `forged` use need not be offered by the app.
        """
        use = deeds.Use(self, where, installed=installed, forged=forged)
        data = use.command(command.removeprefix("/"), CHAT, options)
        return await use.asks(COMMAND, data)

    async def completes(
        self,
        command: str,
        *,
        where: "Channel",
        installed: str = "",
        forged: bool = False,
        **options: Any,  # noqa: ANN401
    ) -> Choices:
        """Write into the last one of the options, and see what is offered."""
        use = deeds.Use(self, where, installed=installed, forged=forged)
        data = use.command(command.removeprefix("/"), CHAT, options, focused=list(options)[-1])
        asked = await use.asks(AUTOCOMPLETE, data)
        assert not asked.failed, "the options could not be loaded"
        return Choices.of(asked.interaction)

    async def uses_menu(
        self,
        name: str,
        *,
        on: "Message | Reply",
        installed: str = "",
        forged: bool = False,
        where: "Channel | None" = None,
    ) -> Asked:
        """Use a menu of a message."""
        message = deeds.plain(on)
        use = deeds.Use(self, where or message.channel, installed=installed, forged=forged)
        return await use.asks(COMMAND, use.menu(name, MESSAGE_MENU, message))

    async def uses_user_menu(
        self, name: str, *, on: "Person", where: "Channel", installed: str = "", forged: bool = False
    ) -> Asked:
        """Use a menu of a person."""
        use = deeds.Use(self, where, installed=installed, forged=forged)
        return await use.asks(COMMAND, use.menu(name, USER_MENU, on))

    async def presses(self, on: "Message | Reply", label: str, *, forged: bool = False) -> Asked:
        """Press the button that says `label`, or has it in its text."""
        button = deeds.button(on, label)
        assert not button.disabled, f"{label} cannot be pressed"
        assert button.custom_id, f"{label} is a link"
        return await self.presses_id(on, button.custom_id, forged=forged)

    async def presses_id(self, on: "Message | Reply", custom_id: str, *, forged: bool = True) -> Asked:
        """Send what a button would send, which need not exist."""
        use = deeds.Use.component(self, deeds.plain(on), forged=forged)
        return await use.asks(COMPONENT, {"component_type": 2, "custom_id": custom_id, "id": 1})

    async def picks(
        self,
        on: "Message | Reply",
        *options: "str | Channel | Person",
        select: str = "",
        forged: bool = False,
    ) -> Asked:
        """Choose options of the menu that has them; `select` is what its custom_id or placeholder holds.

        Without options a menu is emptied.
        """
        use = deeds.Use.component(self, deeds.plain(on), forged=forged)
        return await use.asks(COMPONENT, deeds.picked(on, options, select=select, use=use))

    async def submits(self, asked: Asked, *texts: str) -> Asked:
        """Fill in the form that was shown, field by field, and send it."""
        old = asked.interaction
        use = deeds.Use(self, old.channel, installed="", forged=True)
        use.source, use.owners = old.source, old.owners
        return await use.asks(SUBMIT, asked.modal.filled(texts))

    async def writes(self, channel: "Channel", **said: Unpack[Said]) -> Message:
        """Write a message, of which the bot is told as far as it may know."""
        return write(self, channel, said)

    async def edits(self, message: Message, *, text: str) -> Message:
        """Change what a message of theirs says."""
        message.content, message.edited = text, self.world.timestamp()
        self.world.tell(message, "MESSAGE_UPDATE")
        return message

    def deletes(self, on: "Message | Reply") -> None:
        """Delete a message."""
        deeds.delete(deeds.plain(on))

    def blocks(self) -> None:
        """Block the bot, which may then not write to them."""
        self.has_blocked = True
