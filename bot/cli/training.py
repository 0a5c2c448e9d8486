"""The commands that train a new generation: `train` and `export-set`."""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, clean, pass_context
from storage.errors import GrimcheError, Stopped

if TYPE_CHECKING:
    from bot.progress import Report
    from bot.settings import Settings
    from bot.training_job import Wish
    from storage.records import Job

BODIES = ("residual", "lite", "mobilenet", "efficientnet")
WHO = "command line"


@click.command()
@click.option(
    "--init",
    default="starter",
    show_default=True,
    metavar="WHAT",
    help="Where its weights begin: starter, current, scratch, imagenet or a generation.",
)
@click.option("--quick", is_flag=True, help="Train for a few epochs only.")
@click.option("--body", type=click.Choice(BODIES), help="The network, for scratch and imagenet.")
@click.option("--epochs", type=click.IntRange(1), help="How long to train.")
@click.option("--steps", type=click.IntRange(1), help="Batches in an epoch.")
@click.option("--minimum", type=click.IntRange(1), help="Pictures that an artist needs to be trained on.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Another seed, another training.")
@click.option("--patience", type=click.IntRange(1), help="End after so many epochs without a better one.")
@click.option("--rate", type=click.FloatRange(0, 1, min_open=True), help="The highest learning rate.")
@click.option("--logs", type=click.Path(file_okay=False, resolve_path=True), help="Folder for TensorBoard.")
@click.option("--promote/--no-promote", default=None, help="Whether it serves, whatever the comparison says.")
@click.option("--stop", is_flag=True, help="End the training that runs, whoever started it.")
@click.option("--yes", is_flag=True, help="Ask nobody before it begins.")
@click.option("--background", is_flag=True, help="Return at once; `grimche status` shows how it goes.")
@pass_context
def train(
    context: Context,
    /,
    *,
    stop: bool,
    yes: bool,
    background: bool,
    **wishes: "str | int | float | bool | None",
) -> None:
    """Train a new generation on the catalogue.

    Artists with 30 pictures are trained on, or with as many as --minimum says (the network of 2020 took
    200); the others are found all the same.  It happens in a process of its own, at the lowest priority.
    What it learns from and how long it takes is said first, and a terminal is asked.
    The new generation serves from then on unless held-out pictures find their artists less often with it
    than with the present one.  Ctrl-C ends it; an interrupted training goes on when the same command is
    run again.  What ends this command otherwise, as a closed terminal does, leaves the training running;
    the same command follows it again then.
    """
    from bot import retrain_job, training_job  # noqa: PLC0415  `--help` shall not wait for them

    if stop:
        asked = asyncio.run(retrain_job.stop(context.settings))
        click.echo(f"retrain {asked.id} is being stopped" if asked else "no retrain runs")
        return
    wish = training_job.Wish(**wishes)  # type: ignore[arg-type]  # click has checked them
    if not _is_wanted(context, wish, sure=yes):
        return
    if background:
        job = asyncio.run(retrain_job.start(context.settings, wish, who=WHO))
        click.echo(f"retrain {job.id} has begun; `grimche status` shows how it goes")
        return
    with context.progress() as report:
        job = asyncio.run(_train(context, wish, report=report))
    fault = retrain_job.fault_of(job)
    if fault is not None:
        raise fault
    if job.state == "cancelled":
        raise Stopped
    _tell(context, job)


def _is_wanted(context: Context, wish: "Wish", *, sure: bool) -> bool:
    """Say what would be trained on and for how long, and ask where somebody can answer."""
    from bot import retrain_job  # noqa: PLC0415  as above
    from bot.retrain_words import duration  # noqa: PLC0415  as above

    if asyncio.run(retrain_job.find_same(context.settings, wish)) is not None:
        return True
    found, texts = asyncio.run(retrain_job.forecast(context.settings, wish)), context.texts
    time = duration(found.seconds, texts)
    context.note(texts.format("train-forecast", artists=found.artists, pictures=found.pictures, time=time))
    return sure or not sys.stdin.isatty() or click.confirm(texts.format("train-confirm"), err=True)


async def _train(context: Context, wish: "Wish", *, report: "Report") -> "Job":
    """Start a retrain, or find it again, and follow it to its end; it ends with us, and we after it."""
    from bot import retrain_job  # noqa: PLC0415  as above

    beginning = asyncio.create_task(_begin(context, wish))
    try:
        job = await asyncio.shield(beginning)
        async for found in retrain_job.follow(context.settings, job):
            job = found
            report(retrain_job.step_of(job))
    except asyncio.CancelledError:
        await _call_off(context.settings, beginning)
        raise
    return job


async def _begin(context: Context, wish: "Wish") -> "Job":
    from bot import retrain_job  # noqa: PLC0415  as above

    job = await retrain_job.find_same(context.settings, wish)
    if job is None:
        return await retrain_job.start(context.settings, wish, who=WHO)
    context.note(context.texts.format("train-follows", job=job.id))
    return job


async def _call_off(settings: "Settings", beginning: "asyncio.Task[Job]") -> None:
    """See a retrain end, also one that has only been about to begin: its process would go on without us."""
    from bot import retrain_job  # noqa: PLC0415  as above

    with suppress(GrimcheError):
        job = await beginning
        await retrain_job.stop(settings)
        async for _ in retrain_job.follow(settings, job):
            continue


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
        pictures, damaged = asyncio.run(job)
    click.echo(clean(f"{folder}: {pictures} pictures{_without(damaged)}"))


def _without(damaged: int) -> str:
    return f", {damaged} damaged left out" if damaged else ""


def _tell(context: Context, job: "Job") -> None:
    from bot import generations_job  # noqa: PLC0415  as above
    from bot.cli.generations import print_comparison  # noqa: PLC0415  as above

    figures = job.figures
    without = _without(int(figures.get("damaged", 0)))
    click.echo(
        f"generation {figures['generation']}: {figures['artists']} artists, {figures['pictures']} pictures"
        f"{without}, {figures['seconds']} s, {figures['memory_mb']} MB at most"
    )
    found = asyncio.run(generations_job.comparison(context.settings, str(figures["generation"])))
    if found is not None:
        print_comparison(found)
