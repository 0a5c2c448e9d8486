"""Send requests at the pace that Telegram bears, and again where they did not get through."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any, Final

import httpx
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import AIORateLimiter

from bot.waits import waits

log = logging.getLogger(__name__)

Json = dict[str, Any]
Result = bool | Json | list[Json]

FLEETING: Final = frozenset({"sendChatAction", "setMessageReaction"})  # signs of life, worth no waiting
PATIENCE: Final = 900.0  # seconds for what somebody has been promised
HASTE: Final = 60.0  # seconds for everything else


class Patience(AIORateLimiter):
    """The library's limiter, which besides outlasts a server that is away.

    A message is sent again only where the first one cannot have arrived: a timeout may mean that it has.
    """

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,  # noqa: ANN401
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Result:
        """Make a request, and again as long as there is hope."""
        if endpoint in FLEETING:
            return await callback(*args, **kwargs)
        until = time.monotonic() + (PATIENCE if endpoint.startswith("send") else HASTE)
        for wait in waits():
            try:
                return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
            except (NetworkError, RetryAfter) as error:
                if not may_repeat(error, endpoint) or time.monotonic() + wait > until:
                    raise
                log.info("%s did not get through (%s); again in %.1f s", endpoint, type(error).__name__, wait)
            await asyncio.sleep(wait)
        raise AssertionError  # waits never end


def may_repeat(error: TelegramError, endpoint: str) -> bool:
    """Tell whether a request that failed can be made again without doing its work twice."""
    if isinstance(error, TimedOut):
        never_sent = isinstance(error.__cause__, httpx.ConnectTimeout | httpx.PoolTimeout)
        return never_sent or not endpoint.startswith("send")
    return type(error) in {NetworkError, RetryAfter}
