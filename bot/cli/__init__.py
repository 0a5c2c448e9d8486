"""The command line: a door for people at a terminal and for scripts.

A command asks the service or starts a job, and prints.  Tables, bars and colours appear in a terminal
only; elsewhere the output is plain lines with tabs, or JSON with `--json`.
"""

from pathlib import Path

import click

from bot.cli.archive import import_archive
from bot.cli.catalogue import backup, import_
from bot.cli.context import Context
from bot.cli.doctor import doctor
from bot.cli.evaluation import evaluate
from bot.cli.generations import generations, rollback
from bot.cli.keeping import restore
from bot.cli.platforms import catalogue, scrape
from bot.cli.queries import embed, like, similar
from bot.cli.serving import demo, serve
from bot.cli.state import status
from bot.cli.training import export_set, train
from bot.cli.usage import stats
from bot.cli.why import why


class _Group(click.Group):
    """A group that lists its commands in the order in which a newcomer meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  the signature is click's
        return list(self.commands)


def _show_version(context: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001  click's
    if wanted and not context.resilient_parsing:
        from importlib.metadata import version  # noqa: PLC0415  it takes 40 ms, and only this option needs it

        click.echo(f"grimche {version('grimche')}")
        context.exit()


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Folder for everything written."
)
@click.option("--language", type=click.Choice(["en", "ko"]), help="Language of the answers.")
@click.option("--quiet", "-q", is_flag=True, help="Print the result and errors, nothing else.")
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version.",
)
@click.pass_context
def cli(context: click.Context, *, data: Path | None, language: str | None, quiet: bool) -> None:
    """Find webtoons drawn in a similar style.

    \b
    Try it:    grimche demo
    Ask:       grimche similar picture.jpg

    Settings come from options, GRIMCHE_* variables and a .env file, in this order; .env.example
    explains all of them.

    Exit codes: 0 done, 1 not possible, 3 unexpected (a report is written), 130 interrupted.
    """  # noqa: D301  \b is click's mark for lines to keep
    shared = context.ensure_object(Context)
    shared.data, shared.language, shared.quiet = data, language, quiet


_FILLING = (import_, import_archive, scrape, catalogue)
_LEARNING = (train, export_set, generations, rollback, evaluate)
_KEEPING = (status, stats, backup, restore, doctor)
for _command in (demo, serve, similar, like, why, embed, *_FILLING, *_LEARNING, *_KEEPING):
    cli.add_command(_command)
