import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import AsyncMock

import pytest

from bot.schedule import Run, Schedule, is_missed, trigger_of
from storage import database

SEOUL = "Asia/Seoul"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NIGHTLY = "30 4 * * *"
YEARLY = "0 0 1 1 *"


def test_times_are_those_of_the_zone() -> None:
    """Half past four in Seoul is half past seven in the evening before, in UTC."""
    due = trigger_of(NIGHTLY, SEOUL, now=NOON).get_next_fire_time(None, NOON)
    assert timedelta() <= due - datetime(2026, 3, 2, 19, 30, tzinfo=UTC) <= timedelta(minutes=15)


def test_runs_come_a_little_later_by_chance() -> None:
    """No two bots ask at the same second, and none before its time or a quarter of an hour after it."""
    trigger = trigger_of(NIGHTLY, SEOUL, now=NOON)
    late = [
        trigger.get_next_fire_time(None, NOON) - datetime(2026, 3, 2, 19, 30, tzinfo=UTC) for _ in range(50)
    ]
    assert len(set(late)) > 1
    assert min(late) >= timedelta()
    assert max(late) <= timedelta(minutes=15)


def test_chance_leaves_frequent_runs_apart() -> None:
    """What runs every minute is at most a quarter of it late."""
    assert trigger_of("* * * * *", SEOUL, now=NOON).jitter == 15


@pytest.mark.parametrize(
    ("ago", "missed"),
    [(None, True), (timedelta(hours=2), False), (timedelta(hours=30), True), (timedelta(days=90), True)],
)
def test_what_should_have_run_meanwhile_is_missed(ago: timedelta | None, *, missed: bool) -> None:
    """A time that passed since the last run is one to make up for, and so is a first run."""
    last = ago and NOON - ago
    assert is_missed(NIGHTLY, SEOUL, last=last, now=NOON) is missed


def test_a_start_soon_after_the_time_makes_up_for_it() -> None:
    """Who starts within the quarter of an hour that chance may take still runs on that day."""
    due = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
    last = due - timedelta(days=1) + timedelta(minutes=20)
    assert is_missed(NIGHTLY, SEOUL, last=last, now=due + timedelta(seconds=1))
    assert not is_missed(NIGHTLY, SEOUL, last=last, now=due - timedelta(seconds=1))


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """Make an empty database."""
    await database.prepare(tmp_path / "grimche.db")
    return tmp_path / "grimche.db"


async def run_until_noted(path: Path, run: Run) -> datetime:
    """Open a schedule with something that was never run, and wait until it is noted as run."""
    async with Schedule(path, zone=SEOUL, soon=timedelta()) as schedule:
        await schedule.add("work", YEARLY, run)
        while (noted := await schedule.last("work")) is None:  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.01)
        return noted


async def run_until_cut_off(path: Path) -> None:
    """Begin a run that hangs, and end the process's schedule in its midst."""
    begun = asyncio.Event()

    async def hang() -> None:
        begun.set()
        await asyncio.Event().wait()

    async with Schedule(path, zone=SEOUL, soon=timedelta()) as schedule:
        await schedule.add("work", YEARLY, hang)
        await begun.wait()


async def test_what_ran_is_not_made_up_for_again(path: Path) -> None:
    """A run that ended is noted, and the next start leaves it alone."""
    run = AsyncMock()
    noted = await run_until_noted(path, run)
    assert await run_until_noted(path, run) == noted
    run.assert_awaited_once()


async def test_what_was_cut_off_is_made_up_for(path: Path) -> None:
    """A run that the end of the process interrupts is made again soon after the next start."""
    await run_until_cut_off(path)
    run = AsyncMock()
    await run_until_noted(path, run)
    run.assert_awaited_once()


async def test_an_end_is_no_error(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What the end of the process interrupts leaves no traceback in the log."""
    await run_until_cut_off(path)
    await asyncio.sleep(0)  # what the scheduler cancelled ends
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_what_broke_is_logged(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """An error that nobody foresaw leaves its traceback, and the run is not noted as one."""
    async with Schedule(path, zone=SEOUL, soon=timedelta()) as schedule:
        await schedule.add("work", YEARLY, AsyncMock(side_effect=ZeroDivisionError))
        while not caplog.records:  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.01)
        assert await schedule.last("work") is None
    assert "ZeroDivisionError" in caplog.text
