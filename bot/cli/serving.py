"""Commands that keep running: `demo` and `serve`."""

import asyncio
import logging
import os
import signal
import sys
import webbrowser
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, pass_context
from bot.cli.opening import open_catalogue
from bot.process_memory import keep_little
from storage.errors import GrimcheError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings

log = logging.getLogger(__name__)

host_option = click.option("--host", help="Address to listen on.")
port_option = click.option(
    "--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one."
)
browser_option = click.option("--browser/--no-browser", default=True, help="Open the page in the browser.")


@click.command(short_help="Fill a sample catalogue and serve the web chat.")
@host_option
@port_option
@browser_option
@click.option("--artists", type=click.IntRange(2, 500), default=12, show_default=True, help="Sample artists.")
@click.option(
    "--episodes", type=click.IntRange(2, 500), default=50, show_default=True, help="Episodes of each webtoon."
)
@pass_context
def demo(
    context: Context, *, host: str | None, port: int | None, browser: bool, artists: int, episodes: int
) -> None:
    """Fill a sample catalogue when there is none yet, then serve the web chat.

    The sample is drawn on this machine; nothing is downloaded.  A start that was interrupted goes on
    where it stopped.
    """
    # A try-out is for whoever sits here, not for the users of a bot.
    settings = context.settings_with(
        web_host=host, web_port=port, web=True, telegram_token="", discord_token=""
    )
    asyncio.run(_demo(context, settings, artists=artists, episodes=episodes, browser=browser))


@click.command(short_help="Run the bots and the web chat.")
@host_option
@port_option
@browser_option
@click.option("--web/--no-web", default=None, help="Serve the web chat beside the bots.")
@pass_context
def serve(context: Context, *, host: str | None, port: int | None, browser: bool, web: bool | None) -> None:
    """Run the bot of each chat network that has a token, and the web chat.

    Tokens are settings: GRIMCHE_TELEGRAM_TOKEN and GRIMCHE_DISCORD_TOKEN.  Beside a bot the web chat is
    served with --web or GRIMCHE_WEB, and without any bot in any case.

    Ctrl-C and a request to end let answers in work be finished; a second Ctrl-C does not.
    """
    _search_in_one_thread_each()
    _hand_over_often()
    settings = context.settings_with(web_host=host, web_port=port, web=web)
    if settings.log_format == "json":
        context.quiet = True  # a program reads what we say
    with _logged(settings):
        asyncio.run(_serve(context, settings, browser=browser))


async def _demo(
    context: Context, settings: "Settings", *, artists: int, episodes: int, browser: bool
) -> None:
    from bot import catalogue_jobs, web_server  # noqa: PLC0415  `--help` shall not wait for them

    web_server.check_port(settings)  # before the minute of drawing, not after it
    with context.progress() as report:
        sample = catalogue_jobs.Sample(artists=artists, webtoons=artists * 5 // 2, episodes=episodes)
        filled = await catalogue_jobs.fill_demo(settings, sample, report=report)
    if filled is None:
        context.note(f"{settings.data} holds your own webtoons; they are served as they are.")
    await _serve(context, settings, browser=browser)


async def _serve(context: Context, settings: "Settings", *, browser: bool) -> None:
    from bot.app import open_doors  # noqa: PLC0415  `--help` shall not wait for it
    from bot.doors import BESIDE, run_doors  # noqa: PLC0415

    keep_little()

    def say(error: GrimcheError) -> None:
        context.note(context.texts.error(error))

    async def listens(url: str) -> None:
        context.note("Press Ctrl-C to stop.")
        click.echo(f"Grimche listens at {url}")
        sys.stdout.flush()
        if browser:
            await asyncio.to_thread(_open_browser, url)

    stop = asyncio.Event()
    async with (
        open_catalogue(context, settings) as service,
        open_doors(service, settings=settings, listens=listens) as doors,
    ):
        if bots := [door.name for door in doors if door.name not in {"web", *BESIDE}]:
            context.note(f"Opening {', '.join(bots)}; press Ctrl-C to stop.")
        with _stopping(stop) as asked:
            await run_doors(doors, stop, say=say, lives=service.observed.lives)
    if signal.SIGINT in asked:
        raise KeyboardInterrupt


def _search_in_one_thread_each() -> None:
    """Keep numpy's products from waking threads of their own, unless the environment asks for them.

    Questions run side by side already, and where these wait for a processor that is busy, they spin: a
    search cost fourteen times the processor time.  It is read when numpy is first imported, after this.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def _hand_over_often() -> None:
    """Let a question wait one millisecond, not five, for Python code that runs on another thread.

    While another generation took over every second, the p95 of questions was 27 ms with this and 32 without.
    """
    sys.setswitchinterval(0.001)


@contextmanager
def _logged(settings: "Settings") -> "Iterator[None]":
    """Where the log is for programs, say in it alone why nothing is served any more."""
    try:
        yield
    except GrimcheError as error:
        if settings.log_format != "json":
            raise
        log.error("nothing is served any more: %s", error)  # noqa: TRY400  the sentence says it all
        raise click.exceptions.Exit(1) from error


@contextmanager
def _stopping(stop: asyncio.Event) -> "Iterator[list[signal.Signals]]":
    """Set `stop` on Ctrl-C or a request to end, and list which came; after either, Ctrl-C ends at once."""
    loop = asyncio.get_running_loop()
    usual = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    asked: list[signal.Signals] = []

    def release(number: signal.Signals) -> None:
        if loop.remove_signal_handler(number):
            signal.signal(number, usual[number])

    def end(number: signal.Signals) -> None:
        asked.append(number)
        stop.set()
        release(signal.SIGINT)

    for number in usual:
        loop.add_signal_handler(number, end, number)
    try:
        yield asked
    finally:
        for number in usual:
            release(number)


def _open_browser(url: str) -> None:
    """Open the page where a person sits at a screen; never a browser inside the terminal."""
    has_screen = sys.platform in {"darwin", "win32"} or any(
        os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if has_screen and sys.stdout.isatty():
        webbrowser.open(url)
