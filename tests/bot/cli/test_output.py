import os
import pty
import subprocess
import sys

import pytest

from bot.cli.context import clean
from bot.cli.output import print_table

PRINT = """
from bot.cli.output import print_table
rows = [("1", "제목\\x1b[31m [red]", ""), ("10", "다른 제목", "")]
print_table(["rank", "title", "link"], rows, remarks=["[b]"])
"""


def in_terminal(code: str) -> str:
    """Run code with a terminal as its output, and return what the terminal got."""
    reader, writer = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "NO_COLOR": "1"}
    with subprocess.Popen([sys.executable, "-c", code], stdout=writer, env=environment) as process:
        os.close(writer)
        shown = b""
        try:
            while part := os.read(reader, 4096):
                shown += part
        except OSError:  # how Linux says that the other side is closed
            pass
    os.close(reader)
    assert process.returncode == 0
    return shown.decode()


def test_table_in_a_terminal() -> None:
    """A terminal gets a table with a header, without the columns that are empty."""
    shown = in_terminal(PRINT)
    assert "title" in shown
    assert "link" not in shown
    assert "\t" not in shown


def test_foreign_text_cannot_drive_the_terminal() -> None:
    """Escape codes and markup in titles are shown, not obeyed."""
    shown = in_terminal(PRINT)
    assert "\x1b[31m" not in shown
    assert "[red]" in shown
    assert "[b]" in shown


def test_lines_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal remarks start with a hash, and cells are parted by tabs."""
    print_table(["rank", "title"], [("1", "제목"), ("2", "")], remarks=["near"])
    assert capsys.readouterr().out == "# near\n1\t제목\n2\t\n"


def test_cells_cannot_break_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Tabs and line breaks in a title become spaces."""
    print_table(["title"], [("a\tb\nc",)])
    assert capsys.readouterr().out == "a b c\n"


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\r", "\u202e", "\x9b"], ids=ascii)
def test_clean(sign: str) -> None:
    """Signs that drive a terminal or turn the text around become spaces; Hangul stays."""
    assert clean(f"그림{sign}체") == "그림 체"
