"""Open the service for a command that asks the catalogue."""

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.cli.context import Context

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.service import Service
    from bot.settings import Settings


@asynccontextmanager
async def open_catalogue(context: Context, settings: "Settings | None" = None) -> "AsyncIterator[Service]":
    """Run the service; a catalogue of an older starter is embedded anew first, which is told and shown.

    Raises StorageError and GenerationError.
    """
    from bot.app import open_service  # noqa: PLC0415  `--help` shall not wait for it
    from bot.moving import is_of_older_starter  # noqa: PLC0415

    chosen = settings or context.settings
    if await is_of_older_starter(chosen):
        await _move(context, chosen)
    async with open_service(chosen) as service:
        yield service


async def _move(context: Context, settings: "Settings") -> None:
    from bot.catalogue_jobs import embed_new  # noqa: PLC0415  hardly ever needed

    context.note(context.texts.format("moving-to-starter"))
    with context.progress() as report:
        done = await embed_new(settings, report=report)
    context.note(context.texts.format("moved-to-starter", generation=done.generation, count=done.pictures))
