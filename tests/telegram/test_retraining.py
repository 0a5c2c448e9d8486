"""A real retrain, small, from the question to the roll-back: it takes a minute or two."""

import functools

import pytest

from bot import retrain_desk, texts
from bot.settings import Settings
from bot.texts import Language
from bot.training_job import Wish
from tests.telegram import hearing
from tests.telegram.opening import open_door, open_parts
from tests.telegram_server import Person, TelegramServer
from tests.telegram_server.answers import Answer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

EN = texts.get(Language.EN)
until = functools.partial(hearing.until, seconds=300)
TINY = Wish(init="current", epochs=1, steps=2, minimum=10)


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Train for two steps, whatever the buttons say."""
    monkeypatch.setattr(retrain_desk, "read_wish", lambda _: TINY)


async def _start(boss: Person) -> Answer:
    await boss.sends(boss.private, text="/retrain")
    await boss.presses(await boss.private.answer(), EN.format("retrain-minimum", count=10))
    await boss.presses(await boss.private.answer(), EN.format("retrain-go"))
    return await until(boss, lambda answer: "Retraining" in answer.text)


async def test_a_retrain_outlives_the_bot_and_is_decided_upon(
    server: TelegramServer, boss: Person, settings: Settings, thumbnails: list[bytes]
) -> None:
    """One message leads from the start over a restart to the comparison, and that to a roll-back."""
    async with open_parts(settings) as parts, open_door(server, settings, parts):
        begun = await _start(boss)
    async with open_parts(settings) as parts, open_door(server, settings, parts):
        ended = await until(boss, lambda answer: answer.photo)
        assert ended.message is begun.message
        if EN.format("retrain-promote") in ended.labels:
            await boss.presses(ended, EN.format("retrain-promote"), timeout=120)
            ended = await until(boss, lambda answer: "serves now" in answer.caption)
        await boss.sends(boss.private, photo=thumbnails[0])
        await until(boss, lambda answer: answer.photo)
        await boss.presses(ended, EN.format("rollback-go"), timeout=120)
        back = await until(boss, lambda answer: "starter" in answer.words and "serves now" in answer.words)
        assert "starter" in back.words
        await boss.sends(boss.private, text="/generations")
        listed = await until(boss, lambda answer: "● starter" in answer.text)
        await boss.presses(listed, EN.format("retrain-discard"))
        await boss.presses(await boss.private.answer(), "Discard 2")
        await until(boss, lambda answer: "is gone" in answer.text)


async def test_a_retrain_is_cancelled(server: TelegramServer, boss: Person, settings: Settings) -> None:
    """The process that trains ends, and the message says so."""
    async with open_parts(settings) as parts, open_door(server, settings, parts):
        begun = await _start(boss)
        await boss.presses(begun, EN.format("retrain-cancel"))
        ended = await until(boss, lambda answer: answer.text == EN.format("retrain-cancelled"))
        assert ended.message is begun.message
