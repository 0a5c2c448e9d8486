from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest
from aiohttp.test_utils import TestClient

from bot.web_uploads import MEGABYTE, UploadLimits

Post = Callable[..., Awaitable[aiohttp.ClientResponse]]

FORM = "multipart/form-data; boundary=b"


async def key(response: aiohttp.ClientResponse) -> tuple[int, str]:
    """Return the status and the key of an error."""
    return response.status, (await response.json())["error"]["key"]


async def test_no_picture(send: Post) -> None:
    """A form without a picture gets its sentence."""
    assert await key(await send()) == (400, "error-no-picture")


async def test_too_many_pictures(send: Post, limits: UploadLimits, one_pixel: bytes) -> None:
    """More pictures than allowed are counted and refused."""
    count = limits.pictures + 2
    response = await send(*[one_pixel] * count)
    assert (await response.json())["error"]["values"] == {"count": count, "maximum": limits.pictures}
    assert response.status == 400


async def test_announced_upload_is_too_large(send: Post, limits: UploadLimits) -> None:
    """An upload that says it is too large is refused."""
    response = await send(bytes(limits.megabytes * MEGABYTE + 1))
    assert await key(response) == (413, "error-upload-too-large")


async def test_unannounced_upload_is_too_large(client: TestClient, limits: UploadLimits) -> None:
    """An upload that hides its size is refused when it passes the limit, not read to its end."""
    sent = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\n'
        for _ in range(1000):
            sent += 100_000
            yield bytes(100_000)
        yield b"\r\n--b--\r\n"

    headers = {"Content-Type": FORM}
    try:
        response = await client.post("/api/similar", data=body(), headers=headers)
    except aiohttp.ClientConnectionError:
        pass  # the server hung up before all was sent, which is as good
    else:
        assert await key(response) == (413, "error-upload-too-large")
    assert sent > limits.megabytes * MEGABYTE


async def test_small_pictures_add_up(send: Post, limits: UploadLimits) -> None:
    """The limit counts all the pictures of an upload together."""
    response = await send(*[bytes(limits.megabytes * MEGABYTE // 2)] * 3)
    assert await key(response) == (413, "error-upload-too-large")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{}", "application/json"),
        (b"", "multipart/form-data"),
        (b"", FORM),
        (b"nonsense", FORM),
        (b'--b\r\nContent-Disposition: form-data; name="webtoon"\r\n\r\nx\r\n--b--\r\n', FORM),
        (b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--\r\n", FORM),
        (b'--b\r\nContent-Disposition: form-data; name="picture"\r\n\r\nabc', FORM),
    ],
    ids=["json", "no boundary", "empty", "nonsense", "no number", "nested", "cut off"],
)
async def test_malformed_upload(client: TestClient, body: bytes, kind: str) -> None:
    """A form that is none is refused with a sentence."""
    response = await client.post("/api/similar", data=body, headers={"Content-Type": kind})
    assert response.status == 400
    assert (await response.json())["error"]["sentence"]
