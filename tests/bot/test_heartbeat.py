import asyncio
import json
import logging
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.__main__ import run
from bot.faults import KEPT, Faults
from bot.heartbeat import FOLDER, STALE, alone, beating, read_beats
from bot.lives import DoorState
from bot.observed import Observed

DIE = """
import asyncio, os, signal, sys
from pathlib import Path
from bot.heartbeat import FOLDER, beating
from bot.observed import Observed

async def serve():
    observed = Observed()
    async with beating(Path({data!r}), observed, every=0.01):
        import logging
        logging.getLogger("bot.doors").error("telegram broke (reference 0123abcd); it opens again")
        while not any("0123abcd" in path.read_text() for path in Path({data!r}, FOLDER).glob("*.json")):
            await asyncio.sleep(0.01)
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(serve())
"""

log = logging.getLogger("bot.test")


@pytest.fixture
def observed() -> Observed:
    """Give what a process with one open door knows of itself."""
    observed = Observed()
    observed.lives.note("telegram", DoorState.OPEN)
    return observed


async def test_others_see_it(observed: Observed, tmp_path: Path) -> None:
    """While a process serves, others read how it stands, and afterwards nothing."""
    async with beating(tmp_path, observed):
        (seen,) = await asyncio.to_thread(read_beats, tmp_path)
    assert (seen.beat.doors, seen.is_stuck) == (observed.lives.all(), False)
    assert seen.beat.memory > 1_000_000
    assert read_beats(tmp_path) == []


async def test_hung_process_is_stuck(observed: Observed, tmp_path: Path) -> None:
    """A process that lives but has not beaten for long is stuck."""
    async with beating(tmp_path, observed):
        later = observed.beat().at + STALE + timedelta(seconds=1)
        assert [seen.is_stuck for seen in read_beats(tmp_path, now=later)] == [True]


async def test_two_processes(observed: Observed, tmp_path: Path) -> None:
    """Two that serve one folder are both seen."""
    async with beating(tmp_path, observed), beating(tmp_path, Observed()):
        assert len(read_beats(tmp_path)) == 2


async def test_nobody_is_alone_beside_it(observed: Observed, tmp_path: Path) -> None:
    """Who wants the folder for himself is told of a process that serves."""
    async with beating(tmp_path, observed):
        with alone(tmp_path) as is_alone:
            assert not is_alone
    with alone(tmp_path) as is_alone:
        assert is_alone


async def test_killed_process_is_gone(observed: Observed, tmp_path: Path) -> None:
    """A killed process does not run for others, and the next one still knows its last errors."""
    code = DIE.format(data=str(tmp_path))
    await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code], check=False)
    assert list((tmp_path / FOLDER).glob("*.json"))
    assert read_beats(tmp_path) == []
    async with beating(tmp_path, observed):
        assert [fault.reference for fault in observed.beat().faults] == ["0123abcd"]
    assert list((tmp_path / FOLDER).glob("*.json")) == []


async def test_a_beat_that_was_being_written_goes(observed: Observed, tmp_path: Path) -> None:
    """What a killed process had begun is removed by the next one, but nothing of one that lives."""
    async with beating(tmp_path, observed):
        (lock,) = (tmp_path / FOLDER).glob("*.lock")
        living = lock.with_name(f".{lock.stem}.json.abc")
        dead = lock.with_name(".0123456789abcdef.json.abc")
        for path in (living, dead):
            path.write_text("{")
        async with beating(tmp_path, Observed()):
            assert (living.exists(), dead.exists()) == (True, False)


async def test_read_only_folder_still_serves(
    observed: Observed, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Where nothing can be written, the process serves unseen and says so."""
    (tmp_path / FOLDER).write_text("a file in the way")
    async with beating(tmp_path, observed):
        assert read_beats(tmp_path) == []
    assert "other processes do not see this one" in caplog.text


async def test_status_shows_it(
    observed: Observed, filled_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`grimche status`, another process than the serving one, shows its doors, queue and errors."""
    async with beating(filled_data, observed, every=0.01):
        log.error("an update failed (reference 89abcdef)")
        observed.lives.note("discord", DoorState.AWAY, why="ClientError")
        while len(read_beats(filled_data)[0].beat.doors) < 2:  # noqa: ASYNC110  a file sets no event
            await asyncio.sleep(0.01)
        assert await asyncio.to_thread(run, ["--data", str(filled_data), "status"]) == 0
        shown = capsys.readouterr().out
        assert await asyncio.to_thread(run, ["--data", str(filled_data), "status", "--json"]) == 0
    assert "door telegram\topen since" in shown
    assert ": ClientError" in shown
    assert "89abcdef an update failed" in shown
    (process,) = json.loads(capsys.readouterr().out)["serving"]
    assert [door["state"] for door in process["doors"]] == ["open", "away"]


def test_errors_hold_nothing_of_users() -> None:
    """Of an exception only its kind is kept, and nothing of what libraries log."""
    faults = Faults()
    for name in ("bot.desk", "telegram.ext"):
        try:
            raise ValueError("what somebody wrote")  # noqa: TRY301  it is to be logged here
        except ValueError:
            record = logging.getLogger(name).makeRecord(
                name, logging.ERROR, "", 0, "a call failed", (), sys.exc_info()
            )
        faults.emit(record)
    assert [fault.sentence for fault in faults.all()] == ["a call failed: ValueError"]


def test_errors_are_bounded() -> None:
    """The last errors are kept, the older ones forgotten."""
    faults = Faults()
    for number in range(KEPT + 5):
        faults.emit(logging.makeLogRecord({"name": "bot", "msg": f"error {number}", "levelno": 40}))
    assert (len(faults.all()), faults.all()[-1].sentence) == (KEPT, f"error {KEPT + 4}")
