"""The door when something goes wrong: on the network, at Telegram's, and with its own process."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot.ledger import new_token
from bot.settings import Settings
from bot.telegram.context import Parts
from bot.telegram.door import GRACE, TelegramDoor
from storage.errors import SecondPoller, TokenRefused
from storage.queries import Query
from tests.telegram.conftest import Lines, drawing
from tests.telegram.opening import OpenDoor, open_door
from tests.telegram_server import Person, TelegramServer

pytestmark = pytest.mark.slow

BEST = "\n1. "


async def until(true: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(60):
        while not true():  # noqa: ASYNC110  what is waited for has no event
            await asyncio.sleep(0.02)


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize("method", ["getFile", "file", "sendPhoto"])
async def test_a_dropped_connection_is_tried_again(
    server: TelegramServer, mina: Person, thumbnails: Sequence[bytes], method: str
) -> None:
    """Whichever request of a question it is, there is one answer."""
    server.drops(method)
    await mina.sends(mina.private, photo=thumbnails[0])
    (answer,) = await mina.private.answers()
    assert BEST in answer.caption


@pytest.mark.usefixtures("door")
async def test_a_failing_server_is_tried_again(
    server: TelegramServer, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """Telegram's own errors pass."""
    server.fails("sendPhoto", status=502)
    await mina.sends(mina.private, photo=thumbnails[0])
    (answer,) = await mina.private.answers()
    assert BEST in answer.caption
    assert [call.code for call in server.calls("sendPhoto")] == [502, 200]


