"""Conversations with the bot's admins about scrapes: in their server, and in direct messages."""

import pytest

from bot import texts
from bot.texts import Language
from tests.discord.hearing import says, until
from tests.discord_server import Channel, Person
from tests.scraping import Naver

pytestmark = pytest.mark.usefixtures("platform", "door")  # settings are read when it is there

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


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


@pytest.mark.slow
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
