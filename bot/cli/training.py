"""The commands that train a new generation: `train` and `export-set`."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, clean, pass_context

if TYPE_CHECKING:
    from bot.training_job import Outcome

BODIES = ("residual", "lite", "mobilenet", "efficientnet")


@click.command()
@click.option(
    "--init",
    default="starter",
    show_default=True,
    metavar="WHAT",
    help="Where its weights begin: starter, scratch, imagenet or a generation.",
)
@click.option("--body", type=click.Choice(BODIES), help="The network, for scratch and imagenet.")
@click.option("--epochs", type=click.IntRange(1), help="How long to train.")
@click.option("--minimum", type=click.IntRange(1), help="Pictures that an artist needs to be trained on.")
@click.option("--seed", type=click.IntRange(0), help="Another seed, another training.")
@click.option("--logs", type=click.Path(path_type=Path, file_okay=False), help="Folder for TensorBoard.")
@click.option("--promote/--no-promote", default=None, help="Whether it serves, whatever the comparison says.")
@pass_context
def train(context: Context, /, **wishes: "str | int | bool | Path | None") -> None:
    """Train a new generation on the catalogue.

    Artists with 30 pictures are trained on, or with as many as --minimum says (the network of 2020 took
    200); the others are found all the same.  The new generation serves from then on if it finds the
    artists of held-out episodes at least as often as the present one.  An interrupted training goes on
    when the same command is run again.
    """
    from bot import training_job  # noqa: PLC0415  `--help` shall not wait for it

    wish = training_job.Wish(**wishes)  # type: ignore[arg-type]  # click has checked them
    with context.progress() as report:
        outcome = asyncio.run(training_job.train(context.settings, wish, report=report))
    _tell(outcome)


@click.command("export-set")
@click.argument("folder", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--minimum", type=click.IntRange(1), help="Pictures that an artist needs to be trained on.")
@pass_context
def export_set(context: Context, *, folder: Path, minimum: int | None) -> None:
    """Write the training set to OUT, for a machine with a GPU.

    There `python -m model.train --data OUT --out DIR` trains without the bot; what it writes comes back
    with `grimche generations add`.
    """
    from bot import training_job  # noqa: PLC0415  `--help` shall not wait for it

    with context.progress() as report:
        job = training_job.export_set(context.settings, folder, minimum=minimum, report=report)
        pictures = asyncio.run(job)
    click.echo(clean(f"{folder}: {pictures} pictures"))


def _tell(outcome: "Outcome") -> None:
    click.echo(
        f"generation {outcome.generation}: {outcome.artists} artists, {outcome.pictures} pictures; "
        f"the right artist first for {outcome.after:.1%} of held-out episodes, before {outcome.before:.1%}; "
        f"{'it serves now' if outcome.promoted else 'not promoted'}"
    )
