"""One connection to the gateway: https://discord.com/developers/docs/events/gateway#connections."""

import asyncio
import contextlib
import json
import time
from collections import deque
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.discord_server import gateway as ops
from tests.discord_server import rules
from tests.discord_server.gateway import Gateway, Heartbeat, Session

if TYPE_CHECKING:
    from tests.discord_server.world import World

Json = dict[str, Any]

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
UNKNOWN_OP, DECODE, NOT_AUTHENTICATED, BAD_TOKEN, ALREADY = 4001, 4002, 4003, 4004, 4005
BAD_SEQUENCE, TOO_FAST, TIMED_OUT, BAD_SHARD, BAD_INTENTS, DISALLOWED = 4007, 4008, 4009, 4010, 4013, 4014


class Closed(Exception):
    """The connection is to be closed with a code."""

    def __init__(self, code: int) -> None:
        """Keep the code."""
        super().__init__(str(code))
        self.code = code


class Connection:
    """A bot's connection from hello to its end."""

    def __init__(self, world: "World", socket: web.WebSocketResponse) -> None:
        """Know nothing of who is there."""
        self.world = world
        self.gateway: Gateway = world.gateway
        self.socket = socket
        self.session: Session | None = None
        self.last_beat = time.monotonic()
        self.sent: deque[float] = deque()
        self.sender: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Talk until either side ends."""
        self.gateway.sockets.add(self.socket)
        interval = int(self.gateway.heartbeat_seconds * 1000)
        await self._send(ops.HELLO, {"heartbeat_interval": interval})
        try:
            await self._listen()
        except Closed as closed:
            await self.socket.close(code=closed.code)
        finally:
            self._end()

    async def _listen(self) -> None:
        async for frame in self.socket:
            if frame.type is not WSMsgType.TEXT:
                raise Closed(DECODE)
            try:
                said = json.loads(frame.data)
                op, data = said["op"], said.get("d")
            except (ValueError, TypeError, KeyError):
                raise Closed(DECODE) from None
            await self._take(op, data)

    async def _take(self, op: int, data: Any) -> None:  # noqa: ANN401 - JSON of any shape
        if op == ops.HEARTBEAT:
            await self._beat()
            return
        self._count()
        if op == ops.IDENTIFY:
            self._identify(data)
        elif op == ops.RESUME:
            await self._resume(data)
        elif self.session is None:
            raise Closed(NOT_AUTHENTICATED)
        elif op == ops.PRESENCE:
            self.world.presence = data
        elif op not in {ops.VOICE, ops.REQUEST_MEMBERS}:
            raise Closed(UNKNOWN_OP)

    async def _beat(self) -> None:
        """Answer a heartbeat: https://discord.com/developers/docs/events/gateway#sending-heartbeats."""
        now = time.monotonic()
        shard = self.session.shard if self.session else 0
        self.gateway.heartbeats.append(Heartbeat(at=now, after=now - self.last_beat, shard=shard))
        self.last_beat = now
        if self.socket not in self.gateway.silent:
            await self._send(ops.ACK)

    def _count(self) -> None:
        """Count events: https://discord.com/developers/docs/events/gateway#rate-limiting."""
        now = time.monotonic()
        while self.sent and self.sent[0] <= now - 60:
            self.sent.popleft()
        self.sent.append(now)
        if len(self.sent) > rules.GATEWAY_EVENTS:
            raise Closed(TOO_FAST)

    def _identify(self, data: Json) -> None:
        if self.session is not None:
            raise Closed(ALREADY)
        self._check_token(data)
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~rules.ALL_INTENTS:
            raise Closed(BAD_INTENTS)
        if intents & ~self.gateway.allowed_intents:
            raise Closed(DISALLOWED)
        shard, shards = data.get("shard") or (0, 1)
        if not 0 <= shard < shards:
            raise Closed(BAD_SHARD)
        self.gateway.identified.append(data)
        if presence := data.get("presence"):
            self.world.presence = presence
        self._begin(self.gateway.begin(data, self.socket), after=0)

    async def _resume(self, data: Json) -> None:
        """Send what was missed: https://discord.com/developers/docs/events/gateway#resuming."""
        if self.session is not None:
            raise Closed(ALREADY)
        self._check_token(data)
        session = self.gateway.sessions.get(data.get("session_id", ""))
        if session is None:
            await self._send(ops.INVALID, data=False)
            return
        sequence = data.get("seq") or 0
        if sequence > session.sequence:
            raise Closed(BAD_SEQUENCE)
        self.gateway.resumed.append(data)
        session.socket = self.socket
        self._begin(session, after=sequence)
        session.push("RESUMED", {})

    def _begin(self, session: Session, *, after: int) -> None:
        self.session = session
        session.outbox = asyncio.Queue()
        for frame in session.missed(after):
            session.outbox.put_nowait(frame)
        self.sender = asyncio.create_task(self._deliver(session.outbox))

    async def _deliver(self, outbox: "asyncio.Queue[str]") -> None:
        """Send what waits, in order; a zombie is sent nothing."""
        with contextlib.suppress(ConnectionError):
            while True:
                frame = await outbox.get()
                if self.socket not in self.gateway.silent:
                    await self.socket.send_str(frame)

    def _check_token(self, data: Any) -> None:  # noqa: ANN401 - JSON of any shape
        if not isinstance(data, dict):
            raise Closed(DECODE)
        if data.get("token") != self.world.token or self.world.revoked:
            raise Closed(BAD_TOKEN)

    async def _send(self, op: int, data: object = None) -> None:
        with contextlib.suppress(ConnectionError):
            await self.socket.send_str(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def _end(self) -> None:
        """Keep the session for a resume, unless the bot itself ended it: ...#initiating-a-disconnect."""
        self.gateway.sockets.discard(self.socket)
        self.gateway.silent.discard(self.socket)
        if self.sender is not None:
            self.sender.cancel()
        session = self.session
        if session is not None and session.socket is self.socket:
            session.socket = None
            if self.socket.close_code in {1000, 1001} and self.socket not in self.gateway.closed:
                self.gateway.sessions.pop(session.id, None)
        self.gateway.closed.discard(self.socket)
