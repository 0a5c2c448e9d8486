"""Take commands and pressed buttons on: defer first, then see who called, and say what goes wrong."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.desk import Asked
from bot.discord.apologies import INTERACTION
from bot.discord.context import DOOR, Parts, parts_of
from bot.discord.errors import say_error
from bot.discord.languages import View, choices_of, is_private, place_of, view_of
from bot.discord.markdown import escape
from bot.discord.pages import Item, Page, text_page
from bot.discord.replies import InteractionReply, Reply
from storage.errors import Banned, Closing

if TYPE_CHECKING:
    from bot.rates import Windows
    from bot.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A command that somebody called, or a button that somebody pressed; `reply` answers it.

    `is_ephemeral` says whether only they will see the answer.
    """

    parts: Parts
    interaction: discord.Interaction
    view: View
    reply: Reply
    is_ephemeral: bool

    @property
    def texts(self) -> "Texts":
        """The sentences in the language of the answer."""
        return self.view.texts

    @property
    def user(self) -> discord.User | discord.Member:
        """Who called."""
        return self.interaction.user

    @property
    def person(self) -> str:
        """Who called, as the ledger knows them."""
        return self.parts.ledger.person(DOOR, self.user.id)

    @property
    def is_admin(self) -> bool:
        """Whether an admin of the bot called."""
        return self.user.id in self.parts.admins

    @property
    def asked(self) -> Asked:
        """A question of this person here, about nothing yet."""
        return Asked(
            door=DOOR,
            chat_id=str(self.view.place.channel_id),
            message_id=f"{INTERACTION}{self.interaction.token}",  # worth nothing after a quarter of an hour
            person=self.person,
            exempt=self.is_admin,
        )

    def check(self, windows: "Windows") -> None:
        """Raise SlowDown where this is too often, and count it otherwise; admins may."""
        if self.is_admin:
            return
        now = time.monotonic()
        chat = f"{DOOR}:{self.view.place.channel_id}"
        windows.check(self.person, chat=chat, now=now)
        windows.count(self.person, chat=chat, now=now)

    async def say(self, message: str, *rows: Item, **values: str | float) -> None:
        """Answer with one of the texts."""
        await self.show(text_page(escape(self.texts.format(message, **values)), *rows))

    async def tell(self, markdown: str, *rows: Item) -> None:
        """Answer with markdown."""
        await self.show(text_page(markdown, *rows))

    async def show(self, page: Page) -> None:
        """Answer with a whole message."""
        await self.reply.show(page)


Run = Callable[[Call], Awaitable[None]]


async def take(
    interaction: discord.Interaction, run: Run, *, is_ephemeral: bool | None = None, for_banned: bool = False
) -> None:
    """Defer, then run what answers a command or a button in a message of its own.

    Every error becomes the answer.  With `is_ephemeral` it is for the caller's eyes only, and without where
    the server chose so.  `for_banned` lets those in who may not ask.
    """

    async def defer() -> bool:
        is_private = is_ephemeral or await is_private_here(interaction)
        await interaction.response.defer(ephemeral=is_private, thinking=True)
        return is_private

    await _run(interaction, defer, run, for_banned=for_banned)


async def take_in_place(interaction: discord.Interaction, run: Run, *, for_banned: bool = False) -> None:
    """Defer, then run what changes the very message whose button was pressed; errors are said beside it."""

    async def defer() -> bool:
        await interaction.response.defer()
        return interaction.message is not None and interaction.message.flags.ephemeral

    await _run(interaction, defer, run, for_banned=for_banned)


async def is_private_here(interaction: discord.Interaction) -> bool:
    """Tell whether the server chose that answers are for the asker's eyes only."""
    if interaction.guild_id is None:
        return False
    parts = parts_of(interaction)
    return is_private(parts, place_of(interaction), await choices_of(parts, interaction.guild_id))


async def call_of(interaction: discord.Interaction, *, is_ephemeral: bool = True) -> Call:
    """Read an interaction as a call."""
    parts = parts_of(interaction)
    return Call(
        parts=parts,
        interaction=interaction,
        view=await view_of(parts, place_of(interaction)),
        reply=InteractionReply(interaction),
        is_ephemeral=is_ephemeral,
    )


async def admit(call: Call, *, for_banned: bool = False) -> None:
    """Raise Banned, or SlowDown for who calls without end."""
    if for_banned:
        return
    if await call.parts.ledger.is_banned(DOOR, call.person):
        raise Banned
    call.check(call.parts.pace.calls)


async def _run(
    interaction: discord.Interaction, defer: Callable[[], Awaitable[bool]], run: Run, *, for_banned: bool
) -> None:
    parts = parts_of(interaction)
    texts: Texts | None = None
    async with parts.work:
        try:
            if parts.work.is_ending:
                raise Closing  # noqa: TRY301  it is said like every other error
            call = await call_of(interaction, is_ephemeral=await defer())
            texts = call.texts
            await admit(call, for_banned=for_banned)
            await run(call)
        except Exception as error:  # noqa: BLE001  the boundary of this door
            await say_error(interaction, error, texts=texts)
