"""Keep blocking work off the event loop."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


async def in_thread(function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Run `function` in a thread; the one way by which the scraper does blocking work."""
    return await asyncio.to_thread(function, *args, **kwargs)
