from collections.abc import Sequence
from io import BytesIO

import aiohttp
import pytest
from aiohttp.test_utils import TestClient

from bot.web_uploads import MEGABYTE, UploadLimits
from tests.bot.internet import LocalInternet
from tests.platforms.server import Fault, LocalServer, body, page, redirect, status

PICTURE = "http://pictures.example.org/a.jpg"


def form(*urls: str, pictures: Sequence[bytes] = (), **fields: str) -> aiohttp.FormData:
    """Make a form with pictures and addresses."""
    form = aiohttp.FormData(fields, default_to_multipart=True)
    for number, data in enumerate(pictures):
        form.add_field("picture", BytesIO(data), filename=f"{number}.jpg", content_type="image/jpeg")
    for url in urls:
        form.add_field("url", url)
    return form


async def key(response: aiohttp.ClientResponse) -> tuple[int, str]:
    """Return the status and the key of an error."""
    return response.status, (await response.json())["error"]["key"]


async def test_picture_by_its_address(client: TestClient, thumbnail: bytes) -> None:
    """A picture that is named by its address gets the answer of the picture itself."""
    answers = [
        await (await client.post("/api/similar", data=data)).json()
        for data in (form(f" {PICTURE} "), form(pictures=[thumbnail]))
    ]
    assert answers[0]["matches"] == answers[1]["matches"]


async def test_pictures_and_addresses_are_one_query(client: TestClient, thumbnail: bytes) -> None:
    """Pictures and addresses together are one query."""
    response = await client.post("/api/similar", data=form(PICTURE, pictures=[thumbnail]))
    assert (await response.json())["crops"] == 2


async def test_address_can_be_drawn_and_explained(client: TestClient) -> None:
    """The sheet of an answer and the reasons for a match can be asked for by address as well."""
    answer = await (await client.post("/api/similar", data=form(PICTURE))).json()
    match = str(answer["matches"][0]["webtoon"]["id"])
    assert (await client.post("/api/sheet", data=form(PICTURE))).content_type == "image/png"
    assert (await client.post("/api/why", data=form(PICTURE, match=match))).status == 200


async def test_page_brings_a_picture(client: TestClient, thumbnail: bytes) -> None:
    """The page is given the bytes at an address, as nothing that a browser would run or keep."""
    response = await client.post("/api/fetch", data=form(PICTURE))
    assert await response.read() == thumbnail
    assert response.content_type == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/api/similar", "/api/fetch", "/api/sheet"])
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
        "http://inside.example.org/",
        "file:///etc/passwd",
        "no address",
        "",
    ],
)
async def test_address_of_a_network_of_ones_own(
    client: TestClient, internet: LocalInternet, elsewhere: LocalServer, path: str, url: str
) -> None:
    """No address leads a visitor into the network that Grimche stands in."""
    internet.names["inside.example.org"] = [["10.0.0.7"]]
    assert await key(await client.post(path, data=form(url))) == (400, "error-address-refused")
    assert elsewhere.log == []


async def test_redirect_inside(client: TestClient, elsewhere: LocalServer) -> None:
    """Nor does a redirect."""
    elsewhere.faults.append(Fault(act=redirect("http://127.0.0.1:8080/")))
    assert await key(await client.post("/api/similar", data=form(PICTURE))) == (400, "error-address-refused")


async def test_nothing_at_the_address(client: TestClient, elsewhere: LocalServer) -> None:
    """An address without a picture gets a sentence with its host."""
    elsewhere.faults.append(Fault(act=status(404)))
    response = await client.post("/api/similar", data=form(PICTURE))
    assert "pictures.example.org" in (await response.json())["error"]["sentence"]
    assert await key(response) == (400, "error-address-unreachable")


async def test_page_at_the_address(client: TestClient, elsewhere: LocalServer) -> None:
    """The address of a page around a picture gets a sentence of its own."""
    elsewhere.faults.append(Fault(act=page()))
    response = await client.post("/api/similar", data=form(PICTURE))
    assert await key(response) == (415, "error-page-not-picture")


async def test_broken_picture_at_the_address(
    client: TestClient, elsewhere: LocalServer, thumbnail: bytes
) -> None:
    """A picture at an address that cannot be used is pointed out among the others."""
    elsewhere.faults.append(Fault(act=body(thumbnail[:500], kind="image/jpeg")))
    response = await client.post("/api/similar", data=form(PICTURE, pictures=[thumbnail]))
    assert (await response.json())["error"]["picture"] == 1


async def test_too_many_addresses(client: TestClient, limits: UploadLimits, elsewhere: LocalServer) -> None:
    """Addresses count as pictures, and too many of them are not even asked."""
    response = await client.post("/api/similar", data=form(*[PICTURE] * (limits.pictures + 1)))
    assert await key(response) == (400, "error-too-many-pictures")
    assert elsewhere.log == []


async def test_pictures_at_addresses_add_up(
    client: TestClient, limits: UploadLimits, elsewhere: LocalServer, thumbnail: bytes
) -> None:
    """The limit of an upload counts what is fetched for it as well."""
    large = thumbnail + bytes(limits.megabytes * MEGABYTE // 2)
    elsewhere.faults.append(Fault(act=body(large, kind="image/jpeg")))
    response = await client.post("/api/similar", data=form(PICTURE, PICTURE, PICTURE))
    assert await key(response) == (413, "error-upload-too-large")
    assert len(elsewhere.log) == 2


async def test_nothing_to_bring(client: TestClient) -> None:
    """Without an address there is nothing to bring."""
    assert await key(await client.post("/api/fetch", data=form())) == (400, "error-no-picture")
