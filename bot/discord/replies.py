"""Send answers: one message for each, changed in place where it stands already."""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from typing import Final

import discord

from bot.discord.markdown import escape
from bot.discord.pages import Page, text_page

NOTE_AFTER: Final = 1.5  # seconds: who is answered sooner needs no word about the queue


class Reply(ABC):
    """The one answer to a question: at first perhaps a note that it takes long."""

    def __init__(self) -> None:
        self._settled = asyncio.Event()
        self._noting: asyncio.Task[None] | None = None

    @abstractmethod
    async def put(self, page: Page) -> None:
        """Send the answer, or change it where it stands."""

    async def show(self, page: Page) -> None:
        """Answer."""
        await self._settle()
        await self.put(page)

    async def say(self, text: str) -> None:
        """Answer with plain text."""
        await self.show(text_page(escape(text)))

    def note(self, text: str) -> None:
        """Say something about the wait, if it is long."""
        if self._noting is None:
            self._noting = asyncio.create_task(self._note(text))

    async def _note(self, text: str) -> None:
        try:
            await asyncio.wait_for(self._settled.wait(), NOTE_AFTER)
        except TimeoutError:
            with contextlib.suppress(discord.HTTPException):
                await self.put(text_page(escape(text)))

    async def _settle(self) -> None:
        """Let a note that is on its way arrive, so that it does not take the answer's place."""
        self._settled.set()
        if self._noting is not None:
            await self._noting


class InteractionReply(Reply):
    """The answer to a command or a button, which was deferred."""

    def __init__(self, interaction: discord.Interaction) -> None:
        super().__init__()
        self._interaction = interaction

    async def put(self, page: Page) -> None:
        """Put the answer in the place of "is thinking"."""
        await self._interaction.edit_original_response(view=page.view(), attachments=page.files())


class MessageReply(Reply):
    """The answer to a message."""

    def __init__(self, message: discord.Message) -> None:
        super().__init__()
        self._message = message
        self._sent: discord.Message | None = None

    async def put(self, page: Page) -> None:
        """Reply to the message, or stand without one that was deleted."""
        if self._sent is not None:
            await self._sent.edit(view=page.view(), attachments=page.files())
            return
        self._sent = await self._message.channel.send(
            view=page.view(),
            files=page.files(),
            reference=self._message.to_reference(fail_if_not_exists=False),
            mention_author=False,
        )
