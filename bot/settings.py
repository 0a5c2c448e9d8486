"""Read the settings from the environment and a `.env` file, and name every fault at once."""

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from bot.background_settings import BackgroundSettings, platforms_in
from bot.chat_settings import ChatSettings, Port
from bot.operating_settings import OperatingSettings
from bot.texts import Language
from storage.errors import SettingsError
from storage.records import Platform

if TYPE_CHECKING:
    from scraper.origins import Origins

PREFIX = "GRIMCHE_"

Rate = Annotated[float, Field(gt=0, le=10_000)]

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", re.IGNORECASE)


def _origins(value: str) -> str:
    """Refuse what is no list of origins, with commas between them."""
    for origin in value.split(","):
        if not _ORIGIN.fullmatch(origin.strip().rstrip("/")):
            raise ValueError("needs addresses like https://example.org, without a path")
    return value


OriginList = Annotated[str, AfterValidator(_origins)]


class Settings(OperatingSettings, ChatSettings, BackgroundSettings):
    """What can be set; each field is the environment variable of its name with `GRIMCHE_` before it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    data: Path = Field(default=Path("data"), description="Folder that holds everything Grimche writes.")
    language: Language = Field(default=Language.EN, description="Language of the answers: en or ko.")
    web_host: str = Field(
        default="127.0.0.1",
        description="Address on which the web chat listens; anything but 127.0.0.1 opens it to others.",
    )
    web_port: Port = Field(default=8080, description="Port of the web chat; 0 takes any free one.")
    web_upload_mb: int = Field(
        default=64, ge=1, le=1024, description="Largest upload to the web chat, in MB."
    )
    threads: int = Field(default=2, ge=1, le=64, description="Threads that look at pictures.")
    max_waiting: int = Field(
        default=32, ge=0, le=10_000, description="Queries that may wait for a thread; more are sent away."
    )
    max_pictures: int = Field(default=10, ge=1, le=100, description="Pictures that one query may hold.")
    train_memory_mb: int = Field(
        default=6000,
        ge=500,
        le=1_000_000,
        description="Memory in MB that a retrain may hold; one that needs more ends, and serving goes on.",
    )
    keep_generations: int = Field(
        default=3, ge=2, le=1000, description="Generations that are kept, the serving one and older ones."
    )
    contact: str = Field(
        default="",
        pattern=r"^[ -~]*$",
        max_length=200,
        description="How platforms reach you, sent with every request: an address or a page; ASCII only.",
    )
    api_rate: Rate = Field(
        default=2, description="Requests per second, at most, to a platform's interface; fewer are kinder."
    )
    image_rate: Rate = Field(
        default=5, description="Requests per second, at most, to a platform's image host; fewer are kinder."
    )
    naver_origin: OriginList = Field(
        default="https://comic.naver.com", description="Where Naver Webtoon's interface is."
    )
    naver_image_origins: OriginList = Field(
        default="https://image-comic.pstatic.net,https://shared-comic.pstatic.net",
        description="Where Naver Webtoon's pictures are, with commas between.",
    )
    kakaopage_origin: OriginList = Field(
        default="https://bff-page.kakao.com", description="Where KakaoPage's interface is."
    )
    kakaopage_image_origins: OriginList = Field(
        default="https://page-images.kakaoentcdn.com,https://dn-img-page.kakao.com",
        description="Where KakaoPage's pictures are, with commas between; the first is asked.",
    )
    kakao: bool = Field(
        default=False, description="Whether to scrape the older Kakao Webtoon, which KakaoPage succeeds."
    )
    kakao_origin: OriginList = Field(
        default="https://gateway-kw.kakao.com", description="Where Kakao Webtoon's interface is."
    )
    kakao_image_origins: OriginList = Field(
        default="https://kr-a.kakaopagecdn.com",
        description="Where Kakao Webtoon's pictures are, with commas between.",
    )
    webtoons_origin: OriginList = Field(
        default="https://m.webtoons.com", description="Where the interface of webtoons.com is."
    )
    webtoons_page_origin: OriginList = Field(
        default="https://www.webtoons.com", description="Where the pages of webtoons.com are."
    )
    webtoons_image_origins: OriginList = Field(
        default="https://webtoon-phinf.pstatic.net",
        description="Where the pictures of webtoons.com are, with commas between; the first is asked.",
    )

    @field_validator("kakao")
    @classmethod
    def _is_on_where_scraped(cls, value: bool, known: ValidationInfo) -> bool:  # noqa: FBT001  pydantic's
        """Refuse to scrape by itself what is off."""
        if not value and Platform.KAKAO in platforms_in(known.data.get("scrape_platforms", "")):
            raise ValueError("is off, but GRIMCHE_SCRAPE_PLATFORMS names kakao")
        return value

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "grimche.db"

    @property
    def generations(self) -> Path:
        """The folder of the generations that were trained here."""
        return self.data / "generations"

    @property
    def logs(self) -> Path:
        """The folder for reports of unexpected errors."""
        return self.data / "logs"

    @property
    def backup_folder(self) -> Path:
        """The folder of the daily backups."""
        return Path(self.backups) if self.backups else self.data / "backups"

    def origins(self, platform: Platform) -> "Origins":
        """Say where a platform that is on the network is; raises AttributeError for one that is not."""
        from scraper.origins import Origins  # noqa: PLC0415  httpx takes its time, and settings are always read

        def listed(field: str) -> tuple[str, ...]:
            return tuple(origin.strip().rstrip("/") for origin in getattr(self, field).split(","))

        pages = listed("webtoons_page_origin")[0] if platform is Platform.WEBTOONS else ""
        return Origins(
            api=listed(f"{platform}_origin")[0], images=listed(f"{platform}_image_origins"), pages=pages
        )


def load_settings(
    options: Mapping[str, object] = MappingProxyType({}), *, env_file: Path = Path(".env")
) -> Settings:
    """Read the settings: `options` that are not None win over the environment, and that over `env_file`.

    Raises SettingsError, which names every setting that is wrong or unknown.
    """
    given: dict[str, Any] = {name: value for name, value in options.items() if value is not None}
    found = _found(env_file)
    faults = _unknown_names(found)
    try:
        settings = Settings(_env_file=found, **given)
    except ValidationError as error:
        raise SettingsError(faults="; ".join([*_wrong_values(error), *faults])) from error
    if faults:
        raise SettingsError(faults="; ".join(faults))
    return settings


def _wrong_values(error: ValidationError) -> list[str]:
    """Say what is wrong with each setting, never repeating the value: it could be a secret."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return [f"{variable(str(fault['loc'][0]))} {_lower(fault['msg'])}" for fault in faults]


