"""The command that tells how much the bots are used: `stats`."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, pass_context
from bot.cli.output import print_table

if TYPE_CHECKING:
    from storage.usage import Complaint, Figures

MOST_COMPLAINTS = 20


@click.command(short_help="Show how much the bots are used.")
@click.option("--days", type=click.IntRange(1, 365), default=7, show_default=True, help="How far back.")
@click.option(
    "--plot", type=click.Path(path_type=Path, dir_okay=False), help="Draw it as a PNG here as well."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def stats(context: Context, *, days: int, plot: Path | None, as_json: bool) -> None:
    """Show how much the bots are used, how fast they answer, and how they are judged.

    Complaints are answers that got a thumb down: when, what was found, and the reference of the question,
    never a picture.  Questions are kept for 30 days.
    """
    since = datetime.now(UTC) - timedelta(days=days)
    figures, complaints, drawn = asyncio.run(_read(context, since, draw=plot is not None))
    if plot is not None:
        from bot.files import write_file  # noqa: PLC0415  only here

        write_file(plot, drawn)
    if as_json:
        from bot.cli.as_json import stats_json  # noqa: PLC0415  only here

        click.echo(stats_json(figures, complaints))
    else:
        _print(figures, complaints)


async def _read(context: Context, since: datetime, *, draw: bool) -> "tuple[Figures, list[Complaint], bytes]":
    from bot.app import open_service  # noqa: PLC0415  `--help` shall not wait for it

    settings = context.settings
    async with open_service(settings) as service:
        figures, complaints = await service.usage(since, complaints=MOST_COMPLAINTS)
        language, first = settings.language, since.date()
        drawn = await service.stats_sheet(figures, since=first, language=language) if draw else b""
    return figures, complaints, drawn


def _print(figures: "Figures", complaints: "list[Complaint]") -> None:
    totals = [
        ("questions", str(figures.queries)),
        ("answered", str(figures.answered)),
        ("failed", str(figures.failed)),
        ("people", str(figures.people)),
        ("median, s", f"{figures.median:.2f}"),
        ("95% within, s", f"{figures.p95:.2f}"),
        ("thumbs up", str(figures.up)),
        ("thumbs down", str(figures.down)),
    ]
    print_table(["what", "value"], totals)
    if figures.days:
        days = [(f"{day.day}", str(day.queries), str(day.failed), str(day.people)) for day in figures.days]
        print_table(["day", "questions", "failed", "people"], days)
    if figures.generations:
        rows = [
            (each.generation, str(each.answers), str(each.up), str(each.down)) for each in figures.generations
        ]
        print_table(["generation", "answers", "up", "down"], rows)
    if complaints:
        print_table(["complaint", "generation", "found", "reference"], [_row(each) for each in complaints])


def _row(complaint: "Complaint") -> tuple[str, ...]:
    when = f"{complaint.asked:%Y-%m-%d %H:%M UTC}"
    return (when, complaint.generation, ", ".join(complaint.titles), complaint.reference)
