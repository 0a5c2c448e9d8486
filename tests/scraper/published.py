"""Works on local platforms, and sources that ask for them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from math import inf

from scraper.client import Client, Patience
from scraper.origins import Origins
from scraper.platforms import Rates, hosts_of, open_source
from scraper.sources import RemoteSource
from storage.records import Platform
from tests.platforms.kakao import Kakao, KakaoImages
from tests.platforms.kakaopage import KakaoPage, KakaoPageImages
from tests.platforms.server import LocalServer
from tests.platforms.webtoons import Webtoons, WebtoonsImages
from tests.platforms.world import World

PLATFORMS = (Platform.KAKAOPAGE, Platform.KAKAO, Platform.WEBTOONS)


@dataclass(frozen=True)
class Setting:
    """A local platform, the world it publishes and a source that asks it."""

    world: World
    api: KakaoPage | Kakao | Webtoons
    images: LocalServer
    source: RemoteSource


def opened(platform: Platform, world: World) -> tuple[LocalServer, KakaoPage | Kakao | Webtoons]:
    """Make the servers of a platform."""
    if platform is Platform.KAKAO:
        images = KakaoImages(world)
        return images, Kakao(world, images=images)
    if platform is Platform.KAKAOPAGE:
        return KakaoPageImages(world), KakaoPage(world)
    return WebtoonsImages(world), Webtoons(world)


@asynccontextmanager
async def published(platform: Platform) -> AsyncIterator[Setting]:
    """Publish four works of two instalments."""
    world = World(works=4, instalments=8, drawings=1)
    async with AsyncExitStack() as stack:
        images, api = opened(platform, world)
        for server in (images, api):
            await stack.enter_async_context(server)
        origins = Origins(api=api.origin, images=(images.origin,), pages=api.origin)
        hosts = hosts_of(platform, origins, rates=Rates(api=1, images=1))
        client = await stack.enter_async_context(Client(hosts, pace=inf, patience=Patience(attempts=2)))
        source = open_source(platform, client, origins=origins, finished=False)
        yield Setting(world=world, api=api, images=images, source=source)
