import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scraper.refresh import Wishes
from storage import jobs
from storage.catalogue import find_webtoon, list_episodes
from storage.database import connect
from storage.errors import AlreadyRunning, BudgetSpent, GrimcheError, HostRefused, ShapeChanged, SourceError
from storage.records import JobState, Platform, Role, Status, StoredEpisode, StoredWebtoon
from tests.platforms.server import Fault, body, page, redirect, status
from tests.platforms.world import Work, World
from tests.scraper.naver_runs import Local, check, everything, published, scrape


@pytest.fixture
async def local() -> AsyncIterator[Local]:
    """Publish twelve works of five instalments."""
    async with published(World(works=12, instalments=60, drawings=2)) as local:
        yield local


async def stored(database: Path, work: Work) -> tuple[StoredWebtoon, list[StoredEpisode]]:
    """Read a work from the catalogue."""
    async with connect(database, read_only=True) as connection:
        found = await find_webtoon(connection, Platform.NAVER, platform_id=str(work.id))
        assert found is not None
        return found, await list_episodes(connection, found.id)


async def last_job(database: Path) -> tuple[JobState, str]:
    """Read how the last run ended."""
    async with connect(database, read_only=True) as connection:
        job = (await jobs.recent(connection))[0]
    return job.state, job.error


async def test_everything_arrives(local: Local, database: Path) -> None:
    """Works, roles, dates and thumbnails arrive, those that must be bought too."""
    report = await scrape(local, database)
    assert (report.new_webtoons, report.new_episodes, report.skipped, report.ended) == (12, 60, (), None)
    work = local.world.works[0]
    found, episodes = await stored(database, work)
    assert {(credit.artist, credit.role) for credit in found.webtoon.credits} == {
        *((one.name, Role.WRITER) for one in work.writers),
        *((one.name, Role.PAINTER) for one in work.painters),
        *((one.name, Role.ORIGINAL) for one in work.originals),
    }
    assert found.webtoon.synopsis == work.synopsis
    assert found.webtoon.genres == (work.genre,)
    assert found.webtoon.weekdays == work.weekdays
    assert [e.episode.number for e in episodes] == [each.no for each in work.instalments]
    assert [e.episode.published for e in episodes][:3] == [each.published for each in work.instalments][:3]
    assert all(e.picture for e in episodes)


async def test_a_second_run_asks_for_lists_only(local: Local, database: Path) -> None:
    """When nothing has changed, only the lists are asked for, and nothing is written but when it was seen."""
    await scrape(local, database)
    before = await everything(database)
    local.forget()
    report = await scrape(local, database)
    assert (report.visited, report.arrived) == (0, ())
    assert local.api.paths() == ["/api/webtoon/titlelist/weekday"] * 2
    assert local.images.paths() == []
    assert await everything(database) == before


async def test_only_what_is_new_is_fetched(local: Local, database: Path) -> None:
    """A badge for a new episode costs one page of episodes and the new thumbnails."""
    await scrape(local, database)
    local.world.publish(local.world.works[3], 2)
    local.forget()
    report = await scrape(local, database)
    assert (report.visited, report.new_episodes) == (1, 2)
    assert local.api.paths(of="/api/article") == ["/api/article/list"]
    assert len(local.images.paths()) == 2


async def test_older_pages_are_left_alone(database: Path) -> None:
    """Of a long work, no page is asked for behind the one that ends with a known episode."""
    async with published(World(works=1, instalments=70, drawings=2)) as local:
        await scrape(local, database)
        local.world.publish(local.world.works[0])
        local.forget()
        assert (await scrape(local, database)).new_episodes == 1
        assert local.api.paths(of="/api/article") == ["/api/article/list"]  # of four pages
        found = await everything(database)
        assert len(found[2]) == 71


async def test_a_new_upload_replaces_the_old(local: Local, database: Path) -> None:
    """A thumbnail that was uploaded anew takes the place of the old one, which goes."""
    await scrape(local, database)
    work = local.world.works[0]
    _, before = await stored(database, work)
    work.instalments[-1].upload, work.up = 2, True
    report = await scrape(local, database)
    _, after = await stored(database, work)
    assert (report.replaced, report.new_episodes) == (1, 0)
    assert [old.picture == new.picture for old, new in zip(before, after, strict=True)] == [True] * 4 + [
        False
    ]
    async with connect(database) as connection:
        assert await connection.rows("SELECT count(*) FROM pictures") == [(60,)]


@pytest.mark.slow
async def test_old_uploads_are_found_by_a_survey(local: Local, database: Path) -> None:
    """What changes without a sign is found when everything is asked for again, months later."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    await scrape(local, database, now=start)
    local.world.works[0].instalments[0].upload = 2
    assert (await scrape(local, database, now=start + timedelta(days=1))).replaced == 0
    assert (await scrape(local, database, now=start + timedelta(days=90))).replaced == 1


async def test_a_survey_loses_nothing(local: Local, database: Path) -> None:
    """What a platform said once stays when, months later, it says nothing of it."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    await scrape(local, database, now=start)
    before, _ = await stored(database, local.world.works[0])
    local.api.rename = {"synopsis": "x", "curationTagList": "x"}
    assert (await scrape(local, database, now=start + timedelta(days=90))).ended is None
    after, _ = await stored(database, local.world.works[0])
    assert len(local.api.paths(of="/api/article/list/info")) == 24
    assert after.webtoon == before.webtoon


