"""Put the parts together: the one place that builds the service and opens the doors."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot import logs
from bot.pool import Limits
from bot.service import Service
from model.threads import background_threads
from storage import database
from storage.errors import StorageError

if TYPE_CHECKING:
    from bot.background import Background
    from bot.desk import Desk
    from bot.doors import Door
    from bot.fetching import Fetcher
    from bot.ledger import Ledger
    from bot.office import Office
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
    logs.set_up(settings.log_level, settings.secrets, as_json=settings.log_format == "json")
    await database.prepare(settings.database)

    async def open_finder(before: "Finder | None") -> "Finder":
        return await asyncio.get_running_loop().run_in_executor(opener, _load_finder, settings, before)

    limits = Limits(threads=settings.threads, waiting=settings.max_waiting, pictures=settings.max_pictures)
    with background_threads(1, name="open") as opener:
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
    """Build every door that the settings name, ready to run, and begin what runs beside them.

    `listens` is told the web chat's address; without any chat network that is a door in any case.
    Raises StorageError.
    """
    from bot.background import Background  # noqa: PLC0415  nor do they need doors
    from bot.heartbeat import beating  # noqa: PLC0415
    from bot.web_server import WebDoor  # noqa: PLC0415

    async with AsyncExitStack() as opened:
        await opened.enter_async_context(beating(settings.data, service.observed))
        background = await opened.enter_async_context(Background(settings, service))
        doors: list[Door] = []
        if build := _networks(settings):
            common = await opened.enter_async_context(_common(service, settings, background=background))
            doors.extend(network(common, settings) for network in build)
        if settings.web or not doors:
            doors.append(WebDoor(service, settings=settings, listens=listens))
        if settings.metrics_port:
            from bot.metrics_door import MetricsDoor  # noqa: PLC0415  as above

            doors.append(MetricsDoor(service, settings=settings))
        yield doors


def _load_finder(settings: "Settings", before: "Finder | None") -> "Finder":
    """Read everything in a loop of its own: a large catalogue would hold up the one that answers."""
    from model.serving import load_finder  # noqa: PLC0415  `status` and `backup` need no network

    return asyncio.run(load_finder(settings.database, settings.generations, before=before))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Common:
    """What the doors of chat networks share: one queue, one memory of who asked how often."""

    service: Service
    ledger: "Ledger"
    desk: "Desk"
    fetcher: "Fetcher"
    office: "Office"


@asynccontextmanager
async def _common(
    service: Service, settings: "Settings", *, background: "Background"
) -> AsyncIterator[_Common]:
    from bot.desk import Desk  # noqa: PLC0415  as above
    from bot.fetching import Fetcher  # noqa: PLC0415
    from bot.ledger import Ledger  # noqa: PLC0415
    from bot.office import Office  # noqa: PLC0415

    async with Ledger(settings.database) as ledger, Fetcher() as fetcher, _expiring(ledger):
        turns = service.observed.queues["questions"] = _turns(settings)
        desk = Desk(service, ledger, turns)
        office = Office(settings, background)
        yield _Common(service=service, ledger=ledger, desk=desk, fetcher=fetcher, office=office)


def _networks(settings: "Settings") -> "list[Callable[[_Common, Settings], Door]]":
    """List how to build the doors of the networks that have a token."""
    known = {"telegram": _telegram, "discord": _discord}
    return [known[name] for name in settings.networks]


def _telegram(common: _Common, settings: "Settings") -> "Door":
    """Build the Telegram door; its library takes most of a second to load."""
    from bot.telegram.context import Parts  # noqa: PLC0415  as above
    from bot.telegram.door import TelegramDoor  # noqa: PLC0415

    parts = Parts(
        service=common.service,
        ledger=common.ledger,
        desk=common.desk,
        fetcher=common.fetcher,
        office=common.office,
        admins=settings.admins_of(TelegramDoor.name),
        language=settings.language,
    )
    return TelegramDoor(settings, parts)


def _discord(common: _Common, settings: "Settings") -> "Door":
    """Build the Discord door; its library takes as long."""
    from bot.discord.context import Parts  # noqa: PLC0415  as above
    from bot.discord.door import DiscordDoor  # noqa: PLC0415

    parts = Parts(
        service=common.service,
        ledger=common.ledger,
        desk=common.desk,
        fetcher=common.fetcher,
        office=common.office,
        admins=settings.admins_of(DiscordDoor.name),
        language=settings.language,
        admin_guild=settings.discord_admin_guild or None,
    )
    return DiscordDoor(settings, parts)


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
