import asyncio
from collections.abc import Callable, Sequence

import discord
import pytest

from bot import texts
from bot.discord.context import Parts
from bot.discord.door import DiscordDoor
from bot.doors import Patience, run_doors
from bot.settings import Settings
from bot.texts import Language
from storage.errors import TokenRefused
from tests.discord.bots import at_once
from tests.discord.opening import OpenDoor, open_door
from tests.discord_server import Channel, DiscordServer, Person

pytestmark = pytest.mark.slow


async def until(true: Callable[[], object], *, seconds: float = 60) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.02)


async def comes_back(server: DiscordServer) -> None:
    """Wait until a session has a connection again."""
    await until(lambda: any(session.socket for session in server.world.gateway.sessions.values()))


async def is_answered(jun: Person, where: Channel, picture: bytes) -> bool:
    """Ask, and see whether there is an answer."""
    asked = await jun.uses("/similar", where=where, image=picture)
    return len((await asked.settled()).images) == 10


async def test_a_refused_token_ends_the_door(settings: Settings, parts: Parts) -> None:
    """A token that Discord does not know is said with its setting, and not tried again."""
    wrong = settings.model_copy(update={"discord_token": type(settings.discord_token)("wrong")})
    with pytest.raises(TokenRefused) as refused:
        await DiscordDoor(wrong, parts).run(asyncio.Event())
    assert "GRIMCHE_DISCORD_TOKEN" in str(refused.value)


async def test_a_revoked_token_ends_the_door(server: DiscordServer, settings: Settings, parts: Parts) -> None:
    """A token that is taken back while the bot runs ends it in the same way."""
    task = asyncio.create_task(DiscordDoor(settings, parts).run(asyncio.Event()))
    await comes_back(server)
    await server.revokes()
    with pytest.raises(TokenRefused):
        await task


async def test_the_presence_shows_the_catalogue(server: DiscordServer, door: OpenDoor) -> None:
    """Beside the bot's name stands how many webtoons it knows."""
    assert server.presence == f"{(await door.parts.service.counts()).webtoons} webtoons"


@pytest.mark.parametrize("code", [1001, 4000, 4001, 4002, 4003, 4005, 4008])
async def test_closed_connections_come_back(
    server: DiscordServer,
    door: OpenDoor,
    general: Channel,
    jun: Person,
    thumbnails: Sequence[bytes],
    code: int,
) -> None:
    """After each code that leaves hope, the bot connects again and answers."""
    await server.closes(code)
    await comes_back(server)
    assert await is_answered(jun, general, thumbnails[0])
    assert not door.task.done()


@pytest.mark.parametrize("code", [4007, 4009])
async def test_sessions_that_end_begin_anew(
    server: DiscordServer,
    door: OpenDoor,
    general: Channel,
    jun: Person,
    thumbnails: Sequence[bytes],
    code: int,
) -> None:
    """After a code that ends the session, the bot begins another; the library waits five seconds first."""
    await server.closes(code)
    await comes_back(server)
    assert await is_answered(jun, general, thumbnails[0])
    assert not door.task.done()


@pytest.mark.parametrize("resumable", [True, False])
async def test_invalid_sessions_begin_anew(
    server: DiscordServer,
    door: OpenDoor,
    general: Channel,
    jun: Person,
    thumbnails: Sequence[bytes],
    *,
    resumable: bool,
) -> None:
    """A session that Discord calls invalid is resumed or begun anew."""
    await server.invalidates(resumable=resumable)
    await comes_back(server)
    assert await is_answered(jun, general, thumbnails[0])
    assert not door.task.done()


@pytest.mark.parametrize("code", [4010, 4011, 4012, 4013, 4014])
async def test_fatal_codes_open_the_door_anew(
    server: DiscordServer,
    settings: Settings,
    parts: Parts,
    jun: Person,
    thumbnails: Sequence[bytes],
    code: int,
) -> None:
    """After a code that forbids to go on, the door is built again: with the shards and intents of then."""
    stop, patience = asyncio.Event(), Patience(first_pause=0.01)
    doors = asyncio.create_task(run_doors([DiscordDoor(settings, parts)], stop, say=print, patience=patience))
    await comes_back(server)
    identified = server.world.gateway.identified
    await server.closes(code)
    server.world.gateway.sessions.clear()
    await until(lambda: len(identified) > 1)
    await comes_back(server)
    assert await is_answered(jun, jun.dm, thumbnails[0])
    stop.set()
    await doors


