"""The settings of what runs in the background."""

from typing import Annotated, Final
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings

from storage.records import Platform

SCRAPED: Final = (Platform.NAVER, Platform.KAKAOPAGE, Platform.WEBTOONS, Platform.KAKAO)


def platforms_in(value: str) -> tuple[str, ...]:
    """List the names of a setting with commas between, each once."""
    names = (name.strip() for name in value.split(","))
    return tuple(name for name in dict.fromkeys(names) if name)


def _cron(value: str) -> str:
    from bot.cron import read_cron  # noqa: PLC0415  settings are always read, this is not

    try:
        read_cron(value)
    except ValueError:
        raise ValueError("needs five fields of cron, like 30 4 * * *") from None
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):  # a folder, a path outside, an unknown name
        raise ValueError("needs the name of a time zone, like Asia/Seoul") from None
    return value


def _platforms(value: str) -> str:
    if not set(platforms_in(value)) <= set(SCRAPED):
        raise ValueError(f"needs platforms with commas between: {', '.join(SCRAPED)}")
    return value


Cron = Annotated[str, AfterValidator(_cron)]
Zone = Annotated[str, AfterValidator(_zone)]
PlatformList = Annotated[str, AfterValidator(_platforms)]


class BackgroundSettings(BaseSettings):
    """What can be set of the work that the serving process does by itself."""

    scrape_platforms: PlatformList = Field(
        default="",
        description="Platforms that `serve` scrapes by itself, such as naver,kakaopage; empty: none.",
    )
    scrape_cron: Cron = Field(
        default="30 4 * * *",
        description="When they are scraped: minute, hour, day, month, day of the week (0 and 7: Sunday).",
    )
    scrape_zone: Zone = Field(default="Asia/Seoul", description="Time zone of these times.")

    @property
    def scraped(self) -> tuple[Platform, ...]:
        """The platforms to scrape unasked, in the order of the setting."""
        return tuple(map(Platform, platforms_in(self.scrape_platforms)))
