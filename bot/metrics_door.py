"""Serve /metrics and /health on a port of this machine, for programs that watch."""

import asyncio
import socket
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from aiohttp import web

from bot.lives import DoorState
from bot.metrics import CONTENT_TYPE, exposition
from bot.web_server import bind
from storage.errors import MetricsCannotListen, StorageError

if TYPE_CHECKING:
    from bot.metrics import Stored
    from bot.observed import Observed
    from bot.service import Service
    from bot.settings import Settings

NAME: Final = "metrics"
LATE: Final = 5.0  # seconds that the loop may be held up
PATIENCE: Final = 5.0  # seconds that the database may take


class MetricsDoor:
    """The metrics as one of the doors; `listens` is told their address, for tests."""

    name = NAME

    def __init__(
        self,
        service: "Service",
        *,
        settings: "Settings",
        listens: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self._service = service
        self._settings = settings
        self._listens = listens

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; raises MetricsCannotListen."""
        app = web.Application()
        app.add_routes([web.get("/metrics", self._metrics), web.get("/health", self._health)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            host = self._settings.metrics_host
            await web.SockSite(runner, self._bind()).start()
            if self._listens:
                await self._listens(f"http://{host}:{runner.addresses[0][1]}")
            await stop.wait()
        finally:
            await runner.cleanup()

    def _bind(self) -> socket.socket:
        place = (self._settings.metrics_host, self._settings.metrics_port)
        return bind(*place, fault_kind=MetricsCannotListen)

    async def _metrics(self, _request: web.Request) -> web.Response:
        text = exposition(self._service.observed, await self._stored())
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})

    async def _health(self, _request: web.Request) -> web.Response:
        """Answer 200 while all is well, and 503 with what is wrong."""
        faults = [*_faults(self._service.observed)]
        if await self._stored() is None:
            faults.append("the database cannot be read")
        status = HTTPStatus.SERVICE_UNAVAILABLE if faults else HTTPStatus.OK
        return web.json_response({"healthy": not faults, "faults": faults}, status=status)

    async def _stored(self) -> "Stored | None":
        """Read what the database has to tell; None where it cannot be read in time."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._service.stored()
        except (StorageError, TimeoutError):
            return None


def _faults(observed: "Observed") -> list[str]:
    """List what is wrong with the loop and the doors."""
    late = max(observed.lag, time.monotonic() - observed.ticked)
    loop = [f"the event loop was held up for {late:.1f} s"] if late > LATE else []
    doors = [
        f"{life.door} is {life.state}{life.why and f': {life.why}'}"
        for life in observed.lives.all()
        if life.state is not DoorState.OPEN
    ]
    return [*loop, *doors]
