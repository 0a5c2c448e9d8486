"""Open the Telegram door: build the application, let it run, and end it so that nothing is lost."""

import asyncio
import contextlib
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, Final

import httpx
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, Defaults
from telegram.request import HTTPXRequest

from bot.lives import DoorState, Lives
from bot.settings import Settings
from bot.telegram import admin, callbacks, commands, groups, inline, queries, registration
from bot.telegram.apologies import apologise, unfinished
from bot.telegram.board import TelegramBoard
from bot.telegram.context import DOOR, PARTS, Parts
from bot.telegram.errors import answer_error
from bot.telegram.intake import Intake
from bot.telegram.patience import Patience
from bot.telegram.polling import Polling
from bot.telegram.requests import InOnePiece
from bot.telegram.webhook import listen
from bot.waits import waits
from storage.errors import TokenRefused

log = logging.getLogger(__name__)

CONNECTIONS: Final = 64
POLLING_CONNECTIONS: Final = 4  # one that hangs shall not keep the next from being made
GRACE: Final = 25.0  # seconds for answers in work, when the process ends
LAST_GRACE: Final = 1.0

Bots = Application[Any, Any, Any, Any, Any, Any]


class TelegramDoor:
    """The Telegram bot of a token."""

    name = DOOR

    def __init__(self, settings: Settings, parts: Parts) -> None:
        self._settings = settings
        self._parts = parts

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, and finish what is in work; raises TokenRefused and SecondPoller."""
        intake = Intake()
        application = build(self._settings, self._parts, intake=intake)
        lives = self._parts.service.observed.lives
        polling = Polling(application.bot, application.update_queue, intake=intake, lives=lives)
        ending = asyncio.Event()
        serving = asyncio.create_task(self._serve(application, polling, ending))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ending.set()
            await _cancel(stopping)
            await _cancel(serving)
            await _finish(application, polling)
        if not serving.cancelled():
            serving.result()

    async def _serve(self, application: Bots, polling: Polling, ending: asyncio.Event) -> None:
        await _initialize(application, self._parts.service.observed.lives)
        lost = await unfinished(self._parts)
        async with self._inflow(application, polling) as flow:
            await application.start()
            application.create_task(apologise(self._parts, application.bot, lost, ending=ending))
            application.create_task(registration.register(application.bot, self._parts))
            async with self._parts.office.joined(TelegramBoard(application.bot, self._parts)):
                await flow

    @asynccontextmanager
    async def _inflow(self, application: Bots, polling: Polling) -> AsyncIterator["asyncio.Future[None]"]:
        """Let updates come in, one way or the other, for as long as this lasts."""
        if self._settings.telegram_webhook:
            async with listen(
                application.bot, application.update_queue, intake=polling.intake, settings=self._settings
            ):
                yield asyncio.get_running_loop().create_future()
        else:
            await application.bot.delete_webhook()
            task = asyncio.create_task(polling.run())
            try:
                yield task
            finally:
                await _cancel(task)


def build(settings: Settings, parts: Parts, *, intake: Intake) -> Bots:
    """Build the application with all its handlers; the first that fits an update takes it."""
    application = (
        ApplicationBuilder()
        .token(settings.telegram_token.get_secret_value())
        .base_url(settings.telegram_api)
        .base_file_url(settings.telegram_files)
        .updater(None)
        .job_queue(None)
        .rate_limiter(Patience(overall_max_rate=settings.telegram_rate, max_retries=3))
        .defaults(
            Defaults(
                parse_mode=ParseMode.HTML,
                allow_sending_without_reply=True,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        .concurrent_updates(intake)
        .request(_request(connections=CONNECTIONS, seconds=20))
        .get_updates_request(_request(connections=POLLING_CONNECTIONS, seconds=10))
        .build()
    )
    application.bot_data[PARTS] = parts
    for module in (commands, groups, inline, admin, queries, callbacks):
        application.add_handlers(module.handlers())
    application.add_handlers(queries.last_handlers())
    application.add_error_handler(answer_error)
    return application


def _request(*, connections: int, seconds: float) -> HTTPXRequest:
    """Make what talks to Telegram; uploads may take longer."""
    return HTTPXRequest(
        connection_pool_size=connections,
        pool_timeout=30,
        connect_timeout=10,
        read_timeout=seconds,
        write_timeout=seconds,
        media_write_timeout=60,
        httpx_kwargs={
            "transport": InOnePiece(
                verify=_certificates(), limits=httpx.Limits(max_connections=connections), trust_env=True
            )
        },
    )


@cache
def _certificates() -> ssl.SSLContext:
    """Read the certificates once: it takes longer than a question."""
    return httpx.create_ssl_context()


async def _initialize(application: Bots, lives: Lives) -> None:
    """Meet Telegram, however long it is away; raises TokenRefused."""
    for wait in waits():
        try:
            await application.initialize()
        except InvalidToken as error:
            raise TokenRefused(door="Telegram", setting="GRIMCHE_TELEGRAM_TOKEN") from error
        except TelegramError as error:
            log.warning("Telegram cannot be reached (%s); again in %.1f s", type(error).__name__, wait)
            lives.note(DOOR, DoorState.AWAY, why=type(error).__name__)
            await asyncio.sleep(wait)
        else:
            lives.note(DOOR, DoorState.OPEN)
            return


async def _finish(application: Bots, polling: Polling) -> None:
    """Let what has come in be answered; what takes too long is left to the apologies of the next start."""
    if application.running:
        try:
            async with asyncio.timeout(GRACE):
                await polling.confirm()
                # The library does not wait for tasks that begin once it is being stopped.
                await application.update_queue.join()
                await application.stop()
        except TimeoutError:
            log.warning("some answers are not ready; they are apologised for at the next start")
    if application.running:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_GRACE):
                await application.stop()
    await application.shutdown()
    await application.bot.shutdown()  # the library leaves its connections open where it could not begin


async def _cancel(task: "asyncio.Task[Any]") -> None:
    """End a task and wait for it; an error that it ended with stays in it."""
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.exception()  # or asyncio believes that nobody will look at it
