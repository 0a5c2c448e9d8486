"""The command that brings saved pages of platforms in: `import-archive`."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, clean, pass_context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.archive_job import ArchiveOutcome
    from storage.errors import GrimcheError

MOST_SKIPPED_SHOWN = 20


@click.command("import-archive", short_help="Import saved pages of platforms.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--dry-run", is_flag=True, help="Tell what would be imported; change nothing.")
@pass_context
def import_archive(context: Context, *, folder: Path, dry_run: bool) -> None:
    """Import what was saved of Naver Webtoon (pages whose addresses ended in .nhn) and of Daum Webtoon.

    DIR holds the pages and JSON answers under any names, and the thumbnails as a mirror keeps them
    (host/path/name) or called title_episode.  What the catalogue says of a webtoon already stays as it
    is; only episodes that it lacks come in.  Nothing is fetched from anywhere.
    """
    from bot import archive_job  # noqa: PLC0415  `--help` shall not wait for it

    with context.progress() as report:
        job = archive_job.import_archive(context.settings, folder, dry_run=dry_run, report=report)
        outcome = asyncio.run(job)
    _tell(context, outcome)


def _tell(context: Context, outcome: "ArchiveOutcome") -> None:
    _list(context, "unread", [(each.name, each.error) for each in outcome.unread])
    for platform, found in outcome.refreshed.items():
        _list(context, "skipped", [(each.what, each.error) for each in found.skipped])
        verb = "would be new" if found.dry_run else "new"
        click.echo(
            clean(
                f"{platform}: {found.webtoons} webtoons with something new, {found.new_webtoons} {verb}, "
                f"{found.new_episodes} episodes {verb}, {len(found.skipped)} skipped"
            )
        )


def _list(context: Context, verb: str, faults: "Sequence[tuple[str, GrimcheError]]") -> None:
    for what, error in faults[:MOST_SKIPPED_SHOWN]:
        context.note(f"{verb} {what}: {context.texts.error(error)}")
    if len(faults) > MOST_SKIPPED_SHOWN:
        context.note(f"… and {len(faults) - MOST_SKIPPED_SHOWN} more {verb}.")