@pytest.mark.usefixtures("door")
async def test_a_flood_limit_is_waited_out(
    server: TelegramServer, mina: Person, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """Both are answered once the second is over, each once."""
    server.fails("sendPhoto", status=429, retry_after=1, times=2)
    await mina.sends(mina.private, photo=thumbnails[0])
    await jun.sends(jun.private, photo=thumbnails[1])
    assert [len(await each.private.answers()) for each in (mina, jun)] == [1, 1]


@pytest.mark.usefixtures("door")
async def test_a_storm_of_flood_limits_is_waited_out(
    server: TelegramServer, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """Longer than the library itself would."""
    server.fails("sendPhoto", status=429, retry_after=1, times=6)
    await mina.sends(mina.private, photo=thumbnails[0])
    answer = await mina.private.answer(timeout=30)
    assert BEST in answer.caption


async def test_what_was_asked_while_the_server_was_away_is_answered(
    server: TelegramServer, door: OpenDoor, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """The door comes back by itself."""
    await server.stop()
    await asyncio.sleep(0.3)
    await mina.sends(mina.private, photo=thumbnails[0])
    await server.start()
    assert BEST in (await mina.private.answer(timeout=20)).caption
    assert not door.task.done()


async def test_a_server_that_goes_away_during_a_question_gets_its_answer(
    server: TelegramServer, door: OpenDoor, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """What was taken on is finished when the server is there again."""
    server.slow("getFile", 0.2, times=1)
    await mina.sends(mina.private, photo=thumbnails[0])
    await until(lambda: server.calls("getFile"))
    await server.stop()
    await asyncio.sleep(0.3)
    await server.start()
    assert BEST in (await mina.private.answer(timeout=20)).caption
    assert not door.task.done()


async def test_a_server_that_is_away_is_asked_less_and_less(
    server: TelegramServer, door: OpenDoor, caplog: pytest.LogCaptureFixture
) -> None:
    """In the first seconds there are few attempts, and no traceback for any."""
    await server.stop()
    await asyncio.sleep(2)
    attempts = [record for record in caplog.records if record.name == "bot.telegram.polling"]
    assert 1 <= len(attempts) <= 4
    assert not [record for record in attempts if record.exc_info]
    await server.start()
    assert not door.task.done()


async def test_a_door_opens_when_the_server_comes(
    server: TelegramServer, settings: Settings, parts: Parts, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """It need not be there at the start."""
    server.fails("getMe", status=502, times=1)
    async with open_door(server, settings, parts):
        await mina.sends(mina.private, photo=thumbnails[0])
        assert BEST in (await mina.private.answer(timeout=20)).caption


async def test_a_refused_token_ends_the_door(
    server: TelegramServer, settings: Settings, parts: Parts
) -> None:
    """With a sentence that names the setting."""
    server.revokes()
    with pytest.raises(TokenRefused, match="GRIMCHE_TELEGRAM_TOKEN"):
        async with open_door(server, settings, parts) as door:
            await asyncio.wait({door.task})


async def test_a_token_that_is_revoked_ends_the_door(
    server: TelegramServer, settings: Settings, parts: Parts
) -> None:
    """Also the poll that waits already."""
    with pytest.raises(TokenRefused):  # noqa: PT012  the door ends with its block
        async with open_door(server, settings, parts) as door:
            server.revokes()
            await asyncio.wait({door.task})


async def test_of_two_pollers_one_goes_on(server: TelegramServer, settings: Settings, parts: Parts) -> None:
    """The other ends with a sentence."""
    with pytest.raises(SecondPoller):  # noqa: PT012  as above
        async with open_door(server, settings, parts) as first, open_door(server, settings, parts) as second:
            await asyncio.wait({first.task, second.task}, return_when=asyncio.FIRST_COMPLETED)
            assert first.task.done() is not second.task.done()


async def test_who_blocks_the_bot_harms_nobody(
    server: TelegramServer, door: OpenDoor, mina: Person, jun: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """The question is done with, the log keeps quiet, and others are answered."""
    server.slow("getFile", 0.2, times=1)
    await mina.sends(mina.private, photo=drawing(1))
    await until(lambda: server.calls("getFile"))
    server.blocks(mina)
    await jun.sends(jun.private, photo=drawing(2))
    assert (await jun.private.answer()).photo
    await server.rests()
    assert await door.parts.ledger.unfinished("telegram") == []
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_a_stopped_door_finishes_what_it_took_on(
    server: TelegramServer, door: OpenDoor, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """Also what had only just come in."""
    server.slow("getFile", 0.3)
    for picture in thumbnails[:3]:
        await mina.sends(mina.private, photo=picture)
    await until(lambda: server.calls("getFile") and not server.world.updates.pending)
    door.stop.set()
    await asyncio.wait({door.task})
    server.watches(lambda: False)
    assert len(await mina.private.answers()) == 3
    assert await door.parts.ledger.unfinished("telegram") == []


async def test_a_lost_question_is_apologised_for_once(
    server: TelegramServer, settings: Settings, parts: Parts, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """The next start says sorry in reply to it, and the one after that does not."""
    server.slow("getFile", 60, times=1)
    async with open_door(server, settings, parts) as door:
        asked = await mina.sends(mina.private, photo=thumbnails[0])
        await until(lambda: server.calls("getFile"))
        await _kill(door)
    async with open_door(server, settings, parts):
        apology = await mina.private.answer()
        assert apology.text.startswith("Sorry, I was interrupted")
        assert apology.reply_to is asked
    async with open_door(server, settings, parts):
        await mina.private.silent()


async def test_telegram_keeps_a_question_until_it_is_noted_down(
    server: TelegramServer,
    door: OpenDoor,
    mina: Person,
    jun: Person,
    thumbnails: Sequence[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Others are answered meanwhile; it is confirmed then, and taken once."""
    begin, may_note = door.parts.ledger.begin, asyncio.Event()

    async def slow(query: Query) -> None:
        if query.chat_id == str(mina.private.id):
            await may_note.wait()
        await begin(query)

    monkeypatch.setattr(door.parts.ledger, "begin", slow)
    await mina.sends(mina.private, photo=thumbnails[0])
    await jun.sends(jun.private, photo=thumbnails[1])
    assert (await jun.private.answer()).photo
    assert len(server.world.updates.pending) == 2
    may_note.set()
    assert len(await mina.private.answers()) == 1
    assert not server.world.updates.pending


async def test_many_apologies_hold_nobody_up(settings: Settings, parts: Parts, mina: Person) -> None:
    """With 2,000 to say, a question is answered meanwhile, a stop is prompt, and the next start goes on."""
    await mina.sends(mina.private, photo=drawing(1))
    for number in range(2000):
        await parts.ledger.begin(_lost(mina, number + 1))
    async with _running(settings, parts):
        answers = [await mina.private.answer()]
        while not answers[-1].photo:
            answers.append(await mina.private.answer())
    assert [answer for answer in answers if answer.photo]
    assert [answer for answer in answers if answer.text.startswith("Sorry, I was interrupted")]
    left = await parts.ledger.unfinished("telegram")
    assert 1000 < len(left) < 2000
    async with _running(settings, parts), asyncio.timeout(20):
        while len(await parts.ledger.unfinished("telegram")) >= len(left):  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.02)
    assert len(await parts.ledger.unfinished("telegram")) > 1000


@asynccontextmanager
async def _running(settings: Settings, parts: Parts) -> AsyncIterator[None]:
    """Run a door that has more to do than to listen; it has to end in less than its grace."""
    stop = asyncio.Event()
    task = asyncio.create_task(TelegramDoor(settings, parts).run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, GRACE / 2)


def _lost(person: Person, message: int) -> Query:
    """Make a question that a crash left unanswered."""
    return Query(
        token=new_token(),
        door="telegram",
        chat_id=str(person.private.id),
        message_id=str(message),
        person="somebody",
        asked=datetime.now(UTC),
    )


async def _kill(door: OpenDoor) -> None:
    """End a door's tasks where they stand, as a crash does, and let the rest go."""
    for application in door.applications:
        for task in list(application._Application__create_task_tasks):  # type: ignore[attr-defined]  the library's own
            task.cancel()


@pytest.mark.usefixtures("door")
async def test_requests_are_told_without_the_token(log: Lines) -> None:
    """At "debug" the log has the addresses of all requests, with a word in the token's place."""
    assert "[secret]/getMe" in log.text
