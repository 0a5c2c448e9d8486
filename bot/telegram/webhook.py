"""Take what the bot is sent over a webhook: https://core.telegram.org/bots/api#setwebhook."""

import hmac
import logging
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from json import JSONDecodeError
from typing import TYPE_CHECKING, Final

from aiohttp import web
from telegram import Bot, Update
from yarl import URL

from bot.logs import hide
from bot.settings import Settings
from bot.telegram.intake import Intake
from bot.telegram.polling import ALLOWED
from storage.errors import WebhookCannotListen

if TYPE_CHECKING:
    import asyncio

log = logging.getLogger(__name__)

BODY_BYTES: Final = 1 << 20
CONNECTIONS: Final = 40
REMEMBERED: Final = 4096  # updates; Telegram sends one again when our answer to it got lost
HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


class Inbox:
    """Takes updates from who knows the secret, and each once; an answer confirms what is noted down."""

    def __init__(self, bot: Bot, queue: "asyncio.Queue[object]", *, intake: Intake, secret: str) -> None:
        self._bot = bot
        self._queue = queue
        self._intake = intake
        self._secret = secret.encode()
        self._taken: OrderedDict[int, None] = OrderedDict()

    async def take(self, request: web.Request) -> web.Response:
        """Put an update into the queue."""
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            raise web.HTTPForbidden
        try:
            update = Update.de_json(await request.json(), self._bot)
            is_new = self._is_new(int(update.update_id))
        except (
            JSONDecodeError,
            UnicodeDecodeError,
            TypeError,
            KeyError,
            ValueError,
            AttributeError,
        ) as error:
            log.warning("what came over the webhook is no update (%s)", type(error).__name__)
            raise web.HTTPBadRequest from error
        if is_new:
            await self._intake.take([update], queue=self._queue)
        await self._intake.noted_down(update)
        return web.Response(status=HTTPStatus.OK)

    def _is_new(self, update_id: int) -> bool:
        if update_id in self._taken:
            return False
        self._taken[update_id] = None
        if len(self._taken) > REMEMBERED:
            self._taken.popitem(last=False)
        return True


@asynccontextmanager
async def listen(
    bot: Bot, queue: "asyncio.Queue[object]", *, intake: Intake, settings: Settings
) -> AsyncIterator[None]:
    """Listen, and let Telegram know where; raises WebhookCannotListen."""
    secret = settings.telegram_webhook_secret.get_secret_value() or secrets.token_urlsafe(32)
    hide([secret])
    inbox = Inbox(bot, queue, intake=intake, secret=secret)
    app = web.Application(client_max_size=BODY_BYTES)
    app.add_routes([web.post(URL(settings.telegram_webhook).path, inbox.take)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await _start(runner, settings)
        await bot.set_webhook(
            settings.telegram_webhook,
            allowed_updates=ALLOWED,
            max_connections=CONNECTIONS,
            secret_token=secret,
        )
        yield
    finally:
        await runner.cleanup()


async def _start(runner: web.AppRunner, settings: Settings) -> None:
    host, port = settings.telegram_webhook_host, settings.telegram_webhook_port
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        fault = error.strerror or type(error).__name__
        raise WebhookCannotListen(host=host, port=port, fault=fault) from error
