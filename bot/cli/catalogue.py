"""Commands that change or keep the catalogue: `import` and `backup`."""

import asyncio
from pathlib import Path

import click

from bot.cli.context import Context, pass_context
from bot.cli.outcome import tell_outcome


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
    tell_outcome(context, outcome)


@click.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@pass_context
def backup(context: Context, *, target: Path) -> None:
    """Copy the database to TARGET, also while it is in use."""
    from bot import catalogue_jobs  # noqa: PLC0415  `--help` shall not wait for it

    with context.progress() as report:
        asyncio.run(catalogue_jobs.backup(context.settings, target, report=report))
    context.note(f"The database is copied to {target}.")
