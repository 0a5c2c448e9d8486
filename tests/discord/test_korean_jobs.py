"""A conversation with an admin who reads Korean, about scrapes and retrains on Discord."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot import texts
from bot.discord.context import Parts
from bot.settings import Settings
from bot.texts import Language
from storage.records import JobState
from tests.discord.hearing import says, until
from tests.discord.opening import OpenDoor, open_door
from tests.discord_server import Channel, DiscordServer, Person
from tests.retraining import begin, end

pytestmark = pytest.mark.usefixtures("platform", "door")  # settings are read when it is there

KO = texts.get(Language.KO)


@pytest.fixture
async def door(
    server: DiscordServer, settings: Settings, parts: Parts, mina: Person
) -> AsyncIterator[OpenDoor]:
    """Open a door whose admin is somebody with a Korean app."""
    async with open_door(server, settings, replace(parts, admins=frozenset({mina.id}))) as door:
        yield door


async def test_a_scrape_speaks_korean(mina: Person, desk: Channel) -> None:
    """The answer, the message that follows, and its end are in the language of the app."""
    said = await (await mina.uses("/scrape", platform="naver", where=desk, forged=True)).settled()
    assert said.text == KO.format("discord-job-direct")
    done = await until(mina, says(KO.format("scrape-done")))
    assert "네이버 웹툰: 새 웹툰 3편, 새 회차 9화, 새 작가 2명." in done.text


async def test_a_retrain_speaks_korean(mina: Person, desk: Channel, settings: Settings) -> None:
    """The question with its buttons, progress and end are in the language of the app."""
    asked = await (await mina.uses("/retrain", where=desk, forged=True)).settled()
    change = await mina.presses(asked, KO.format("retrain-minimum", count=10), forged=True)
    asked = await change.settled()
    assert "새 세대를 학습할까요?" in asked.text
    assert KO.format("retrain-go") in asked.labels
    job = await begin(settings, stage="train", epoch=2, epochs=8, loss=1.234)
    await (await mina.uses("/retrain", where=desk, forged=True)).settled()
    shown = await mina.dm.answer()
    assert KO.format("retrain-stage-train") in shown.text
    await end(settings, job, JobState.CANCELLED)
    await until(mina, lambda answer: answer.text == KO.format("retrain-cancelled"))
