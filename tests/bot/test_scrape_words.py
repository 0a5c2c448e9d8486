"""What is said of a scrape, by its record alone."""

import os
from datetime import UTC, datetime

import pytest

from bot import texts
from bot.scrape_words import lost_notice
from bot.texts import Language
from storage.errors import HostUnreachable, ShapeChanged
from storage.jobs import ABANDONED
from storage.records import Job, JobKind, JobState

EN = texts.get(Language.EN)
CHANGED = ShapeChanged(platform="naver", field="titleId", where="the list of webtoons")
UNREACHABLE = HostUnreachable(platform="naver", host="comic.naver.com", fault="timed out")


def ended(state: JobState, error: str = "", **figures: int | str) -> str:
    """Say how a scrape of Naver ended that another process did."""
    now = datetime.now(UTC)
    job = Job(
        id=1,
        kind=JobKind.SCRAPE,
        who="another",
        state=state,
        progress=0.5,
        figures={"source": "naver", **figures},
        error=error,
        pid=os.getpid(),
        started=now,
        finished=now,
    )
    return lost_notice(job, EN).text


def test_a_platform_that_another_process_could_not_reach_is_named() -> None:
    """A scrape that failed says why, and is not said to have been interrupted."""
    told = ended(JobState.FAILED, str(UNREACHABLE))
    assert told == f"{EN.format('scrape-done')}\n⚠ {UNREACHABLE}"


def test_a_changed_interface_that_another_process_met_is_told() -> None:
    """A degraded scrape says what it brought, which field has changed, and where to read more."""
    told = ended(JobState.DEGRADED, str(CHANGED), new_episodes=3, evidence="naver-titleId.txt")
    assert "3 new episodes" in told
    assert f"⚠ {CHANGED}" in told
    assert told.endswith(EN.format("scrape-degraded", file="naver-titleId.txt"))


@pytest.mark.parametrize(("state", "error"), [(JobState.FAILED, ABANDONED), (JobState.CANCELLED, "")])
def test_what_its_process_left_was_interrupted(state: JobState, error: str) -> None:
    """A scrape whose process died or ended is the one that was interrupted."""
    assert ended(state, error) == EN.format("scrape-interrupted")
