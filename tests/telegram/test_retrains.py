"""Conversations with the bot's admins about retrains and generations."""

import asyncio
import shutil
from dataclasses import replace

import pytest

from bot import generations_job, retrain_job, texts
from bot.settings import Settings
from bot.telegram import jobs as telegram_jobs
from bot.texts import Language
from bot.training_job import Wish
from model.generations import starter
from storage import database, generations, jobs, news
from storage.errors import GenerationServes, TrainingError
from storage.records import Job, JobKind, JobState
from tests.retraining import WORSE, begin, compare, end, killed, make
from tests.telegram.hearing import says, until
from tests.telegram.opening import open_door, open_parts
from tests.telegram_server import Person, TelegramServer

pytestmark = pytest.mark.slow

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the answer to a press wait for its work, which takes a slow machine long."""
    monkeypatch.setattr(telegram_jobs, "SOON", 60.0)


async def passed_on(settings: Settings) -> None:
    """Wait until it is noted that everybody was told."""
    async with database.connect(settings.database, read_only=True) as connection:
        while await news.waiting(connection, "telegram"):  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.02)


@pytest.mark.usefixtures("door")
class TestWithADoor:
    """One bot, whose admin calls."""

    async def test_a_retrain_is_asked_about_first(self, boss: Person) -> None:
        """What it would be trained on and for how long is said, and nothing begins without a press."""
        await boss.sends(boss.private, text="/retrain")
        asked = await boss.private.answer()
        assert EN.format("retrain-go") not in asked.labels  # nobody has 30 thumbnails
        assert "two artists with 30 thumbnails are needed" in asked.text
        await boss.presses(asked, EN.format("retrain-minimum", count=10))
        asked = await boss.private.answer()
        assert "10 thumbnails or more" in asked.text
        await boss.presses(asked, EN.format("retrain-init-scratch"))
        await boss.presses(await boss.private.answer(), EN.format("retrain-quick"))
        asked = await boss.private.answer()
        chosen = [label.removeprefix("✓ ") for label in asked.labels if label.startswith("✓")]
        assert chosen == [
            EN.format("retrain-init-scratch"),
            EN.format("retrain-quick"),
            EN.format("retrain-minimum", count=10),
        ]
        await boss.presses(asked, EN.format("retrain-leave"))
        assert (await boss.private.answer()).text == EN.format("retrain-left-alone")

    @pytest.mark.parametrize(
        "data", ["work:go:starter.quick.10", "work:cancel:1", "work:back:starter", "work:discard:x"]
    )
    async def test_others_cannot_press(self, mina: Person, data: str) -> None:
        """Who is no admin gets a sentence, whatever they send."""
        await mina.sends(mina.private, text="/help")
        pressed = await mina.presses_data(await mina.private.answer(), data)
        assert (pressed.text, pressed.alert) == (KO.format("chat-admins-only"), True)

    @pytest.mark.usefixtures("unhurried")
    @pytest.mark.parametrize("data", ["work:go:starter.quick.11", "work:wish:x", "work:fly:1"])
    async def test_forged_wishes_are_refused(self, boss: Person, data: str) -> None:
        """What no button carries does nothing."""
        await boss.sends(boss.private, text="/help")
        pressed = await boss.presses_data(await boss.private.answer(), data)
        assert pressed.text == EN.format("error-expired")

    async def test_a_running_retrain_is_shown_to_who_asks(
        self, boss: Person, settings: Settings, server: TelegramServer
    ) -> None:
        """A second /retrain begins nothing: it shows the first, wherever that was started."""
        job = await begin(
            settings, stage="train", epoch=2, epochs=8, loss=1.234, score=0.5, left=600, artists=5
        )
        await boss.sends(boss.private, text="/retrain")
        shown = await boss.private.answer()
        assert shown.text.startswith(EN.format("retrain-already"))
        for part in ("25%", "Epoch 2 of 8, loss 1.23", "50.0%", "About 10 minutes left"):
            assert part in shown.text
        assert shown.labels == (EN.format("retrain-cancel"),)
        await server.rests()
        await end(settings, job, JobState.CANCELLED)
        ended = await until(boss, says(EN.format("retrain-cancelled")))
        assert ended.message is shown.message
        await boss.private.silent()

    async def test_cancelling_asks_the_process_that_trains(self, boss: Person, settings: Settings) -> None:
        """The button leaves a wish to stop in the job, and the message says so until it has ended."""
        job = await begin(settings, stage="train")
        await boss.sends(boss.private, text="/retrain")
        await boss.presses(await boss.private.answer(), EN.format("retrain-cancel"))
        stopping = await until(boss, says("is being stopped"))
        assert not stopping.labels
        async with database.connect(settings.database, read_only=True) as connection:
            assert await jobs.is_stop_asked(connection, job)
        await end(settings, job, JobState.CANCELLED)
        await until(boss, says(EN.format("retrain-cancelled")))

    @pytest.mark.usefixtures("unhurried")
    async def test_a_worse_generation_is_compared(
        self, boss: Person, settings: Settings, server: TelegramServer
    ) -> None:
        """The end is a table and a picture in the same message, with buttons to decide otherwise."""
        job = await begin(settings, stage="train")
        await boss.sends(boss.private, text="/retrain")
        begun = await boss.private.answer()
        await compare(settings, WORSE)
        await server.rests()
        await end(settings, job, JobState.DONE, generation=WORSE.generation, verdict="kept")
        ended = await until(boss, lambda answer: answer.photo)
        assert ended.message is begun.message
        assert EN.format("retrain-kept", generation=WORSE.generation) in ended.caption
        assert EN.format("retrain-worse") in ended.caption
        assert "before 91.0%  after 62.0%  (-40.0% … -10.0%)" in ended.caption
        assert ended.labels == (EN.format("retrain-promote"), EN.format("retrain-discard"))
        pressed = await boss.presses(ended, EN.format("retrain-promote"))
        assert WORSE.generation in pressed.text  # it has no folder here, and the error says so

    async def test_a_retrain_speaks_korean(self, boss: Person, settings: Settings) -> None:
        """In a chat that chose Korean the question, the progress and the end are said in Korean."""
        await boss.sends(boss.private, text="/language")
        await boss.presses(await boss.private.answer(), "한국어")
        await boss.sends(boss.private, text="/retrain")
        asked = await until(boss, lambda answer: KO.format("retrain-quick") in answer.labels)
        await boss.presses(asked, KO.format("retrain-minimum", count=10))
        await until(boss, says("새 세대를 학습할까요?"))
        job = await begin(settings, stage="train", epoch=2, epochs=8, loss=1.234)
        await boss.sends(boss.private, text="/retrain")
        await until(boss, says(KO.format("retrain-stage-train")))
        await end(settings, job, JobState.CANCELLED)
        await until(boss, says(KO.format("retrain-cancelled")))

    async def test_a_promotion_is_followed(
        self, boss: Person, settings: Settings, server: TelegramServer
    ) -> None:
        """The press is answered before the work, which the message follows to its end."""
        make(settings, "second")
        await boss.sends(boss.private, text="/generations")
        listed = await boss.private.answer()
        pressed = await boss.presses(listed, EN.format("generations-serve", generation="second"))
        assert not pressed.text
        served = await until(boss, says(EN.format("retrain-serves", generation="second")))
        assert served.message is listed.message
        said = [call for call in server.calls("editMessageText") if "being made ready" in str(call)]
        assert said
        async with database.connect(settings.database, read_only=True) as connection:
            job = await jobs.last(connection, JobKind.PROMOTE)
        assert job is not None
        assert (job.state, job.who.split(":")[0]) == (JobState.DONE, "telegram")

    async def test_a_failed_promotion_says_why(self, boss: Person, settings: Settings) -> None:
        """The message ends with the sentence of the error, and what serves goes on serving."""
        make(settings, "second")
        async with database.connect(settings.database) as connection:
            await generations.register(connection, "second", dimensions=3)
        await boss.sends(boss.private, text="/generations")
        listed = await boss.private.answer()
        await boss.presses(listed, EN.format("generations-serve", generation="second"))
        failed = await until(boss, says(EN.format("promote-failed", generation="second")))
        assert "does not fit" in failed.text
        await boss.sends(boss.private, text="/generations")
        await until(boss, says("● starter"))

    async def test_a_removal_is_followed(
        self, boss: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The press is answered before anything is removed, and the message says when it is gone."""
        may_go, discard = asyncio.Event(), generations_job.discard

        async def when_it_may(settings: Settings, generation: str) -> None:
            await may_go.wait()
            await discard(settings, generation)

        monkeypatch.setattr(generations_job, "discard", when_it_may)
        await compare(settings, WORSE)
        make(settings, WORSE.generation)
        await boss.sends(boss.private, text="/generations")
        listed = await boss.private.answer()
        await boss.presses(listed, EN.format("retrain-discard"))
        asked = await boss.private.answer()
        pressed = await boss.presses(
            asked, EN.format("generations-discard", generation=WORSE.generation), timeout=20
        )
        assert not pressed.text
        await until(boss, says(EN.format("discard-runs", generation=WORSE.generation)))
        assert (settings.generations / WORSE.generation).is_dir()
        may_go.set()
        gone = await until(boss, says(EN.format("generations-gone", generation=WORSE.generation)))
        assert gone.message is listed.message
        assert not (settings.generations / WORSE.generation).exists()

    @pytest.mark.usefixtures("unhurried")
    async def test_what_serves_is_not_removed(self, boss: Person) -> None:
        """An old button of a generation that serves by now says so."""
        await boss.sends(boss.private, text="/help")
        pressed = await boss.presses_data(await boss.private.answer(), f"work:discard:{starter().id}")
        assert pressed.text == EN.error(GenerationServes(generation=starter().id))

    @pytest.mark.parametrize("fails", [False, True])
    async def test_a_slow_beginning_is_answered_first(
        self, boss: Person, monkeypatch: pytest.MonkeyPatch, *, fails: bool
    ) -> None:
        """The press of Start waits for no process; what comes of it, or an error, is said afterwards."""
        may_begin = asyncio.Event()

        async def start(settings: Settings, _wish: Wish, *, who: str) -> Job:
            await may_begin.wait()
            if fails:
                raise TrainingError(fault=who)
            await begin(settings, stage="train")
            job = await retrain_job.running(settings)
            assert job is not None
            return job

        monkeypatch.setattr(retrain_job, "start", start)
        monkeypatch.setattr(telegram_jobs, "SOON", 0.05)
        await boss.sends(boss.private, text="/retrain")
        await boss.presses(await boss.private.answer(), EN.format("retrain-minimum", count=10))
        pressed = await boss.presses(await boss.private.answer(), EN.format("retrain-go"), timeout=20)
        assert not pressed.text
        may_begin.set()
        await until(boss, says("Training is not possible" if fails else EN.format("retrain-stage-train")))

    async def test_nothing_is_lost_to_a_limit(
        self, boss: Person, settings: Settings, server: TelegramServer
    ) -> None:
        """Edits that Telegram puts off come when it lets them, with the newest state and the end."""
        job = await begin(settings, stage="train", epoch=1, epochs=8, loss=2.0)
        await boss.sends(boss.private, text="/retrain")
        shown = await boss.private.answer()
        server.fails("editMessageText", status=429, retry_after=1, times=2)
        async with database.connect(settings.database) as connection:
            figures = {"stage": "train", "epoch": 2, "epochs": 8, "loss": 1.0}
            await jobs.advance(connection, job, progress=0.5, figures=figures)
        later = await until(boss, says("Epoch 2 of 8, loss 1.00"))
        server.fails("editMessageText", status=429, retry_after=1)
        await end(settings, job, JobState.CANCELLED)
        ended = await until(boss, says(EN.format("retrain-cancelled")))
        assert shown.message is later.message is ended.message

    async def test_generations_are_listed(self, boss: Person) -> None:
        """The starter serves and cannot be discarded."""
        await boss.sends(boss.private, text="/generations")
        listed = await boss.private.answer()
        assert "● starter" in listed.text
        assert not listed.labels

    async def test_there_may_be_nothing_to_go_back_to(self, boss: Person) -> None:
        """Where a roll-back cannot be, nobody is asked about it."""
        await boss.sends(boss.private, text="/rollback")
        said = await boss.private.answer()
        assert "No generation has served before" in said.text
        assert not said.labels

    async def test_a_lost_folder_is_rolled_back_from(self, boss: Person, settings: Settings) -> None:
        """What serves is asked about by its name, and left, also when its folder is gone."""
        make(settings, "second")
        await generations_job.promote(settings, "second", who="test")
        shutil.rmtree(settings.generations / "second")
        await boss.sends(boss.private, text="/rollback")
        asked = await boss.private.answer()
        assert EN.format("rollback-ask", generation="second") in asked.text
        await boss.presses(asked, EN.format("rollback-go"))
        await until(boss, says(EN.format("retrain-serves", generation=starter().id)))

    async def test_an_old_question_rolls_nothing_back(self, boss: Person, settings: Settings) -> None:
        """Where another generation serves by now, a press of the button changes nothing."""
        make(settings, "second")
        await generations_job.promote(settings, "second", who="test")
        await boss.sends(boss.private, text="/rollback")
        await boss.presses_data(await boss.private.answer(), "work:back:20200101-000000")
        assert "nothing was changed" in (await boss.private.answer()).text


