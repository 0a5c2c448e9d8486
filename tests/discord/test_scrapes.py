"""Conversations with the bot's admins about scrapes: in their server, and in direct messages."""

from collections.abc import AsyncIterator, Callable

import pytest

from bot import texts
from bot.settings import Settings
from bot.texts import Language
from tests.discord_server import Channel, Guild, Person
from tests.discord_server.replies import Reply
from tests.scraping import Naver, naver

pytestmark = pytest.mark.usefixtures("door")

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


@pytest.fixture
async def platform(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Naver]:
    """Publish three works on a local Naver."""
    async with naver(monkeypatch) as platform:
        yield platform


@pytest.fixture
def settings(platform: Naver, settings: Settings) -> Settings:
    """Read settings that were made after the platform was there."""
    assert platform
    return settings


@pytest.fixture
def desk(office: Guild) -> Channel:
    """Open a channel of the admins' server."""
    return office.channel("desk")


async def until(person: Person, found: Callable[[Reply], object]) -> Reply:
    """Wait until the bot says, or changes, something of a kind in the direct messages."""
    while True:
        answer = await person.dm.answer(timeout=20)
        if found(answer):
            return answer


def says(part: str) -> Callable[[Reply], bool]:
    """Look for words."""
    return lambda answer: part in answer.text


async def test_a_scrape_is_one_direct_message(boss: Person, desk: Channel, platform: Naver) -> None:
    """The command says where to look, and the direct message is edited from progress to result."""
    platform.hold()
    said = await (await boss.uses("/scrape", platform="naver", where=desk)).settled()
    assert (said.text, said.ephemeral) == (EN.format("discord-job-direct"), True)
    begun = await boss.dm.answer()
    assert begun.labels == (EN.format("scrape-stop"),)
    await until(boss, says("0 of 3 webtoons"))
    platform.release()
    done = await until(boss, says(EN.format("scrape-done")))
    assert "3 new webtoons, 9 new episodes" in done.text
    assert done.message is begun.message
    assert not done.labels


@pytest.mark.parametrize("how", ["button", "command"])
async def test_a_scrape_is_stopped(boss: Person, desk: Channel, platform: Naver, how: str) -> None:
    """By its button or by /scrape stop."""
    platform.hold()
    await (await boss.uses("/scrape", platform="naver", where=desk)).settled()
    begun = await until(boss, says("0 of 3 webtoons"))
    if how == "button":
        await boss.presses(begun, EN.format("scrape-stop"))
    else:
        await (await boss.uses("/scrape", platform="stop", where=desk)).settled()
    stopped = await until(boss, says(EN.format("scrape-stopped")))
    assert stopped.message is begun.message


async def test_who_takes_no_direct_messages_is_told_so(boss: Person, desk: Channel) -> None:
    """The scrape goes on, and its end is in the status."""
    boss.blocks()
    said = await (await boss.uses("/scrape", platform="naver", where=desk)).settled()
    assert said.text == EN.format("discord-job-unreachable")


async def test_others_can_neither_call_nor_press(
    boss: Person, mina: Person, desk: Channel, platform: Naver
) -> None:
    """Members of the admins' server who are no admins are told so."""
    platform.hold()
    said = await (await mina.uses("/scrape", platform="naver", where=desk, forged=True)).settled()
    assert said.text == KO.format("chat-admins-only")
    await (await boss.uses("/scrape", platform="naver", where=desk)).settled()
    begun = await boss.dm.answer()
    pressed = await (await mina.presses(begun, EN.format("scrape-stop"), forged=True)).settled()
    assert pressed.text == KO.format("chat-admins-only")
    platform.release()
    await until(boss, says(EN.format("scrape-done")))


async def test_there_is_nothing_to_scrape_without_a_name(boss: Person, desk: Channel) -> None:
    """Where the settings name no platform, the admin has to."""
    said = await (await boss.uses("/scrape", where=desk)).settled()
    assert "GRIMCHE" in said.text
