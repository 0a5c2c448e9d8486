"""The platforms on the network, and how each of them is to be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from scraper.client import Client, Host
from scraper.origins import Origins
from scraper.sources import RemoteSource, kakao, kakaopage, naver, webtoons
from storage.records import Platform


class _Opens(Protocol):
    """A class of sources."""

    def __call__(self, client: Client, *, origins: Origins, finished: bool = False) -> RemoteSource:
        """Make a source; `finished` lists what has ended as well."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How many requests per second an interface and an image host get at most."""

    api: float
    images: float


_CLASSES: Mapping[Platform, tuple[_Opens, Mapping[str, str]]] = {
    Platform.NAVER: (naver.NaverSource, naver.HEADERS),
    Platform.KAKAOPAGE: (kakaopage.KakaoPageSource, kakaopage.HEADERS),
    Platform.KAKAO: (kakao.KakaoSource, kakao.HEADERS),
    Platform.WEBTOONS: (webtoons.WebtoonsSource, webtoons.HEADERS),
}


def hosts_of(platform: Platform, origins: Origins, *, rates: Rates) -> Sequence[Host]:
    """Say how the hosts of a platform are to be treated; an origin that gives both counts as an interface."""
    headers = _CLASSES[platform][1]
    asked = tuple(filter(None, (origins.api, origins.pages)))
    images = tuple(origin for origin in origins.images if origin not in asked)
    return [
        Host(platform=platform, origins=asked, pace=rates.api, headers=headers),
        Host(platform=platform, origins=images, pace=rates.images, concurrency=4, headers=headers),
    ]


def open_source(platform: Platform, client: Client, *, origins: Origins, finished: bool) -> RemoteSource:
    """Make the source of a platform."""
    return _CLASSES[platform][0](client, origins=origins, finished=finished)
