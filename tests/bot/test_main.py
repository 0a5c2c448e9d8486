import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import run

GRIMCHE = [sys.executable, "-m", "bot"]


def start(*arguments: str, stdout: int = subprocess.PIPE, **environment: str) -> "subprocess.Popen[str]":
    """Start the command line in a process of its own."""
    return subprocess.Popen(
        [*GRIMCHE, *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
    )


def test_help_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` ends with 0 and lists the commands in a newcomer's order."""
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    commands = [line.split()[0] for line in shown.partition("Commands:")[2].strip().splitlines()]
    assert commands[:3] == ["demo", "serve", "similar"]
    assert "..." not in shown.partition("Commands:")[2]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` names the program and its version."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("grimche 0.")


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["similar"], ["similar", "--top", "many", "x.jpg"], ["--language", "fr", "status"]],
    ids=" ".join,
)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong use ends with 1 and shows the usage."""
    assert run(arguments) == 1
    assert "Usage:" in capsys.readouterr().err


def test_wrong_settings(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong settings end with 1 and one sentence that names all of them."""
    monkeypatch.setenv("GRIMCHE_THREADS", "none")
    monkeypatch.setenv("GRIMCHE_WEBPORT", "1")
    assert run(["status"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "GRIMCHE_THREADS" in said
    assert "GRIMCHE_WEBPORT" in said


def test_unexpected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody expected ends with 3, one sentence with a reference, and a report in the data folder."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.app.open_service", fail)
    assert run(["--data", str(tmp_path / "data"), "status"]) == 3
    said = capsys.readouterr().err
    (report,) = (tmp_path / "data" / "logs").iterdir()
    assert said.count("\n") == 1
    assert str(report) in said
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")


def test_errors_speak_the_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An error is said in the language asked for."""
    (tmp_path / "pic.jpg").write_bytes(b"")
    assert (
        run(["--language", "ko", "--data", str(tmp_path / "data"), "similar", str(tmp_path / "pic.jpg")]) == 1
    )
    assert "카탈로그가 비어 있어요" in capsys.readouterr().err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_interrupted(number: signal.Signals, code: int, tmp_path: Path) -> None:
    """Ctrl-C stops the server with 130, and a request to end with 0; neither with a traceback."""
    with start("--data", str(tmp_path / "data"), "serve", "--port", "0", "--no-browser") as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Grimche listens at http://127.0.0.1:")
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert (said.splitlines()[-1] == "Stopped.") is (number is signal.SIGINT)
    assert "Traceback" not in said


IGNORING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.execv(sys.executable, [sys.executable, "-m", "bot", *sys.argv[1:]])
"""


def test_ends_in_the_background_too(tmp_path: Path) -> None:
    """A request to end also stops what a shell started with Ctrl-C ignored, as it does in scripts."""
    arguments = ["--data", str(tmp_path / "data"), "serve", "--port", "0", "--no-browser"]
    command = [sys.executable, "-c", IGNORING, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in said


def test_reader_that_had_enough(tmp_path: Path) -> None:
    """When nobody reads any more, as after `| head`, the end is quiet."""
    reader, writer = os.pipe()
    os.close(reader)
    with start("--data", str(tmp_path / "data"), "status", stdout=writer) as process:
        os.close(writer)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, "")


def test_terminal_without_hangul(tmp_path: Path) -> None:
    """A terminal that cannot show Hangul gets escapes instead of a failure."""
    with start(
        "--data", str(tmp_path / "data"), "--language", "ko", "like", "제목", PYTHONIOENCODING="latin-1"
    ) as process:
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "\\uc81c\\ubaa9" in said


AS_NOBODY = """
import os, sys
from bot.__main__ import run

run(["--data", sys.argv[1], "similar", "-"])  # loads everything, which nobody may not read everywhere
if os.getuid() == 0:  # who may write everywhere
    os.setuid(65534)
sys.exit(run(["--data", sys.argv[2], "status"]))
"""


def test_read_only_data_folder(tmp_path: Path) -> None:
    """A data folder that may not be written ends with 1 and says so."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        ended = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, tmp_path, f"{folder}/data"],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            input="",
        )
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[1:] == [
        f"{folder}/data/grimche.db may not be written; give this user write permission to its folder."
    ]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 300 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only the superuser may mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_full_disk(small_disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A disk that fills up ends the work with 1 and one sentence, and the catalogue can still be read."""
    data = ["--data", str(small_disk / "data")]
    assert run([*data, "scrape", "--source", "sample", "--artists", "3", "--episodes", "10"]) == 1
    assert capsys.readouterr().err == (
        f"The disk that holds {small_disk}/data/grimche.db is full; free some space and try again.\n"
    )
    assert run([*data, "status"]) == 0
