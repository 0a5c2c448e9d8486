from datetime import UTC, datetime, timedelta

import pytest

from bot.cron import read_cron

SUNDAY = datetime(2026, 3, 1, tzinfo=UTC)
WEEK = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def days_of(field: str) -> list[str]:
    """List the days of a week on which something runs."""
    trigger, moment, found = read_cron(f"0 12 * * {field}"), SUNDAY, list[str]()
    while (moment := trigger.get_next_fire_time(None, moment)) < SUNDAY + timedelta(days=7):
        found.append(WEEK[(moment - SUNDAY).days])
        moment += timedelta(seconds=1)
    return found


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("0", ["sun"]),
        ("7", ["sun"]),
        ("1-5", ["mon", "tue", "wed", "thu", "fri"]),
        ("5-7", ["sun", "fri", "sat"]),
        ("sat-sun", ["sun", "sat"]),
        ("0-2", ["sun", "mon", "tue"]),
        ("0,3,Fri", ["sun", "wed", "fri"]),
        ("*/2", ["sun", "tue", "thu", "sat"]),
        ("1-5/2", ["mon", "wed", "fri"]),
        ("*", list(WEEK)),
    ],
)
def test_days_of_the_week_are_those_of_cron(field: str, days: list[str]) -> None:
    """Numbers, ranges, lists, steps and names mean the days that they mean in a crontab."""
    assert days_of(field) == days


@pytest.mark.parametrize("cron", ["0 12 * * 8", "0 12 * * 5-3", "0 12 * * */0", "0 12 * * x", "0 12 * *", ""])
def test_what_is_no_cron_is_refused(cron: str) -> None:
    """A day that is none, and fields too few, are errors."""
    with pytest.raises(ValueError, match=r"."):
        read_cron(cron)
