from collections.abc import AsyncIterator

import aiohttp
import discord
import pytest

from tests.discord.bots import Plain, running
from tests.discord_server import Channel, DiscordServer


@pytest.fixture
async def client(server: DiscordServer, general: Channel) -> AsyncIterator[Plain]:  # noqa: ARG001  has to be there
    """Run the library and nothing else."""
    async with running(server, Plain()) as client:
        yield client


async def send(client: Plain, channel: Channel) -> discord.Message:
    """Write something."""
    return await client.get_partial_messageable(channel.id).send("x")


async def test_answers_name_their_bucket(server: DiscordServer, general: Channel) -> None:
    """The headers say how much is left, and one too many is 429 with the time to wait."""
    headers = {"Authorization": f"Bot {server.token}", "User-Agent": "DiscordBot (x, 1)"}
    url = f"{server.api}/channels/{general.id}/messages"
    async with aiohttp.ClientSession(headers=headers) as session:
        answers = [await session.post(url, json={"content": "x"}) for _ in range(6)]
        refused = await answers[-1].json()
    assert [answer.status for answer in answers] == [200] * 5 + [429]
    assert [answer.headers["X-RateLimit-Remaining"] for answer in answers[:5]] == ["4", "3", "2", "1", "0"]
    assert answers[0].headers["X-RateLimit-Bucket"]
    assert not refused["global"]
    assert 0 < refused["retry_after"] <= 5


async def test_fifty_requests_a_second_are_allowed_in_all(server: DiscordServer) -> None:
    """The fifty-first is 429 for everything, unless it answers an interaction."""
    headers = {"Authorization": f"Bot {server.token}", "User-Agent": "DiscordBot (x, 1)"}
    server.world.flood.limits["login"] = (1000, 1.0)
    server.world.flood._all.seconds = 60.0
    async with aiohttp.ClientSession(headers=headers) as session:
        for _ in range(50):
            assert (await session.get(f"{server.api}/users/@me")).status == 200
        refused = await session.get(f"{server.api}/users/@me")
        exempt = await session.post(f"{server.api}/interactions/1/x/callback", json={"type": 5})
        assert refused.headers["X-RateLimit-Scope"] == "global"
        assert (await refused.json())["global"]
        assert (await exempt.json())["code"] == 10062


async def test_the_library_keeps_to_the_buckets(
    server: DiscordServer, client: Plain, general: Channel
) -> None:
    """It waits before it would be refused."""
    server.world.flood.limits["send_message"] = (2, 0.2)
    for _ in range(5):
        await send(client, general)
    assert server.world.flood.refused == 0


@pytest.mark.parametrize("everywhere", [True, False])
async def test_patience_is_asked_for(
    server: DiscordServer, client: Plain, general: Channel, *, everywhere: bool
) -> None:
    """After an ordered 429 the library comes again."""
    server.fails("send_message", status=429, retry_after=0.05, everywhere=everywhere)
    await send(client, general)
    assert [call.status for call in server.calls("send_message")] == [429, 200]


async def test_errors_are_ordered_by_route(server: DiscordServer, client: Plain, general: Channel) -> None:
    """A route fails as often as it was told to, and after as many calls."""
    server.fails("send_message", status=403, code=50001, after=1)
    await send(client, general)
    with pytest.raises(discord.Forbidden) as caught:
        await send(client, general)
    assert caught.value.code == 50001
    await send(client, general)
    server.fails(status=400, times=9)
    server.heals()
    await send(client, general)


async def test_connections_can_break(server: DiscordServer, client: Plain, general: Channel) -> None:
    """One that breaks late has done its work all the same."""
    server.drops("send_message")
    with pytest.raises(aiohttp.ClientError):
        await send(client, general)
    assert not general.messages
    server.drops("send_message", late=True)
    with pytest.raises(aiohttp.ClientError):
        await send(client, general)
    assert len(general.messages) == 1


async def test_downloads_can_fail(server: DiscordServer, client: Plain) -> None:
    """Files fail by name alone."""
    server.fails(status=500, times=1)
    assert client.user
    assert await client.user.display_avatar.read()
    server.heals()
    server.fails("cdn", status=404)
    with pytest.raises(discord.NotFound):
        await client.user.display_avatar.read()


async def test_unknown_routes_are_not_found(server: DiscordServer) -> None:
    """There is nothing where nothing was built."""
    async with aiohttp.ClientSession() as session:
        assert (await session.get(f"{server.api}/nothing")).status == 404
