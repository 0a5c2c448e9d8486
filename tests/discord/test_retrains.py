"""Conversations with the bot's admins about retrains and generations, on Discord."""

import re

import pytest

from bot import texts
from bot.settings import Settings
from bot.texts import Language
from storage import jobs
from storage.database import connect
from storage.records import JobState
from tests.discord.hearing import says, until
from tests.discord_server import Channel, Person
from tests.retraining import WORSE, begin, compare, end, make

pytestmark = pytest.mark.usefixtures("door")

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


async def test_a_retrain_is_asked_about_first(boss: Person, desk: Channel) -> None:
    """Choices change the question in its place, and nothing begins without a press."""
    asked = await (await boss.uses("/retrain", where=desk)).settled()
    assert "two artists with 30 thumbnails are needed" in asked.text
    asked = await (await boss.presses(asked, EN.format("retrain-minimum", count=10))).settled()
    assert "10 thumbnails or more" in asked.text
    assert EN.format("retrain-go") in asked.labels
    assert asked.ephemeral
    left = await (await boss.presses(asked, EN.format("retrain-leave"))).settled()
    assert left.text == EN.format("retrain-left-alone")


async def test_a_running_retrain_is_followed_by_direct_message(
    boss: Person, desk: Channel, settings: Settings
) -> None:
    """What began elsewhere is shown, cancelled by its button, and its end said in the same message."""
    job = await begin(settings, stage="train", epoch=2, epochs=8, loss=1.234)
    said = await (await boss.uses("/retrain", where=desk)).settled()
    assert said.text == f"{EN.format('retrain-already')}\n{EN.format('discord-job-direct')}"
    shown = await boss.dm.answer()
    assert "Epoch 2 of 8, loss 1.23" in shown.text
    await boss.presses(shown, EN.format("retrain-cancel"))
    await until(boss, says("is being stopped"))
    async with connect(settings.database, read_only=True) as connection:
        assert await jobs.is_stop_asked(connection, job)
    await end(settings, job, JobState.CANCELLED)
    ended = await until(boss, lambda answer: answer.text == EN.format("retrain-cancelled"))
    assert ended.message is shown.message


async def test_a_worse_generation_is_compared(boss: Person, desk: Channel, settings: Settings) -> None:
    """The end is a table and a picture in the same message, with buttons to decide otherwise."""
    job = await begin(settings, stage="train")
    await (await boss.uses("/retrain", where=desk)).settled()
    begun = await boss.dm.answer()
    await compare(settings, WORSE)
    await end(settings, job, JobState.DONE, generation=WORSE.generation, verdict="kept")
    ended = await until(boss, lambda answer: answer.images)
    assert ended.message is begun.message
    assert "before 91.0%  after 62.0%  (-40.0% … -10.0%)" in ended.text
    assert ended.labels == (EN.format("retrain-promote"), EN.format("retrain-discard"))


async def test_others_can_neither_call_nor_press(
    boss: Person, mina: Person, desk: Channel, settings: Settings
) -> None:
    """Members of the admins' server who are no admins are told so."""
    for command in ("/retrain", "/rollback", "/generations"):
        said = await (await mina.uses(command, where=desk, forged=True)).settled()
        assert said.text == KO.format("chat-admins-only")
    job = await begin(settings, stage="train")
    await (await boss.uses("/retrain", where=desk)).settled()
    shown = await boss.dm.answer()
    pressed = await (await mina.presses(shown, EN.format("retrain-cancel"), forged=True)).settled()
    assert pressed.text == KO.format("chat-admins-only")
    async with connect(settings.database, read_only=True) as connection:
        assert not await jobs.is_stop_asked(connection, job)
    await end(settings, job, JobState.CANCELLED)


async def test_generations_are_listed(boss: Person, desk: Channel) -> None:
    """The starter serves, and there is nothing to go back to."""
    listed = await (await boss.uses("/generations", where=desk)).settled()
    assert "● starter" in listed.text
    said = await (await boss.uses("/rollback", where=desk)).settled()
    assert "No generation has served before" in said.text


async def test_a_generation_is_removed(boss: Person, desk: Channel, settings: Settings) -> None:
    """A press is answered at once, and a direct message says when it is gone."""
    await compare(settings, WORSE)
    make(settings, WORSE.generation)
    listed = await (await boss.uses("/generations", where=desk)).settled()
    asked = await (await boss.presses(listed, EN.format("retrain-discard"))).settled()
    go = EN.format("generations-discard", generation=WORSE.generation)
    said = await (await boss.presses(asked, go)).settled()
    assert said.text == EN.format("discord-job-direct")
    await until(boss, says("is gone"))
    assert not (settings.generations / WORSE.generation).exists()


async def test_a_generation_is_promoted_and_gone_back_from(
    boss: Person, desk: Channel, settings: Settings
) -> None:
    """A press is answered at once; a direct message says how the work goes and what serves then."""
    make(settings, "second")
    listed = await (await boss.uses("/generations", where=desk)).settled()
    said = await (await boss.presses(listed, EN.format("generations-serve", generation="second"))).settled()
    assert said.text == EN.format("discord-job-direct")
    begun = await boss.dm.answer()
    assert EN.format("promote-runs", generation="second", percent=0) in begun.text
    served = await until(boss, says(EN.format("retrain-serves", generation="second")))
    assert served.message is begun.message
    asked = await (await boss.uses("/rollback", where=desk)).settled()
    await boss.presses(asked, EN.format("rollback-go"))
    await until(boss, lambda answer: re.search(r"starter\S* serves now", answer.text))
