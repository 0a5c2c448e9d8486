"""`grimche train`: followed again, ended, and refused."""

import asyncio
import io
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from bot.__main__ import run
from bot.settings import Settings, load_settings
from bot.training_job import Wish
from storage import database, jobs
from storage.processes import birth
from storage.records import Job, JobKind, JobState
from tests.retraining import end

WISH = ["--init", "scratch", "--minimum", "2"]


@pytest.fixture
def own(own_data: Path) -> Settings:
    """Read settings of a filled data folder that may be changed."""
    return load_settings({"data": own_data})


async def train(settings: Settings, *options: str) -> Process:
    """Run the command as its users do."""
    command = [sys.executable, "-m", "bot", "--data", str(settings.data), "train", *options]
    return await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)


async def record(settings: Settings, wish: Wish) -> int:
    """Record a retrain that this process does."""
    async with database.connect(settings.database) as connection:
        return await jobs.start(connection, JobKind.RETRAIN, who="test", wish=wish.to_record())


async def latest(settings: Settings) -> Job | None:
    """Look up the newest retrain."""
    async with database.connect(settings.database, read_only=True) as connection:
        return await jobs.last(connection, JobKind.RETRAIN)


async def damage_one(settings: Settings) -> None:
    """Let a picture of the catalogue be unreadable."""
    async with database.connect(settings.database) as connection, database.transaction(connection):
        await connection.rows(
            "UPDATE pictures SET data = zeroblob(size)"
            " WHERE sha256 = (SELECT picture FROM episodes WHERE picture IS NOT NULL LIMIT 1)"
        )


class Terminal(io.StringIO):
    """Somebody who answers."""

    def isatty(self) -> bool:
        """Be one."""
        return True


def test_asks_before_it_begins(
    own: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it would be trained on is said first, and where a terminal says no, nothing begins."""
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert run(["--data", str(own.data), "train", *WISH]) == 0
    said = capsys.readouterr().err
    assert "Artists: 3, thumbnails: 36; on this machine it takes about" in said
    assert "Start? [y/N]" in said
    assert asyncio.run(latest(own)) is None


def test_too_little_to_train_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty catalogue cannot be trained on, which ends with 1 and one sentence, and starts nothing."""
    assert run(["--data", str(tmp_path / "data"), "train", "--epochs", "1"]) == 1
    assert "Training is not possible: " in capsys.readouterr().err
    assert not (tmp_path / "data" / "logs").exists()


def test_a_seed_too_large_is_refused(own: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """A seed that no generator takes is a wrong argument, and nothing is started."""
    assert run(["--data", str(own.data), "train", "--seed", "99999999999"]) == 1
    assert "--seed" in capsys.readouterr().err
    assert asyncio.run(latest(own)) is None


def test_damaged_pictures_are_told_of(
    own: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`export-set` says how many pictures it had to leave out."""
    asyncio.run(damage_one(own))
    assert run(["--data", str(own.data), "export-set", str(tmp_path / "set"), "--minimum", "2"]) == 0
    assert " pictures, 1 damaged left out" in capsys.readouterr().out


async def test_the_same_command_follows_what_runs(own: Settings) -> None:
    """After its command line was killed a training is found again, and its end becomes the exit code."""
    job = await record(own, Wish(init="scratch", minimum=2, resumed=1))
    process = await train(own, *WISH)
    assert process.stderr is not None
    assert f"Retrain {job} is running already" in (await process.stderr.readline()).decode()
    await end(own, job, JobState.CANCELLED)
    assert await process.wait() == 130
    last = await latest(own)
    assert last is not None
    assert last.id == job


def test_another_command_is_refused(own: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """While another training runs than is wished for, that is said, and neither is touched."""
    job = asyncio.run(record(own, Wish(init="scratch", minimum=2)))
    assert run(["--data", str(own.data), "train", *WISH, "--quick"]) == 1
    assert "Another process is running this job (retrain)" in capsys.readouterr().err
    last = asyncio.run(latest(own))
    assert last is not None
    assert (last.id, last.stop_asked) == (job, False)


def test_is_stopped_from_elsewhere(own: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    """`--stop` asks whatever trains to end; where nothing does, it says so."""
    assert run(["--data", str(own.data), "train", "--stop"]) == 0
    job = asyncio.run(record(own, Wish()))
    assert run(["--data", str(own.data), "train", "--stop"]) == 0
    assert capsys.readouterr().out == f"no retrain runs\nretrain {job} is being stopped\n"
    last = asyncio.run(latest(own))
    assert last is not None
    assert last.stop_asked


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_an_interrupt_at_the_beginning_ends_it(own: Settings) -> None:
    """Ctrl-C before the process that trains has a record ends with 130, and nothing goes on."""
    pytest.importorskip("keras")
    process = await train(own, *WISH)
    while not (own.logs / "retrain.log").exists():  # noqa: ASYNC110  nobody tells
        await asyncio.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert await process.wait() == 130
    last = await latest(own)
    assert last is not None
    assert last.state is JobState.CANCELLED


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_it_outlives_its_command_line(own: Settings) -> None:
    """A training goes on when its command line is killed; the same command finds it, and ends it."""
    pytest.importorskip("keras")
    process = await train(own, *WISH, "--epochs", "500")
    while (job := await latest(own)) is None:  # noqa: ASYNC110  nobody tells
        await asyncio.sleep(0.05)
    process.kill()
    await process.wait()
    assert birth(job.pid) is not None
    again = await train(own, *WISH, "--epochs", "500")
    assert again.stderr is not None
    assert f"Retrain {job.id} " in (await again.stderr.readline()).decode()
    again.send_signal(signal.SIGINT)
    assert await again.wait() == 130
    last = await latest(own)
    assert last is not None
    assert (last.id, last.state) == (job.id, JobState.CANCELLED)
    while birth(job.pid) is not None:  # noqa: ASYNC110  it ends just after it has said so
        await asyncio.sleep(0.05)
