import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

from bot.cli.bars import show_bars
from bot.cli.context import Context
from bot.progress import Stage, Step, ignore


class Terminal(io.StringIO):
    """Take text like a terminal."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


@contextmanager
def in_terminal() -> Iterator[Terminal]:
    """Put a terminal in the place of standard error."""
    terminal = Terminal()
    with redirect_stderr(terminal):
        yield terminal


def test_every_stage_has_a_bar() -> None:
    """Each stage that is reported gets a bar of its own, with its share and pictures."""
    with in_terminal() as terminal, show_bars() as report:
        for stage in Stage:
            report(Step(stage=stage, share=0.5, pictures=7))
    shown = terminal.getvalue()
    for word in ("Collecting", "Training", "Exporting", "Embedding", "Copying", "50%", "7 pictures"):
        assert word in shown


def test_bars_where_somebody_looks() -> None:
    """In a terminal there are bars."""
    with in_terminal() as terminal, Context().progress() as report:
        report(Step(stage=Stage.EMBED, share=1))
    assert "Embedding" in terminal.getvalue()


def test_quiet_has_no_bars() -> None:
    """`--quiet` has no bars, even in a terminal."""
    with in_terminal() as terminal, Context(quiet=True).progress() as report:
        assert report is ignore
    assert not terminal.getvalue()


def test_no_bars_elsewhere() -> None:
    """Without a terminal there are no bars."""
    with Context().progress() as report:
        assert report is ignore
