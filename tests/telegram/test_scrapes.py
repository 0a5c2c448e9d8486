"""Conversations with the bot's admins about scrapes."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot import scrape_job, texts
from bot.app import open_service
from bot.platform_jobs import Tour, scrape_platform
from bot.progress import ignore
from bot.settings import Settings
from bot.texts import Language
from scraper import recording
from storage import database, jobs
from storage.errors import Stopped
from storage.records import JobState, Platform
from tests.scraping import Naver
from tests.telegram.hearing import says, until
from tests.telegram.opening import OpenDoor, open_door, open_parts
from tests.telegram_server import Person, TelegramServer

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("platform")]  # settings are read when it is there

KO = texts.get(Language.KO)
EN = texts.get(Language.EN)


@pytest.mark.usefixtures("platform", "door")
class TestWithADoor:
    """One bot, whose admin calls."""

    async def test_a_scrape_is_one_message_from_progress_to_result(
        self, boss: Person, platform: Naver, settings: Settings
    ) -> None:
        """The answer to /scrape is edited while it runs, and says in the end what has come."""
        platform.hold()
        await boss.sends(boss.private, text="/scrape naver")
        begun = await boss.private.answer()
        assert re.search(r"Scraping, for 0:0\d now", begun.text)
        assert begun.labels == (EN.format("scrape-stop"),)
        visiting = await until(boss, says("0 of 3 webtoons"))
        platform.release()
        done = await until(boss, says(EN.format("scrape-done")))
        assert "Naver Webtoon: 3 new webtoons, 9 new episodes, 2 new artists." in done.text
        assert begun.message is visiting.message is done.message
        assert not done.labels
        async with open_service(settings) as service:
            assert (await service.counts()).webtoons == 15

    async def test_a_scrape_speaks_korean(self, boss: Person) -> None:
        """In a chat that chose Korean, all of it is said in Korean."""
        await boss.sends(boss.private, text="/language")
        await boss.presses(await boss.private.answer(), "한국어")
        await boss.sends(boss.private, text="/scrape")
        usage = await until(boss, says("/scrape naver"))
        assert usage.text == KO.format("scrape-usage", platforms="naver, kakaopage, webtoons, kakao")
        await boss.sends(boss.private, text="/scrape naver")
        done = await until(boss, says(KO.format("scrape-done")))
        assert "네이버 웹툰: 새 웹툰 3편, 새 회차 9화, 새 작가 2명." in done.text

    @pytest.mark.parametrize("how", ["button", "command"])
    async def test_a_scrape_is_stopped(
        self, boss: Person, platform: Naver, settings: Settings, how: str
    ) -> None:
        """By its button or by /scrape stop; the record says so, and the next one goes on."""
        platform.hold()
        await boss.sends(boss.private, text="/scrape naver")
        begun = await boss.private.answer()
        await until(boss, says("0 of 3 webtoons"))
        if how == "button":
            await boss.presses(begun, EN.format("scrape-stop"))
        else:
            await boss.sends(boss.private, text="/scrape stop")
        await until(boss, says(EN.format("scrape-stopped")))
        async with database.connect(settings.database, read_only=True) as connection:
            latest = (await jobs.recent(connection, 1))[0]
        assert (latest.kind, latest.state) == ("scrape", JobState.CANCELLED)
        platform.release()
        await boss.sends(boss.private, text="/scrape naver")
        done = await until(boss, says(EN.format("scrape-done")))
        assert "9 new episodes" in done.text

    async def test_a_scrape_elsewhere_is_shown_and_stopped(
        self, boss: Person, platform: Naver, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One that another process runs is followed by who asks, and ends by the same button."""
        monkeypatch.setattr(recording, "EVERY", 0.05)
        platform.hold()
        other = scrape_platform(settings, Platform.NAVER, tour=Tour(), report=ignore)
        task = asyncio.create_task(other)
        while await scrape_job.running(settings) is None:  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.01)
        await boss.sends(boss.private, text="/scrape naver")
        shown = await boss.private.answer()
        assert shown.text.startswith(EN.format("scrape-already"))
        assert "Another process is scraping" in shown.text
        await boss.presses(shown, EN.format("scrape-stop"))
        ended = await until(boss, says(EN.format("scrape-stopped")))
        assert ended.message is shown.message
        with pytest.raises(Stopped):
            await task

    async def test_another_process_stops_the_round(
        self, boss: Person, platform: Naver, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A wish from the command line ends it in its message, and no further platform is asked."""
        monkeypatch.setattr(recording, "EVERY", 0.05)
        platform.hold()
        await boss.sends(boss.private, text="/scrape naver webtoons")
        begun = await boss.private.answer()
        await scrape_job.stop(settings)
        ended = await until(boss, says(EN.format("scrape-stopped")))
        assert ended.message is begun.message
        async with database.connect(settings.database, read_only=True) as connection:
            latest = (await jobs.recent(connection, 1))[0]
        assert (latest.figures["source"], latest.state) == ("naver", JobState.CANCELLED)

    async def test_there_may_be_nothing_to_stop(self, boss: Person) -> None:
        """Then that is said."""
        await boss.sends(boss.private, text="/scrape stop")
        assert (await boss.private.answer()).text == EN.format("scrape-none")

    async def test_others_cannot_press_the_button(self, boss: Person, mina: Person, platform: Naver) -> None:
        """Who is no admin cannot stop a scrape, whatever they send."""
        platform.hold()
        await boss.sends(boss.private, text="/scrape naver")
        await boss.private.answer()
        await mina.sends(mina.private, text="/help")
        pressed = await mina.presses_data(await mina.private.answer(), "work:stop:scrape")
        assert (pressed.text, pressed.alert) == (KO.format("chat-admins-only"), True)
        platform.release()
        await until(boss, says(EN.format("scrape-done")))

    async def test_questions_are_answered_meanwhile(
        self, boss: Person, mina: Person, platform: Naver, thumbnails: list[bytes]
    ) -> None:
        """While a scrape runs and its pictures come into the index, everybody gets an answer."""
        platform.hold()
        await boss.sends(boss.private, text="/scrape naver")
        asking = asyncio.create_task(_ask(mina, thumbnails[:4]))
        await until(boss, says("0 of 3 webtoons"))
        platform.release()
        await until(boss, says(EN.format("scrape-done")))
        assert await asking == 4
        work = platform.local.world.works[0]
        drawn = platform.local.world.thumbnail(work, work.instalments[0])
        async with asyncio.timeout(30):  # what has come in is looked for once a second
            while work.title not in await _answer(mina, drawn):
                pass

    async def test_a_changed_interface_is_told_once(self, boss: Person, jun: Person, platform: Naver) -> None:
        """Who asked reads it in their message, and nobody is told a second time."""
        assert jun
        platform.change_interface()
        await boss.sends(boss.private, text="/scrape naver")
        told = await until(boss, says("is not as it was"))
        assert told.text.startswith(EN.format("scrape-done"))
        await boss.private.silent()


async def _answer(person: Person, picture: bytes) -> str:
    """Send a picture, and give the words of the answer."""
    await person.sends(person.private, photo=picture)
    return (await person.private.settled()).caption


async def _ask(person: Person, pictures: list[bytes]) -> int:
    """Send pictures one after the other, and count the answers."""
    answers = 0
    for picture in pictures:
        await person.sends(person.private, photo=picture)
        answers += bool((await person.private.answer()).photo)
    return answers


class TestUnasked:
    """What a bot with a schedule does by itself."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """Scrape Naver every night."""
        return settings.model_copy(update={"scrape_platforms": "naver"})

    async def test_a_missed_run_is_made_up_for(
        self, door: OpenDoor, boss: Person, settings: Settings
    ) -> None:
        """Soon after a start what was missed is scraped; the admin reads what is new, and then no more."""
        assert door
        await boss.sends(boss.private, text="/start")
        news = await until(boss, says(EN.format("scrape-news")))
        assert "3 new webtoons" in news.text
        async with database.connect(settings.database, read_only=True) as connection:
            latest = [job.who for job in await jobs.recent(connection, 5) if job.kind == "scrape"]
        assert latest[0] == "schedule"

    async def test_a_fault_is_told_once_until_it_changes(
        self, server: TelegramServer, boss: Person, settings: Settings, platform: Naver
    ) -> None:
        """A degraded run is said to the admins unasked; the same again is not, and another one is."""
        boss.is_met = boss.has_begun = True
        platform.change_interface()
        async with _run(server, settings):
            await until(boss, says("is not as it was"))
        async with _run(server, settings):
            await boss.private.silent()
        platform.local.api.rename = {"titleId": "id"}
        async with _run(server, settings):
            await until(boss, says("is not as it was"))


@asynccontextmanager
async def _run(server: TelegramServer, settings: Settings) -> AsyncIterator[None]:
    """Open a bot whose last run is long ago, and let it scrape."""
    async with database.connect(settings.database) as connection:
        await connection.rows("DELETE FROM notes WHERE name = 'last scrape'")
    async with open_parts(settings) as parts, open_door(server, settings, parts):
        ran = "SELECT 1 FROM notes WHERE name = 'last scrape'"
        while not await _is_there(settings, ran):  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.05)
        yield
        # What is not noted as told would be told again at the next start.
        while await _is_there(settings, "SELECT 1 FROM news"):  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.05)


async def _is_there(settings: Settings, query: str) -> bool:
    async with database.connect(settings.database, read_only=True) as connection:
        return bool(await connection.rows(query))


async def test_a_restart_concludes_the_message(
    server: TelegramServer, boss: Person, settings: Settings, platform: Naver
) -> None:
    """A bot that ends during a scrape leaves the message, and the next one says in it what became of it."""
    platform.hold()
    async with open_parts(settings) as parts, open_door(server, settings, parts):
        await boss.sends(boss.private, text="/scrape naver")
        begun = await boss.private.answer()
        await until(boss, says("0 of 3 webtoons"))
    async with open_parts(settings) as parts, open_door(server, settings, parts):
        ended = await until(boss, says(EN.format("scrape-interrupted")))
    assert ended.message is begun.message


async def test_admins_hear_of_faults_that_others_met(
    server: TelegramServer, boss: Person, jun: Person, settings: Settings, platform: Naver
) -> None:
    """An admin who did not ask is told of a fault in a message of their own."""
    platform.change_interface()
    async with open_parts(settings) as parts:
        both = replace(parts, admins=parts.admins | {jun.id})
        await jun.sends(jun.private, text="/start")
        async with open_door(server, settings, both):
            await jun.private.settled()
            await boss.sends(boss.private, text="/scrape naver")
            await until(boss, says("is not as it was"))
            assert "is not as it was" in (await jun.private.answer()).text
