"""Interactions: what a bot has to answer in time, and how often it may.

https://discord.com/developers/docs/interactions/receiving-and-responding
"""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server.commands import localized
from tests.discord_server.messages import Message
from tests.discord_server.replies import Reply

if TYPE_CHECKING:
    from tests.discord_server.guilds import Channel
    from tests.discord_server.modals import Modal
    from tests.discord_server.people import Person

Json = dict[str, Any]

# .../receiving-and-responding#interaction-object-interaction-type
COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5


@dataclass(slots=True, kw_only=True, eq=False)
class Interaction:
    """One interaction; `original` is what answers it, `source` the message whose component was used."""

    id: int
    token: str
    kind: int
    person: "Person"
    channel: "Channel"
    begun: float
    data: Json
    owners: Json
    source: Message | None = None
    original: Message | None = None
    answer_kind: int = 0
    follow_ups: int = 0
    choices: list[Json] = field(default_factory=list)
    modal: "Modal | None" = None
    unseen: deque[Message] = field(default_factory=deque)
    said: asyncio.Event = field(default_factory=asyncio.Event)
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)
    sent_at: float = field(default_factory=time.monotonic)
    deferred_after: float | None = None
    answered_after: float | None = None
    failed: bool = False

    @property
    def is_user_installed(self) -> bool:
        """Whether only the person has installed the bot, not the server."""
        return list(self.owners) == ["1"]

    def acknowledge(self, kind: int) -> None:
        """Note down the first response."""
        self.answer_kind = kind
        self.deferred_after = time.monotonic() - self.sent_at
        self.acknowledged.set()

    def heard(self, message: Message) -> None:
        """Note down that the bot said or changed something."""
        if self.answered_after is None:
            self.answered_after = time.monotonic() - self.sent_at
        if message not in self.unseen:
            self.unseen.append(message)
        self.said.set()


class Choices(tuple[str, ...]):  # noqa: SLOT001 - a tuple with more to it
    """The names that are offered while somebody writes; `values` are what they stand for."""

    values: tuple[Any, ...]
    after: float

    @classmethod
    def of(cls, interaction: Interaction) -> "Choices":
        """Read what the bot offered."""
        locale = interaction.person.locale
        choices = interaction.choices
        made = cls(str(localized(each, locale)["name"]) for each in choices)
        made.values = tuple(each["value"] for each in choices)
        made.after = interaction.deferred_after or 0.0
        return made


class Asked:
    """What somebody used or pressed, and what came of it."""

    def __init__(self, interaction: Interaction) -> None:
        """Look at an interaction."""
        self.interaction = interaction

    def __repr__(self) -> str:
        return f"<Asked {self.interaction.data}>"

    @property
    def deferred_after(self) -> float | None:
        """Seconds until the first response; None when there was none in time."""
        return self.interaction.deferred_after

    @property
    def answered_after(self) -> float | None:
        """Seconds until there was more to see than that the bot is thinking."""
        return self.interaction.answered_after

    @property
    def failed(self) -> bool:
        """Whether "The application did not respond" is shown."""
        return self.interaction.failed

    @property
    def was_deferred(self) -> bool:
        """Whether the first response asked for more time."""
        return self.interaction.answer_kind in {5, 6}

    @property
    def ephemeral(self) -> bool:
        """Whether the answer is for one person alone."""
        original = self.interaction.original
        return original is not None and original.is_ephemeral

    @property
    def modal(self) -> "Modal":
        """The form that was shown."""
        assert self.interaction.modal is not None, "the bot showed no form"
        return self.interaction.modal

    async def _answered(self, timeout: float) -> None:  # noqa: ASYNC109 - as below
        interaction = self.interaction
        assert not interaction.failed, "the application did not respond"
        try:
            async with asyncio.timeout(timeout):
                while not interaction.unseen:
                    interaction.said.clear()
                    await interaction.said.wait()
        except TimeoutError:
            raise AssertionError(f"the bot did not answer {self}") from None

    async def reply(self, *, timeout: float = 60.0) -> Reply:  # noqa: ASYNC109 - reads as in a conversation
        """Wait for the next thing that was said or changed and that nobody has looked at."""
        await self._answered(timeout)
        return Reply(self.interaction.unseen.popleft())

    async def settled(self, *, timeout: float = 60.0) -> Reply:  # noqa: ASYNC109
        """Wait until the bot has finished, and give the last thing that it said or changed."""
        await self._answered(timeout)  # a bot that has not begun is at rest, too
        await self.interaction.channel.world.rest(timeout)
        last = self.interaction.unseen.pop()
        self.interaction.unseen.clear()
        return Reply(last)

    async def silent(self, *, timeout: float = 60.0) -> None:  # noqa: ASYNC109
        """Wait until the bot has finished, and see that nothing new was said."""
        await self.interaction.channel.world.rest(timeout)
        said = [Reply(message).text for message in self.interaction.unseen]
        assert not said, f"the bot said {said}"


async def wait(interaction: Interaction) -> None:
    """Wait for the first response as the app does, three seconds and no more."""
    try:
        async with asyncio.timeout(interaction.channel.world.answer_seconds):
            await interaction.acknowledged.wait()
    except TimeoutError:
        interaction.failed = True
