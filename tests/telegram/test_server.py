"""The local Telegram against the unmodified library: who is let in, updates, webhooks and faults."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from telegram import Bot, Update
from telegram.error import Conflict, EndPointNotFound, InvalidToken, NetworkError, RetryAfter, TimedOut

from tests.telegram_server import Person, TelegramServer

PUBLIC = "https://grimche.example"


class Hook:
    """A bot's own listener, which refuses as often as it is told to."""

    def __init__(self) -> None:
        self.refuse = 0
        self.secrets: list[str] = []
        self.taken: list[dict[str, object]] = []
        self.came = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        """Take an update, or refuse it."""
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        if self.refuse > 0:
            self.refuse -= 1
            return web.Response(status=503)
        self.taken.append(json.loads(await request.read()))
        self.came.set()
        return web.Response()


@pytest.fixture
async def hook(server: TelegramServer) -> AsyncIterator[Hook]:
    """Listen where a public address leads."""
    hook, app = Hook(), web.Application()
    app.router.add_post("/updates", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.world.routes[PUBLIC] = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield hook
    await runner.cleanup()


async def test_the_bot_knows_what_it_may(bot: Bot) -> None:
    """The bot learns its name, and says that it sees little of groups but takes inline and guest queries."""
    me = await bot.get_me()
    assert (me.username, me.is_bot) == ("grimche_bot", True)
    assert (me.can_read_all_group_messages, me.supports_inline_queries) == (False, True)
    assert me.supports_guest_queries


async def test_a_wrong_token_is_unauthorized(server: TelegramServer) -> None:
    """A token of the right form that is nobody's is answered with 401."""
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=server.api):
            pass
    assert await _status(f"{server.api}1:wrong/getMe") == 401


async def test_no_token_at_all_is_not_found(server: TelegramServer) -> None:
    """A token of the wrong form is answered with 404."""
    with pytest.raises(InvalidToken):
        async with Bot("nonsense", base_url=server.api):
            pass
    assert await _status(f"{server.api}nonsense/getMe") == 404


async def test_a_token_can_be_revoked_while_the_bot_waits(server: TelegramServer, bot: Bot) -> None:
    """A poll that waits ends with 401 when the token is taken back."""
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await _polls(server)
    server.revokes()
    with pytest.raises(InvalidToken, match="Unauthorized"):
        await poll


async def test_unknown_methods_are_not_found(bot: Bot) -> None:
    """What the Bot API does not have is answered with 404."""
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("brewCoffee")


async def test_updates_stay_until_they_are_confirmed(bot: Bot, mina: Person) -> None:
    """The same update comes again until an offset beyond it is asked for."""
    await mina.sends(mina.private, text="one")
    await mina.sends(mina.private, text="two")
    first, second = await bot.get_updates()
    again = await bot.get_updates()
    assert [update.update_id for update in again] == [first.update_id, second.update_id]
    rest = await bot.get_updates(offset=second.update_id)
    assert [update.message.text for update in rest if update.message] == ["two"]
    assert not await bot.get_updates(offset=second.update_id + 1)


async def test_a_negative_offset_keeps_the_last(bot: Bot, mina: Person) -> None:
    """An offset of -1 forgets all but the newest update."""
    for text in ("one", "two", "three"):
        await mina.sends(mina.private, text=text)
    updates = await bot.get_updates(offset=-1)
    assert [update.message.text for update in updates if update.message] == ["three"]


async def test_a_limit_is_kept(bot: Bot, mina: Person) -> None:
    """No more updates come than are asked for."""
    for text in ("one", "two", "three"):
        await mina.sends(mina.private, text=text)
    assert len(await bot.get_updates(limit=2)) == 2


async def test_a_poll_waits_for_an_update(server: TelegramServer, bot: Bot, mina: Person) -> None:
    """A poll without updates is answered when one comes."""
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await _polls(server)
    await mina.sends(mina.private, text="now")
    (update,) = await poll
    assert update.message
    assert update.message.text == "now"


async def test_only_allowed_updates_come(bot: Bot, mina: Person) -> None:
    """Kinds that were not asked for are never queued."""
    await bot.get_updates(allowed_updates=[Update.EDITED_MESSAGE])
    sent = await mina.sends(mina.private, text="one")
    await mina.edits(sent, text="two")
    (update,) = await bot.get_updates()
    assert update.edited_message


async def test_a_second_poller_ends_the_first(server: TelegramServer, bot: Bot) -> None:
    """The poll that waits is answered with 409 when another one comes."""
    async with Bot(server.token, base_url=server.api) as other:
        first = asyncio.create_task(other.get_updates(timeout=30))
        await _polls(server)
        assert await bot.get_updates() == ()
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first


async def test_nobody_polls_beside_a_webhook(bot: Bot) -> None:
    """With a webhook set, getUpdates is answered with 409."""
    await bot.set_webhook(f"{PUBLIC}/updates")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_webhook_gets_the_secret(bot: Bot, hook: Hook, mina: Person) -> None:
    """Updates are posted with the secret in their header."""
    await bot.set_webhook(f"{PUBLIC}/updates", secret_token="s3cret")  # noqa: S106 - of a local server
    await mina.sends(mina.private, text="hello")
    await hook.came.wait()
    update = Update.de_json(hook.taken[0], bot)
    assert update.message
    assert (update.message.text, hook.secrets) == ("hello", ["s3cret"])


