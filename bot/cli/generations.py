"""The commands about generations: `generations …` and `rollback`."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, clean, pass_context
from bot.cli.output import print_table

if TYPE_CHECKING:
    from bot.generations_job import Comparison, Line

WHO = "command line"


@click.group(short_help="List generations, bring one in, let one serve.")
def generations() -> None:
    """List generations, bring one in that was trained elsewhere, let one serve, or remove one."""


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

    The catalogue is embedded with it, and it serves from then on unless held-out pictures find their
    artists less often with it than with the present one.
    """
    from bot import generations_job  # noqa: PLC0415  `--help` shall not wait for it

    with context.progress() as report:
        job = generations_job.add(context.settings, folder, promote=promote, report=report)
        added = asyncio.run(job)
    print_comparison(added)


@generations.command("promote")
@click.argument("generation", metavar="ID")
@pass_context
def promote_(context: Context, *, generation: str) -> None:
    """Let the generation ID serve, whatever its comparison said.

    Pictures that it has not seen are embedded first.
    """
    from bot import generations_job  # noqa: PLC0415  as above

    with context.progress() as report:
        asyncio.run(generations_job.promote(context.settings, generation, who=WHO, report=report))
    click.echo(clean(f"generation {generation} serves now"))


@generations.command()
@click.argument("generation", metavar="ID")
@pass_context
def discard(context: Context, *, generation: str) -> None:
    """Remove the generation ID, which must not serve."""
    from bot import generations_job  # noqa: PLC0415  as above

    asyncio.run(generations_job.discard(context.settings, generation))
    click.echo(clean(f"generation {generation} is gone"))


@generations.command()
@pass_context
def prune(context: Context) -> None:
    """Remove all but the newest generations, as many as GRIMCHE_KEEP_GENERATIONS says."""
    from bot import generations_job  # noqa: PLC0415  as above

    gone = asyncio.run(generations_job.prune(context.settings))
    click.echo(clean(f"{len(gone)} removed{': ' if gone else ''}{', '.join(gone)}"))


@click.command(short_help="Go back to the generation that served before.")
@pass_context
def rollback(context: Context) -> None:
    """Go back to the generation that served before; done twice, it leads back.

    Pictures that it has not seen are embedded first.
    """
    from bot import generations_job  # noqa: PLC0415  as above

    with context.progress() as report:
        generation = asyncio.run(generations_job.roll_back(context.settings, who=WHO, report=report))
    click.echo(f"generation {generation} serves now")


def print_comparison(found: "Comparison") -> None:
    """Print how a generation compares with the one that served, and what became of it."""
    if found.measures:
        print_table(
            ["held out", "asked", f"before ({found.against})", "after", "difference (95 %)"],
            [
                (
                    measure.regime,
                    str(measure.asked),
                    f"{measure.before:.1%}",
                    f"{measure.after:.1%}",
                    f"{100 * measure.low:+.1f} to {100 * measure.high:+.1f}",
                )
                for measure in found.measures
            ],
        )
    is_promoted = found.verdict == "promoted"
    click.echo(f"generation {found.generation}: {'it serves now' if is_promoted else 'kept, not promoted'}")


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
