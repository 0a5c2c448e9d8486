"""The base of the local platforms: a real HTTP server on this machine, with a log and with faults.

A platform subclasses `LocalServer` and adds to `routes`; an image host is one more server.
Faults are put into `faults` at any time, and are tried in order; the first that applies answers.
"""

import asyncio
import gzip
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Act = Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A request that came, in monotonic seconds, and the `status` of its answer (0 while there is none)."""

    at: float
    path: str
    query: str
    headers: dict[str, str]
    status: int


@dataclass(slots=True, kw_only=True)
class Fault:
    """Let `act` answer for paths that begin with `path`.

    It begins after `after` such requests, applies `times` times, and each time only with a probability
    of `share`; which ones is seeded.
    """

    act: Act
    path: str = "/"
    after: int = 0
    times: float = float("inf")
    share: float = 1.0
    dice: random.Random = field(default_factory=lambda: random.Random(7))

    def applies(self, path: str) -> bool:
        """Say whether this request is one for the fault, and count it."""
        if not path.startswith(self.path):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        if self.times <= 0 or self.dice.random() >= self.share:
            return False
        self.times -= 1
        return True


class LocalServer:
    """Serve `routes` on a free port of 127.0.0.1 while `async with` lasts, or between start and stop."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Listen to nobody yet; `clock` is what the log is written by."""
        self.faults: list[Fault] = []
        self.log: list[Logged] = []
        self.robots: str | None = None
        self.routes: list[web.RouteDef] = [web.get("/robots.txt", self._robots)]
        self._clock = clock
        self._port = 0
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; after a stop, on the same port as before."""
        app = web.Application(middlewares=[self._guard])
        app.add_routes(self.routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Cut all connections and listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()
        self._runner = None

    @property
    def origin(self) -> str:
        """Where it listens, as settings name it."""
        return f"http://127.0.0.1:{self._port}"

    def paths(self, *, of: str = "/") -> list[str]:
        """List the paths that were asked for, but for robots.txt, and that begin with `of`."""
        return [entry.path for entry in self.log if entry.path != "/robots.txt" and entry.path.startswith(of)]

    async def _robots(self, _: web.Request) -> web.Response:
        return web.Response(status=404) if self.robots is None else web.Response(text=self.robots)

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        at, status = self._clock(), 0
        try:
            fault = next((fault for fault in self.faults if fault.applies(request.path)), None)
            response = await (handler(request) if fault is None else fault.act(request, handler))
            status = response.status
        except web.HTTPException as error:
            status = error.status
            raise
        else:
            return response
        finally:
            self.log.append(
                Logged(
                    at=at,
                    path=request.path,
                    query=request.query_string,
                    headers={name.lower(): value for name, value in request.headers.items()},
                    status=status,
                )
            )


def status(code: int, **headers: str) -> Act:
    """Answer with a status, such as 503, or 429 with Retry_After="1"."""

    async def act(_request: web.Request, _handler: Handler) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, headers=named, text=f"<html><body>{code}</body></html>")

    return act


def redirect(to: str) -> Act:
    """Send to another address."""
    return status(302, Location=to)


def page(text: str = "<!doctype html><title>잠시만요</title><script>alert(1)</script>") -> Act:
    """Answer with a page of HTML, whatever was asked for."""

    async def act(_request: web.Request, _handler: Handler) -> web.Response:
        return web.Response(text=text, content_type="text/html")

    return act


def body(data: bytes, *, kind: str = "application/json", **headers: str) -> Act:
    """Answer with these bytes."""

    async def act(_request: web.Request, _handler: Handler) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=data, content_type=kind, headers=named)

    return act


def kind_is(kind: str) -> Act:
    """Give the right body under another content type."""

    async def act(request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request)
        response.content_type = kind
        return response

    return act


def cut(share: float = 0.5) -> Act:
    """Promise the right body, send a part of it, and hang up."""

    async def act(request: web.Request, handler: Handler) -> web.StreamResponse:
        data, response = await _begun(request, handler)
        await response.write(data[: int(len(data) * share)])
        _hang_up(request)
        return response

    return act


def hang_up() -> Act:
    """Close the connection without an answer."""

    async def act(request: web.Request, _handler: Handler) -> web.Response:
        _hang_up(request)
        return web.Response()

    return act


def slow(*, seconds: float, pieces: int = 10) -> Act:
    """Send the right body in some pieces, over so many seconds."""

    async def act(request: web.Request, handler: Handler) -> web.StreamResponse:
        data, response = await _begun(request, handler)
        step = -(-len(data) // pieces)
        starts = range(0, len(data), step)
        for start in starts:
            await asyncio.sleep(seconds / len(starts))
            await response.write(data[start : start + step])
        return response

    return act


def packed(data: bytes, *, cut_at: int | None = None) -> Act:
    """Answer with `data` as gzip, perhaps ended too early."""
    return body(gzip.compress(data)[:cut_at], Content_Encoding="gzip")


async def _begun(request: web.Request, handler: Handler) -> tuple[bytes, web.StreamResponse]:
    """Send the head of the right answer, and give its body back."""
    whole = await handler(request)
    assert isinstance(whole, web.Response)
    assert isinstance(whole.body, bytes)
    response = web.StreamResponse(headers={"Content-Length": str(len(whole.body))})
    response.content_type = whole.content_type
    await response.prepare(request)
    return whole.body, response


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
