"""Tell what an import or a scrape brought."""

from typing import TYPE_CHECKING

import click

from bot.cli.context import Context, clean
from storage.errors import BudgetSpent

if TYPE_CHECKING:
    from bot.catalogue_jobs import Outcome, RefreshReport

MOST_SKIPPED_SHOWN = 20


def tell_outcome(context: Context, outcome: "Outcome") -> None:
    """Print a summary; what kept the run from its end comes last and ends the command with its sentence."""
    found = outcome.refresh
    for skipped in found.skipped[:MOST_SKIPPED_SHOWN]:
        context.note(f"skipped {skipped.what}: {context.texts.error(skipped.error)}")
    if len(found.skipped) > MOST_SKIPPED_SHOWN:
        context.note(f"… and {len(found.skipped) - MOST_SKIPPED_SHOWN} more skipped.")
    if outcome.embed and outcome.embed.skipped:
        context.note(f"{len(outcome.embed.skipped)} pictures cannot be decoded.")
    if found.evidence is not None:
        context.note(f"What the platform sent is outlined in {found.evidence}.")
    verb = "would be new" if found.dry_run else "new"
    click.echo(
        clean(
            f"{found.webtoons} webtoons: {found.new_webtoons} {verb}, {found.new_episodes} episodes {verb}, "
            f"{found.unchanged} unchanged, {len(found.skipped)} skipped{_more(found)}"
        )
    )
    match found.ended:
        case None:
            return
        case BudgetSpent():  # as it was wished
            context.note(context.texts.error(found.ended))
        case _:
            raise found.ended


def _more(found: "RefreshReport") -> str:
    """Add the counts that only platforms have, where they are not zero."""
    counts = (
        (found.replaced, "thumbnails replaced"),
        (found.gated, "gated"),
        (found.gone, "gone"),
        (found.left, "left for the next run"),
        (sum(found.requests.values()), "requests"),
    )
    return "".join(f", {count} {what}" for count, what in counts if count)
