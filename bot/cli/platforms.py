"""Commands about platforms and what came from them: `scrape` and `catalogue`."""

import asyncio
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, clean, pass_context
from bot.cli.outcome import tell_outcome
from bot.cli.output import print_table
from storage.records import Platform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.catalogue_jobs import Outcome
    from bot.platform_jobs import FieldCheck

SOURCES = [platform.value for platform in Platform if platform not in {Platform.FOLDER, Platform.DAUM}]
TRAINABLE = 30  # thumbnails of an artist; `grimche train --minimum` changes it for a training
MOST_ARTISTS_SHOWN = 50


@click.command()
@click.option("--source", type=click.Choice(SOURCES), help="Where to look.")
@click.option("--stop", is_flag=True, help="End the scrape that runs, whoever started it.")
@click.option("--dry-run", is_flag=True, help="Tell what would come; fetch no thumbnail, change nothing.")
@click.option("--check", is_flag=True, help="Ask for one webtoon and tell which fields are still known.")
@click.option("--limit", type=click.IntRange(1), help="Ask about so many webtoons at most.")
@click.option("--max-requests", type=click.IntRange(1), help="Make so many requests at most.")
@click.option("--max-minutes", type=click.FloatRange(0), help="Begin no webtoon after so many minutes.")
@click.option(
    "--only", metavar="TITLE", default="", help="Ask only about webtoons whose title contains this."
)
@click.option(
    "--artists-min", type=click.IntRange(1), help=f"Stop once so many artists have {TRAINABLE} thumbnails."
)
@click.option("--finished", is_flag=True, help="Webtoons that have ended as well.")
@click.option(
    "--artists",
    type=click.IntRange(1, 10_000),
    default=12,
    show_default=True,
    help="Of the sample platform, as the next three.",
)
@click.option("--webtoons", type=click.IntRange(1), help="Stop after so many webtoons.")
@click.option(
    "--episodes", type=click.IntRange(1, 2000), default=50, show_default=True, help="Of each webtoon."
)
@click.option(
    "--seed", type=click.IntRange(0), default=2020, show_default=True, help="Another seed, other artists."
)
@pass_context
def scrape(context: Context, /, *, source: str | None, stop: bool, check: bool, **options: object) -> None:
    """Bring in what is new on a platform.

    The sample platform is drawn on this machine; the others are asked politely, at the rates of the
    settings, and only about what has changed.  An interrupted run goes on where it stopped.
    """
    if stop:
        _stop(context)
        return
    if source is None:
        raise click.UsageError("Missing option '--source'.")
    platform = Platform(source)
    if platform is Platform.SAMPLE:
        if check or options["dry_run"]:
            raise click.UsageError("--check and --dry-run are for the platforms on the network.")
        tell_outcome(context, _scrape_sample(context, options))
    elif check:
        _check(context, platform)
    else:
        tell_outcome(context, _scrape_platform(context, platform, options))


def _stop(context: Context) -> None:
    from bot import scrape_job  # noqa: PLC0415  `--help` shall not wait for it

    job = asyncio.run(scrape_job.stop(context.settings))
    click.echo(f"scrape {job.id} is being stopped; what it has brought is kept" if job else "no scrape runs")


def _scrape_sample(context: Context, options: dict[str, object]) -> "Outcome":
    from bot import catalogue_jobs  # noqa: PLC0415  `--help` shall not wait for it

    chosen = {name: options[name] for name in ("seed", "artists", "webtoons", "episodes")}
    sample = catalogue_jobs.Sample(**chosen)  # type: ignore[arg-type]  # as click has checked them
    with context.progress() as report:
        return asyncio.run(catalogue_jobs.scrape_sample(context.settings, sample, report=report))


def _scrape_platform(context: Context, platform: Platform, options: dict[str, object]) -> "Outcome":
    from bot import platform_jobs  # noqa: PLC0415  `--help` shall not wait for it

    names = {"max_requests": "requests", "max_minutes": "minutes"}
    ours = ("limit", "max_requests", "max_minutes", "only", "artists_min", "finished", "dry_run")
    chosen = {names.get(name, name): options[name] for name in ours}
    tour = platform_jobs.Tour(**chosen)  # type: ignore[arg-type]  # as click has checked them
    with context.progress() as report:
        job = platform_jobs.scrape_platform(context.settings, platform, tour=tour, report=report)
        return asyncio.run(job)


def _check(context: Context, platform: Platform) -> None:
    from bot import platform_jobs  # noqa: PLC0415  `--help` shall not wait for it

    checks = asyncio.run(platform_jobs.check_platform(context.settings, platform))
    print_table(["field", "of", "state"], [(each.field, each.where, _state(each)) for each in checks])
    _judge(platform, checks)


def _judge(platform: Platform, checks: "Sequence[FieldCheck]") -> None:
    lost = [each.field for each in checks if each.required and not each.known]
    if lost or not checks:
        raise click.ClickException(clean(f"{platform} has changed its interface: {', '.join(lost) or 'all'}"))


def _state(check: "FieldCheck") -> str:
    if check.known:
        return "known"
    return "MISSING" if check.required else "missing, can be done without"


@click.group()
def catalogue() -> None:
    """Look at the artists of the catalogue, and put them right."""


@catalogue.command()
@click.option(
    "--minimum", type=click.IntRange(1), default=TRAINABLE, show_default=True, help="Thumbnails to train on."
)
@pass_context
def stats(context: Context, *, minimum: int) -> None:
    """Tell how many artists have enough thumbnails to be trained on, and who has the most."""
    from bot import platform_jobs  # noqa: PLC0415  `--help` shall not wait for it

    counts = asyncio.run(platform_jobs.count_artists(context.settings))
    enough = sum(1 for count in counts if count.thumbnails >= minimum)
    rows = [(count.artist, str(count.thumbnails), str(count.webtoons)) for count in counts]
    print_table(
        ["artist", "thumbnails", "webtoons"],
        rows[:MOST_ARTISTS_SHOWN],
        remarks=[f"{enough} of {len(counts)} artists have {minimum} thumbnails or more"],
    )


@catalogue.command("join-artists")
@click.argument("alias")
@click.argument("artist")
@pass_context
def join_artists(context: Context, *, alias: str, artist: str) -> None:
    """Say that ALIAS is another name of ARTIST, for what is there and for all later scrapes."""
    from bot import platform_jobs  # noqa: PLC0415  `--help` shall not wait for it

    asyncio.run(platform_jobs.join_artists(context.settings, alias, artist=artist))
    context.note(f"{alias} is now credited as {artist}.")
