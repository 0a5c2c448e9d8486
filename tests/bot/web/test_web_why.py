from collections.abc import Awaitable, Callable
from io import BytesIO

import aiohttp
import pytest
from aiohttp.test_utils import TestClient

from bot.service import Service

Ask = Callable[..., Awaitable[aiohttp.ClientResponse]]


@pytest.fixture
def ask(client: TestClient) -> Ask:
    """Ask why, with pictures and numbers in one form."""

    def post(*pictures: bytes, **numbers: object) -> Awaitable[aiohttp.ClientResponse]:
        form = aiohttp.FormData(default_to_multipart=True)
        for data in pictures:
            form.add_field("picture", BytesIO(data), filename="a.jpg", content_type="image/jpeg")
        for name, number in numbers.items():
            form.add_field(name, str(number))
        return client.post("/api/why", data=form)

    return post


async def test_why_of_a_picture(ask: Ask, client: TestClient, thumbnail: bytes) -> None:
    """A match to a picture is explained by a thumbnail that can be fetched."""
    response = await ask(thumbnail, match=1)
    assert response.status == 200
    why = await response.json()
    assert why["match"]["id"] == 1
    assert len(why["patches"]) == 3
    assert (len(why["query"]["heat"]), len(why["query"]["heat"][0])) == (12, 20)
    assert (await client.get(f"/picture/{why['match']['picture']}")).status == 200


async def test_why_of_a_webtoon(ask: Ask, client: TestClient, service: Service) -> None:
    """A match to a webtoon is explained by a thumbnail of each, both to be fetched."""
    response = await ask(webtoon=1, match=2)
    why = await response.json()
    own = [stored.picture for stored in await service.episodes(1)]
    assert why["asked"] in own
    assert (await client.get(f"/picture/{why['asked']}")).status == 200


@pytest.mark.parametrize(
    ("numbers", "status", "key"),
    [
        ({}, 400, "error-bad-request"),
        ({"match": "x"}, 400, "error-bad-request"),
        ({"match": 1}, 400, "error-no-picture"),
        ({"match": 999, "webtoon": 1}, 404, "error-webtoon-not-found"),
        ({"match": 1, "webtoon": 999}, 404, "error-webtoon-not-found"),
    ],
)
async def test_faulty_questions(ask: Ask, numbers: dict[str, object], status: int, key: str) -> None:
    """What cannot be explained gets its sentence."""
    response = await ask(**numbers)
    assert response.status == status
    assert (await response.json())["error"]["key"] == key


async def test_faulty_picture(ask: Ask) -> None:
    """A file that is no picture gets the sentence that it would get as a query."""
    response = await ask(b"no picture", match=1)
    assert response.status == 415
    assert (await response.json())["error"]["key"] == "error-not-a-picture"