async def test_what_needs_a_login_is_a_title(database: Path) -> None:
    """Works for adults are kept as titles, counted as gated, and not asked about again."""
    async with published(World(works=4, instalments=8, adults=1.0)) as local:
        local.world.works[0].age = 15
        report = await scrape(local, database)
        assert (report.gated, report.new_webtoons, report.ended) == (3, 4, None)
        assert len(local.api.paths(of="/api/article")) == 2
        found, episodes = await stored(database, local.world.works[1])
        assert (found.webtoon.title, episodes) == (local.world.works[1].title, [])
        local.forget()
        report = await scrape(local, database)
        assert (report.gated, local.api.paths(of="/api/article")) == (3, [])


async def test_what_vanished_is_looked_up(local: Local, database: Path) -> None:
    """What the list shows no more has ended, rests or is gone; its episodes stay either way."""
    await scrape(local, database)
    ended, resting, gone = local.world.works[:3]
    ended.finished = resting.resting = True
    local.api.lost.add(gone.id)
    local.api.unlisted |= {resting.id, gone.id}
    report = await scrape(local, database)
    states = [(await stored(database, work))[0] for work in (ended, resting, gone)]
    assert [one.webtoon.status for one in states] == [Status.FINISHED, Status.HIATUS, Status.GONE]
    assert ([one.episodes for one in states], report.gone) == ([5, 5, 5], 1)
    local.forget()
    await scrape(local, database)
    assert local.api.paths(of="/api/article") == []
    local.api.lost.clear()
    local.api.unlisted.clear()
    await scrape(local, database)
    assert (await stored(database, gone))[0].webtoon.status is Status.ONGOING


async def test_the_last_instalments_of_what_ended_are_fetched(local: Local, database: Path) -> None:
    """It ended between two runs, and no list has shown them."""
    await scrape(local, database)
    ended = local.world.works[0]
    local.world.publish(ended, 2)
    ended.finished = True
    report = await scrape(local, database)
    found, episodes = await stored(database, ended)
    assert (report.new_episodes, found.webtoon.status) == (2, Status.FINISHED)
    assert [bool(episode.picture) for episode in episodes] == [True] * 7


async def test_placeholders_are_marked(local: Local, database: Path) -> None:
    """A thumbnail that many episodes share is marked."""
    for work in local.world.works[:3]:
        for instalment in work.instalments[:2]:
            instalment.placeholder = True
    report = await scrape(local, database)
    assert report.placeholders == 1


async def test_a_lost_thumbnail_does_not_bring_us_back(local: Local, database: Path) -> None:
    """An episode whose thumbnail is not there is kept without one, and its work not asked about again."""
    work = local.world.works[0]
    local.images.faults.append(Fault(act=status(404), path=f"/webtoon/{work.id}/{work.instalments[0].no}/"))
    report = await scrape(local, database)
    _, episodes = await stored(database, work)
    assert [bool(e.picture) for e in episodes] == [False, True, True, True, True]
    assert (len(report.skipped), report.new_episodes) == (1, 59)
    assert (await scrape(local, database)).visited == 0


async def test_a_passing_fault_brings_us_back(local: Local, database: Path) -> None:
    """What failed for now is asked for again by the next run, which completes the catalogue."""
    work = local.world.works[0]
    fault = Fault(act=status(503), path=f"/webtoon/{work.id}/{work.instalments[0].no}/")
    local.images.faults.append(fault)
    assert len((await scrape(local, database)).skipped) == 1
    local.images.faults.clear()
    report = await scrape(local, database)
    assert (report.visited, report.new_episodes) == (1, 1)


@pytest.mark.parametrize(
    ("wishes", "visited", "left"),
    [
        (Wishes(limit=5), 5, 7),
        (Wishes(minutes=0), 0, 12),
        (Wishes(artists_min=1), 12, 0),
        (Wishes(only="there is no such title"), 0, 0),
    ],
)
async def test_wishes(local: Local, database: Path, wishes: Wishes, visited: int, left: int) -> None:
    """A run goes as far as it is wished, and says what it left."""
    report = await scrape(local, database, wishes=wishes)
    assert (report.visited, report.left) == (visited, left)


async def test_only_one_title(local: Local, database: Path) -> None:
    """Only the titles that contain some words are asked about, and nothing is looked up."""
    await scrape(local, database)
    local.api.unlisted.add(local.world.works[0].id)
    local.api.lost.add(local.world.works[0].id)
    report = await scrape(local, database, wishes=Wishes(only=local.world.works[1].title))
    assert report.gone == 0


