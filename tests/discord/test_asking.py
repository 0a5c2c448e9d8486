from collections.abc import Sequence
from typing import Any

import discord
import pytest

from storage.records import AgeGrade
from tests.discord.opening import OpenDoor
from tests.discord_server import Channel, DiscordServer, Guild, Person
from tests.telegram.changing import catches_up

pytestmark = pytest.mark.usefixtures("door")


async def test_a_picture_is_answered_with_ten(
    general: Channel, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """An answer is one message: what is said, ten uploaded thumbnails, a select and the buttons."""
    asked = await jun.uses("/similar", where=general, image=thumbnails[0])
    reply = await asked.reply()
    assert not asked.ephemeral
    assert "Webtoons drawn like this" in reply.text
    assert "Likeliest artists" in reply.text
    assert len(reply.images) == 10
    assert [option[:3] for option in reply.selects[0].options][:2] == ["1. ", "2. "]
    assert reply.labels == ("Why no. 1?", "Details", "👍", "👎")


async def test_an_answer_speaks_korean(general: Channel, mina: Person, thumbnails: Sequence[bytes]) -> None:
    """The language is that of the app of who asks."""
    asked = await mina.uses("/similar", where=general, image=thumbnails[0])
    assert "그림체가 비슷한 웹툰" in (await asked.reply()).text


async def test_a_private_answer_can_be_shared(
    general: Channel, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """Only its asker sees a private answer, until it is shared."""
    asked = await jun.uses("/similar", where=general, image=thumbnails[0], private=True)
    reply = await asked.reply()
    assert asked.ephemeral
    shared = await jun.presses(reply, "Share")
    answer = await shared.reply()
    assert not shared.ephemeral
    assert "Shared by Jun" in answer.text
    assert answer.images == reply.images
    assert "Share" not in answer.labels


@pytest.mark.parametrize("installed", ["guild", "user"])
async def test_it_works_in_direct_messages(jun: Person, thumbnails: Sequence[bytes], installed: str) -> None:
    """Commands work in the channel of one person with the bot, whichever way it was installed."""
    asked = await jun.uses("/similar", where=jun.dm, image=thumbnails[0], installed=installed)
    assert len((await asked.reply()).images) == 10


async def test_it_works_in_servers_without_the_bot(
    server: DiscordServer, jun: Person, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """Who has installed the bot for themselves takes it to every server."""
    elsewhere = server.guild("Elsewhere", [jun, mina], owner=mina, installed=False)
    asked = await jun.uses("/similar", where=elsewhere.channel("talk"), image=thumbnails[0], installed="user")
    assert len((await asked.reply()).images) == 10


async def test_several_pictures_are_one_artist(
    general: Channel, jun: Person, thumbnails: Sequence[bytes]
) -> None:
    """Up to three pictures are asked about together, and one that is none is named."""
    asked = await jun.uses("/similar", where=general, image=thumbnails[0], image2=thumbnails[1])
    assert len((await asked.reply()).images) == 10
    faulty = await jun.uses("/similar", where=general, image=thumbnails[0], image2=b"no picture")
    assert "Picture 2: " in (await faulty.reply()).text


async def test_a_title_is_answered_too(general: Channel, jun: Person, door: OpenDoor) -> None:
    """Instead of a picture, a webtoon of the catalogue can be named; with neither it says what to do."""
    stored = await door.parts.service.webtoon(1)
    titled = await jun.uses("/similar", where=general, title=stored.webtoon.title)
    assert stored.webtoon.title in (await titled.reply()).text
    empty = await jun.uses("/similar", where=general)
    assert "image" in (await empty.reply()).text


async def test_a_menu_answers_a_message(
    general: Channel, jun: Person, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """The menu of a message answers its picture."""
    message = await mina.writes(general, images=[thumbnails[0]])
    asked = await jun.uses_menu("Find similar art", on=message)
    assert len((await asked.reply()).images) == 10


async def test_a_menu_lets_choose_among_pictures(
    general: Channel, jun: Person, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """Of several pictures in a message one is chosen, in a message that only who asks sees."""
    message = await mina.writes(general, images=list(thumbnails[:3]))
    asked = await jun.uses_menu("Find similar art", on=message)
    reply = await asked.reply()
    assert asked.ephemeral
    assert len(reply.selects[0].options) == 4
    picked = await jun.picks(reply, "Picture 2")
    assert len((await picked.settled()).images) == 10


async def test_a_menu_without_pictures_says_so(general: Channel, jun: Person, mina: Person) -> None:
    """A message of words alone has no picture to answer."""
    message = await mina.writes(general, text="hello")
    asked = await jun.uses_menu("Find similar art", on=message)
    assert "no picture" in (await asked.reply()).text


async def test_an_avatar_is_answered(
    server: DiscordServer,
    general: Channel,
    jun: Person,
    mina: Person,
    thumbnails: Sequence[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The menu of a person answers the picture that they chose of themselves, if they did."""
    monkeypatch.setattr(discord.Asset, "BASE", server.cdn)
    without = await jun.uses_user_menu("Find art like this avatar", on=mina, where=general)
    assert "no picture" in (await without.reply()).text
    mina.wears(thumbnails[0])
    asked = await jun.uses_user_menu("Find art like this avatar", on=mina, where=general)
    assert asked.ephemeral
    assert len((await asked.reply()).images) == 10


async def test_a_direct_message_is_answered(jun: Person, thumbnails: Sequence[bytes]) -> None:
    """A picture alone is a question in direct messages, and words get a hint."""
    await jun.writes(jun.dm, images=[thumbnails[0]])
    assert len((await jun.dm.settled()).images) == 10
    await jun.writes(jun.dm, text="hello")
    assert "Send me a picture" in (await jun.dm.settled()).text


async def test_only_mentions_are_answered_in_servers(
    general: Channel, jun: Person, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """A picture in a channel is not ours, until somebody asks us about it."""
    message = await mina.writes(general, images=[thumbnails[0]])
    await general.silent()
    await jun.writes(general, text="what is this like?", mentions_bot=True, reply_to=message)
    assert len((await general.settled()).images) == 10


async def test_stickers_and_embeds_are_pictures(
    server: DiscordServer, jun: Person, thumbnails: Sequence[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sticker is a picture, and so is what a link shows: Discord's copy of it."""
    monkeypatch.setattr(discord.Asset, "BASE", server.cdn)
    await jun.writes(jun.dm, sticker=thumbnails[0])
    assert len((await jun.dm.settled()).images) == 10
    await jun.writes(jun.dm, text="https://example.org/x.png", embed_image=thumbnails[1])
    assert len((await jun.dm.settled()).images) == 10


async def test_adult_works_need_a_restricted_channel(
    readers: Guild, general: Channel, jun: Person, thumbnails: Sequence[bytes], door: OpenDoor
) -> None:
    """Works for adults are left out everywhere but in age-restricted channels, where they are veiled."""
    await grade(door, AgeGrade.ADULT)
    asked = await jun.uses("/similar", where=general, image=thumbnails[0], private=True)
    tame = await asked.reply()
    assert "age-restricted" in tame.text
    assert not any(tame.spoilers)
    restricted = readers.channel("late", nsfw=True)
    again = await jun.uses("/similar", where=restricted, image=thumbnails[0])
    full = await again.reply()
    assert sum(full.spoilers) >= 1
    assert len(full.images) == 10


async def test_hostile_titles_stay_as_they_are(
    general: Channel, jun: Person, thumbnails: Sequence[bytes], door: OpenDoor
) -> None:
    """What other people wrote rings nobody and becomes no link."""
    await rename(door, "@everyone [free](https://evil.example) **bold** <@1> :x:")
    asked = await jun.uses("/similar", where=general, image=thumbnails[0])
    text = (await asked.reply()).text
    assert r"\@everyone \[free\](https\://evil.example) \*\*bold\*\* \<\@1> \:x:" in text


async def grade(door: OpenDoor, age: AgeGrade) -> None:
    """Let three webtoons be for readers of an age."""
    await change(door, "UPDATE webtoons SET age_grade = :value WHERE id <= 3", age)


async def rename(door: OpenDoor, title: str) -> None:
    """Let all webtoons have a title."""
    await change(door, "UPDATE webtoons SET title = :value", title)


async def change(door: OpenDoor, statement: str, value: str) -> None:
    """Change the catalogue."""
    connection: Any = door.parts.ledger._connection
    await connection.rows(statement, {"value": value})
    await catches_up(door.parts.service)
