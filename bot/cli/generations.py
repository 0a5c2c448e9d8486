"""The commands about generations: `generations list` and `generations add`."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, clean, pass_context
from bot.cli.output import print_table

if TYPE_CHECKING:
    from bot.generations_job import Line


@click.group(short_help="List generations, or bring one in.")
def generations() -> None:
    """List generations, or bring one in that was trained elsewhere."""


@generations.command("list")
@pass_context
def list_(context: Context) -> None:
    """Show every generation, and which one serves."""
    from bot import generations_job  # noqa: PLC0415  `--help` shall not wait for it

    lines = asyncio.run(generations_job.list_generations(context.settings))
    print_table(
        ["generation", "serves", "made", "network", "artists", "validation", "pictures"],
        [_row(context, line) for line in lines],
    )


@generations.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="DIR")
@click.option("--promote/--no-promote", default=None, help="Whether it serves, whatever the comparison says.")
@pass_context
def add(context: Context, *, folder: Path, promote: bool | None) -> None:
    """Bring in the generation in DIR, as `python -m model.train` wrote it.

    The catalogue is embedded with it, and it serves from then on if it finds the artists of held-out
    episodes at least as often as the present one.
    """
    from bot import generations_job  # noqa: PLC0415  `--help` shall not wait for it

    with context.progress() as report:
        job = generations_job.add(context.settings, folder, promote=promote, report=report)
        added = asyncio.run(job)
    adopted = added.adopted
    click.echo(
        f"generation {added.id}: the right artist first for {adopted.after:.1%} of held-out episodes, "
        f"before {adopted.before:.1%}; {'it serves now' if adopted.promoted else 'not promoted'}"
    )


def _row(context: Context, line: "Line") -> tuple[str, ...]:
    if line.fault is not None:
        return (clean(line.id), "yes" if line.serves else "", "", "", "", "", context.texts.error(line.fault))
    return (
        line.id,
        "yes" if line.serves else "",
        line.created.strftime("%Y-%m-%d %H:%M UTC") if line.created else "",
        line.body,
        str(line.artists or ""),
        "" if line.score is None else f"{line.score:.1%}",
        clean(line.data),
    )
