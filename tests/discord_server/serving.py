"""The local Discord over HTTP: its routes, its downloads and its gateway.

https://discord.com/developers/docs/reference#http-api
"""

import io
import time
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from aiohttp import web
from PIL import Image

from tests.discord_server.faults import Dropped, Faults, after, before, hang_up
from tests.discord_server.files import transformed
from tests.discord_server.methods import ROUTES, Route
from tests.discord_server.refusals import Refused, TooMany, unauthorized
from tests.discord_server.sockets import Connection
from tests.discord_server.wire import Query, read

if TYPE_CHECKING:
    from tests.discord_server.world import World

Json = dict[str, Any]

_BODY = 64 << 20
_JSON = "application/json"  # exactly, as the library looks at nothing else


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that came, the sizes of its files, and the status of its answer (0 while there is none)."""

    name: str
    path: str
    body: Any
    files: tuple[int, ...]
    at: float
    status: int = 0


class Serving:
    """What answers requests; `recorded` are those that came."""

    def __init__(self, world: "World", faults: Faults) -> None:
        """Have answered nothing."""
        self.world = world
        self.faults = faults
        self.recorded: list[Call] = []
        self.recording = True

    def app(self) -> web.Application:
        """Build what aiohttp serves."""
        app = web.Application(client_max_size=_BODY)
        for route in ROUTES:
            app.router.add_route(route.method, f"/api/v10{route.path}", partial(self._method, route=route))
        app.router.add_get("/gateway", self._gateway)
        app.router.add_get("/gateway/", self._gateway)
        app.router.add_get("/media/{path:.+}", self._download)
        app.router.add_route("*", "/api/{path:.*}", self._nothing)
        app.router.add_get("/{path:.+}", self._download)
        return app

    async def _method(self, request: web.Request, *, route: Route) -> web.StreamResponse:
        self.world.in_flight += 1
        try:
            return await self._answer(request, route)
        finally:
            self.world.in_flight -= 1
            self.world.active_at = time.monotonic()

    async def _answer(self, request: web.Request, route: Route) -> web.StreamResponse:
        place = -1
        headers: Json = {"Via": "1.1 google"}
        try:
            if route.guarded:
                self._check_token(request)
            query = await read(request)
            place = self._record(route, request, query)
            headers |= self._counted(route, query)
            fault = self.faults.find(route.name)
            await before(fault)
            result = await route.run(self.world, query)
            await after(fault)
        except Refused as refused:
            return self._refusal(refused, headers, place)
        except Dropped:
            hang_up(request)
            return web.Response()
        self._recorded_status(place, 204 if result is None else 200)
        if result is None:
            return web.Response(status=204, headers=headers)
        return _json(result, 200, headers)

    def _check_token(self, request: web.Request) -> None:
        """Check who asks: https://discord.com/developers/docs/reference#authentication."""
        if request.headers.get("Authorization") != f"Bot {self.world.token}" or self.world.revoked:
            raise unauthorized()
        if not request.headers.get("User-Agent", "").startswith("DiscordBot ("):
            # https://discord.com/developers/docs/reference#user-agent: others are blocked
            raise Refused("Forbidden", status=403, code=40333)

    def _counted(self, route: Route, query: Query) -> Json:
        major = "/".join(query.names.get(name, "") for name in ("channel", "guild", "token"))
        return dict(self.world.flood.check(route.name, major=major, exempt=not route.guarded))

    def _refusal(self, refused: Refused, headers: Json, place: int) -> web.Response:
        self._recorded_status(place, refused.status)
        if isinstance(refused, TooMany):
            scope = "global" if refused.everywhere else "user"
            headers |= {"Retry-After": str(refused.seconds), "X-RateLimit-Scope": scope}
            if refused.everywhere:
                headers["X-RateLimit-Global"] = "true"
        return _json(refused.as_json(), refused.status, headers)

    def _record(self, route: Route, request: web.Request, query: Query) -> int:
        if not self.recording:
            return -1
        sizes = tuple(len(upload.data) for upload in query.uploads.values())
        call = Call(name=route.name, path=request.path, body=query.body, files=sizes, at=time.monotonic())
        self.recorded.append(call)
        return len(self.recorded) - 1

    def _recorded_status(self, place: int, status: int) -> None:
        if 0 <= place < len(self.recorded):
            self.recorded[place] = replace(self.recorded[place], status=status)

    async def _nothing(self, _: web.Request) -> web.StreamResponse:
        return _json({"message": "404: Not Found", "code": 0}, 404, {})

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(timeout=1.0, compress=False, autoping=True, max_msg_size=4096)
        await socket.prepare(request)
        await Connection(self.world, socket).run()
        return socket

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Give a file: https://discord.com/developers/docs/reference#signed-attachment-cdn-urls."""
        self.world.in_flight += 1
        try:
            await before(self.faults.find("cdn"))
            return self._file(request)
        except Refused as refused:
            return web.Response(status=refused.status, text=refused.message)
        except Dropped:
            hang_up(request)
            return web.Response()
        finally:
            self.world.in_flight -= 1
            self.world.active_at = time.monotonic()

    def _file(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        if path.startswith("embed/avatars/"):
            return web.Response(body=_plain_avatar(), content_type="image/png")
        if path.startswith("avatars/"):
            path = path.rpartition(".")[0]
        stored = self.world.files.at(path, request.query_string)
        if not request.path.startswith("/media/"):
            return web.Response(body=stored.data, content_type=stored.kind)
        kind = request.query.get("format", "")
        width, height = (_number(request.query.get(name, "")) for name in ("width", "height"))
        body, kind = transformed(stored, kind=kind, width=width, height=height)
        return web.Response(body=body, content_type=kind)


def _json(value: Any, status: int, headers: Json) -> web.Response:  # noqa: ANN401 - JSON of any shape
    response = web.json_response(value, status=status, headers=headers)
    response.headers["Content-Type"] = _JSON
    return response


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _plain_avatar() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (256, 256), (88, 101, 242)).save(made, "PNG")
    return made.getvalue()