async def test_a_webhook_that_refuses_is_asked_again(bot: Bot, hook: Hook, mina: Person) -> None:
    """An update that is not taken is posted again, and the trouble is told."""
    hook.refuse = 2
    await bot.set_webhook(f"{PUBLIC}/updates")
    await mina.sends(mina.private, text="hello")
    await hook.came.wait()
    info = await bot.get_webhook_info()
    assert (len(hook.secrets), len(hook.taken)) == (3, 1)
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


@pytest.mark.parametrize(
    ("url", "secret", "why"),
    [
        ("http://grimche.example", "", "An https url must be provided"),
        ("https://grimche.example:9000", "", "only on ports 80, 88, 443 or 8443"),
        (PUBLIC, "ä", "unallowed characters"),
        (PUBLIC, "s" * 257, "at most 256 characters"),
    ],
)
async def test_bad_webhooks_are_refused(bot: Bot, url: str, secret: str, why: str) -> None:
    """A webhook is public, on one of four ports, and its secret is plain."""
    with pytest.raises(NetworkError, match=f"(?i){why}"):
        await bot.set_webhook(url, secret_token=secret)


async def test_pending_updates_can_be_dropped(bot: Bot, mina: Person) -> None:
    """drop_pending_updates forgets what waits."""
    await mina.sends(mina.private, text="old")
    await bot.delete_webhook(drop_pending_updates=True)
    assert not await bot.get_updates()


async def test_a_storm_of_429_passes(server: TelegramServer, bot: Bot) -> None:
    """An ordered 429 says how long to wait, as often as it was ordered."""
    server.fails("getMe", status=429, retry_after=3, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter, match="Retry in 3 seconds"):
            await bot.get_me()
    assert await bot.get_me()


async def test_a_bad_gateway_is_an_error_of_the_network(server: TelegramServer, bot: Bot) -> None:
    """An ordered 502 is what the library calls a network error."""
    server.fails("getMe", status=502)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.get_me()


async def test_a_connection_can_drop(server: TelegramServer, bot: Bot, mina: Person) -> None:
    """A call that is dropped before it is done has done nothing."""
    await mina.sends(mina.private, text="hello")
    await bot.get_updates()
    server.drops("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(mina.id, "lost")
    assert not mina.private.unseen


async def test_an_answer_can_get_lost(server: TelegramServer, bot: Bot, mina: Person) -> None:
    """A call that is dropped late has done its work."""
    await mina.sends(mina.private, text="hello")
    server.drops("sendMessage", late=True)
    with pytest.raises(NetworkError):
        await bot.send_message(mina.id, "said")
    assert (await mina.private.answer()).text == "said"


async def test_an_answer_can_be_late(server: TelegramServer, bot: Bot) -> None:
    """A slow answer runs into the library's timeout."""
    server.slow("getMe", 5)
    with pytest.raises(TimedOut):
        await bot.get_me(read_timeout=0.05)


async def test_a_late_answer_has_done_its_work(server: TelegramServer, bot: Bot, mina: Person) -> None:
    """Who does not wait for an answer cannot know whether the message was sent."""
    await mina.sends(mina.private, text="hello")
    server.slow("sendMessage", 5, late=True)
    with pytest.raises(TimedOut):
        await bot.send_message(mina.id, "said", read_timeout=0.5)
    assert (await mina.private.answer()).text == "said"


async def test_telegram_can_be_away(server: TelegramServer, bot: Bot, mina: Person) -> None:
    """After a stop it listens on the same port, and updates are still there."""
    await server.stop()
    with pytest.raises(NetworkError):
        await bot.get_me()
    await mina.sends(mina.private, text="meanwhile")
    await server.start()
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.text == "meanwhile"


async def test_who_sends_too_much_has_to_wait(server: TelegramServer, bot: Bot, mina: Person) -> None:
    """With the rule on, one chat takes a short burst, then 429."""
    await mina.sends(mina.private, text="hello")
    server.world.flood.enabled, server.world.flood.burst = True, 20
    for number in range(20):
        await bot.send_message(mina.id, str(number))
    with pytest.raises(RetryAfter):
        await bot.send_message(mina.id, "20")


async def test_it_can_be_tried_by_hand() -> None:
    """Run as a program, it says what to set for a bot to meet it, and ends with its input."""
    command = (sys.executable, "-m", "tests.telegram_server")
    pipe = asyncio.subprocess.PIPE
    root = Path(__file__).parents[2]
    program = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, cwd=root)
    said, _ = await program.communicate(b"hello\n")
    names = [line.partition(b"=")[0] for line in said.splitlines()]
    assert names == [b"GRIMCHE_TELEGRAM_TOKEN", b"GRIMCHE_TELEGRAM_API", b"GRIMCHE_TELEGRAM_FILES"]
    assert program.returncode == 0


async def _status(url: str) -> int:
    async with ClientSession() as session, session.get(url) as response:
        return response.status


async def _polls(server: TelegramServer) -> None:
    """Wait until a poll has come."""
    while not server.calls("getUpdates"):  # noqa: ASYNC110 - the server tells nobody
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
