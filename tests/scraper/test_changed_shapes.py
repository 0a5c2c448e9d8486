"""Platforms that change their interface: the run is degraded, names the field, and loses nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from storage import jobs
from storage.database import connect, prepare
from storage.errors import ShapeChanged
from storage.records import JobState, Platform
from tests.platforms.server import Fault, page
from tests.scraper.published import PLATFORMS, Setting, published
from tests.scraper.shelf import bring, catalogue_of


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """Make an empty database."""
    await prepare(tmp_path / "grimche.db")
    return tmp_path / "grimche.db"


async def last_state(database: Path) -> JobState:
    """Read how the last run ended."""
    async with connect(database, read_only=True) as connection:
        return (await jobs.recent(connection))[0].state


async def assert_degraded(setting: Setting, database: Path, *, field: str) -> None:
    """Run once more, and find the run degraded by `field` and everything as it was."""
    before = await catalogue_of(database)
    report = await bring(setting.source, database)
    assert isinstance(report.ended, ShapeChanged)
    assert str(report.ended.values["field"]).endswith(field)
    assert await last_state(database) is JobState.DEGRADED
    assert await catalogue_of(database) == before


QUICK = {"list[0].series_id", "cards", "ul.webtoon_list", "item.thumbnail", "episodes[0].no", "episodeNo"}
LISTS = [
    (Platform.KAKAOPAGE, "series_id", "list[0].series_id"),
    (Platform.KAKAOPAGE, "title", "list[0].title"),
    (Platform.KAKAOPAGE, "is_end", "is_end"),
    (Platform.KAKAOPAGE, "age_grade", "age_grade"),
    (Platform.KAKAOPAGE, "on_issue", "list[0].on_issue"),
    (Platform.KAKAOPAGE, "list", "result.list"),
    (Platform.KAKAOPAGE, "result", "result"),
    (Platform.KAKAOPAGE, "result_code", "result_code"),
    (Platform.KAKAO, "cards", "cards"),
    (Platform.KAKAO, "data", "data"),
    (Platform.KAKAO, "content", "content"),
    (Platform.KAKAO, "id", "content.id"),
    (Platform.KAKAO, "authors", "content.authors"),
    (Platform.WEBTOONS, "webtoon_list", "ul.webtoon_list"),
    (Platform.WEBTOONS, "data-title-no", "@data-title-no"),
    (Platform.WEBTOONS, 'class="title"', ".title"),
    (Platform.WEBTOONS, "/list?", "@href"),
]
WORKS = [
    (Platform.KAKAOPAGE, "order_value", "item.order_value"),
    (Platform.KAKAOPAGE, "thumbnail", "item.thumbnail"),
    (Platform.KAKAOPAGE, "has_next", "has_next"),
    (Platform.KAKAO, "no", "episodes[0].no"),
    (Platform.KAKAO, "thumbnailImage", "asset.thumbnailImage"),
    (Platform.KAKAO, "meta", "meta.pagination.last"),
    (Platform.WEBTOONS, "episodeList", "result.episodeList"),
    (Platform.WEBTOONS, "episodeNo", "episodeNo"),
    (Platform.WEBTOONS, "nextCursor", "result.nextCursor"),
]


def in_a_hurry(cases: Sequence[tuple[Platform, str, str]]) -> list[ParameterSet]:
    """Leave most cases to those who have time."""
    return [
        pytest.param(*case, marks=() if case[-1] in QUICK else pytest.mark.slow, id=f"{case[0]}-{case[-1]}")
        for case in cases
    ]


@pytest.mark.parametrize(("platform", "old", "field"), in_a_hurry(LISTS))
async def test_a_changed_list(platform: Platform, old: str, field: str, database: Path) -> None:
    """A field of the lists that is called something else ends the run and changes nothing."""
    async with published(platform) as setting:
        await bring(setting.source, database)
        setting.api.rename = {old: "renamed"}
        await assert_degraded(setting, database, field=field)


@pytest.mark.parametrize(("platform", "old", "field"), in_a_hurry(WORKS))
async def test_changed_works(platform: Platform, old: str, field: str, database: Path) -> None:
    """A field of every webtoon that is called something else ends the run and changes nothing."""
    async with published(platform) as setting:
        await bring(setting.source, database)
        for work in setting.world.works:
            setting.world.publish(work)
        setting.api.rename = {old: "renamed"}
        await assert_degraded(setting, database, field=field)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_pages_instead_of_answers(platform: Platform, database: Path) -> None:
    """A page of another kind in every place ends the run and changes nothing."""
    async with published(platform) as setting:
        await bring(setting.source, database)
        setting.api.faults.append(Fault(act=page()))
        await assert_degraded(setting, database, field="")


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_an_empty_list(platform: Platform, database: Path) -> None:
    """Lists that show nothing any more do not mean that all webtoons have gone."""
    async with published(platform) as setting:
        await bring(setting.source, database)
        setting.world.works.clear()
        await assert_degraded(setting, database, field="the length")


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_pages_instead_of_pictures(platform: Platform, database: Path) -> None:
    """Where pictures are pages now, the run is degraded and keeps what is there."""
    async with published(platform) as setting:
        await bring(setting.source, database)
        for work in setting.world.works:
            setting.world.publish(work)
        setting.images.faults.append(Fault(act=page()))
        report = await bring(setting.source, database)
        assert isinstance(report.ended, ShapeChanged)
        assert report.ended.values["field"] == "Content-Type"
        async with connect(database, read_only=True) as connection:
            (row,) = await connection.rows("SELECT count(*) FROM episodes WHERE picture IS NOT NULL")
        assert row == (8,)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_it_goes_on_afterwards(platform: Platform, database: Path) -> None:
    """Once the interface is as it was, the next run brings what the degraded one could not."""
    async with published(platform) as setting:
        await bring(setting.source, database)
        for work in setting.world.works:
            setting.world.publish(work)
        setting.api.rename = dict.fromkeys(("thumbnail", "thumbnailImage", "episodeList"), "renamed")
        await bring(setting.source, database)
        setting.api.rename = {}
        report = await bring(setting.source, database)
        assert (report.ended, report.new_episodes) == (None, 4)


OPTIONAL = [
    (
        Platform.KAKAOPAGE,
        {"authors": "x", "description": "x", "sub_category": "x", "role": "role", "name": "name"},
    ),
    (Platform.KAKAO, {"synopsis": "x", "genre": "x", "seoId": "x", "genreFilters": "x"}),
    (Platform.WEBTOONS, {"summary": "x", "genre": "x", "day_info": "x"}),
]


@pytest.mark.parametrize(("platform", "renames"), OPTIONAL)
async def test_what_nobody_needs(platform: Platform, renames: Mapping[str, str], database: Path) -> None:
    """Without the fields that can be missing a run goes on, and what they said before is kept."""
    async with published(platform) as setting:
        await bring(setting.source, database)
        before, *_ = await catalogue_of(database)
        setting.api.rename = renames
        for work in setting.world.works:
            setting.world.publish(work)
        report = await bring(setting.source, database)
        after, *_ = await catalogue_of(database)
        assert (report.ended, report.new_episodes) == (None, 4)
        said = slice(2, 6)  # title, synopsis, genres, weekdays
        assert [row[said] for row in after] == [row[said] for row in before]
