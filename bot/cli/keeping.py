"""The command that puts a backup back: `restore`."""

import asyncio
from pathlib import Path

import click

from bot.cli.context import Context, pass_context


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_context
def restore(context: Context, *, file: Path) -> None:
    """Put the backup in FILE in the place of the database.

    FILE is a daily backup (grimche-DATE.tar) or what `grimche backup` wrote.  It is checked before
    anything is touched, and the database that was there is kept beside the new one.  Stop what serves
    the data folder first.
    """
    from bot import backup_job  # noqa: PLC0415  `--help` shall not wait for it

    before = asyncio.run(backup_job.restore(context.settings, file))
    context.note(context.texts.format("restored", file=str(file)))
    if before:
        context.note(context.texts.format("restored-before", name=before))
