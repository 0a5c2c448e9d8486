"""The local Discord: an API and a gateway on a free port of 127.0.0.1, for one bot."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.discord_server import gateway as ops
from tests.discord_server import rules
from tests.discord_server.faults import Fault, Faults
from tests.discord_server.gateway import Heartbeat
from tests.discord_server.guilds import Channel, Guild
from tests.discord_server.messages import Message
from tests.discord_server.people import Person
from tests.discord_server.replies import Reply
from tests.discord_server.serving import Call, Serving
from tests.discord_server.world import World

Json = dict[str, Any]

TOKEN = "MTEwMjAxNTQz.AAHdqT.cvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105 - opens nothing but this server


class DiscordServer:
    """Serve while `async with` lasts, or from start to stop; what it knows outlives a stop."""

    def __init__(self, *, token: str = TOKEN) -> None:
        """Listen to nobody yet."""
        self.token = token
        self.world = World(token)
        self.faults = Faults()
        self.serving = Serving(self.world, self.faults)
        self._port = 0
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self, *, port: int = 0) -> None:
        """Listen; after a stop, on the same port as before."""
        self._runner = web.AppRunner(
            self.serving.app(), access_log=None, shutdown_timeout=0.1, handler_cancellation=True
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port or self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.world.gateway.address = self.gateway
        self.world.files.cdn, self.world.files.media = self.cdn, f"{self.cdn}/media"

    async def stop(self) -> None:
        """Cut all connections and listen no more."""
        if self._runner is not None:
            await self.world.gateway.close(1012)
            await self._runner.cleanup()
        self._runner = None

    @property
    def api(self) -> str:
        """What the library calls Route.BASE."""
        return f"http://127.0.0.1:{self._port}/api/v10"

    @property
    def gateway(self) -> str:
        """What the library calls DEFAULT_GATEWAY."""
        return f"ws://127.0.0.1:{self._port}/gateway"

    @property
    def cdn(self) -> str:
        """What the library calls Asset.BASE, which has avatars and stickers."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def bot(self) -> Person:
        """The bot itself."""
        return self.world.bot

    def person(self, name: str, *, locale: str = "en-US") -> Person:
        """Let somebody join Discord."""
        return self.world.person(name, locale=locale)

    def guild(
        self,
        name: str,
        members: Iterable[Person],
        *,
        owner: Person,
        locale: str = "en-US",
        installed: bool = True,
    ) -> Guild:
        """Found a server; `installed` says whether the bot was added to it."""
        return self.world.guild(name, members, owner=owner, locale=locale, installed=installed)

    def conversation(self, *people: Person) -> Channel:
        """Open a private conversation among people, where only their own installation counts."""
        return self.world.conversation(people)

    def fails(self, route: str = "", *, status: int = 502, times: float = 1, **how: Any) -> Fault:  # noqa: ANN401
        """Let calls be answered with an error; `how` are code, retry_after, everywhere and after."""
        return self._order(Fault(route=route, status=status, times=times, **how))

    def drops(self, route: str = "", *, times: float = 1, late: bool = False) -> Fault:
        """Let calls end without an answer; `late` ones after they have done their work."""
        return self._order(Fault(route=route, times=times, drop=True, late=late))

    def slow(
        self, route: str = "", seconds: float = 1.0, *, times: float = float("inf"), late: bool = False
    ) -> Fault:
        """Let calls be answered late; `late` ones have done their work by then."""
        return self._order(Fault(route=route, seconds=seconds, times=times, late=late))

    def holds(self, route: str) -> asyncio.Event:
        """Let the next call be answered once what this gives is set."""
        go = asyncio.Event()
        self._order(Fault(route=route, until=go))
        return go

    def heals(self) -> None:
        """Take all faults back."""
        self.faults.ordered.clear()

    def zombie(self) -> None:
        """Let connections be dead without being closed: heartbeats are not answered, nothing is sent."""
        self.world.gateway.silent |= self.world.gateway.sockets

    async def reconnects(self) -> None:
        """Ask the bot to connect anew: .../events/gateway-events#reconnect."""
        await self.world.gateway.order(ops.RECONNECT)

    async def invalidates(self, *, resumable: bool = False) -> None:
        """Call sessions invalid: .../events/gateway-events#invalid-session."""
        if not resumable:
            self.world.gateway.sessions.clear()
        await self.world.gateway.order(ops.INVALID, resumable)

    async def closes(self, code: int) -> None:
        """Close connections with a code: .../opcodes-and-status-codes#gateway-gateway-close-event-codes.

        After 4007 and 4009 a session cannot be resumed.
        """
        if code in {4007, 4009}:
            self.world.gateway.sessions.clear()
        await self.world.gateway.close(code)

    async def revokes(self) -> None:
        """Take the token back, as a new one in the developer portal does."""
        self.world.revoked = True
        await self.world.gateway.close(4004)

    def allows_content(self) -> None:
        """Grant the message content intent: .../events/gateway#privileged-intents."""
        self.world.gateway.allowed_intents |= rules.MESSAGE_CONTENT

    def passes(self, seconds: float) -> None:
        """Let time pass for tokens and links."""
        self.world.passed += seconds

    def expires_links(self) -> None:
        """Let every address of a file that was given out be too old."""
        self.world.files.expire()

    @property
    def heartbeats(self) -> Sequence[Heartbeat]:
        """The heartbeats that came."""
        return tuple(self.world.gateway.heartbeats)

    @property
    def presence(self) -> str:
        """What is shown beside the bot's name."""
        activities = self.world.presence.get("activities") or [self.world.presence.get("game") or {}]
        return str(activities[0].get("state") or activities[0].get("name", "")) if activities else ""

    def calls(self, route: str = "") -> Sequence[Call]:
        """List the requests that came, of one route or of all."""
        return [call for call in self.serving.recorded if route in {"", call.name}]

    def commands(self, guild: Guild | None = None, *, locale: str = "") -> dict[str, Json]:
        """Give the registered commands by the names that an app in a language shows."""
        listed = self.world.commands.by_place.get(guild.id if guild else None, ())
        return {str(shown["name"]): shown for shown in (each.shown(locale) for each in listed)}

    def message(self, reply: Reply) -> Message:
        """Give the message itself, as it is now."""
        return reply.message

    def watches(self, busy: Callable[[], bool] | None) -> None:
        """Ask the bot itself, too, whether it still works, before it is believed to be at rest."""
        self.world.watch(busy)

    async def rests(self, *, timeout: float = 60.0) -> None:  # noqa: ASYNC109 - reads as in a conversation
        """Wait until the bot owes no answer and has finished."""
        await self.world.rest(timeout)

    def _order(self, fault: Fault) -> Fault:
        self.faults.ordered.append(fault)
        return fault
