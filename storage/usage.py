"""How much the doors of chat networks are used."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.database import Connection
from storage.values import from_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """One day, in UTC: how many questions, and by how many people."""

    day: date
    queries: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Questions and their ends since a moment; `median` and `p95` are seconds from question to answer."""

    queries: int
    answered: int
    failed: int
    people: int
    median: float
    p95: float
    up: int
    down: int
    days: tuple[DayFigures, ...]


_TOTALS = """
SELECT count(*), coalesce(sum(state IN ('answered', 'sending')), 0), coalesce(sum(state = 'failed'), 0),
    count(DISTINCT person), coalesce(sum(verdict = 1), 0), coalesce(sum(verdict = -1), 0)
FROM queries WHERE asked >= :since
"""

_SECONDS = """
SELECT seconds FROM queries WHERE asked >= :since AND answer IS NOT NULL ORDER BY seconds
"""

_DAYS = """
SELECT substr(asked, 1, 10) AS day, count(*), count(DISTINCT person)
FROM queries WHERE asked >= :since GROUP BY day ORDER BY day
"""


async def count_queries(connection: Connection, since: datetime) -> Figures:
    """Count the questions that came since a moment."""
    values = {"since": from_moment(since)}
    queries, answered, failed, people, up, down = (await connection.rows(_TOTALS, values))[0]
    times = [seconds for (seconds,) in await connection.rows(_SECONDS, values)]
    return Figures(
        queries=queries,
        answered=answered,
        failed=failed,
        people=people,
        median=_share_of(times, 0.5),
        p95=_share_of(times, 0.95),
        up=up,
        down=down,
        days=tuple(
            DayFigures(day=date.fromisoformat(day), queries=count, people=asked)
            for day, count, asked in await connection.rows(_DAYS, values)
        ),
    )


def _share_of(times: list[float], share: float) -> float:
    """Tell in how many seconds a share of sorted times lies, 0 where there are none."""
    return times[min(int(len(times) * share), len(times) - 1)] if times else 0.0
