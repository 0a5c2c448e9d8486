"""How requests go out."""

import httpx
import pytest

from bot.telegram.requests import InOnePiece


async def test_an_upload_leaves_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fields and file are handed to the connection together, and nothing of them is lost."""
    pieces: list[bytes] = []

    async def note(_: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        pieces.extend([piece async for piece in request.stream])
        return httpx.Response(200, json={"length": request.headers["content-length"]})

    monkeypatch.setattr(httpx.AsyncHTTPTransport, "handle_async_request", note)
    async with httpx.AsyncClient(transport=InOnePiece()) as client:
        answer = await client.post(
            "http://127.0.0.1/sendPhoto", data={"chat_id": "1", "caption": "그림"}, files={"photo": b"bytes"}
        )
    assert len(pieces) == 1
    assert all(part in pieces[0] for part in ("그림".encode(), b"bytes", b'name="chat_id"'))
    assert answer.json() == {"length": str(len(pieces[0]))}
