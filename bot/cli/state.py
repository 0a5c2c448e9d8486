"""The command that tells how Grimche stands."""

import asyncio
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, pass_context
from bot.cli.output import print_table

if TYPE_CHECKING:
    from bot.service import Status
    from storage.records import Job

MEGABYTE = 1_000_000


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def status(context: Context, *, as_json: bool) -> None:
    """Show what the catalogue holds and what ran last."""
    found = asyncio.run(_status(context))
    if as_json:
        from bot.cli.as_json import status_json  # noqa: PLC0415  only here

        click.echo(status_json(found))
        return
    print_table(["what", "value"], _figures(found))
    if found.jobs:
        print_table(["job", "state", "progress", "started", "by", "error"], [_job(job) for job in found.jobs])


async def _status(context: Context) -> "Status":
    from bot.app import open_service  # noqa: PLC0415  `--help` shall not wait for it

    async with open_service(context.settings) as service:
        return await service.status()


def _figures(status: "Status") -> list[tuple[str, str]]:
    counts = status.counts
    return [
        ("version", status.version),
        ("generation", status.generation or "none yet"),
        ("webtoons", str(counts.webtoons)),
        ("artists", str(counts.artists)),
        ("episodes", str(counts.episodes)),
        ("pictures", f"{counts.pictures} ({counts.picture_bytes / MEGABYTE:.1f} MB)"),
        ("vectors", str(status.vectors)),
        ("data", f"{status.data} ({status.data_bytes / MEGABYTE:.1f} MB)"),
    ]


def _job(job: "Job") -> tuple[str, ...]:
    started = job.started.strftime("%Y-%m-%d %H:%M UTC")
    return (job.kind, job.state, f"{job.progress:.0%}", started, job.who, job.error)
