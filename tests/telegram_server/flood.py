"""How much a bot may send, as an optional rule: 30 a second, 1 a second per chat, 20 a minute per group.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

import math
import time
from collections import deque
from dataclasses import dataclass, field

from tests.telegram_server import rules
from tests.telegram_server.refusals import too_many_requests


@dataclass(slots=True, kw_only=True)
class Flood:
    """The times of what was sent; a short burst to one chat passes, as it does at Telegram."""

    enabled: bool = False
    burst: int = 3
    refused: int = 0
    _sent: dict[tuple[int, float], deque[float]] = field(default_factory=dict)

    def check(self, chat_id: int, *, messages: int = 1) -> None:
        """Count what is sent to a chat; refuse it with the seconds to wait."""
        if not self.enabled:
            return
        now = time.monotonic()
        windows = [
            (0, 1.0, rules.PER_SECOND),
            (chat_id, float(self.burst), rules.PER_CHAT_SECOND * self.burst),
        ]
        if chat_id < 0:
            windows.append((chat_id, 60.0, rules.PER_GROUP_MINUTE))
        waits = [self._wait(key, span, now=now, room=most) for key, span, most in windows]
        if max(waits) > 0:
            self.refused += 1
            raise too_many_requests(math.ceil(max(waits)))
        for key, span, _ in windows:
            self._sent[key, span].extend([now] * messages)

    def _wait(self, key: int, span: float, *, now: float, room: int) -> float:
        sent = self._sent.setdefault((key, span), deque())
        while sent and sent[0] <= now - span:
            sent.popleft()
        return 0.0 if len(sent) < room else sent[len(sent) - room] + span - now
