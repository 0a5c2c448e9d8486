"""webtoons.com, as a local server behaves like it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from scraper.origins import Origins
from scraper.sources.listing import Known
from scraper.sources.webtoons import HEADERS, WebtoonsSource
from storage.errors import Gated, NotThere, ShapeChanged
from storage.records import Platform, Status
from tests.platforms.server import Fault, page
from tests.platforms.webtoons import Webtoons, WebtoonsImages
from tests.platforms.world import World
from tests.scraper.sources.remote import client_of, credits_of, numbers, visit_all


@dataclass
class Setting:
    """A world, its platform, and a source that asks it."""

    world: World
    site: Webtoons
    source: WebtoonsSource


@pytest.fixture
async def setting() -> AsyncIterator[Setting]:
    """Publish three works."""
    world = World(works=3, instalments=30)
    async with WebtoonsImages(world) as images, Webtoons(world) as site:
        origins = Origins(api=site.origin, images=(images.origin,), pages=site.origin)
        async with client_of(Platform.WEBTOONS, origins, headers=HEADERS) as client:
            yield Setting(
                world=world, site=site, source=WebtoonsSource(client, origins=origins, finished=True)
            )


async def test_everything_arrives(setting: Setting) -> None:
    """All webtoons are listed with their days, and visited with their roles and all episodes."""
    setting.site.per_page = 4
    found = await visit_all(setting.source)
    assert sorted(found) == sorted(str(work.id) for work in setting.world.works)
    for work in setting.world.works:
        listing, visit = found[str(work.id)]
        assert listing.webtoon.weekdays == work.weekdays
        assert (visit.webtoon.title, visit.webtoon.synopsis) == (work.title, work.synopsis)
        assert set(visit.webtoon.credits) == credits_of(work)
        assert numbers(visit) == sorted(each.no for each in work.instalments)


async def test_a_picture(setting: Setting) -> None:
    """A thumbnail is fetched as from the platform's own pages."""
    work = setting.world.works[0]
    _, visit = (await visit_all(setting.source))[str(work.id)]
    data = await setting.source.thumbnail(visit.webtoon, episode=visit.episodes[0])
    assert data == setting.world.thumbnail(work, work.instalments[0])


async def test_a_known_webtoon(setting: Setting) -> None:
    """Of a known webtoon only the episodes are asked for, in one request."""
    listing, whole = next(iter((await visit_all(setting.source)).values()))
    setting.site.log.clear()
    known = Known(webtoon=whole.webtoon, episodes=whole.episodes, whole=False)
    again = await setting.source.visit(listing, known=known)
    assert setting.site.paths() == [f"/api/v1/webtoon/{listing.webtoon.platform_id}/episodes"]
    assert again == whole


async def test_badges(setting: Setting) -> None:
    """Webtoons have a mark where badges show which have a new episode, and are asked about elsewhere."""
    assert {each.mark for each in await setting.source.webtoons()} == {""}
    for work in setting.world.works:
        work.weekdays = setting.world.works[0].weekdays
    setting.world.publish(setting.world.works[1])
    found = {each.webtoon.title: each for each in await setting.source.webtoons()}
    assert [found[work.title].updated for work in setting.world.works] == [False, True, False]
    assert all(each.mark for each in found.values())


async def test_finished_webtoons(setting: Setting) -> None:
    """What has ended is in a list of its own."""
    setting.world.works[0].finished = True
    found = {each.webtoon.title: each.webtoon.status for each in await setting.source.webtoons()}
    assert found[setting.world.works[0].title] is Status.FINISHED


async def test_a_page_that_asks_for_a_login(setting: Setting) -> None:
    """A form for a login instead of the webtoon's page means that it is only for those who log in."""
    listing, *_ = await setting.source.webtoons()
    form = "<form action='/member/login'><input name='email'></form>"
    setting.site.faults.append(Fault(act=page(form), path="/en/fantasy"))
    with pytest.raises(Gated):
        await setting.source.visit(listing, known=Known())


async def test_looking_up_what_has_gone(setting: Setting) -> None:
    """A webtoon whose page is gone is not there."""
    listing, *_ = await setting.source.webtoons()
    setting.world._by_id.clear()
    with pytest.raises(NotThere):
        await setting.source.look_up(listing.webtoon)


async def test_a_check(setting: Setting) -> None:
    """A check knows all required parts, and names the one that has another name."""
    assert all(check.known for check in await setting.source.check() if check.required)
    setting.site.rename = {"episodeNo": "number"}
    lost = [check.field for check in await setting.source.check() if check.required and not check.known]
    assert lost == ["result.episodeList[0].episodeNo"]


@pytest.mark.parametrize(
    ("renames", "field"),
    [
        ({"subj": "renamed"}, ".subj"),
        ({"author_area": "renamed", "_authorInnerContent": "renamed"}, "div.author_area"),
        ({"episodeList": "renamed"}, "result.episodeList"),
        ({"nextCursor": "renamed"}, "result.nextCursor"),
        ({"thumbnail": "renamed"}, "result.episodeList[0].thumbnail"),
    ],
)
async def test_changed_works(setting: Setting, renames: dict[str, str], field: str) -> None:
    """A part of a webtoon's page or answer that is called something else is named."""
    listing, *_ = await setting.source.webtoons()
    setting.site.rename = renames
    with pytest.raises(ShapeChanged) as fault:
        await setting.source.visit(listing, known=Known())
    assert fault.value.values["field"] == field
