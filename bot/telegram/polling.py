"""Fetch what the bot is sent, for as long as Telegram lets us."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Sequence
from typing import Final

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.lives import DoorState, Lives
from bot.telegram.context import DOOR
from bot.telegram.intake import Intake
from bot.waits import waits
from storage.errors import SecondPoller, TokenRefused

log = logging.getLogger(__name__)

POLL: Final = 30  # seconds that Telegram may hold a request open
ALLOWED: Final = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
    "guest_message",
)

# Two pollers push each other out by turns.  Who came last gives way, so that a bot which has long been
# running is not ended by a second one that somebody starts by mistake.
NEWCOMER: Final = 60.0  # seconds
CONFLICTS_OF_NEWCOMER: Final = 2
CONFLICTS: Final = 6


class Polling:
    """Moves updates from Telegram into a queue; each is confirmed once what it asks is noted down."""

    def __init__(
        self, bot: Bot, queue: "asyncio.Queue[object]", *, intake: Intake, lives: Lives | None = None
    ) -> None:
        self._lives = lives or Lives()
        self._bot = bot
        self._queue = queue
        self.intake = intake
        self._next = 0
        self._taken: set[int] = set()  # what Telegram sends again until it is confirmed
        self._began = time.monotonic()

    async def run(self) -> None:
        """Fetch until cancelled; raises TokenRefused and SecondPoller."""
        pauses, conflicts = waits(), 0
        while True:
            try:
                updates = await self._fetch(POLL)
            except InvalidToken as error:
                raise TokenRefused(door="Telegram", setting="GRIMCHE_TELEGRAM_TOKEN") from error
            except Conflict as error:
                conflicts += 1
                if conflicts >= self._bearable:
                    raise SecondPoller from error
                await asyncio.sleep(1)
            except TelegramError as error:
                self._lives.note(DOOR, DoorState.AWAY, why=type(error).__name__)
                await asyncio.sleep(_pause(error, next(pauses)))
            else:
                pauses, conflicts = waits(), 0
                self._lives.note(DOOR, DoorState.OPEN)
                await self._take(updates)

    async def confirm(self) -> None:
        """Tell Telegram what is noted down, or it would be sent again at the next start."""
        await self.intake.noted()
        with contextlib.suppress(TelegramError):
            await self._fetch(0)

    @property
    def _bearable(self) -> int:
        is_newcomer = time.monotonic() - self._began < NEWCOMER
        return CONFLICTS_OF_NEWCOMER if is_newcomer else CONFLICTS

    async def _fetch(self, timeout: int) -> Sequence[Update]:  # noqa: ASYNC109  it is Telegram's, not ours
        oldest = self.intake.oldest
        offset = self._next if oldest is None else oldest
        updates = await self._bot.get_updates(offset=offset, timeout=timeout, allowed_updates=ALLOWED)
        if offset == self._next:
            self._taken.clear()
        return updates

    async def _take(self, updates: Sequence[Update]) -> None:
        new = [update for update in updates if update.update_id not in self._taken]
        if new:
            self._taken.update(update.update_id for update in new)
            self._next = new[-1].update_id + 1
        await self.intake.take(new, queue=self._queue)
        await self.intake.settle()


def _pause(error: TelegramError, pause: float) -> float:
    """Choose how long to wait after an error, and log it without a traceback: servers go away at times."""
    log.warning("no messages can be fetched (%s); again in %.1f s", type(error).__name__, pause)
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return wait.total_seconds() if not isinstance(wait, int | float) else float(wait)
    return pause
