"""Read the five fields of cron as cron does: 0 and 7 are Sunday, which APScheduler takes for other days."""

import re
from typing import Final

from apscheduler.triggers.cron import CronTrigger

_NAMES: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_DAY = "|".join(("[0-7]", *_NAMES))
_DAYS = re.compile(
    rf"(?:\*|(?P<first>{_DAY})(?:-(?P<last>{_DAY}))?)(?:/(?P<step>[1-9][0-9]*))?", re.IGNORECASE
)
_WEEKDAYS: Final = 4  # the field of the days of the week


def read_cron(cron: str, *, zone: str = "UTC") -> CronTrigger:
    """Read times of day in a zone, as in "30 4 * * 1-5"; raises ValueError."""
    fields = cron.split()
    fields[_WEEKDAYS:] = [_named(field) for field in fields[_WEEKDAYS:]]
    return CronTrigger.from_crontab(" ".join(fields), timezone=zone)


def _named(field: str) -> str:
    """Name the days of the week that a field has, in place of their numbers."""
    return ",".join(_NAMES[day % len(_NAMES)] for part in field.split(",") for day in _days(part))


def _days(part: str) -> range:
    """Count the days of a number, a range or a star, from Sunday's 0 to Sunday's 7."""
    found = _DAYS.fullmatch(part)
    if found is None:
        raise ValueError(f"{part} is no day of the week")
    first, last, step = (found[name] for name in ("first", "last", "step"))
    begin = _number(first or "0")
    end = begin if first and not step else len(_NAMES) - 1
    if last:
        end = _number(last) or (len(_NAMES) if begin else 0)
    days = range(begin, end + 1, int(step or 1))
    if not days:
        raise ValueError(f"{part} ends before it begins")
    return days


def _number(day: str) -> int:
    return int(day) if day.isdecimal() else _NAMES.index(day.lower())
