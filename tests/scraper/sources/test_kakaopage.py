"""KakaoPage, as a local server behaves like it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import pytest

from scraper.client import Client
from scraper.sources.kakaopage import HEADERS, KakaoPageSource
from scraper.sources.listing import Known
from storage.errors import Gated, NotThere, ShapeChanged
from storage.records import Platform, Status, Webtoon
from tests.platforms.kakaopage import KakaoPage, KakaoPageImages, origins
from tests.platforms.server import Fault, status
from tests.platforms.world import World
from tests.scraper.sources.remote import client_of, credits_of, numbers, visit_all

ABOUT = "/api/gateway/api/v1/content/about"
PRODUCTS = "/api/gateway/api/v2/content/product/list"


@dataclass
class Setting:
    """A world, its platform, and a source that asks it."""

    world: World
    api: KakaoPage
    source: KakaoPageSource
    client: Client


@asynccontextmanager
async def published(world: World) -> AsyncIterator[Setting]:
    """Put a world on a local KakaoPage."""
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(KakaoPage(world))
        images = await stack.enter_async_context(KakaoPageImages(world))
        where = origins(api, images)
        client = await stack.enter_async_context(client_of(Platform.KAKAOPAGE, where, headers=HEADERS))
        yield Setting(world=world, api=api, source=KakaoPageSource(client, origins=where), client=client)


@pytest.fixture
async def setting() -> AsyncIterator[Setting]:
    """Publish four works of 40 instalments each, the first of them over two pages."""
    async with published(World(works=4, instalments=160)) as made:
        yield made


async def test_everything_arrives(setting: Setting) -> None:
    """All webtoons are listed, with their artists' roles and all episodes of all pages."""
    found = await visit_all(setting.source)
    assert sorted(found) == sorted(str(work.id) for work in setting.world.works)
    for work in setting.world.works:
        listing, visit = found[str(work.id)]
        assert listing.webtoon.weekdays == work.weekdays
        assert (visit.webtoon.title, visit.webtoon.synopsis) == (work.title, work.synopsis)
        assert set(visit.webtoon.credits) == credits_of(work)
        assert numbers(visit) == sorted(each.no for each in work.instalments)


async def test_a_list_of_several_pages() -> None:
    """A day with more works than one page holds is listed whole, without the novels on its pages."""
    async with published(World(works=30, instalments=30)) as setting:
        for work in setting.world.works:
            work.weekdays = setting.world.works[0].weekdays
        assert len(await setting.source.webtoons()) == 30


async def test_a_picture(setting: Setting) -> None:
    """A thumbnail's key, slash and all, gives the picture."""
    work = setting.world.works[0]
    listing = next(each for each in await setting.source.webtoons() if each.webtoon.title == work.title)
    visit = await setting.source.visit(listing, known=Known())
    data = await setting.source.thumbnail(visit.webtoon, episode=visit.episodes[0])
    assert data == setting.world.thumbnail(work, work.instalments[0])


async def test_only_the_newest_episodes(setting: Setting) -> None:
    """Of a known webtoon one page is asked for when nothing on it is new, and nobody asks for the artists."""
    listing, whole = next(iter((await visit_all(setting.source)).values()))
    setting.api.log.clear()
    known = Known(webtoon=whole.webtoon, episodes=whole.episodes, whole=False)
    again = await setting.source.visit(listing, known=known)
    assert setting.api.paths() == [PRODUCTS]
    assert again.webtoon.credits == whole.webtoon.credits
    assert numbers(again) == numbers(whole)[-25:]


async def test_a_new_episode_changes_the_mark(setting: Setting) -> None:
    """The list's mark stays as it is until there is a new episode."""
    before = {each.webtoon.title: each.mark for each in await setting.source.webtoons()}
    changed = setting.world.works[1]
    setting.world.publish(changed)
    after = {each.webtoon.title: each.mark for each in await setting.source.webtoons()}
    assert [title for title in before if before[title] != after[title]] == [changed.title]


async def test_adults_only(setting: Setting) -> None:
    """A webtoon for adults is listed and gated, and nothing is asked about it."""
    setting.world.works[0].age = 19
    listing = next(each for each in await setting.source.webtoons() if each.gated)
    setting.api.log.clear()
    with pytest.raises(Gated):
        await setting.source.visit(listing, known=Known())
    assert listing.webtoon.title == setting.world.works[0].title
    assert setting.api.paths() == []


async def test_without_roles(setting: Setting) -> None:
    """Where nothing says who did what, the names of the list are credited as a guess."""
    setting.api.faults.append(Fault(act=status(404), path=ABOUT))
    _, visit = next(iter((await visit_all(setting.source)).values()))
    assert visit.webtoon.painters
    assert all(credit.guessed for credit in visit.webtoon.credits)


async def test_looking_up(setting: Setting) -> None:
    """A webtoon that the lists do not show is found finished, or not at all."""
    work = setting.world.works[0]
    (listing, *_) = await setting.source.webtoons()
    work.finished = True
    assert work.title not in {each.webtoon.title for each in await setting.source.webtoons()}
    assert (await setting.source.look_up(listing.webtoon)).webtoon.status is Status.FINISHED
    unknown = Webtoon(platform=Platform.KAKAOPAGE, platform_id="1", title="?")
    with pytest.raises(NotThere):
        await setting.source.look_up(unknown)


async def test_a_check(setting: Setting) -> None:
    """A check knows all fields, and names the one that has another name."""
    assert all(check.known for check in await setting.source.check())
    setting.api.rename = {"thumbnail": "image"}
    lost = [check.field for check in await setting.source.check() if not check.known]
    assert lost == ["result.list[0].item.thumbnail"]


@pytest.mark.parametrize("old", ["order_value", "thumbnail", "has_next", "author_list", "cursor_index"])
async def test_changed_works(setting: Setting, old: str) -> None:
    """A field of a webtoon that is called something else is named."""
    listing, *_ = await setting.source.webtoons()
    setting.api.rename = {old: "renamed"}
    with pytest.raises(ShapeChanged) as fault:
        await setting.source.visit(listing, known=Known())
    assert str(fault.value.values["field"]).endswith(old)
