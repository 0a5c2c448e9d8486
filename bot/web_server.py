"""Run the web chat on a port."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from storage.errors import CannotListen

if TYPE_CHECKING:
    from bot.service import Service
    from bot.settings import Settings

FINISHING: Final = 25.0  # seconds for answers in work, when the process ends


class WebDoor:
    """The web chat as one of the doors; `listens` is told its address."""

    name = "web"

    def __init__(
        self, service: "Service", *, settings: "Settings", listens: Callable[[str], Awaitable[None]]
    ) -> None:
        self._service = service
        self._settings = settings
        self._listens = listens

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, and finish the answers in work; raises CannotListen."""
        async with serve_web(self._service, settings=self._settings) as url:
            await self._listens(url)
            await stop.wait()


def check_port(settings: "Settings") -> None:
    """Raise CannotListen when the web chat could not listen now."""
    bind(settings.web_host, settings.web_port).close()


@asynccontextmanager
async def serve_web(service: "Service", *, settings: "Settings") -> AsyncIterator[str]:
    """Serve the web chat while the block runs, and give its address; raises CannotListen."""
    from aiohttp import web  # noqa: PLC0415  checking a port needs no server

    from bot import web_chat  # noqa: PLC0415

    application = web_chat.application(
        service,
        default_language=settings.language,
        max_upload_mb=settings.web_upload_mb,
        max_pictures=settings.max_pictures,
        hosts=(settings.web_host,),
    )
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=FINISHING)
    await runner.setup()
    try:
        await web.SockSite(runner, bind(settings.web_host, settings.web_port)).start()
        host, port = runner.addresses[0][:2]
        yield f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    finally:
        await runner.cleanup()


def bind(host: str, port: int, *, fault_kind: type[CannotListen] = CannotListen) -> socket.socket:
    """Take a port; raises CannotListen, as the kind that says whose port it is."""
    try:
        return socket.create_server((host, port), family=_family(host))
    except OSError as error:
        fault = "another program listens there" if error.errno == errno.EADDRINUSE else error.strerror
        place = {"host": host, "port": str(port)}
        raise fault_kind(**place, fault=fault or str(error)) from error


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
