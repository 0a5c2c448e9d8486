from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import texts
from bot.faults import Fault
from bot.figures import complaints_text, duration, fitting, status_text
from bot.heartbeat import Seen
from bot.lives import DoorState, Life
from bot.observed import Beat
from bot.standing import Status
from bot.texts import Language
from storage.records import Counts
from storage.usage import Complaint

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EN, KO = texts.get(Language.EN), texts.get(Language.KO)
BEAT = Beat(
    pid=1,
    version="1",
    started=NOON - timedelta(days=3, hours=4, minutes=5),
    at=NOON,
    doors=(Life(door="telegram", state=DoorState.AWAY, since=NOON, why="NetworkError"),),
    running=2,
    waiting=3,
    rejected=4,
    memory=150_000_000,
    lag=0.0,
    faults=(Fault(when=NOON, reference="0123abcd", sentence="a call failed: ValueError"),),
)
STATUS = Status(
    version="1",
    generation="g",
    vectors=0,
    counts=Counts(webtoons=0, artists=0, episodes=0, pictures=0, picture_bytes=0),
    jobs=(),
    data=Path("data"),
    data_bytes=0,
    disk_free=12_300_000_000,
    disk_total=0,
    processes=(Seen(beat=BEAT, is_stuck=True),),
)


def test_status_says_what_serves() -> None:
    """Uptime, memory, queue, doors with their trouble, errors and a missing sign of life are said."""
    said = status_text(STATUS, EN)
    assert "Serving for 3d 04:05, 150 MB of memory" in said
    assert "2 working, 3 waiting, 4 sent away" in said
    assert "telegram: its network does not answer since 2026-03-01 12:00 UTC: NetworkError" in said
    assert "0123abcd · a call failed: ValueError" in said
    assert "no" in said.partition("sign of life")[0]
    assert "12.3 GB free" in said


def test_status_without_a_process() -> None:
    """Where nothing serves, that is said in either language."""
    idle = replace(STATUS, processes=())
    assert EN.format("chat-status-not-serving") in status_text(idle, EN)
    assert KO.format("chat-status-not-serving") in status_text(idle, KO)


@pytest.mark.parametrize(
    ("seconds", "written"), [(0, "0d 00:00"), (59, "0d 00:00"), (86_400 + 3_660, "1d 01:01")]
)
def test_duration(seconds: float, written: str) -> None:
    """A duration is written in days, hours and minutes."""
    assert duration(seconds) == written


def test_parts_that_do_not_fit_are_left_out() -> None:
    """The first parts of a message are kept, and what is too long is left out whole."""
    assert fitting(["ab", "", "cd", "toolong", "e"], most=9) == "ab\n\ncd\n\ne"


def test_complaints_name_what_was_found() -> None:
    """A complaint has its reference and short titles; without any there is no heading."""
    complaint = Complaint(asked=NOON, reference="token", generation="g", titles=("가" * 60, "나"))
    said = complaints_text([complaint], KO)
    assert "token" in said
    assert "가" * 39 + "…, 나" in said
    assert complaints_text([], KO) == ""
