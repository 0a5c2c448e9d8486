"""Refresh a database and be killed half-way: `killed.py DATABASE SOURCE POINT TIMES`.

SOURCE is a folder, or "sample".  The process kills itself at the given call of POINT, a function that
the refresh calls; at the call 0, never.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from pathlib import Path

import scraper.bringing
import scraper.refresh
from model.decode import inspect
from scraper.sources.folder import FolderSource
from scraper.sources.local import Local
from scraper.sources.sample import SampleSource
from storage import catalogue, jobs, pictures
from storage.database import Connection, prepare

_OWNERS = {
    "_picture": scraper.bringing,
    "save_webtoon": catalogue,
    "save_episodes": catalogue,
    "save_pictures": pictures,
    "finish": jobs,
    "rows": Connection,
}


def deadly(function: Callable[..., Awaitable[object]], times: int) -> Callable[..., Awaitable[object]]:
    """Make the call number `times` of `function` the last thing that this process does."""
    left = times

    async def call(*args: object, **options: object) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return await function(*args, **options)

    return call


async def main(database: Path, kind: str, *, point: str, times: int) -> None:
    """Run the refresh, a few episodes per transaction."""
    await prepare(database)
    if times:
        setattr(_OWNERS[point], point, deadly(getattr(_OWNERS[point], point), times))
    scraper.bringing._BATCH_EPISODES = 5
    folder = nullcontext(FolderSource(Path(kind)))
    async with SampleSource(3, artists=2, webtoons=3, episodes=7) if kind == "sample" else folder as source:
        await scraper.refresh.refresh(Local(source), database, inspect=inspect)


if __name__ == "__main__":
    _, path, kind, point, times = sys.argv
    asyncio.run(main(Path(path), kind, point=point, times=int(times)))