async def test_enough_artists(database: Path) -> None:
    """A run stops when so many artists can be trained on."""
    async with published(World(works=6, instalments=6 * 16, drawings=1)) as local:
        report = await scrape(local, database, wishes=Wishes(artists_min=1))
        assert 0 < report.left == 6 - report.visited


@pytest.mark.slow
async def test_a_budget_of_requests(local: Local, database: Path) -> None:
    """A run that may ask no more ends well, and the next one continues."""
    report = await scrape(local, database, budget=30)
    assert isinstance(report.ended, BudgetSpent)
    assert sum(report.requests.values()) == 30
    assert (await last_job(database))[0] is JobState.DONE
    assert (await scrape(local, database)).ended is None
    assert len((await everything(database))[2]) == 60


async def test_refused(local: Local, database: Path) -> None:
    """When everything is refused, the run ends at once and says so."""
    local.api.faults.append(Fault(act=status(403)))
    with pytest.raises(SourceError):
        await scrape(local, database)
    assert len(local.api.log) < 4
    state, error = await last_job(database)
    assert state is JobState.FAILED
    assert "403" in error


async def test_refused_from_some_time_on(local: Local, database: Path) -> None:
    """When everything is refused in the middle of a run, it ends within a few requests, and goes on later."""
    local.images.faults.append(Fault(act=status(403), path="/webtoon", after=10))
    report = await scrape(local, database)
    assert isinstance(report.ended, HostRefused)
    assert len(local.images.paths()) < 25
    assert (await last_job(database))[0] is JobState.FAILED
    local.images.faults.clear()
    assert (await scrape(local, database)).ended is None
    assert len((await everything(database))[2]) == 60


QUICK = {"titleId", "up", "thumbnailUrl", "artistTypeList"}
RENAMED = (
    *("titleListMap", "MONDAY", "titleId", "titleName", "up", "rest", "finish", "adult", "titleList"),
    *("communityArtists", "artistTypeList", "artistId", "finished", "age"),
    *("articleList", "chargeFolderArticleList", "no", "subtitle", "thumbnailUrl", "serviceDateDescription"),
    *("pageInfo", "nextPage"),
)


@pytest.mark.parametrize(
    "field", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in RENAMED]
)
async def test_a_renamed_field_is_noticed(local: Local, database: Path, tmp_path: Path, field: str) -> None:
    """When a field has another name, the run is degraded, names it, keeps all it had and the shape."""
    await scrape(local, database)
    for work in local.world.works:
        local.world.publish(work)
    before = await everything(database)
    local.api.rename = {field: "renamed"}
    late = datetime.now(UTC) + timedelta(days=90)
    report = await scrape(local, database, now=late, evidence=tmp_path / "drift")
    assert isinstance(report.ended, ShapeChanged)
    assert field in str(report.ended)
    state, error = await last_job(database)
    assert (state, error) == (JobState.DEGRADED, str(report.ended))
    assert report.evidence is not None
    assert '"renamed"' in report.evidence.read_text()
    after = await everything(database)
    for old, new in zip(before[:4], after[:4], strict=True):
        assert set(old) <= set(new)


@pytest.mark.parametrize("act", [page(), body(b"{}"), body(b"[" * 100_000), redirect("/nidlogin.login")])
async def test_something_else_instead(local: Local, database: Path, act: object) -> None:
    """Pages and nonsense in place of answers do no harm and are not taken for an empty platform."""
    await scrape(local, database)
    before = await everything(database)
    local.api.faults.append(Fault(act=act, path="/api/webtoon"))  # type: ignore[arg-type]  # an act
    try:
        report = await scrape(local, database)
    except GrimcheError:
        pass
    else:
        assert isinstance(report.ended, ShapeChanged)
    assert await everything(database) == before


async def test_a_list_that_shrank(local: Local, database: Path) -> None:
    """When most of the list is gone, nothing is marked as gone, and the run is degraded."""
    await scrape(local, database)
    before = await everything(database)
    local.api.unlisted |= {work.id for work in local.world.works[:9]}
    report = await scrape(local, database)
    assert "the length of the list" in str(report.ended)
    assert await everything(database) == before


@pytest.mark.slow
async def test_days_without_news(local: Local, database: Path) -> None:
    """When nothing new comes for days, somebody should look; a day of silence is nothing."""
    await scrape(local, database)
    now = datetime.now(UTC)
    assert (await scrape(local, database, now=now + timedelta(days=1))).ended is None
    report = await scrape(local, database, now=now + timedelta(days=5))
    assert "the newest episode" in str(report.ended)


async def test_two_at_once_are_refused(local: Local, database: Path) -> None:
    """While one run is under way another one is refused."""
    outcomes = await asyncio.gather(*(scrape(local, database) for _ in range(2)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["AlreadyRunning", "RefreshReport"]
    assert AlreadyRunning in {type(one) for one in outcomes}


async def test_a_check_knows_every_field(local: Local) -> None:
    """All fields are known, until one is renamed."""
    assert all(check.known for check in await check(local) if check.required)
    local.api.rename = {"subtitle": "name"}
    lost = [one.field for one in await check(local) if one.required and not one.known]
    assert lost == ["articleList[0].subtitle"]
