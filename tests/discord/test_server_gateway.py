import asyncio
from collections.abc import Callable

import aiohttp
import discord
import pytest

from tests.discord.bots import Plain, running
from tests.discord_server import Channel, DiscordServer, Guild, Person


async def until(happened: Callable[[], object]) -> None:
    """Wait for something that is bound to happen."""
    async with asyncio.timeout(60):
        while not happened():  # noqa: ASYNC110  nothing announces it
            await asyncio.sleep(0.01)


async def test_a_broken_connection_is_resumed_with_what_was_missed(
    server: DiscordServer, mina: Person, general: Channel
) -> None:
    """What is said while the bot is away comes when it is back, once and in order."""
    async with running(server, Plain()) as client:
        await server.closes(4000)
        for number in range(3):
            await mina.writes(general, text=str(number), mentions_bot=True)
        await until(lambda: len(client.messages) == 3)
        assert [message.content[-1] for message in client.messages] == ["0", "1", "2"]
        assert client.events.count("READY") == 1
        assert len(server.world.gateway.resumed) == 1


async def test_a_bot_asked_to_reconnect_resumes(
    server: DiscordServer, mina: Person, general: Channel
) -> None:
    """Operation 7 loses nothing."""
    async with running(server, Plain()) as client:
        await server.reconnects()
        await mina.writes(general, text="there", mentions_bot=True)
        await until(lambda: client.messages)
        assert client.events.count("READY") == 1


@pytest.mark.parametrize("resumable", [True, False])
async def test_an_invalid_session_begins_anew(
    server: DiscordServer,
    readers: Guild,  # noqa: ARG001  has to be there
    *,
    resumable: bool,
) -> None:
    """Operation 9 lets the bot resume, or identify again."""
    async with running(server, Plain()) as client:
        await server.invalidates(resumable=resumable)
        await until(
            lambda: client.events.count("RESUMED") if resumable else client.events.count("READY") == 2
        )
        assert len(server.world.gateway.identified) == (1 if resumable else 2)


async def test_a_session_that_timed_out_begins_anew(server: DiscordServer, readers: Guild) -> None:  # noqa: ARG001
    """After 4009 a resume is refused, and the bot identifies again."""
    async with running(server, Plain()) as client:
        await server.closes(4009)
        await until(lambda: client.events.count("READY") == 2)


async def test_a_zombie_is_left_by_the_bot(server: DiscordServer, mina: Person, general: Channel) -> None:
    """A connection that does not answer heartbeats is given up, and resumed on another."""
    server.world.gateway.heartbeat_seconds = 0.2
    async with running(server, Plain(heartbeat_timeout=0.5)) as client:
        server.zombie()
        await mina.writes(general, text="there", mentions_bot=True)
        await until(lambda: client.messages)
        assert server.world.gateway.resumed
    assert all(beat.after < 5 for beat in server.heartbeats)


async def test_a_server_that_went_away_is_found_again(
    server: DiscordServer, mina: Person, general: Channel
) -> None:
    """Stopping cuts the connection, and starting is on the same port."""
    async with running(server, Plain()) as client:
        await server.stop()
        await mina.writes(general, text="there", mentions_bot=True)
        await server.start()
        await until(lambda: client.messages)


async def test_shards_have_servers_of_their_own(server: DiscordServer, mina: Person) -> None:
    """Each is told of its servers, and private messages come to the first."""

    class Sharded(discord.AutoShardedClient):
        heard: list[discord.Message]

        async def on_message(self, message: discord.Message) -> None:
            self.heard.append(message)

    server.world.gateway.shards = 2
    guilds = [server.guild(str(number), [mina], owner=mina) for number in range(4)]
    client = Sharded(intents=discord.Intents.default())
    client.heard = []
    async with running(server, client):
        assert {(guild.id, guild.shard_id) for guild in client.guilds} == {
            (guild.id, (guild.id >> 22) % 2) for guild in guilds
        }
        for channel in (*(guild.channel("general") for guild in guilds), mina.dm):
            await mina.writes(channel, text="there", mentions_bot=True)
        await until(lambda: len(client.heard) == 5)


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        (["{"], 4002),
        (['{"op": 3, "d": {}}'], 4003),
        (['{"op": 2, "d": {"token": "x", "intents": 0}}'], 4004),
        (['{"op": 2, "d": {"token": "TOKEN", "intents": 1, "shard": [2, 2]}}'], 4010),
        (['{"op": 2, "d": {"token": "TOKEN", "intents": 1073741824}}'], 4013),
        (['{"op": 2, "d": {"token": "TOKEN", "intents": 32768}}'], 4014),
        (['{"op": 2, "d": {"token": "TOKEN", "intents": 1}}'] * 2, 4005),
        (['{"op": 2, "d": {"token": "TOKEN", "intents": 1}}', '{"op": 99, "d": {}}'], 4001),
        (['{"op": 2, "d": {"token": "TOKEN", "intents": 1}}', *['{"op": 3, "d": {}}'] * 121], 4008),
    ],
)
async def test_a_faulty_connection_is_closed(server: DiscordServer, frames: list[str], code: int) -> None:
    """Each fault has its code."""
    async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway) as socket:
        for frame in frames:
            await socket.send_str(frame.replace("TOKEN", server.token))
        while not socket.closed:
            await socket.receive()
        assert socket.close_code == code


async def test_the_content_of_messages_can_be_granted(
    server: DiscordServer, mina: Person, general: Channel
) -> None:
    """With the privileged intent, everything is read."""
    server.allows_content()
    intents = discord.Intents.default()
    intents.message_content = True
    async with running(server, Plain(intents=intents)) as client:
        await mina.writes(general, text="among us")
        await until(lambda: client.messages)
        assert client.messages[0].content == "among us"
