import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.catalogue_jobs import Sample, scrape_sample
from bot.progress import ignore
from bot.settings import Settings, load_settings
from bot.telegram.context import Parts
from tests.scraping import platform as platform  # noqa: PLC0414  a fixture
from tests.telegram.opening import OpenDoor, open_door, open_parts
from tests.telegram_server import TOKEN, Chat, Person, TelegramServer

# One answer is full with ten webtoons.
SAMPLE = Sample(artists=5, webtoons=12, episodes=4)


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a data folder with 12 webtoons of 5 artists; tests get copies."""
    data = tmp_path_factory.mktemp("telegram") / "data"
    settings = load_settings({"data": data}, env_file=data / "none")
    asyncio.run(scrape_sample(settings, SAMPLE, report=ignore))
    return data


class Lines(logging.Handler):
    """Keeps what would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        """Give all of it."""
        return "\n".join(self._lines)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        self._lines.append(self.format(record))


@pytest.fixture(autouse=True)
def log() -> Iterator[Lines]:
    """See that no test lets the token into the log, which the settings below turn to "debug"."""
    lines = Lines()
    logging.getLogger().addHandler(lines)
    yield lines
    logging.getLogger().removeHandler(lines)
    assert TOKEN.partition(":")[2] not in lines.text


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    """Run a local Telegram."""
    async with TelegramServer() as server:
        yield server


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    """Talk to the local Telegram with the library and nothing else."""
    polls, calls = _request(), _request()
    api, files = server.api, server.files
    async with Bot(server.token, api, files, request=calls, get_updates_request=polls) as bot:
        yield bot


@pytest.fixture
def mina(server: TelegramServer) -> Person:
    """Let somebody who reads Korean join."""
    return server.person("Mina", language="ko", username="mina")


@pytest.fixture
def jun(server: TelegramServer) -> Person:
    """Let somebody who reads English join."""
    return server.person("Jun", language="en")


@pytest.fixture
def boss(server: TelegramServer) -> Person:
    """Let the bot's admin join."""
    return server.person("Boss", language="en")


@pytest.fixture
def settings(server: TelegramServer, boss: Person, catalogue: Path, tmp_path: Path) -> Settings:
    """Read settings that name the local Telegram and a copy of the catalogue."""
    return load_settings(
        {
            "data": shutil.copytree(catalogue, tmp_path / "data"),
            "telegram_token": server.token,
            "telegram_api": server.api,
            "telegram_files": server.files,
            "admins": f"telegram:{boss.id}",
            "log_level": "debug",
        }
    )


@pytest.fixture
async def parts(settings: Settings) -> AsyncIterator[Parts]:
    """Put the parts of a door together, without limits of time."""
    async with open_parts(settings) as parts:
        yield parts


@pytest.fixture
async def door(server: TelegramServer, settings: Settings, parts: Parts) -> AsyncIterator[OpenDoor]:
    """Run a real door over the catalogue before the local Telegram."""
    async with open_door(server, settings, parts) as door:
        yield door


@pytest.fixture
async def thumbnails(parts: Parts) -> Sequence[bytes]:
    """Read pictures of the catalogue, each of another webtoon where there are enough."""
    pictures = [await parts.service.picture(sha256) for sha256 in await parts.service.samples(8)]
    return [picture.data for picture in pictures if picture is not None]


@pytest.fixture
def readers(server: TelegramServer, mina: Person, jun: Person) -> Chat:
    """Found a group of the two with the bot, which Jun owns."""
    return server.group("Readers", [mina, jun], admins=[jun])


def _request() -> HTTPXRequest:
    """Read no certificates, which takes longer than most tests, for a server that has none."""
    return HTTPXRequest(httpx_kwargs={"verify": False})


def drawing(number: int = 0, *, size: tuple[int, int] = (480, 360), kind: str = "PNG") -> bytes:
    """Draw a picture that no other number gives."""
    picture = Image.new("RGB", size, (40 * number % 256, 90, 160))
    ImageDraw.Draw(picture).ellipse((20, 20, 60 + 7 * number % 200, 200), fill=(250, 200, number % 256))
    data = BytesIO()
    picture.save(data, kind)
    return data.getvalue()
