"""What the admins of a town do in their chats, and what they are told."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import texts
from bot.texts import Language
from storage import jobs
from storage.database import connect
from storage.records import Job, JobKind, JobState
from tests.discord_server import Reply
from tests.telegram_server.answers import Answer
from tests.telegram_server.deeds import press
from tests.telegram_server.messages import Message as Sent
from tests.year.town import Town, until

EN = texts.get(Language.EN)
RETRAINS = 900.0  # seconds for a training on a machine that has other things to do
_SHIFT = 300.0
MINIMUM = 10  # thumbnails of an artist, from which one is trained on


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What one message of the bot to an admin says at last, with its buttons."""

    words: str
    labels: tuple[str, ...]


def told(town: Town) -> list[str]:
    """List what stands in the chats of the admins now, of both networks."""
    telegram = [_of_telegram(Answer(each)) for each in town.boss.private.messages.values()]
    discord = [_of_discord(Reply(each)) for each in town.chief.dm.messages.values()]
    return [message.words for message in (*telegram, *discord)]


def _of_telegram(answer: Answer) -> Message:
    return Message(words=answer.words, labels=answer.labels)


def _of_discord(reply: Reply) -> Message:
    return Message(words=reply.text, labels=reply.labels)


async def scrape(town: Town, *, on_discord: bool = False) -> str:
    """Let an admin call /scrape in a chat, and give what the message says in the end."""
    await begin_scrape(town, on_discord=on_discord)
    return await scraped(town, on_discord=on_discord)


async def begin_scrape(town: Town, *, on_discord: bool = False) -> None:
    """Let an admin call /scrape, and wait until it has begun."""
    if on_discord:
        town.chief.dm.messages.clear()
        await town.chief.uses("/scrape", where=town.office, platform="naver")
        await until(lambda: town.chief.dm.messages, seconds=_SHIFT)
    else:
        town.boss.private.messages.clear()
        await town.boss.sends(town.boss.private, text="/scrape naver")
        await until(lambda: len(town.boss.private.messages) > 1, seconds=_SHIFT)


async def scraped(town: Town, *, on_discord: bool = False) -> str:
    """Wait until the scrape that an admin called has ended."""
    ends = EN.format("scrape-done"), EN.format("scrape-interrupted")

    def ended() -> list[str]:
        shown = told_on_discord(town) if on_discord else told_on_telegram(town)
        return [words for words in shown if words.startswith(ends)]

    await until(ended, seconds=_SHIFT)
    return ended()[-1]


def told_on_telegram(town: Town) -> list[str]:
    """List what the bot has said to the admin on Telegram."""
    return [Answer(each).words for each in town.boss.private.messages.values() if each.sender.is_bot]


def told_on_discord(town: Town) -> list[str]:
    """List what the bot has said to the admin on Discord."""
    return [Reply(each).text for each in town.chief.dm.messages.values()]


async def retrain(town: Town, init: str, *, on_discord: bool = False) -> Job:
    """Ask for a quick retrain from somewhere, and wait until its process is at work."""
    before = await latest(town, JobKind.RETRAIN)
    chosen = EN.format(f"retrain-init-{init}"), EN.format("retrain-quick")
    labels = (*chosen, EN.format("retrain-minimum", count=MINIMUM))
    await (_retrain_on_discord(town, labels) if on_discord else _retrain_on_telegram(town, labels))
    return await begun(town, before)


async def _retrain_on_telegram(town: Town, labels: Sequence[str]) -> None:
    """Choose by buttons, one after the other, and start."""
    town.boss.private.unseen.clear()
    await town.boss.sends(town.boss.private, text="/retrain")
    asked = await town.boss.private.answer(timeout=_SHIFT)
    while not any(labels[-1] in each for each in asked.labels):
        asked = await town.boss.private.answer(timeout=_SHIFT)
    message = asked.message
    for label in labels:
        if f"✓ {label}" not in Answer(message).labels:
            _press(town, message, label)
            await until(lambda label=label: f"✓ {label}" in Answer(message).labels, seconds=_SHIFT)
    _press(town, message, EN.format("retrain-go"))


def _press(town: Town, message: Sent, label: str) -> None:
    """Press a button of a message on Telegram."""
    press(town.boss, message, next(each.data for each in Answer(message).buttons if each.text == label))


async def _retrain_on_discord(town: Town, labels: Sequence[str]) -> None:
    """Choose by buttons, one after the other, and start."""
    asked = await town.chief.uses("/retrain", where=town.office)
    message = (await asked.reply(timeout=_SHIFT)).message
    for label in labels:
        await until(lambda label=label: any(label in each for each in Reply(message).labels), seconds=_SHIFT)
        await town.chief.presses(message, label)
        await until(lambda label=label: f"✓ {label}" in Reply(message).labels, seconds=_SHIFT)
    await town.chief.presses(message, EN.format("retrain-go"))


async def roll_back(town: Town) -> None:
    """Ask for the generation before, and confirm it."""
    town.boss.private.unseen.clear()  # older messages have the button too, and refuse it
    await town.boss.sends(town.boss.private, text="/rollback")
    asked = await town.boss.private.answer(timeout=_SHIFT)
    while EN.format("rollback-go") not in asked.labels:
        asked = await town.boss.private.answer(timeout=_SHIFT)
    _press(town, asked.message, EN.format("rollback-go"))


async def begun(town: Town, before: Job | None) -> Job:
    """Wait until another retrain runs, and hurry it."""
    while (job := await latest(town, JobKind.RETRAIN)) is None or (before and job.id == before.id):
        await until(lambda: True)
    hurry(job.pid)
    return job


def hurry(pid: int) -> None:
    """Give a process as much of the processor as others have: the year is short, and its nights too."""
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            os.sched_setscheduler(int(task.name), os.SCHED_OTHER, os.sched_param(0))
            os.setpriority(os.PRIO_PROCESS, int(task.name), 0)
        except (PermissionError, ProcessLookupError):  # who is not root waits longer
            return


async def ended(town: Town, job: Job) -> Job:
    """Wait until a job has ended."""
    while True:
        found = await of_id(town, job.id)
        if found.state is not JobState.RUNNING:
            return found
        await until(lambda: True)


async def of_id(town: Town, job: int) -> Job:
    """Read a job."""
    async with connect(town.database, read_only=True) as connection:
        found = await jobs.get(connection, job)
    assert found is not None
    return found


async def latest(town: Town, kind: JobKind) -> Job | None:
    """Read the latest job of a kind."""
    async with connect(town.database, read_only=True) as connection:
        return await jobs.last(connection, kind)
