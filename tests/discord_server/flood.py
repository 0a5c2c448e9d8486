"""How much a bot may ask for: buckets whose state every answer names, and 50 a second in all.

https://discord.com/developers/docs/topics/rate-limits
"""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.discord_server import rules
from tests.discord_server.refusals import TooMany


@dataclass(slots=True, kw_only=True)
class Bucket:
    """What is left of one bucket until `until`."""

    limit: int
    seconds: float
    left: int = 0
    until: float = 0.0

    def take(self, now: float) -> bool:
        """Count a request; say whether it is one too many."""
        if now >= self.until:
            self.left, self.until = self.limit, now + self.seconds
        self.left -= 1
        return self.left < 0


@dataclass(slots=True, kw_only=True)
class Flood:
    """All buckets of a bot; `limits` are the requests and seconds of a route, and can be changed."""

    enabled: bool = True
    limits: dict[str, tuple[int, float]] = field(default_factory=lambda: dict(rules.BUCKETS))
    refused: int = 0
    _buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)
    _all: Bucket = field(default_factory=lambda: Bucket(limit=rules.GLOBAL_PER_SECOND, seconds=1.0))

    def check(self, route: str, *, major: str, exempt: bool) -> Mapping[str, str]:
        """Count a request and give the headers of its answer; `exempt` ones do not count in all.

        https://discord.com/developers/docs/interactions/receiving-and-responding#endpoints: "Interaction
        webhooks share the same rate limit properties as normal webhooks", and are "not bound to the bot's
        Global Rate Limit".
        """
        if not self.enabled:
            return {}
        now = time.monotonic()
        if not exempt and self._all.take(now):
            self.refused += 1
            raise TooMany(round(self._all.until - now, 3), everywhere=True)
        limit, seconds = self.limits.get(route, rules.OTHER_BUCKET)
        bucket = self._buckets.setdefault((route, major), Bucket(limit=limit, seconds=seconds))
        if bucket.take(now):
            self.refused += 1
            raise TooMany(round(bucket.until - now, 3), bucket=route)
        return headers(route, bucket, now)


def headers(route: str, bucket: Bucket, now: float) -> Mapping[str, str]:
    """Name the state of a bucket: https://discord.com/developers/docs/topics/rate-limits#header-format."""
    wait = max(0.0, bucket.until - now)
    return {
        "X-RateLimit-Limit": str(bucket.limit),
        "X-RateLimit-Remaining": str(max(0, bucket.left)),
        "X-RateLimit-Reset": f"{time.time() + wait:.3f}",
        "X-RateLimit-Reset-After": f"{wait:.3f}",
        "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
    }
