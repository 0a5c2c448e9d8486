import asyncio
import logging
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from yarl import URL

from bot import web_chat
from bot.service import Service
from bot.settings import Settings
from bot.web_server import serve_web
from bot.web_uploads import Upload, UploadLimits, read_upload
from storage.errors import Busy, DatabaseLocked, PictureTooSmall

Post = Callable[..., Awaitable[aiohttp.ClientResponse]]

NO_PICTURE = b"this is no picture at all"


async def test_similar_answers_with_matches(send: Post, thumbnail: bytes) -> None:
    """A picture is answered with the catalogue's webtoons, the best first."""
    response = await send(thumbnail)
    assert response.status == 200
    answer = await response.json()
    assert [match["rank"] for match in answer["matches"]] == [1, 2, 3, 4, 5, 6]
    scores = [match["score"] for match in answer["matches"]]
    assert scores == sorted(scores, reverse=True)
    assert answer["artists"]


async def test_several_pictures_are_one_query(send: Post, service: Service) -> None:
    """Three pictures give one answer that looked at all of them."""
    pictures = [await service.picture(sha256) for sha256 in await service.samples(3)]
    answer = await (await send(*[picture.data for picture in pictures if picture])).json()
    assert answer["crops"] == 3
    assert len(answer["matches"]) == 6


async def test_like_answers_with_others(client: TestClient, service: Service) -> None:
    """A webtoon of the catalogue is answered with the others."""
    response = await client.post("/api/like", json={"webtoon": 1})
    assert response.status == 200
    matches = (await response.json())["matches"]
    assert [match["webtoon"]["id"] for match in matches].count(1) == 0
    assert len(matches) == (await service.counts()).webtoons - 1


async def test_like_of_an_unknown_webtoon(client: TestClient) -> None:
    """A webtoon that is not there gets its sentence."""
    response = await client.post("/api/like", json={"webtoon": 999_999})
    assert response.status == 404
    assert (await response.json())["error"]["key"] == "error-webtoon-not-found"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"x"', b'{"webtoon": "1"}', b'{"webtoon": true}', b"\xff"]
)
async def test_like_of_nonsense(client: TestClient, body: bytes) -> None:
    """What is no request of the page is refused."""
    response = await client.post("/api/like", data=body, headers={"Content-Type": "application/json"})
    assert response.status == 400
    assert (await response.json())["error"]["key"] == "error-bad-request"


async def test_search_finds_a_part_of_a_title(client: TestClient, service: Service) -> None:
    """Two syllables out of a Korean title find it, with a thumbnail that can be fetched."""
    title = (await service.webtoon(1)).webtoon.title
    part = title[1:3].strip()
    found = (await (await client.get("/api/search", params={"q": part})).json())["webtoons"]
    assert title in [webtoon["title"] for webtoon in found]
    assert (await client.get(f"/picture/{found[0]['picture']}")).status == 200


@pytest.mark.parametrize("text", ["", "  ", "없는제목없는제목", "%", "'\"*"])
async def test_search_finds_nothing(client: TestClient, text: str) -> None:
    """Without a hit the list is empty."""
    response = await client.get("/api/search", params={"q": text})
    assert response.status == 200
    assert (await response.json())["webtoons"] == []


async def test_samples_can_be_fetched(client: TestClient) -> None:
    """The samples are pictures of the catalogue, and its figures come with them."""
    samples = await (await client.get("/api/samples")).json()
    assert samples["webtoons"] == 6
    assert 0 < len(samples["pictures"]) <= 8
    for sha256 in samples["pictures"]:
        assert (await client.get(f"/picture/{sha256}")).status == 200


async def test_picture_may_be_kept_for_ever(client: TestClient, service: Service, thumbnail: bytes) -> None:
    """A picture comes with its type, its bytes and leave to keep it."""
    (sha256,) = await service.samples(1)
    response = await client.get(f"/picture/{sha256}")
    assert response.content_type == "image/jpeg"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert await response.read() == thumbnail


@pytest.mark.parametrize("name", ["0" * 64, "A" * 64, "0" * 63, "xyz", "..%2Fgrimche.db"])
async def test_unknown_picture(client: TestClient, name: str) -> None:
    """A name that is no picture's gets a sentence, not a lookup."""
    response = await client.get(f"/picture/{name}")
    assert response.status == 404
    assert (await response.json())["error"]["key"] == "error-not-there"


async def test_sheet_is_a_picture(send: Post, thumbnail: bytes) -> None:
    """The answer to a picture can be had as one picture."""
    response = await send(thumbnail, path="/api/sheet")
    assert response.content_type == "image/png"
    assert (await response.read()).startswith(b"\x89PNG")


async def test_sheet_of_a_webtoon(client: TestClient) -> None:
    """So can the answer to a webtoon of the catalogue."""
    form = aiohttp.FormData({"webtoon": "1"}, default_to_multipart=True)
    response = await client.post("/api/sheet", data=form)
    assert response.content_type == "image/png"


