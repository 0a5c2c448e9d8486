"""Messages that come over the webhook."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from io import BytesIO

import aiohttp
import pytest

from bot.settings import Settings
from bot.telegram.context import Parts
from bot.telegram.door import TelegramDoor
from bot.telegram.webhook import BODY_BYTES, HEADER
from storage.errors import WebhookCannotListen
from storage.queries import Query
from tests.telegram.test_doors import until
from tests.telegram_server import Person, TelegramServer

PUBLIC = "https://bot.example/telegram/here"
SECRET = "a-secret_of-ours"  # noqa: S105  opens nothing but this test


@pytest.fixture
def port() -> int:
    """Find a free port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.fixture
def hooked(server: TelegramServer, settings: Settings, port: int) -> Settings:
    """Change the settings to a webhook, to which the local Telegram knows the way."""
    server.world.routes["https://bot.example"] = f"http://127.0.0.1:{port}"
    return settings.model_copy(
        update={
            "telegram_webhook": PUBLIC,
            "telegram_webhook_secret": type(settings.telegram_token)(SECRET),
            "telegram_webhook_port": port,
        }
    )


@pytest.fixture
async def address(server: TelegramServer, hooked: Settings, parts: Parts, port: int) -> AsyncIterator[str]:
    """Run a door with a webhook, and give the address where it listens."""
    stop = asyncio.Event()
    task = asyncio.create_task(TelegramDoor(hooked, parts).run(stop))
    await until(lambda: server.calls("setWebhook") or task.done())
    yield f"http://127.0.0.1:{port}/telegram/here"
    stop.set()
    await task


def update(number: int, person: Person) -> dict[str, object]:
    """Make an update that gets an answer."""
    chat = {"id": person.id, "type": "private", "first_name": person.name}
    sender = {"id": person.id, "is_bot": False, "first_name": person.name}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 0, "chat": chat, "from": sender, "text": "/about"},
    }


async def post(address: str, *, secret: str | None = SECRET, **content: object) -> int:
    """Post to the webhook as Telegram does, and give the status."""
    headers = {} if secret is None else {HEADER: secret}
    async with aiohttp.ClientSession() as session, session.post(address, headers=headers, **content) as sent:  # type: ignore[arg-type]  whatever a test wants
        return sent.status


@pytest.mark.usefixtures("address")
async def test_messages_come_over_the_webhook(
    server: TelegramServer, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """Telegram is told where to, with the secret and the kinds of updates."""
    await mina.sends(mina.private, photo=thumbnails[0])
    assert (await mina.private.answer()).photo
    (call,) = server.calls("setWebhook")
    assert call.values["secret_token"] == SECRET
    assert "guest_message" in call.values["allowed_updates"]
    assert not server.calls("getUpdates")


@pytest.mark.usefixtures("address")
async def test_a_question_is_confirmed_once_it_is_noted_down(
    server: TelegramServer,
    parts: Parts,
    mina: Person,
    thumbnails: Sequence[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Until then Telegram keeps it."""
    begin, is_asked, may_note = parts.ledger.begin, asyncio.Event(), asyncio.Event()

    async def slow(query: Query) -> None:
        is_asked.set()
        await may_note.wait()
        await begin(query)

    monkeypatch.setattr(parts.ledger, "begin", slow)
    await mina.sends(mina.private, photo=thumbnails[0])
    await is_asked.wait()
    assert len(server.world.updates.pending) == 1
    may_note.set()
    assert (await mina.private.answer()).photo
    assert not server.world.updates.pending


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ä"])
async def test_nobody_gets_in_without_the_secret(
    server: TelegramServer, address: str, mina: Person, secret: str | None
) -> None:
    """Whoever finds the address can send nothing."""
    assert await post(address, secret=secret, json=update(7, mina)) == 403
    await server.rests()
    await mina.private.silent()


async def test_an_update_that_comes_twice_is_taken_once(
    server: TelegramServer, address: str, mina: Person
) -> None:
    """Telegram sends again what it believes to be lost."""
    mina.is_met = mina.has_begun = True
    assert [await post(address, json=update(7, mina)) for _ in range(2)] == [200, 200]
    await until(lambda: server.calls("sendMessage"))
    await server.rests()
    assert len(server.calls("sendMessage")) == 1


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b'{"update_id": "x"}', b"\xff\xfe", b'{"message": {}}']
)
async def test_what_is_no_update_is_refused(address: str, body: bytes) -> None:
    """And the door goes on."""
    assert await post(address, data=body) == 400


async def test_a_body_that_is_too_large_is_refused(address: str) -> None:
    """Nobody can fill the memory."""
    assert await post(address, data=BytesIO(b" " * (BODY_BYTES + 1))) == 413


async def test_there_is_nothing_else_at_the_port(address: str) -> None:
    """Other paths do not exist."""
    assert await post(f"{address}/more", json={}) == 404


async def test_a_port_that_is_taken_ends_the_door(hooked: Settings, parts: Parts, port: int) -> None:
    """With a sentence that names the setting."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(WebhookCannotListen, match="GRIMCHE_TELEGRAM_WEBHOOK_PORT"):
            await TelegramDoor(hooked, parts).run(asyncio.Event())
