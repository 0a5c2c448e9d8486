"""Commands that change or keep the catalogue: `import`, `scrape`, `train` and `backup`."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, clean, pass_context

if TYPE_CHECKING:
    from bot.catalogue_jobs import Outcome

MOST_SKIPPED_SHOWN = 20


@click.command("import", short_help="Import the pictures of a folder.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--dry-run", is_flag=True, help="Tell what would be imported; change nothing.")
@pass_context
def import_(context: Context, *, folder: Path, dry_run: bool) -> None:
    """Import the pictures of DIR: one folder per artist, in it folders per webtoon if you like.

    Files are named <episode>_<n>.jpg or anything else.  A manifest.csv with the columns file, artist,
    webtoon and episode says it otherwise.  What is there already is left as it is.
    """
    from bot import catalogue_jobs  # noqa: PLC0415  `--help` shall not wait for it

    with context.progress() as report:
        job = catalogue_jobs.import_folder(context.settings, folder, dry_run=dry_run, report=report)
        outcome = asyncio.run(job)
    _tell(context, outcome)


@click.command()
@click.option("--source", type=click.Choice(["sample"]), required=True, help="Where to look.")
@click.option("--artists", type=click.IntRange(1, 10_000), default=12, show_default=True)
@click.option("--webtoons", type=click.IntRange(1), help="Stop after so many webtoons.")
@click.option(
    "--episodes", type=click.IntRange(1, 2000), default=50, show_default=True, help="Of each webtoon."
)
@click.option(
    "--seed", type=click.IntRange(0), default=2020, show_default=True, help="Another seed, other artists."
)
@pass_context
def scrape(
    context: Context, *, source: str, artists: int, webtoons: int | None, episodes: int, seed: int
) -> None:
    """Bring in what is new on a platform.

    The sample platform is drawn on this machine; an interrupted run goes on where it stopped.
    """
    from bot import catalogue_jobs  # noqa: PLC0415  `--help` shall not wait for it

    del source  # there is only one so far
    sample = catalogue_jobs.Sample(seed=seed, artists=artists, webtoons=webtoons, episodes=episodes)
    with context.progress() as report:
        outcome = asyncio.run(catalogue_jobs.scrape_sample(context.settings, sample, report=report))
    _tell(context, outcome)


@click.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@pass_context
def backup(context: Context, *, target: Path) -> None:
    """Copy the database to TARGET, also while it is in use."""
    from bot import catalogue_jobs  # noqa: PLC0415  `--help` shall not wait for it

    with context.progress() as report:
        asyncio.run(catalogue_jobs.backup(context.settings, target, report=report))
    context.note(f"The database is copied to {target}.")


def _tell(context: Context, outcome: "Outcome") -> None:
    found = outcome.refresh
    for skipped in found.skipped[:MOST_SKIPPED_SHOWN]:
        context.note(f"skipped {skipped.what}: {context.texts.error(skipped.error)}")
    if len(found.skipped) > MOST_SKIPPED_SHOWN:
        context.note(f"… and {len(found.skipped) - MOST_SKIPPED_SHOWN} more skipped.")
    verb = "would be new" if found.dry_run else "new"
    if outcome.embed and outcome.embed.skipped:
        context.note(f"{len(outcome.embed.skipped)} pictures cannot be decoded.")
    click.echo(
        clean(
            f"{found.webtoons} webtoons: {found.new_webtoons} {verb}, {found.new_episodes} episodes {verb}, "
            f"{found.unchanged} unchanged, {len(found.skipped)} skipped"
        )
    )