async def test_health(client: TestClient) -> None:
    """A watchdog can ask whether the server answers."""
    assert await (await client.get("/healthz")).text() == "ok\n"


async def test_page_speaks_the_visitors_language(client: TestClient) -> None:
    """The page comes in the language of the browser."""
    page = await (await client.get("/", headers={"Accept-Language": "ko-KR,ko;q=0.9"})).text()
    assert '<html lang="ko">' in page


async def test_page_is_asked_about_again(client: TestClient) -> None:
    """A browser that has the page already gets no second copy, and does not keep it unasked."""
    first = await client.get("/")
    assert first.headers["Cache-Control"] == "no-cache"
    second = await client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert second.status == 304
    assert await second.read() == b""


@pytest.mark.parametrize("name", ["/style.css", "/chat.js", "/icon.svg"])
async def test_files_have_their_types(client: TestClient, name: str) -> None:
    """Scripts, styles and icons come with the types that browsers insist on."""
    types = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    assert (await client.get(name)).content_type == types[name.rpartition(".")[2]]


async def test_texts_come_in_both_languages(client: TestClient) -> None:
    """The language that is asked for wins over the browser's."""
    for language, word in (("ko", "보내기"), ("en", "Send")):
        response = await client.get(f"/api/texts?lang={language}", headers={"Accept-Language": "en"})
        assert (await response.json())["messages"]["web-send"] == word


@pytest.mark.parametrize(
    ("data", "status", "key"),
    [(NO_PICTURE, 415, "error-not-a-picture"), (b"", 400, "error-empty-file")],
)
async def test_faulty_picture(send: Post, data: bytes, status: int, key: str) -> None:
    """A file that is no picture, or empty, gets its own sentence."""
    response = await send(data)
    assert response.status == status
    assert (await response.json())["error"]["key"] == key


async def test_faulty_picture_is_pointed_out(send: Post, thumbnail: bytes, one_pixel: bytes) -> None:
    """Among several pictures the error names the faulty one."""
    error = (await (await send(thumbnail, one_pixel, thumbnail)).json())["error"]
    assert error["key"] == PictureTooSmall.key
    assert error["picture"] == 1


async def test_error_speaks_the_visitors_language(send: Post) -> None:
    """The sentence of an error is in the language of the request."""
    error = (await (await send(NO_PICTURE, headers={"Accept-Language": "ko"})).json())["error"]
    assert re.search("[가-힣]", error["sentence"])


@pytest.mark.parametrize(
    ("error", "status"),
    [(Busy(), 503), (DatabaseLocked(path="grimche.db"), 503), (RuntimeError("secret"), 500)],
)
async def test_service_fails(
    send: Post, service: Service, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    """Whatever the service raises becomes one sentence; what nobody foresaw is not told to strangers."""

    async def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(service, "similar", fail)
    response = await send(b"x")
    assert response.status == status
    assert "secret" not in await response.text()


async def test_unforeseen_error_is_logged(
    client: TestClient, service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The reference that the user reads leads to the traceback in the log."""

    async def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the cause")

    monkeypatch.setattr(service, "samples", fail)
    error = (await (await client.get("/api/samples")).json())["error"]
    assert error["reference"] in error["sentence"]
    (record,) = caplog.records
    assert error["reference"] in record.getMessage()
    assert record.exc_info is not None


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/api/like", 405), ("/picture/", 404)])
async def test_wrong_address(client: TestClient, path: str, status: int) -> None:
    """An address or a method that is not there is answered in the same form as any error."""
    response = await client.get(path)
    assert response.status == status
    assert (await response.json())["error"]["sentence"]


async def test_visitor_leaves(
    service: Service, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A browser that goes away in the middle of an upload leaves no trace and no harm."""
    reading, ended = asyncio.Event(), asyncio.Event()

    async def watched(request: web.Request, *, limits: UploadLimits) -> Upload:
        reading.set()
        try:
            return await read_upload(request, limits=limits)
        finally:
            ended.set()

    monkeypatch.setattr(web_chat, "read_upload", watched)
    # The real server, for aiohttp's test server cancels what a browser has left.
    async with (
        serve_web(service, settings=settings.model_copy(update={"web_port": 0})) as address,
        aiohttp.ClientSession(address) as session,
    ):
        await begin_upload_and_leave(URL(address), reading)
        await ended.wait()
        async with session.get("/healthz") as response:
            assert response.status == 200
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def begin_upload_and_leave(address: URL, reading: asyncio.Event) -> None:
    """Send the beginning of a picture, wait until the server reads it, and hang up."""
    _, writer = await asyncio.open_connection(address.host, address.port)
    writer.write(
        b"POST /api/similar HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n"
        b"Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
        b'Content-Disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\nabc'
    )
    await reading.wait()
    writer.close()


def test_the_web_chat_needs_no_other_door() -> None:
    """Serving the page loads no library of the chat networks."""
    code = (
        "import sys, bot.app, bot.web_server, bot.web_chat\n"
        "print(sorted({'discord', 'telegram'} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"
