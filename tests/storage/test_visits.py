from datetime import timedelta

from storage import jobs
from storage.catalogue import get_webtoon
from storage.database import Connection, transaction
from storage.records import JobKind, JobState, Platform, Status, Visited
from storage.visits import last_new_episode, list_visited, mark_gone, mark_seen, save_visit
from tests.storage.examples import SEEN, a_webtoon, save_all

LATER = SEEN + timedelta(days=1)


async def test_what_was_never_visited(connection: Connection) -> None:
    """A webtoon that nobody asked about is listed without times."""
    async with transaction(connection):
        await save_all(connection, a_webtoon(), pictures=[])
    assert await list_visited(connection, Platform.SAMPLE) == [
        Visited(webtoon_id=1, platform_id="신의 탑", status=Status.ONGOING, seen=SEEN)
    ]
    assert await list_visited(connection, Platform.NAVER) == []


async def test_a_visit_leaves_the_last_survey(connection: Connection) -> None:
    """A visit that asked for the newest episodes only does not count as having asked for all."""
    async with transaction(connection):
        await save_all(connection, a_webtoon(), pictures=[])
        await save_visit(connection, 1, mark="a", visited=SEEN, whole=True)
        await save_visit(connection, 1, mark="b", visited=LATER, whole=False)
    (visited,) = await list_visited(connection, Platform.SAMPLE)
    assert (visited.mark, visited.visited, visited.surveyed) == ("b", LATER, SEEN)


async def test_seen_and_gone(connection: Connection) -> None:
    """A webtoon that vanished is marked, with all it had."""
    async with transaction(connection):
        await save_all(connection, a_webtoon(), pictures=[1])
        await mark_seen(connection, [1], seen=LATER)
        await mark_gone(connection, 1)
    stored = await get_webtoon(connection, 1)
    assert stored is not None
    assert (stored.last_seen, stored.webtoon.status, stored.episodes) == (LATER, Status.GONE, 1)


async def test_when_something_last_came(connection: Connection) -> None:
    """Only scrapes of that platform which brought episodes count."""
    for source, episodes in (("naver", 3), ("naver", 0), ("kakao", 2)):
        async with transaction(connection):
            job = await jobs.start(connection, JobKind.SCRAPE, who="x")
            figures = {"source": source, "new_episodes": episodes}
            await jobs.finish(connection, job, state=JobState.DONE, figures=figures)
    finished = [job.finished for job in await jobs.recent(connection)]
    assert await last_new_episode(connection, Platform.NAVER) == finished[2]
    assert await last_new_episode(connection, Platform.WEBTOONS) is None
