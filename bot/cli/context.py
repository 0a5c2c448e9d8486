"""What every command shares: the settings, the texts and how much to say."""

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.progress import Report
    from bot.settings import Settings
    from bot.texts import Texts


@dataclass(kw_only=True)
class Context:
    """The options before the command; the settings are read when a command first needs them."""

    data: Path | None = None
    language: str | None = None
    quiet: bool = False

    @cached_property
    def settings(self) -> "Settings":
        """The settings, in which the options win; raises SettingsError."""
        return self.settings_with()

    def settings_with(self, **options: object) -> "Settings":
        """Read the settings with a command's own `options` on top; one that is None was not given."""
        from bot.settings import load_settings  # noqa: PLC0415  `--help` shall not wait for it

        return load_settings({"data": self.data, "language": self.language, **options})

    @cached_property
    def texts(self) -> "Texts":
        """The sentences of the chosen language."""
        from bot import texts  # noqa: PLC0415  `--help` shall not wait for it

        return texts.get(self.settings.language)

    def note(self, sentence: str) -> None:
        """Tell the user something beside the result."""
        if not self.quiet:
            click.echo(clean(sentence), err=True)

    @contextmanager
    def progress(self) -> "Iterator[Report]":
        """Show bars for what is reported, when somebody looks."""
        if self.quiet or not sys.stderr.isatty():
            from bot.progress import ignore  # noqa: PLC0415  `--help` shall not wait for it

            yield ignore
            return
        from bot.cli.bars import show_bars  # noqa: PLC0415  rich is slow to load

        with show_bars() as report:
            yield report


pass_context = click.make_pass_decorator(Context)


def clean(text: str) -> str:
    """Replace what could drive a terminal or break a line: titles come from other people's pages."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
