import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from bot.__main__ import run
from tests.telegram_server import Person, TelegramServer

pytestmark = pytest.mark.slow

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


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    """Run a local Telegram."""
    async with TelegramServer() as telegram:
        yield telegram


@pytest.fixture
def mina(telegram: TelegramServer) -> Person:
    """Let somebody join."""
    return telegram.person("Mina")


@asynccontextmanager
async def bot_of(
    telegram: TelegramServer, data: Path, *arguments: str, token: str = ""
) -> AsyncIterator[Process]:
    """Run the bot as its users do, with all its logs; a process that still runs is ended."""
    environment = {
        **os.environ,
        "GRIMCHE_TELEGRAM_TOKEN": token or telegram.token,
        "GRIMCHE_TELEGRAM_API": telegram.api,
        "GRIMCHE_TELEGRAM_FILES": telegram.files,
        "GRIMCHE_LOG_LEVEL": "debug",
    }
    command = [sys.executable, "-m", "bot", "--data", str(data), "serve", "--no-browser", *arguments]
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE, env=environment)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ended(process: Process) -> tuple[int | None, str]:
    """Read until a process has ended, and give its exit code and what it said."""
    out, said = await process.communicate()
    return process.returncode, (out + said).decode()


async def asked_for_file(telegram: TelegramServer) -> None:
    """Wait until the bot has begun to fetch a picture."""
    while not telegram.calls("getFile"):  # noqa: ASYNC110  the server has no event for it
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
async def test_answers_in_work_are_finished(
    telegram: TelegramServer, mina: Person, own_data: Path, thumbnail: bytes, *, number: int, code: int
) -> None:
    """A bot that is told to end first answers what it has taken on, and has told nobody its token."""
    telegram.slow("getFile", 0.5, times=1)
    async with bot_of(telegram, own_data) as process:
        ending = asyncio.create_task(ended(process))  # a pipe that nobody reads fills up
        await mina.sends(mina.private, photo=thumbnail)
        await asked_for_file(telegram)
        process.send_signal(number)
        answer = await mina.private.answer(timeout=60)
        returned, said = await ending
    assert "\n1. " in answer.caption
    assert returned == code
    assert telegram.token.partition(":")[2] not in said
    assert "/bot[secret]/getMe" in said


async def test_refused_token_leaves_the_web_chat(telegram: TelegramServer, own_data: Path) -> None:
    """A token that Telegram does not know is said in a sentence, and the web chat is served."""
    wrong = f"999:{'x' * 35}"
    async with bot_of(telegram, own_data, "--web", "--port", "0", token=wrong) as process:
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().removeprefix("Grimche listens at ").strip()
        assert await asyncio.to_thread(get, f"{url}healthz") == b"ok\n"
        assert process.stderr is not None
        while b"GRIMCHE_TELEGRAM_TOKEN" not in (said := await process.stderr.readline()):
            assert said
            assert b"xxxx" not in said
        process.send_signal(signal.SIGTERM)
        returned, _ = await ended(process)
    assert returned == 0


async def test_refused_token_alone(telegram: TelegramServer, own_data: Path) -> None:
    """Without another door a refused token ends the process with 1 and one sentence."""
    async with bot_of(telegram, own_data, token=f"999:{'x' * 35}") as process:
        returned, said = await ended(process)
    assert returned == 1
    assert said.splitlines()[-1].startswith("Telegram refuses the token")
    assert "Traceback" not in said


async def test_json_log_has_no_other_lines(
    telegram: TelegramServer, own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the log is JSON, each line is an object, also those that say why nothing is served any more."""
    monkeypatch.setenv("GRIMCHE_LOG_FORMAT", "json")
    async with bot_of(telegram, own_data, token=f"999:{'x' * 35}") as process:
        returned, said = await ended(process)
    assert returned == 1
    lines = [json.loads(line) for line in said.splitlines()]
    errors = [line["message"] for line in lines if line["level"] == "error"]
    assert [message.partition(":")[0] for message in errors] == [
        "telegram is closed",
        "nothing is served any more",
    ]


async def test_second_interrupt_does_not_wait(
    telegram: TelegramServer, mina: Person, own_data: Path, thumbnail: bytes
) -> None:
    """Who presses Ctrl-C twice does not want to wait for answers in work."""
    telegram.slow("getFile", 600)
    async with bot_of(telegram, own_data) as process:
        ending = asyncio.create_task(ended(process))
        await mina.sends(mina.private, photo=thumbnail)
        await asked_for_file(telegram)
        polls = len(telegram.calls("getUpdates"))
        process.send_signal(signal.SIGINT)
        while len(telegram.calls("getUpdates")) == polls:  # noqa: ASYNC110  the last one confirms
            await asyncio.sleep(0.01)
        process.send_signal(signal.SIGINT)
        returned, said = await ending
    assert returned == 130
    assert said.splitlines()[-1] == "Stopped."
