"""The gateway's sessions: what was sent to each, so that it can be resumed.

https://discord.com/developers/docs/events/gateway#connection-lifecycle
"""

import asyncio
import contextlib
import json
import secrets
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord_server import rules

if TYPE_CHECKING:
    from tests.discord_server.world import World

Json = dict[str, Any]

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes
DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID, HELLO, ACK = 7, 8, 9, 10, 11
_KEPT = 4_000


@dataclass(slots=True, kw_only=True, eq=False)
class Session:
    """What one shard was told, by number; `socket` is None while it is away."""

    id: str
    shard: int
    shards: int
    intents: int
    sequence: int = 0
    events: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=_KEPT))
    socket: web.WebSocketResponse | None = None
    outbox: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)

    def sees(self, guild_id: int) -> bool:
        """Say whether it is this shard's: https://discord.com/developers/docs/events/gateway#sharding."""
        return (guild_id >> 22) % self.shards == self.shard

    def push(self, event: str, data: Json) -> None:
        """Give an event a number, keep it and send it where somebody listens."""
        self.sequence += 1
        frame = json.dumps({"op": DISPATCH, "t": event, "s": self.sequence, "d": data})
        self.events.append((self.sequence, frame))
        if self.socket is not None:
            self.outbox.put_nowait(frame)

    def missed(self, sequence: int) -> list[str]:
        """List what came after a number, from the end, as that is little."""
        frames = []
        for number, frame in reversed(self.events):
            if number <= sequence:
                break
            frames.append(frame)
        return frames[::-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """A heartbeat, and how many seconds after the one before it, or after the connection began."""

    at: float
    after: float
    shard: int


class Gateway:
    """All sessions of a bot, and how the gateway behaves."""

    def __init__(self, world: "World") -> None:
        """Have nobody connected."""
        self.world = world
        self.address = ""
        self.sessions: dict[str, Session] = {}
        self.sockets: set[web.WebSocketResponse] = set()
        self.heartbeat_seconds = rules.HEARTBEAT_SECONDS
        self.heartbeats: list[Heartbeat] = []
        self.identified: list[Json] = []
        self.resumed: list[Json] = []
        self.silent: set[web.WebSocketResponse] = set()
        self.closed: set[web.WebSocketResponse] = set()
        self.allowed_intents = rules.ALL_INTENTS & ~rules.PRIVILEGED
        self.shards = 1
        self.pushed_at = time.monotonic()

    def push(
        self,
        event: str,
        data: Json,
        *,
        guild_id: int = 0,
        intent: int = 0,
        without_content: Json | None = None,
    ) -> None:
        """Tell the shard of a server, the first one where there is none; it has to want such events."""
        self.pushed_at = time.monotonic()
        for session in self.sessions.values():
            if not session.sees(guild_id) or (intent and not session.intents & intent):
                continue
            is_hidden = without_content is not None and not session.intents & rules.MESSAGE_CONTENT
            session.push(event, without_content if is_hidden and without_content else data)

    def begin(self, data: Json, socket: web.WebSocketResponse) -> Session:
        """Open a session: https://discord.com/developers/docs/events/gateway-events#ready."""
        shard, shards = data.get("shard") or (0, 1)
        stale = [each.id for each in self.sessions.values() if each.shard == shard and each.socket is None]
        for name in stale:
            del self.sessions[name]
        session = Session(id=secrets.token_hex(16), shard=shard, shards=shards, intents=data["intents"])
        session.socket = socket
        self.sessions[session.id] = session
        guilds = [guild for guild in self.world.guilds.values() if guild.installed and session.sees(guild.id)]
        session.push(
            "READY",
            {
                "v": 10,
                "user": self.world.bot.as_json() | {"verified": True, "mfa_enabled": False},
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": self.address,
                "shard": [shard, shards],
                "application": {"id": str(self.world.bot.id), "flags": 0},
            },
        )
        if session.intents & rules.GUILDS:
            for guild in guilds:
                session.push("GUILD_CREATE", guild.as_json())
        return session

    async def close(self, code: int) -> None:
        """Close every connection with a code."""
        self.closed |= self.sockets
        for socket in list(self.sockets):
            with contextlib.suppress(ConnectionError):
                await socket.close(code=code)

    async def order(self, op: int, data: object = None) -> None:
        """Send an operation to every connection."""
        for socket in list(self.sockets):
            await socket.send_str(json.dumps({"op": op, "d": data, "s": None, "t": None}))
