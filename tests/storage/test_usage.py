from dataclasses import replace
from datetime import date, timedelta

from storage.database import Connection
from storage.queries import QueryState, add_query, finish_query, save_answer, save_verdict
from storage.usage import DayFigures, Figures, count_queries
from tests.storage.examples import SEEN, a_made, a_query


async def test_nothing_yet(connection: Connection) -> None:
    """Without questions all figures are 0."""
    assert await count_queries(connection, SEEN) == Figures(
        queries=0, answered=0, failed=0, people=0, median=0, p95=0, up=0, down=0, days=()
    )


async def test_counts(connection: Connection) -> None:
    """Questions are counted by their end, person, verdict and day, with the time that they took."""
    for number in range(20):
        asked = SEEN + timedelta(days=number // 10)
        query = replace(a_query(str(number)), asked=asked, person=f"p{number % 4}")
        await add_query(connection, query)
        made = a_made(seconds=float(number))
        await save_answer(connection, str(number), made=made, state=QueryState.ANSWERED)
    await add_query(connection, replace(a_query("failed"), person="p0"))
    await finish_query(connection, "failed", state=QueryState.FAILED)
    for name, verdict in (("0", 1), ("1", 1), ("2", -1)):
        await save_verdict(connection, name, verdict=verdict)
    figures = await count_queries(connection, SEEN)
    assert figures == Figures(
        queries=21,
        answered=20,
        failed=1,
        people=4,
        median=10,
        p95=19,
        up=2,
        down=1,
        days=(
            DayFigures(day=date(2026, 3, 1), queries=11, people=4),
            DayFigures(day=date(2026, 3, 2), queries=10, people=4),
        ),
    )


async def test_since(connection: Connection) -> None:
    """What came before the moment is not counted."""
    await add_query(connection, a_query())
    assert (await count_queries(connection, SEEN)).queries == 1
    assert (await count_queries(connection, SEEN + timedelta(microseconds=1))).queries == 0
