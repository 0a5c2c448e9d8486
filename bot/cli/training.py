"""The command that trains a new generation."""

import asyncio
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, pass_context

if TYPE_CHECKING:
    from bot.training_job import Outcome


@click.command()
@click.option("--epochs", type=click.IntRange(1), help="How long to train.")
@click.option("--minimum", type=click.IntRange(1), help="Pictures that an artist needs to be trained on.")
@click.option("--from", "start", metavar="GENERATION", help="Train on from this generation's network.")
@click.option("--promote/--no-promote", default=None, help="Whether it serves, whatever the comparison says.")
@pass_context
def train(
    context: Context, *, epochs: int | None, minimum: int | None, start: str | None, promote: bool | None
) -> None:
    """Train a new generation on the catalogue.

    It serves from then on if it finds the artists of held-out episodes at least as often as the
    present one.
    """
    from bot import training_job  # noqa: PLC0415  `--help` shall not wait for it

    wish = training_job.Wish(epochs=epochs, minimum=minimum, start=start, promote=promote)
    with context.progress() as report:
        outcome = asyncio.run(training_job.train(context.settings, wish, report=report))
    _tell(outcome)


def _tell(outcome: "Outcome") -> None:
    click.echo(
        f"generation {outcome.generation}: {outcome.artists} artists, {outcome.pictures} pictures; "
        f"the right artist first for {outcome.after:.1%} of held-out episodes, before {outcome.before:.1%}; "
        f"{'it serves now' if outcome.promoted else 'not promoted'}"
    )
