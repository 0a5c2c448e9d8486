from collections.abc import Sequence

import pytest

from bot.settings import Settings
from tests.discord.opening import OpenDoor, open_door, open_parts
from tests.discord_server import Channel, DiscordServer, Person, Reply


@pytest.fixture
async def answer(door: OpenDoor, general: Channel, jun: Person, thumbnails: Sequence[bytes]) -> Reply:  # noqa: ARG001  the door has to be open
    """Let Jun be answered where everybody sees it."""
    asked = await jun.uses("/similar", where=general, image=thumbnails[0])
    return await asked.settled()


async def test_more_like_a_match(answer: Reply, jun: Person) -> None:
    """The select asks for what is drawn like one of the matches, in a message of its own."""
    title = answer.selects[0].options[1].removeprefix("2. ")
    picked = await jun.picks(answer, answer.selects[0].options[1])
    reply = await picked.settled()
    assert not picked.ephemeral
    assert f"“{title}”" in reply.text
    assert reply.message is not answer.message


async def test_others_see_their_own_more_alone(answer: Reply, mina: Person) -> None:
    """Somebody else's further questions do not fill the channel."""
    picked = await mina.picks(answer, answer.selects[0].options[0])
    assert picked.ephemeral
    assert len((await picked.settled()).images) >= 9


async def test_why_a_match_is_one(answer: Reply, jun: Person) -> None:
    """The reasons come with a picture, to who asks alone."""
    pressed = await jun.presses(answer, "Why no. 1?")
    reply = await pressed.settled()
    assert pressed.ephemeral
    assert "Line weight" in reply.text
    assert len(reply.images) == 1


async def test_why_by_a_command(answer: Reply, general: Channel, jun: Person, mina: Person) -> None:
    """A rank of one's latest answer can be asked about; who has none is told what to do."""
    title = answer.selects[0].options[1].removeprefix("2. ")
    asked = await jun.uses("/why", where=general, rank=2)
    assert title in (await asked.settled()).text
    without = await mina.uses("/why", where=general)
    assert "/이유" in (await without.settled()).text


async def test_details_are_turned_in_place(answer: Reply, jun: Person) -> None:
    """Details are one message for who presses, and its pages take each other's place."""
    pressed = await jun.presses(answer, "Details")
    first = await pressed.settled()
    assert pressed.ephemeral
    last = await (await jun.presses(first, "◀")).settled()
    assert last.message is first.message
    assert "### 10" in last.text
    again = await (await jun.presses(last, "▶")).settled()
    assert again.text == first.text


async def test_only_the_asker_judges(answer: Reply, jun: Person, mina: Person, door: OpenDoor) -> None:
    """A thumb counts from who asked, twice is taken back, and others are told."""
    token = answer.buttons[0].custom_id.split(":")[1]
    assert "noted" in (await (await jun.presses(answer, "👍")).settled()).text
    refused = await (await mina.presses(answer, "👎")).settled()
    assert "질문하신 분만" in refused.text
    query = await door.parts.desk.again(token)
    assert query.verdict == 1
    assert "Taken back" in (await (await jun.presses(answer, "👍")).settled()).text
    assert (await door.parts.desk.again(token)).verdict == 0


async def test_what_is_forgotten_says_so(answer: Reply, jun: Person, door: OpenDoor) -> None:
    """A button whose answer is not kept any more says so to who presses it alone."""
    parts = door.parts
    await parts.ledger.forget("discord", parts.ledger.person("discord", jun.id))
    for label in ("Why no. 1?", "Details", "👍"):
        pressed = await jun.presses(answer, label)
        assert pressed.ephemeral
        assert "forgotten" in (await pressed.settled()).text


async def test_what_no_button_carries_is_refused(answer: Reply, jun: Person) -> None:
    """A button of some earlier version, which nothing takes any more, says so."""
    pressed = await jun.presses_id(answer, "nonsense")
    assert "forgotten" in (await pressed.settled()).text


async def test_buttons_survive_a_restart(
    server: DiscordServer, settings: Settings, general: Channel, jun: Person
) -> None:
    """What was answered by one process can be asked about in the next."""
    async with open_parts(settings) as parts, open_door(server, settings, parts):
        picture = await parts.service.picture((await parts.service.samples(1))[0])
        assert picture is not None
        answer = await (await jun.uses("/similar", where=general, image=picture.data)).settled()
    async with open_parts(settings) as parts, open_door(server, settings, parts):
        details = await (await jun.presses(answer, "Details")).settled()
        assert "### 1" in details.text
        more = await (await jun.picks(answer, answer.selects[0].options[1])).settled()
        assert len(more.images) >= 9
        assert "noted" in (await (await jun.presses(answer, "👍")).settled()).text
