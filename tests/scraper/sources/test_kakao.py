"""Kakao Webtoon, as a local server behaves like it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from scraper.origins import Origins
from scraper.sources.kakao import HEADERS, KakaoSource
from scraper.sources.listing import Known
from storage.errors import Gated, HostRefused, NotThere, ShapeChanged
from storage.records import Platform, Status, Webtoon
from tests.platforms.kakao import Kakao, KakaoImages
from tests.platforms.world import World
from tests.scraper.sources.remote import client_of, credits_of, numbers, visit_all


@dataclass
class Setting:
    """A world, its platform, and a source that asks it."""

    world: World
    api: Kakao
    images: KakaoImages
    source: KakaoSource


@pytest.fixture
async def setting() -> AsyncIterator[Setting]:
    """Publish two works; the episodes of each are on two pages."""
    world = World(works=2, instalments=220)
    async with KakaoImages(world) as images, Kakao(world, images=images) as api:
        origins = Origins(api=api.origin, images=(images.origin,))
        async with client_of(Platform.KAKAO, origins, headers=HEADERS) as client:
            source = KakaoSource(client, origins=origins, finished=True)
            yield Setting(world=world, api=api, images=images, source=source)


async def test_everything_arrives(setting: Setting) -> None:
    """All webtoons are listed with their roles, without publishers, and with all episodes of all pages."""
    found = await visit_all(setting.source)
    assert sorted(found) == sorted(str(work.id) for work in setting.world.works)
    for work in setting.world.works:
        listing, visit = found[str(work.id)]
        assert listing.webtoon.weekdays == work.weekdays
        assert (visit.webtoon.title, visit.webtoon.synopsis) == (work.title, work.synopsis)
        assert set(visit.webtoon.credits) == credits_of(work)
        assert numbers(visit) == sorted(each.no for each in work.instalments)


@pytest.mark.parametrize("ending", ["webp", "jpg"])
async def test_a_picture(setting: Setting, ending: str) -> None:
    """A thumbnail's address gets the ending without which there is nothing, most often webp."""
    setting.images.ending = ending
    work = setting.world.works[0]
    _, visit = (await visit_all(setting.source))[str(work.id)]
    data = await setting.source.thumbnail(visit.webtoon, episode=visit.episodes[0])
    assert data == setting.world.thumbnail(work, work.instalments[0])


async def test_only_the_newest_episodes(setting: Setting) -> None:
    """Of a known webtoon one page is asked for when nothing on it is new."""
    listing, whole = next(iter((await visit_all(setting.source)).values()))
    setting.api.log.clear()
    known = Known(webtoon=whole.webtoon, episodes=whole.episodes, whole=False)
    again = await setting.source.visit(listing, known=known)
    assert len(setting.api.paths()) == 1
    assert (again.webtoon.synopsis, again.webtoon.genres) == (whole.webtoon.synopsis, whole.webtoon.genres)


async def test_badges(setting: Setting) -> None:
    """The list says which webtoons have a new episode, and which rest."""
    setting.world.publish(setting.world.works[0])
    setting.world.works[1].resting = True
    found = {each.webtoon.title: each for each in await setting.source.webtoons()}
    new, resting = (found[work.title] for work in setting.world.works)
    assert (new.updated, resting.updated) == (True, False)
    assert resting.webtoon.status is Status.HIATUS


async def test_finished_webtoons(setting: Setting) -> None:
    """What has ended is in a list of its own."""
    setting.world.works[0].finished = True
    found = {each.webtoon.title: each.webtoon.status for each in await setting.source.webtoons()}
    assert found[setting.world.works[0].title] is Status.FINISHED


async def test_adults_only(setting: Setting) -> None:
    """A webtoon for adults is listed and gated, and nothing is asked about it."""
    setting.world.works[0].age = 19
    listing = next(each for each in await setting.source.webtoons() if each.gated)
    setting.api.log.clear()
    with pytest.raises(Gated):
        await setting.source.visit(listing, known=Known())
    assert setting.api.paths() == []


async def test_a_token_is_wanted(setting: Setting) -> None:
    """When the gateway wants a token, nothing more is asked: there is no login."""
    setting.api.token = True
    with pytest.raises(HostRefused, match="wants a token"):
        await setting.source.webtoons()
    assert len(setting.api.paths()) == 1


async def test_looking_up_what_has_gone(setting: Setting) -> None:
    """A webtoon that the gateway does not know any more is not there."""
    with pytest.raises(NotThere):
        await setting.source.look_up(Webtoon(platform=Platform.KAKAO, platform_id="1", title="?"))


async def test_a_check(setting: Setting) -> None:
    """A check knows all required fields, and names the one that has another name."""
    assert all(check.known for check in await setting.source.check() if check.required)
    setting.api.rename = {"thumbnailImage": "image"}
    lost = [check.field for check in await setting.source.check() if check.required and not check.known]
    assert lost == ["data.episodes[0].asset.thumbnailImage"]


@pytest.mark.parametrize("old", ["episodes", "no", "thumbnailImage", "pagination", "authors"])
async def test_changed_works(setting: Setting, old: str) -> None:
    """A field of a webtoon that is called something else is named."""
    listing, *_ = await setting.source.webtoons()
    setting.api.rename = {old: "renamed"}
    with pytest.raises(ShapeChanged) as fault:
        await setting.source.visit(listing, known=Known())
    assert old in str(fault.value.values["field"])
