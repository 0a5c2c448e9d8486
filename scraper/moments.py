"""Understand how platforms write days and times."""

from datetime import UTC, date, datetime, timedelta, timezone

KOREA = timezone(timedelta(hours=9))


def korean_day(moment: str) -> date | None:
    """Read the day in Korea of an ISO 8601 time; one without a zone is Korean, and no time gives None."""
    try:
        read = datetime.fromisoformat(moment)
        return (read if read.tzinfo else read.replace(tzinfo=KOREA)).astimezone(KOREA).date()
    except (ValueError, OverflowError):
        return None


def written_day(day: str, *, pattern: str) -> date | None:
    """Read a day that is written without a time in `pattern`, or give None."""
    try:
        return datetime.strptime(day, pattern).replace(tzinfo=KOREA).date()
    except ValueError:
        return None


def day_of_milliseconds(milliseconds: int) -> date | None:
    """Read the day in UTC of a time in milliseconds since 1970; a time that is none gives None."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date() if milliseconds > 0 else None
    except (ValueError, OverflowError, OSError):
        return None
