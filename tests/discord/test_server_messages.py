from collections.abc import AsyncIterator

import discord
import pytest
from discord import ui

from tests.discord.bots import Plain, running
from tests.discord.scenes import drawing, files, gallery, layout
from tests.discord_server import Channel, DiscordServer, Guild, Person


@pytest.fixture
async def client(server: DiscordServer, general: Channel) -> AsyncIterator[Plain]:  # noqa: ARG001  has to be there
    """Run the library and nothing else."""
    async with running(server, Plain()) as client:
        yield client


def room(client: Plain, channel: Channel) -> discord.TextChannel:
    """Give a channel as the library knows it."""
    found = client.get_channel(channel.id)
    assert isinstance(found, discord.TextChannel)
    return found


async def last(server: DiscordServer, client: Plain) -> discord.Message:
    """Wait until the bot has been told, and give the last message."""
    await server.rests()
    return client.messages[-1]


async def test_a_bot_without_the_intent_reads_what_is_meant_for_it(
    server: DiscordServer, client: Plain, mina: Person, general: Channel
) -> None:
    """Words and pictures come when it is mentioned, replied to or written to, and not otherwise."""
    await mina.writes(general, text="among us", images=[drawing()])
    overheard = await last(server, client)
    assert (overheard.content, overheard.attachments) == ("", [])
    await mina.writes(general, text="look", images=[drawing()], mentions_bot=True)
    meant = await last(server, client)
    assert meant.content == f"<@{server.bot.id}> look"
    assert len(meant.attachments) == 1
    assert client.user in meant.mentions
    await mina.writes(mina.dm, text="hello")
    private = await last(server, client)
    assert private.content == "hello"
    assert isinstance(private.channel, discord.DMChannel)


async def test_stickers_embeds_and_forwards_reach_the_bot(
    server: DiscordServer, client: Plain, mina: Person, general: Channel
) -> None:
    """Each brings its picture, an embed by the media proxy."""
    await mina.writes(mina.dm, sticker=drawing(1))
    sticker = (await last(server, client)).stickers[0]
    assert await sticker.read() == drawing(1)
    await mina.writes(mina.dm, text="https://a.example", embed_image=drawing(2))
    image = (await last(server, client)).embeds[0].image
    assert image.proxy_url
    assert await client.http.get_from_cdn(image.proxy_url) == drawing(2)
    original = await mina.writes(general, images=[drawing(3)])
    await mina.writes(mina.dm, forward=original)
    snapshot = (await last(server, client)).message_snapshots[0]
    assert await snapshot.attachments[0].read() == drawing(3)


async def test_a_reply_needs_what_it_replies_to(
    server: DiscordServer, client: Plain, mina: Person, general: Channel
) -> None:
    """A deleted message can only be replied to by who says that it may be missing."""
    message = await mina.writes(general, text="look", mentions_bot=True)
    heard = await last(server, client)
    await heard.reply("yes", mention_author=False)
    answer = await general.answer()
    assert answer.reply_to is message
    assert answer.pings == ()
    mina.deletes(message)
    with pytest.raises(discord.HTTPException):
        await heard.reply("gone")
    reference = heard.to_reference(fail_if_not_exists=False)
    await room(client, general).send("all the same", reference=reference)
    assert (await general.answer()).reply_to is None


async def test_mentions_ring_whom_they_may(client: Plain, mina: Person, general: Channel) -> None:
    """Nobody is rung where nobody is allowed to be."""
    words = f"{mina.mention} @everyone"
    await room(client, general).send(words, allowed_mentions=discord.AllowedMentions.none())
    assert (await general.answer()).pings == ()
    await room(client, general).send(words)
    assert (await general.answer()).pings == (str(mina.id), "@everyone")


async def test_a_bot_needs_permissions(client: Plain, mina: Person, readers: Guild) -> None:
    """Writing, files and private messages are refused where they are not allowed."""
    closed = readers.channel("closed", denies=["send_messages"])
    bare = readers.channel("bare", denies=["attach_files"])
    mina.blocks()
    for send, code in (
        (client.get_partial_messageable(closed.id).send("x"), 50013),
        (client.get_partial_messageable(bare.id).send(file=files(1)[0]), 50013),
        (client.get_partial_messageable(mina.dm.id).send("x"), 50007),
        (client.get_partial_messageable(7).send("x"), 10003),
    ):
        with pytest.raises(discord.HTTPException) as caught:
            await send
        assert caught.value.code == code


async def test_a_message_says_something_and_not_too_much(client: Plain, general: Channel) -> None:
    """Nothing, 2001 characters and eleven files are refused."""
    channel = room(client, general)
    with pytest.raises(discord.HTTPException) as caught:
        await channel.send("")
    assert caught.value.code == 50006
    with pytest.raises(discord.HTTPException):
        await channel.send("x" * 2001)
    with pytest.raises(discord.HTTPException):
        await channel.send(files=files(11))
    await channel.send("x" * 2000, files=files(10))
    assert len((await general.answer()).files) == 10


async def test_a_layout_is_all_that_a_message_has(client: Plain, general: Channel) -> None:
    """Content cannot be beside it or come back, and what it shows has to be uploaded."""
    channel = room(client, general)
    message = await channel.send(view=layout(gallery(2)), files=files(2))
    assert (await general.answer()).images == (drawing(0), drawing(1))
    with pytest.raises(discord.HTTPException, match="IS_COMPONENTS_V2"):
        await message.edit(content="words")
    with pytest.raises(discord.HTTPException, match="not found"):
        await channel.send(view=layout(gallery(2)), files=files(1))
    plain = await channel.send("words")
    with pytest.raises(discord.HTTPException, match="IS_COMPONENTS_V2"):
        await plain.edit(view=layout(ui.TextDisplay("x")))
    await plain.edit(content=None, view=layout(ui.TextDisplay("x")))


async def test_typing_is_seen(client: Plain, general: Channel) -> None:
    """A channel knows when the bot began to type."""
    async with room(client, general).typing():
        pass
    assert len(general.typing) == 1


async def test_silence_is_noticed(client: Plain, general: Channel) -> None:
    """A bot that says something is not silent."""
    await general.silent()
    await room(client, general).send("x")
    with pytest.raises(AssertionError, match="the bot said"):
        await general.silent()


async def test_a_server_can_add_and_remove_the_bot(
    server: DiscordServer, client: Plain, mina: Person
) -> None:
    """The bot is told of both."""
    guild = server.guild("Later", [mina], owner=mina, installed=False)
    guild.adds_bot()
    await server.rests()
    assert "Later" in [each.name for each in client.guilds]
    guild.removes_bot()
    await server.rests()
    assert "Later" not in [each.name for each in client.guilds]
