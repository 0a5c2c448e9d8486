"""Commands that keep running: `demo` and `serve`."""

import asyncio
import os
import sys
import webbrowser
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, pass_context
from bot.cli.opening import open_catalogue

if TYPE_CHECKING:
    from bot.settings import Settings

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
    settings = context.settings_with(web_host=host, web_port=port)
    asyncio.run(_demo(context, settings, artists=artists, episodes=episodes, browser=browser))


@click.command()
@host_option
@port_option
@browser_option
@pass_context
def serve(context: Context, *, host: str | None, port: int | None, browser: bool) -> None:
    """Serve the web chat."""
    asyncio.run(_serve(context, context.settings_with(web_host=host, web_port=port), browser=browser))


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
    from bot.web_server import serve_web  # noqa: PLC0415  `--help` shall not wait for it

    async with open_catalogue(context, settings) as service, serve_web(service, settings=settings) as url:
        context.note("Press Ctrl-C to stop.")
        click.echo(f"Grimche listens at {url}")
        sys.stdout.flush()
        if browser:
            await asyncio.to_thread(_open_browser, url)
        await asyncio.Event().wait()


def _open_browser(url: str) -> None:
    """Open the page where a person sits at a screen; never a browser inside the terminal."""
    has_screen = sys.platform in {"darwin", "win32"} or any(
        os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if has_screen and sys.stdout.isatty():
        webbrowser.open(url)
