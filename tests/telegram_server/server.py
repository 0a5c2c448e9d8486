"""The local Telegram over HTTP: the Bot API on a free port of 127.0.0.1, for one bot.

https://core.telegram.org/bots/api#making-requests
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.telegram_server.chats import Chat
from tests.telegram_server.faults import Dropped, Fault, Faults, after, before, hang_up
from tests.telegram_server.methods import METHODS
from tests.telegram_server.people import Person
from tests.telegram_server.profile import scope_name
from tests.telegram_server.refusals import Refused, unauthorized
from tests.telegram_server.wire import Query, read
from tests.telegram_server.world import World

Json = dict[str, Any]

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw_"  # noqa: S105 - opens nothing but this server
_BODY = 60 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that came, the sizes of its files, and the code of its answer (0 while there is none)."""

    method: str
    values: dict[str, str]
    files: dict[str, int]
    at: float
    code: int = 0


class TelegramServer:
    """Serve the Bot API while `async with` lasts, or from start to stop; what it knows outlives a stop."""

    def __init__(self, *, token: str = TOKEN) -> None:
        """Listen to nobody yet."""
        self.token = token
        self.world = World(token)
        self.faults = Faults()
        self.recorded: list[Call] = []
        self.recording = True
        self._port = 0
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        if self.world.webhook is not None:
            self.world.webhook.stop()

    async def start(self, *, port: int = 0) -> None:
        """Listen; after a stop, on the same port as before."""
        app = web.Application(client_max_size=_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self._method)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port or self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Cut all connections and listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()
        self._runner = None

    @property
    def api(self) -> str:
        """What the library calls base_url."""
        return f"http://127.0.0.1:{self._port}/bot"

    @property
    def files(self) -> str:
        """What the library calls base_file_url."""
        return f"http://127.0.0.1:{self._port}/file/bot"

    @property
    def bot(self) -> Person:
        """The bot itself."""
        return self.world.bot

    def person(self, name: str, *, language: str = "en", username: str = "", is_bot: bool = False) -> Person:
        """Let somebody join Telegram."""
        return self.world.person(name, language=language, username=username, is_bot=is_bot)

    def group(
        self,
        title: str,
        members: Iterable[Person],
        *,
        admins: Iterable[Person] = (),
        bot: str = "member",
        kind: str = "supergroup",
    ) -> Chat:
        """Found a group, with the bot in it as "member", "administrator" or, for "", not at all."""
        chat = self.world.group(title, members, admins=admins, kind=kind)
        if bot:
            self.world.place_bot(chat, status=bot)
        return chat

    def fails(self, method: str = "", *, status: int = 502, times: float = 1, **how: Any) -> Fault:  # noqa: ANN401
        """Let calls be answered with an error; `how` are retry_after, why and after."""
        return self._order(Fault(method=method, status=status, times=times, **how))

    def drops(self, method: str = "", *, times: float = 1, late: bool = False) -> Fault:
        """Let calls end without an answer; `late` ones after they have done their work."""
        return self._order(Fault(method=method, times=times, drop=True, late=late))

    def slow(
        self, method: str = "", seconds: float = 1.0, *, times: float = float("inf"), late: bool = False
    ) -> Fault:
        """Let calls be answered late; `late` ones have done their work by then, also for who hung up."""
        return self._order(Fault(method=method, seconds=seconds, times=times, late=late))

    def heals(self) -> None:
        """Take all faults back."""
        self.faults.ordered.clear()

    def blocks(self, person: Person) -> None:
        """Let somebody block the bot; it is told, and may not write to them."""
        person.has_blocked, person.is_met = True, True
        self.world.change_bot(person.private, by=person, status="kicked")

    def revokes(self) -> None:
        """Take the token back, as BotFather's /revoke does, also from the call that waits."""
        self.world.revoked = True
        self.world.updates.revoke()

    def expires_questions(self) -> None:
        """Let all pressed buttons and queries be too old to be answered."""
        for question in self.world.questions.values():
            question.until = 0.0

    def calls(self, method: str = "") -> Sequence[Call]:
        """List the requests that came, of one method or of all."""
        return [call for call in self.recorded if method.lower() in {"", call.method.lower()}]

    def commands(self, scope: str = "default", language: str = "") -> dict[str, str]:
        """Give the commands of a scope and language with what they say."""
        listed = self.world.profile.commands.get((scope, language), [])
        return {each["command"]: each["description"] for each in listed}

    def text(self, kind: str, language: str = "") -> str:
        """Give "name", "description" or "short_description" in a language."""
        return self.world.profile.texts.get((kind, language), "")

    def watches(self, busy: Callable[[], bool] | None) -> None:
        """Ask the bot itself, too, whether it still works, before it is believed to be at rest."""
        self.world.watch(busy)

    async def rests(self, *, timeout: float = 60.0) -> None:  # noqa: ASYNC109 - reads as in a conversation
        """Wait until the bot has taken everything and has finished."""
        await self.world.rest(timeout)

    def _order(self, fault: Fault) -> Fault:
        self.faults.ordered.append(fault)
        return fault

    def _check_token(self, request: web.Request) -> None:
        token = request.match_info["token"]
        number, colon, rest = token.partition(":")
        if not (number.isdecimal() and colon and rest):
            raise Refused("Not Found", code=404)
        if token != self.token or self.world.revoked:
            raise unauthorized()

    async def _method(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        counted = name.lower() != "getupdates"
        self.world.in_flight += counted
        try:
            return await self._answer(request, name)
        finally:
            self.world.in_flight -= counted
            if counted:
                self.world.active_at = time.monotonic()

    async def _answer(self, request: web.Request, name: str) -> web.StreamResponse:
        place = -1
        try:
            self._check_token(request)
            query = await read(request, name)
            place = self._record(query)
            result = await self._call(query)
        except Refused as refused:
            return self._refusal(refused, place)
        except Dropped:
            hang_up(request)
            return web.Response()
        self._recorded_code(place, 200)
        return web.json_response({"ok": True, "result": result})

    async def _call(self, query: Query) -> object:
        method = METHODS.get(query.method.lower())
        if method is None:
            raise Refused("Not Found: method not found", code=404)
        fault = self.faults.find(query.method.lower())
        await before(fault)
        result = await method(self.world, query)
        await after(fault)
        return result

    def _refusal(self, refused: Refused, place: int) -> web.Response:
        self._recorded_code(place, refused.code)
        body: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
        if refused.parameters:
            body["parameters"] = refused.parameters
        return web.json_response(body, status=refused.code)

    def _record(self, query: Query) -> int:
        if not self.recording:
            return -1
        sizes = {name: len(upload.data) for name, upload in query.uploads.items()}
        call = Call(method=query.method, values=query.values, files=sizes, at=time.monotonic())
        self.recorded.append(call)
        return len(self.recorded) - 1

    def _recorded_code(self, place: int, code: int) -> None:
        if 0 <= place < len(self.recorded):
            self.recorded[place] = replace(self.recorded[place], code=code)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Give a file: https://core.telegram.org/bots/api#getfile."""
        self.world.in_flight += 1
        try:
            self._check_token(request)
            await before(self.faults.find("file"))
            stored = self.world.files.at(request.match_info["path"])
            return web.Response(body=stored.bytes(), content_type="application/octet-stream")
        except Refused as refused:
            return self._refusal(refused, -1)
        except Dropped:
            hang_up(request)
            return web.Response()
        finally:
            self.world.in_flight -= 1
            self.world.active_at = time.monotonic()


def scope(kind: str, **narrowed: int) -> str:
    """Name a scope of commands for `commands`."""
    return scope_name({"type": kind, **narrowed})
