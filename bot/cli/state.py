"""The command that tells how Grimche stands."""

import asyncio
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, pass_context
from bot.cli.output import print_table

if TYPE_CHECKING:
    from bot.heartbeat import Seen
    from bot.standing import Status
    from storage.records import Job

MEGABYTE, GIGABYTE = 1_000_000, 1_000_000_000
MOMENT = "%Y-%m-%d %H:%M UTC"
MOST_FAULTS = 5


@click.command(short_help="Show what serves, and what ran last.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_context
def status(context: Context, *, as_json: bool) -> None:
    """Show what serves, what the catalogue holds and what ran last."""
    found = asyncio.run(_status(context))
    if as_json:
        from bot.cli.as_json import status_json  # noqa: PLC0415  only here

        click.echo(status_json(found))
        return
    print_table(["what", "value"], [*_figures(found), *_serving(found)])
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
        ("disk", f"{status.disk_free / GIGABYTE:.1f} of {status.disk_total / GIGABYTE:.1f} GB free"),
    ]


def _serving(status: "Status") -> list[tuple[str, str]]:
    """Describe the processes that serve, or say that there is none."""
    if not status.processes:
        return [("serving", "no")]
    return [row for seen in status.processes for row in _process(seen)]


def _process(seen: "Seen") -> list[tuple[str, str]]:
    from bot.figures import duration  # noqa: PLC0415  `--help` shall not wait for it

    beat = seen.beat
    stuck = f", no sign of life since {beat.at:%Y-%m-%d %H:%M} UTC" if seen.is_stuck else ""
    doors = [
        (f"door {life.door}", f"{life.state} since {life.since:{MOMENT}}{life.why and f': {life.why}'}")
        for life in beat.doors
    ]
    faults = [
        ("error", f"{fault.when:{MOMENT}} {fault.reference or '-'} {fault.sentence}") for fault in beat.faults
    ]
    return [
        ("serving", f"process {beat.pid} for {duration(beat.uptime)}{stuck}"),
        ("memory", f"{beat.memory / MEGABYTE:.0f} MB"),
        ("queue", f"{beat.running} working, {beat.waiting} waiting, {beat.rejected} sent away"),
        *doors,
        *faults[-MOST_FAULTS:],
    ]


def _job(job: "Job") -> tuple[str, ...]:
    started = job.started.strftime("%Y-%m-%d %H:%M UTC")
    return (job.kind, job.state, f"{job.progress:.0%}", started, job.who, job.error)
