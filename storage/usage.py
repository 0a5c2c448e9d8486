"""How much the doors of chat networks are used."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from storage.database import Connection
from storage.values import from_moment, to_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """One day, in UTC: how many questions, and by how many people."""

    day: date
    queries: int
    people: int
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationVerdicts:
    """How many answers of a generation people judged, and how."""

    generation: str
    answers: int
    up: int
    down: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """An answer that somebody judged bad: `reference` is its question's token, `titles` what was found.

    It is for people to look into, and never says by itself what would have been right.
    """

    asked: datetime
    reference: str
    generation: str
    titles: tuple[str, ...]


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
    generations: tuple[GenerationVerdicts, ...] = ()


_TOTALS = """
SELECT count(*), coalesce(sum(state IN ('answered', 'sending')), 0), coalesce(sum(state = 'failed'), 0),
    count(DISTINCT person), coalesce(sum(verdict = 1), 0), coalesce(sum(verdict = -1), 0)
FROM queries WHERE asked >= :since
"""

_SECONDS = """
SELECT seconds FROM queries WHERE asked >= :since AND answer IS NOT NULL ORDER BY seconds
"""

_DAYS = """
SELECT substr(asked, 1, 10) AS day, count(*), count(DISTINCT person), sum(state = 'failed')
FROM queries WHERE asked >= :since GROUP BY day ORDER BY day
"""


_GENERATIONS = """
SELECT answer ->> 'generation' AS generation, count(*), sum(verdict = 1), sum(verdict = -1)
FROM queries WHERE asked >= :since AND answer IS NOT NULL
GROUP BY generation ORDER BY max(id) DESC
"""

_COMPLAINTS = """
SELECT asked, token, answer ->> 'generation', (
    SELECT json_group_array(title) FROM (
        SELECT webtoons.title FROM json_each(answer, '$.matches') AS matches
        JOIN webtoons ON webtoons.id = matches.value ->> 1 ORDER BY matches.value ->> 0 LIMIT :titles))
FROM queries WHERE verdict = -1 AND asked >= :since AND answer IS NOT NULL
ORDER BY id DESC LIMIT :limit
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
            DayFigures(day=date.fromisoformat(day), queries=count, people=asked, failed=unanswered)
            for day, count, asked, unanswered in await connection.rows(_DAYS, values)
        ),
        generations=tuple(
            GenerationVerdicts(generation=generation, answers=count, up=good, down=bad)
            for generation, count, good, bad in await connection.rows(_GENERATIONS, values)
        ),
    )


async def list_complaints(
    connection: Connection, since: datetime, *, limit: int = 10, titles: int = 3
) -> list[Complaint]:
    """List answers that people judged bad, the newest first, each with its best `titles`."""
    values = {"since": from_moment(since), "limit": limit, "titles": titles}
    return [
        Complaint(
            asked=to_moment(asked), reference=token, generation=generation, titles=tuple(json.loads(found))
        )
        for asked, token, generation, found in await connection.rows(_COMPLAINTS, values)
    ]


def _share_of(times: list[float], share: float) -> float:
    """Tell in how many seconds a share of sorted times lies, 0 where there are none."""
    return times[min(int(len(times) * share), len(times) - 1)] if times else 0.0
