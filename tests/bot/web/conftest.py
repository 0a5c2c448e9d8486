from collections.abc import AsyncIterator, Awaitable, Callable
from io import BytesIO

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from bot.service import Service
from bot.web_chat import application
from bot.web_uploads import UploadLimits
from tests.bot.internet import PUBLIC, LocalInternet
from tests.platforms.server import LocalServer

Post = Callable[..., Awaitable[aiohttp.ClientResponse]]


@pytest.fixture
def limits() -> UploadLimits:
    """Little, so that tests need not send much to pass it."""
    return UploadLimits(megabytes=2, pictures=3)


@pytest.fixture
async def elsewhere(thumbnail: bytes) -> AsyncIterator[LocalServer]:
    """Run a server that shows a picture at every address."""

    async def show(_: web.Request) -> web.Response:
        return web.Response(body=thumbnail, content_type="image/jpeg")

    server = LocalServer()
    server.routes.append(web.get("/{path:.*}", show))
    async with server:
        yield server


@pytest.fixture
def internet(elsewhere: LocalServer) -> LocalInternet:
    """Put the server at pictures.example.org."""
    return LocalInternet({PUBLIC: elsewhere})


@pytest.fixture
async def client(
    service: Service, limits: UploadLimits, internet: LocalInternet
) -> AsyncIterator[TestClient]:
    """Talk to the web chat over the filled data folder."""
    app = application(service, max_upload_mb=limits.megabytes, max_pictures=limits.pictures, network=internet)
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
async def thumbnail(service: Service) -> bytes:
    """Take a picture that the studio drew."""
    (sha256,) = await service.samples(1)
    picture = await service.picture(sha256)
    assert picture is not None
    return picture.data


@pytest.fixture
def send(client: TestClient) -> Post:
    """Upload pictures in one form."""

    def post(
        *pictures: bytes, path: str = "/api/similar", headers: dict[str, str] | None = None
    ) -> Awaitable[aiohttp.ClientResponse]:
        form = aiohttp.FormData(default_to_multipart=True)
        for number, data in enumerate(pictures):
            form.add_field("picture", BytesIO(data), filename=f"{number}.jpg", content_type="image/jpeg")
        return client.post(path, data=form, headers=headers)

    return post


@pytest.fixture
def one_pixel() -> bytes:
    """Draw a picture that is too small to be used."""
    out = BytesIO()
    Image.new("RGB", (1, 1)).save(out, "PNG")
    return out.getvalue()
