"""Put the parts together: the one place that builds the service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot import logs
from bot.pool import Limits
from bot.service import Service
from storage import database

if TYPE_CHECKING:
    from bot.settings import Settings
    from model.finder import Finder


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