async def test_shards_are_as_many_as_are_set(
    server: DiscordServer, settings: Settings, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part connects for itself; without the setting there are as many as Discord advises."""
    monkeypatch.setattr(discord.Client, "before_identify_hook", at_once)
    gateway = server.world.gateway
    for advised, given, shards in ((1, 3, 3), (2, 0, 2)):
        gateway.shards = advised
        gateway.identified.clear()
        async with open_door(server, settings.model_copy(update={"discord_shards": given}), parts):
            await until(lambda: len(gateway.identified) == shards)  # noqa: B023  awaited at once
            assert sorted(each["shard"] for each in gateway.identified) == [
                [n, shards] for n in range(shards)
            ]


@pytest.mark.usefixtures("door")
async def test_what_was_missed_is_answered(
    server: DiscordServer, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """What was written while the connection was away is brought by resuming, and answered once."""
    await server.reconnects()
    await jun.writes(jun.dm, images=[thumbnails[0]])
    reply = await jun.dm.answer(timeout=20)
    assert len(reply.images) == 10
    await jun.dm.silent()


@pytest.mark.usefixtures("door")
async def test_errors_of_the_api_are_outlasted(
    server: DiscordServer, general: Channel, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """Server errors and requests for patience do not lose an answer."""
    server.fails(status=502, after=1)
    assert await is_answered(jun, general, thumbnails[0])
    server.fails(status=429, retry_after=0.3, after=1)
    assert await is_answered(jun, general, thumbnails[1])


@pytest.mark.usefixtures("door")
async def test_an_expired_link_is_said(
    server: DiscordServer, general: Channel, jun: Person, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """Where Discord does not hand a picture over any more, who asks is told to send it again."""
    message = await mina.writes(general, images=list(thumbnails[:2]))
    choice = await (await jun.uses_menu("Find similar art", on=message)).settled()
    server.expires_links()
    picked = await jun.picks(choice, "Picture 1")
    assert "send it again" in (await picked.settled()).text


async def test_an_answer_too_late_is_dropped(
    server: DiscordServer, door: OpenDoor, general: Channel, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """An interaction that is older than its token costs nothing but its own answer."""
    server.passes(16 * 60)
    assert await is_answered(jun, general, thumbnails[0])
    assert not door.task.done()


async def test_stopping_finishes_what_is_in_work(
    server: DiscordServer,
    settings: Settings,
    parts: Parts,
    general: Channel,
    jun: Person,
    thumbnails: Sequence[bytes],
) -> None:
    """What was asked before the end is answered, and what comes after it is refused politely."""
    async with open_door(server, settings, parts) as door:
        asked = await jun.uses("/similar", where=general, image=thumbnails[0])
        door.stop.set()
        await door.task
        assert len((await asked.settled()).images) == 10


async def test_what_comes_after_the_end_is_refused(
    server: DiscordServer,
    settings: Settings,
    parts: Parts,
    general: Channel,
    jun: Person,
    thumbnails: Sequence[bytes],
) -> None:
    """While the last answer is finished, commands and buttons are asked to come again."""
    async with open_door(server, settings, parts) as door:
        answer = await (await jun.uses("/similar", where=general, image=thumbnails[0])).settled()
        go = server.holds("cdn")
        last = await jun.uses("/similar", where=general, image=thumbnails[1])
        door.stop.set()
        await until(lambda: parts.work.is_ending)
        closing = texts.get(Language.EN).format("error-closing")
        for refused in (await jun.uses("/about", where=general), await jun.presses(answer, "Details")):
            assert (await refused.reply()).text == closing
        go.set()
        await door.task
        assert len((await last.reply()).images) == 10


async def test_a_lost_question_is_apologised_for(
    server: DiscordServer, settings: Settings, parts: Parts, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """After a crash, everybody whose question was lost is told so at the next start."""
    task = asyncio.create_task(DiscordDoor(settings, parts).run(asyncio.Event()))
    await comes_back(server)
    server.slow("", 60)
    await jun.writes(jun.dm, images=[thumbnails[0]])
    await until(lambda: parts.desk._turns.running)
    task.cancel()
    await asyncio.wait({task})
    server.heals()
    assert await parts.ledger.unfinished("discord")
    async with open_door(server, settings, parts):
        await until(lambda: jun.dm.unseen)
        assert "interrupted" in (await jun.dm.settled()).text
        while await parts.ledger.unfinished("discord"):  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.02)


async def test_an_unreachable_discord_is_waited_for(
    server: DiscordServer,
    settings: Settings,
    parts: Parts,
    general: Channel,
    jun: Person,
    thumbnails: Sequence[bytes],
) -> None:
    """A door opens as soon as Discord can be reached."""
    await server.stop()
    stop = asyncio.Event()
    task = asyncio.create_task(DiscordDoor(settings, parts).run(stop))
    await asyncio.sleep(0)
    await server.start()
    await comes_back(server)
    await server.rests()
    assert await is_answered(jun, general, thumbnails[0])
    stop.set()
    await task


async def test_no_token_is_logged(
    server: DiscordServer,
    door: OpenDoor,
    jun: Person,
    thumbnails: Sequence[bytes],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Neither the bot's token nor those of interactions stand in the log, whatever goes wrong."""
    caplog.set_level("DEBUG")
    server.fails(status=429, retry_after=0.2, after=1)
    asked = await jun.uses("/similar", where=jun.dm, image=thumbnails[0])
    await asked.settled()
    written = "\n".join(record.getMessage() for record in caplog.records)
    assert "rate limited" in written
    assert server.token not in written
    assert asked.interaction.token not in written
    assert not door.task.done()


async def test_lost_connections_are_logged_in_a_line(
    server: DiscordServer, door: OpenDoor, caplog: pytest.LogCaptureFixture
) -> None:
    """What is tried again by itself fills no log with where it happened."""
    await server.stop()
    await until(lambda: "Attempting a reconnect" in caplog.text)
    await server.start()
    await comes_back(server)
    (told, *_) = [record for record in caplog.records if "reconnect" in record.getMessage()]
    assert told.getMessage().endswith("(ClientConnectorError)")
    assert "Traceback" not in caplog.text
    assert not door.task.done()
