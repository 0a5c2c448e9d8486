"""What the tests and the screenshots share: the real server, and how Chromium is started."""

import asyncio
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.app import open_service
from bot.settings import Settings
from bot.web_server import serve_web

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def serve_in_thread(settings: Settings) -> Iterator[str]:
    """Run the real server in a thread while the block runs, and give its address."""
    ready: queue.Queue[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = queue.Queue()

    async def serve() -> None:
        stop = asyncio.Event()
        async with open_service(settings) as service, serve_web(service, settings=settings) as url:
            ready.put((url, asyncio.get_running_loop(), stop))
            await stop.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    url, loop, stop = ready.get(timeout=30)
    try:
        yield url
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
