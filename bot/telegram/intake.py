"""What has come in and is not noted down yet: Telegram keeps it for us until it is.

A process that is killed is sent it again at its next start, and answers then.  In the instant between a note
and its confirmation a kill makes for one apology too many, never for a question that nobody knows of.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextvars import ContextVar
from typing import Any, Final

from telegram import Message, Update
from telegram.ext import ContextTypes, SimpleUpdateProcessor

from bot.telegram.incoming import sources_near

AT_ONCE: Final = 64  # updates; a question counts until it is noted down
_PAUSE, _EACH = 0.05, 0.01  # seconds in which a note is usually taken, and which each question more needs

Context = ContextTypes.DEFAULT_TYPE
Handle = Callable[[Update, Context], Coroutine[Any, Any, None]]

_noted: ContextVar[asyncio.Event | None] = ContextVar("noted", default=None)


class Intake(SimpleUpdateProcessor):
    """Has updates processed, and knows which of them ask about pictures and are not noted down yet."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._open: dict[int, asyncio.Event] = {}

    @property
    def oldest(self) -> int | None:
        """The number of the first update that Telegram has to keep."""
        return min(self._open, default=None)

    async def take(self, updates: Sequence[Update], *, queue: "asyncio.Queue[object]") -> None:
        """Let updates be processed, in their order."""
        for update in updates:
            if _asks(update):
                self._open[update.update_id] = asyncio.Event()
            await queue.put(update)

    async def settle(self) -> None:
        """Wait until everything is noted down, but no longer than usual: an album may not be all here."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PAUSE + _EACH * len(self._open)):
                await self.noted()

    async def noted(self) -> None:
        """Wait until everything that has come in is noted down."""
        for event in list(self._open.values()):
            await event.wait()

    async def noted_down(self, update: Update) -> None:
        """Wait until what an update asks is noted down; of an album the rest has to come in first."""
        event = self._open.get(update.update_id)
        if event is not None and not _is_of_album(update):
            await event.wait()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Process an update; what it asks is noted down then, or needs no note."""
        try:
            await coroutine
        finally:
            if isinstance(update, Update) and (event := self._open.pop(update.update_id, None)):
                event.set()


def until_noted(handle: Handle) -> Handle:
    """Make a handler return once `note` is called in it; the answer follows by itself."""

    async def begin(update: Update, context: Context) -> None:
        event = asyncio.Event()
        _noted.set(event)
        task = context.application.create_task(handle(update, context), update=update)
        task.add_done_callback(lambda _: event.set())
        await event.wait()

    return begin


def note() -> None:
    """Tell that the question which is being handled is noted down."""
    if (event := _noted.get()) is not None:
        event.set()


def _is_of_album(update: Update) -> bool:
    message = update.effective_message
    return isinstance(message, Message) and message.media_group_id is not None


def _asks(update: Update) -> bool:
    message = update.message or update.edited_message
    return message is not None and bool(sources_near(message))
