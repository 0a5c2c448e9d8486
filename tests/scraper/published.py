"""Works on local platforms, and sources that ask for them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from scraper.client import Client
from scraper.origins import Origins
from scraper.sources import RemoteSource
from scraper.sources.kakao import HEADERS as KAKAO_HEADERS
from scraper.sources.kakao import KakaoSource
from scraper.sources.kakaopage import HEADERS as KAKAOPAGE_HEADERS
from scraper.sources.kakaopage import KakaoPageSource
from scraper.sources.webtoons import HEADERS as WEBTOONS_HEADERS
from scraper.sources.webtoons import WebtoonsSource
from storage.records import Platform
from tests.platforms.kakao import Kakao, KakaoImages
from tests.platforms.kakaopage import KakaoPage, KakaoPageImages
from tests.platforms.server import LocalServer
from tests.platforms.webtoons import Webtoons, WebtoonsImages
from tests.platforms.world import World
from tests.scraper.sources.remote import client_of


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


def source_of(platform: Platform, client: Client, origins: Origins) -> RemoteSource:
    """Make the source of a platform."""
    if platform is Platform.KAKAO:
        return KakaoSource(client, origins=origins)
    if platform is Platform.KAKAOPAGE:
        return KakaoPageSource(client, origins=origins)
    return WebtoonsSource(client, origins=origins)


HEADERS: Mapping[Platform, Mapping[str, str]] = {
    Platform.KAKAO: KAKAO_HEADERS,
    Platform.KAKAOPAGE: KAKAOPAGE_HEADERS,
    Platform.WEBTOONS: WEBTOONS_HEADERS,
}


@asynccontextmanager
async def published(platform: Platform) -> AsyncIterator[Setting]:
    """Publish four works of two instalments."""
    world = World(works=4, instalments=8, drawings=1)
    async with AsyncExitStack() as stack:
        images, api = opened(platform, world)
        for server in (images, api):
            await stack.enter_async_context(server)
        origins = Origins(api=api.origin, images=(images.origin,), pages=api.origin)
        client = await stack.enter_async_context(client_of(platform, origins, headers=HEADERS[platform]))
        yield Setting(world=world, api=api, images=images, source=source_of(platform, client, origins))