async def test_a_message_goes_on_after_a_restart(
    server: TelegramServer, boss: Person, settings: Settings
) -> None:
    """Another process of the bot edits the message that the first one began."""
    job = await begin(settings, stage="train")
    async with open_parts(settings) as parts, open_door(server, settings, parts):
        await boss.sends(boss.private, text="/retrain")
        begun = await boss.private.answer()
    async with open_parts(settings) as parts, open_door(server, settings, parts):
        going = await until(boss, says(EN.format("retrain-stage-train")))
        await end(settings, job, JobState.CANCELLED)
        ended = await until(boss, says(EN.format("retrain-cancelled")))
    assert begun.message is going.message is ended.message


async def test_what_kills_itself_is_given_up(
    server: TelegramServer, boss: Person, settings: Settings
) -> None:
    """A retrain that was killed for the third time is not taken up again, and the admin is told so once."""
    boss.is_met = boss.has_begun = True
    async with open_parts(settings) as parts, open_door(server, settings, parts):
        job = await killed(settings, Wish(minimum=10, resumed=2))
        told = await until(boss, says(EN.format("retrain-failed")))
        assert "ended from outside 3 times" in told.text
        await passed_on(settings)
    async with open_parts(settings) as parts, open_door(server, settings, parts):
        await boss.private.silent()
    async with database.connect(settings.database, read_only=True) as connection:
        last = await jobs.last(connection, JobKind.RETRAIN)
    assert last is not None
    assert last.id == job


async def test_admins_hear_of_the_end_in_their_language(
    server: TelegramServer, boss: Person, mina: Person, settings: Settings
) -> None:
    """Who does not follow a retrain, started anywhere, is told its end once."""
    async with open_parts(settings) as parts:
        await mina.sends(mina.private, text="/start")
        async with open_door(server, settings, replace(parts, admins=parts.admins | {mina.id})):
            await mina.private.settled()
            await mina.sends(mina.private, text="/language")
            await mina.presses(await mina.private.settled(), "한국어")
            await mina.private.settled()
            job = await begin(settings, stage="train")
            await boss.sends(boss.private, text="/retrain")
            await boss.private.answer()
            await server.rests()
            await end(settings, job, JobState.CANCELLED)
            told = await until(mina, says(KO.format("retrain-cancelled")))
            assert told.text == KO.format("retrain-cancelled")
            await until(boss, says(EN.format("retrain-cancelled")))
            await boss.private.silent()
