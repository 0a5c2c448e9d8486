from dataclasses import replace
from datetime import date, timedelta

from storage.catalogue import get_webtoon, save_webtoon
from storage.database import Connection
from storage.queries import QueryState, add_query, finish_query, save_answer, save_verdict
from storage.usage import (
    Complaint,
    DayFigures,
    Figures,
    GenerationVerdicts,
    count_queries,
    list_complaints,
)
from tests.storage.examples import SEEN, a_made, a_query, a_webtoon, an_answer


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
            DayFigures(day=date(2026, 3, 1), queries=11, people=4, failed=1),
            DayFigures(day=date(2026, 3, 2), queries=10, people=4),
        ),
        generations=(GenerationVerdicts(generation="g", answers=20, up=2, down=1),),
    )


async def test_since(connection: Connection) -> None:
    """What came before the moment is not counted."""
    await add_query(connection, a_query())
    assert (await count_queries(connection, SEEN)).queries == 1
    assert (await count_queries(connection, SEEN + timedelta(microseconds=1))).queries == 0


async def test_generations(connection: Connection) -> None:
    """Verdicts are counted by the generation of the answer, the one that answered last first."""
    for number, (generation, verdict) in enumerate((("old", -1), ("old", 0), ("new", 1))):
        await add_query(connection, a_query(str(number)))
        made = a_made(answer=replace(an_answer(), generation=generation))
        await save_answer(connection, str(number), made=made, state=QueryState.ANSWERED)
        await save_verdict(connection, str(number), verdict=verdict)
    assert (await count_queries(connection, SEEN)).generations == (
        GenerationVerdicts(generation="new", answers=1, up=1, down=0),
        GenerationVerdicts(generation="old", answers=2, up=0, down=1),
    )


async def test_complaints(connection: Connection) -> None:
    """A complaint says when, what was found, best first, by which generation, and its reference."""
    ids = [await save_webtoon(connection, a_webtoon(title), seen=SEEN) for title in ("가", "나", "다")]
    stored = [found for id_ in ids if (found := await get_webtoon(connection, id_))]
    for name, verdict in (("good", 1), ("bad", -1)):
        await add_query(connection, a_query(name))
        made = a_made(answer=an_answer(*stored))
        await save_answer(connection, name, made=made, state=QueryState.ANSWERED)
        await save_verdict(connection, name, verdict=verdict)
    complaint = Complaint(asked=SEEN, reference="bad", generation="g", titles=("가", "나"))
    assert await list_complaints(connection, SEEN, titles=2) == [complaint]
    assert await list_complaints(connection, SEEN + timedelta(seconds=1)) == []
