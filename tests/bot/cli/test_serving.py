import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.__main__ import run

DEMO = ["demo", "--port", "0", "--no-browser", "--artists", "2", "--episodes", "2"]


def get(url: str) -> bytes:
    """Fetch a page of the server under test."""
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310  our own server's address
        return bytes(answer.read())


@contextmanager
def serving(*arguments: str) -> Iterator[str]:
    """Run a command that serves, and give its address once it has printed it."""
    command = [sys.executable, "-m", "bot", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().removeprefix("Grimche listens at ").strip()
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
    assert process.returncode == 130


def test_demo_fills_and_serves(tmp_path: Path) -> None:
    """The demo fills a sample catalogue in an empty data folder and serves the page for it."""
    with serving("--data", str(tmp_path / "data"), *DEMO) as url:
        assert b"<html" in get(url)
        assert json.loads(get(f"{url}api/samples"))["pictures"]


def test_second_demo_adds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second demo finds everything there."""
    data = ["--data", str(tmp_path / "data")]
    printed = []
    for _ in range(2):
        with serving(*data, *DEMO) as url:
            assert url
        assert run([*data, "status"]) == 0
        printed.append([line for line in capsys.readouterr().out.splitlines() if line.startswith("epi")])
    assert printed[0] == printed[1]


def test_demo_leaves_an_own_catalogue_alone(own_collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where somebody's own webtoons are, no sample is mixed in."""
    with serving("--data", str(own_collection), *DEMO) as url:
        assert url
    capsys.readouterr()
    assert run(["--data", str(own_collection), "status"]) == 0
    assert "webtoons\t1\n" in capsys.readouterr().out


@pytest.fixture
def own_collection(tmp_path: Path, thumbnail: bytes) -> Path:
    """Import one picture of somebody's own."""
    folder = tmp_path / "collection" / "somebody"
    folder.mkdir(parents=True)
    (folder / "1.jpg").write_bytes(thumbnail)
    assert run(["--data", str(tmp_path / "data"), "import", str(folder.parent)]) == 0
    return tmp_path / "data"


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_port_in_use(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A port that is taken ends with 1 and one sentence, before anything is drawn."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert run(["--data", str(tmp_path / "data"), command, "--port", port, "--no-browser"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"port {port}: another program listens there" in said
    assert "," not in said.partition("port ")[2].partition(":")[0]


def test_two_processes_on_one_folder(filled_data: Path) -> None:
    """Two servers answer from one data folder at once."""
    arguments = ["--data", str(filled_data), "serve", "--port", "0", "--no-browser"]
    with serving(*arguments) as one, serving(*arguments) as other:
        assert one != other
        for url in (one, other):
            assert get(f"{url}healthz") == b"ok\n"


def test_no_browser_in_a_terminal_without_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a screen no browser is opened."""
    from bot.cli import serving as module  # noqa: PLC0415  the function is private to it

    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    module._open_browser("http://127.0.0.1/")
    assert os.name != "posix" or not opened
