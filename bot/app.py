"""Put the parts together: the one place that builds the service and opens the doors."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot import logs
from bot.pool import Limits
from bot.service import Service
from storage import database
from storage.errors import StorageError

if TYPE_CHECKING:
    from bot.doors import Door
    from bot.ledger import Ledger
    from bot.settings import Settings
    from bot.turns import Turns
    from model.finder import Finder

log = logging.getLogger(__name__)

KEPT: Final = timedelta(days=30)  # questions and whose they were, which the texts of /privacy promise
DAY: Final = 24 * 60 * 60

# Most of a question's time passes in the network.  Those that wait hold no pictures, so many may.
QUESTIONS_AT_ONCE: Final = 16
QUESTIONS_WAITING: Final = 1000


@asynccontextmanager
async def open_service(settings: "Settings", *, check_every: float = 1.0) -> AsyncIterator[Service]:
    """Prepare the data folder and run the service over it; raises StorageError."""
    logs.set_up(settings.log_level, settings.secrets)
    await database.prepare(settings.database)

    async def open_finder() -> "Finder":
        from model.finder import load_finder  # noqa: PLC0415  `status` and `backup` need no network

        return await load_finder(settings.database, settings.generations)

    limits = Limits(threads=settings.threads, waiting=settings.max_waiting, pictures=settings.max_pictures)
    async with Service(
        settings.data,
        path=settings.database,
        open_finder=open_finder,
        limits=limits,
        check_every=check_every,
    ) as service:
        yield service


@asynccontextmanager
async def open_doors(
    service: Service, *, settings: "Settings", listens: Callable[[str], Awaitable[None]]
) -> AsyncIterator[list["Door"]]:
    """Build every door that the settings name, ready to run; `listens` is told the web chat's address.

    Without any chat network the web chat is a door in any case.  Raises StorageError.
    """
    from bot.web_server import WebDoor  # noqa: PLC0415  nor do they need doors

    async with AsyncExitStack() as opened:
        doors: list[Door] = []
        if settings.telegram_token.get_secret_value():
            doors.append(await opened.enter_async_context(_telegram(service, settings)))
        if settings.web or not doors:
            doors.append(WebDoor(service, settings=settings, listens=listens))
        yield doors


@asynccontextmanager
async def _telegram(service: Service, settings: "Settings") -> AsyncIterator["Door"]:
    """Build the Telegram door; its library takes most of a second to load."""
    from bot.desk import Desk  # noqa: PLC0415  as above
    from bot.fetching import Fetcher  # noqa: PLC0415
    from bot.ledger import Ledger  # noqa: PLC0415
    from bot.telegram.context import Parts  # noqa: PLC0415
    from bot.telegram.door import TelegramDoor  # noqa: PLC0415

    async with Ledger(settings.database) as ledger, Fetcher() as fetcher, _expiring(ledger):
        parts = Parts(
            service=service,
            ledger=ledger,
            desk=Desk(service, ledger, _turns(settings)),
            fetcher=fetcher,
            admins=settings.admins_of(TelegramDoor.name),
            language=settings.language,
        )
        yield TelegramDoor(settings, parts)


def _turns(settings: "Settings") -> "Turns":
    from bot.rates import Rate, Whose  # noqa: PLC0415  as above
    from bot.turns import Turns  # noqa: PLC0415

    rules = (
        Rate(whose=Whose.PERSON, most=settings.person_per_minute),
        Rate(whose=Whose.CHAT, most=settings.chat_per_minute),
    )
    return Turns(QUESTIONS_AT_ONCE, max(QUESTIONS_WAITING, settings.max_waiting), rules=rules)


@asynccontextmanager
async def _expiring(ledger: "Ledger") -> AsyncIterator[None]:
    """Forget what is old, now and every day while the block runs."""
    task = asyncio.create_task(_expire_daily(ledger))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def _expire_daily(ledger: "Ledger") -> None:
    while True:
        try:
            await ledger.expire(datetime.now(UTC) - KEPT)
        except StorageError as error:
            log.warning("old questions could not be removed: %s", error)
        await asyncio.sleep(DAY)
