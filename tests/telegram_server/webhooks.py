"""Updates that are posted to the bot: https://core.telegram.org/bots/api#setwebhook.

What is public at Telegram stands behind a proxy; `routes` say where on this machine a public address leads.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import Mapping

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.telegram_server.updates import Updates

_PATIENCE = 60.0
_FIRST_WAIT, _LONGEST_WAIT = 0.05, 2.0  # far shorter than Telegram's, for tests


class Webhook:
    """Post what waits, in order, each until it is taken."""

    def __init__(
        self, updates: Updates, url: str, *, secret: str, to: Mapping[str, str], connections: int
    ) -> None:
        """Begin to post at once."""
        self.url = url
        self.connections = connections
        self.last_error = ""
        self.last_error_at = 0
        self._updates = updates
        self._secret = secret
        self._to = to
        self._came = asyncio.Event()
        self._came.set()
        updates.added = self._came.set
        self._task = asyncio.create_task(self._run())

    def stop(self) -> None:
        """Post no more."""
        self._updates.added = lambda: None
        self._task.cancel()

    async def _run(self) -> None:
        async with ClientSession(timeout=ClientTimeout(total=_PATIENCE)) as session:
            while True:
                await self._came.wait()
                self._came.clear()
                while self._updates.pending:
                    await self._post(session)

    async def _post(self, session: ClientSession) -> None:
        """Post the oldest until it is answered with 2xx; nothing is given up here."""
        id_, kind, payload = self._updates.pending[0]
        body = json.dumps({"update_id": id_, kind: payload}).encode()
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        wait = _FIRST_WAIT
        while not await self._taken(session, body, headers):
            self.last_error_at = int(time.time())
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
        self._updates.confirm(id_ + 1)

    async def _taken(self, session: ClientSession, body: bytes, headers: Mapping[str, str]) -> bool:
        with contextlib.suppress(ClientError, TimeoutError, OSError):
            async with session.post(self._address(), data=body, headers=headers) as response:
                if response.ok:
                    return True
                self.last_error = f"Wrong response from the webhook: {response.status} {response.reason}"
                return False
        self.last_error = "Connection refused"
        return False

    def _address(self) -> str:
        for public, local in self._to.items():
            if self.url.startswith(public):
                return local + self.url.removeprefix(public)
        return self.url