def _lower(message: str) -> str:
    return message.removeprefix("Input ").removeprefix("Value error, ").rstrip(".")


def variable(field: str) -> str:
    """Return the environment variable of a field."""
    return PREFIX + field.upper()


def _found(env_file: Path) -> Path | None:
    """Leave out a file that is not there, or that lies in a folder where root became another user.

    Raises SettingsError for one that may not be read.
    """
    try:
        is_there = env_file.is_file()
    except PermissionError:
        is_there = False
    if is_there and not os.access(env_file, os.R_OK):
        raise SettingsError(faults=f"{env_file} may not be read by this user")
    return env_file if is_there else None


def _unknown_names(env_file: Path | None) -> list[str]:
    known = {variable(field) for field in Settings.model_fields}
    names = {name.upper() for name in (*os.environ, *_names_in(env_file)) if name.upper().startswith(PREFIX)}
    return [f"{name} is unknown{_suggestion(name, known)}" for name in sorted(names - known)]


def _names_in(env_file: Path | None) -> list[str]:
    from dotenv import dotenv_values  # noqa: PLC0415  only here, and pydantic-settings loads it lazily too

    return list(dotenv_values(env_file, encoding="utf-8")) if env_file else []


def _suggestion(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" (did you mean {near[0]}?)" if near else ""
