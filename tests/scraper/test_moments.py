"""Days and times as platforms write them."""

from datetime import date

import pytest

from scraper.moments import day_of_milliseconds, korean_day, written_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-03T22:01:03+09:00", date(2026, 3, 3)),
        ("2022-01-03T15:00:00.000Z", date(2022, 1, 4)),
        ("2026-03-03T23:59:59", date(2026, 3, 3)),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_in_korea(moment: str, day: date | None) -> None:
    """A time gives the day that it is in Korea, and no time gives none."""
    assert korean_day(moment) == day


@pytest.mark.parametrize(
    ("written", "day"), [("26.09.22", date(2026, 9, 22)), ("31일 후 무료", None), ("26.13.01", None)]
)
def test_a_written_day(written: str, day: date | None) -> None:
    """A day is read as its pattern says."""
    assert written_day(written, pattern="%y.%m.%d") == day


@pytest.mark.parametrize(
    ("milliseconds", "day"), [(1519707600000, date(2018, 2, 27)), (0, None), (-5, None), (2**53, None)]
)
def test_a_day_of_milliseconds(milliseconds: int, day: date | None) -> None:
    """Milliseconds give the day that it was in Greenwich; what is no time gives none."""
    assert day_of_milliseconds(milliseconds) == day
