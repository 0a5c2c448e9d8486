"""Later runs on platforms on which little has changed."""

from pathlib import Path

import pytest

from storage.database import prepare
from storage.records import Platform
from tests.scraper.published import PLATFORMS, Setting, published
from tests.scraper.shelf import bring, catalogue_of

LISTS = {
    Platform.KAKAOPAGE: "/api/gateway/view/v2/landing/dayofweek",
    Platform.KAKAO: "/section/v2/timetables/days",
    Platform.WEBTOONS: "/en/originals/",
}


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """Make an empty database."""
    await prepare(tmp_path / "grimche.db")
    return tmp_path / "grimche.db"


def same_day(setting: Setting) -> None:
    """Let all works appear on one day, so that one list shows them all; the first has a new instalment."""
    for work in setting.world.works:
        work.weekdays = setting.world.works[0].weekdays
        work.up = work is setting.world.works[0]


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_everything_arrives(platform: Platform, database: Path) -> None:
    """A first run brings all works, artists, instalments and pictures of a platform."""
    async with published(platform) as setting:
        report = await bring(setting.source, database)
        assert (report.new_webtoons, report.new_episodes, report.ended, report.skipped) == (4, 8, None, ())
        _, credits_, episodes, pictures = await catalogue_of(database)
        assert len(episodes) == len(pictures) == 8
        painters = {row[2] for row in credits_ if row[3] == "painter"}
        assert painters == {person.name for work in setting.world.works for person in work.painters}


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_only_the_lists_are_asked_for(platform: Platform, database: Path) -> None:
    """A second run asks for the lists and for nothing else but webtoons with a badge, and changes no row."""
    async with published(platform) as setting:
        same_day(setting)
        await bring(setting.source, database)
        before = await catalogue_of(database)
        setting.api.log.clear()
        setting.images.log.clear()
        report = await bring(setting.source, database)
        others = [path for path in setting.api.paths() if not path.startswith(LISTS[platform])]
        assert len(others) == (0 if platform is Platform.KAKAOPAGE else 1)
        assert (report.new_episodes, setting.images.paths()) == (0, [])
        assert await catalogue_of(database) == before


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_new_instalment(platform: Platform, database: Path) -> None:
    """A new instalment brings one webtoon's episodes and one picture."""
    async with published(platform) as setting:
        same_day(setting)
        await bring(setting.source, database)
        setting.world.publish(setting.world.works[0])
        setting.images.log.clear()
        report = await bring(setting.source, database)
        assert (report.new_episodes, len(setting.images.paths()), report.visited) == (1, 1, 1)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_adults_only(platform: Platform, database: Path) -> None:
    """A webtoon for adults is kept as a title where it is listed, and its episodes are not asked for."""
    async with published(platform) as setting:
        setting.world.works[0].age = 19
        report = await bring(setting.source, database)
        listed = 0 if platform is Platform.WEBTOONS else 1
        assert (report.gated, report.ended) == (listed, None)
        webtoons, _, episodes, _ = await catalogue_of(database)
        assert (len(webtoons), len(episodes)) == (3 + listed, 6)
