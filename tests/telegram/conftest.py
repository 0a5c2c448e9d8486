from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.telegram_server import Chat, Person, TelegramServer


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
