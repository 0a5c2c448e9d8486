"""`grimche serve` with a Telegram token, as a process of its own that is ended in the midst of a question."""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import BinaryIO

import pytest

from bot import texts
from bot.settings import Settings
from bot.texts import Language
from storage.database import connect
from storage.queries import list_unfinished
from tests.bot.grimche_process import Process, running
from tests.scraping import naver
from tests.telegram.test_doors import until
from tests.telegram_server import Person, TelegramServer
from tests.telegram_server.answers import Answer

pytestmark = pytest.mark.slow

EN = texts.get(Language.EN)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[BinaryIO]:
    """Open a file for what a process writes to its log; a pipe would fill up."""
    with (tmp_path / "log").open("w+b") as log:
        yield log


def written(log: BinaryIO) -> bytes:
    """Read what was logged."""
    log.seek(0)
    return log.read()


@asynccontextmanager
async def serving(
    server: TelegramServer, settings: Settings, *, log: int | BinaryIO = asyncio.subprocess.DEVNULL
) -> AsyncIterator[Process]:
    """Run `grimche serve` until the end of the block, and wait until it asks for messages."""
    polls = len(server.calls("getUpdates"))
    named = {
        "GRIMCHE_DATA": str(settings.data),
        "GRIMCHE_TELEGRAM_TOKEN": server.token,
        "GRIMCHE_TELEGRAM_API": server.api,
        "GRIMCHE_TELEGRAM_FILES": server.files,
        "GRIMCHE_LOG_LEVEL": "debug",
    }
    async with running("serve", named=named, log=log) as process:
        await until(lambda: len(server.calls("getUpdates")) > polls or process.returncode is not None)
        yield process


async def test_a_request_to_end_lets_the_answer_come(
    server: TelegramServer, settings: Settings, mina: Person, thumbnails: Sequence[bytes], log: BinaryIO
) -> None:
    """SIGTERM during a question: it is answered, the process ends well, and nothing comes twice."""
    server.slow("getFile", 1, times=1)
    async with serving(server, settings, log=log) as process:
        await mina.sends(mina.private, photo=thumbnails[0])
        await until(lambda: server.calls("getFile"))
        process.send_signal(signal.SIGTERM)
        assert (await mina.private.answer()).photo
        await process.wait()
    assert process.returncode == 0
    assert server.token.partition(":")[2].encode() not in written(log)
    async with serving(server, settings):
        await server.rests()
        await mina.private.silent()


async def test_a_killed_process_apologises_at_the_next_start(
    server: TelegramServer, settings: Settings, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """SIGKILL during a question: the next process says sorry in reply to it, once."""
    server.slow("getFile", 60, times=1)
    async with serving(server, settings) as process:
        asked = await mina.sends(mina.private, photo=thumbnails[0])
        await until(lambda: server.calls("getFile"))
        process.kill()
        await process.wait()
    server.heals()
    async with serving(server, settings):
        apology = await mina.private.answer()
        assert "다시 보내" in apology.text or "send it again" in apology.text
        assert apology.reply_to is asked
        async with connect(settings.database, read_only=True) as connection:
            while await list_unfinished(connection, "telegram"):  # noqa: ASYNC110  nobody tells
                await asyncio.sleep(0.02)
    async with serving(server, settings):
        await server.rests()
        await mina.private.silent()


async def test_a_question_that_was_not_noted_down_is_answered_at_the_next_start(
    server: TelegramServer, settings: Settings, mina: Person, thumbnails: Sequence[bytes]
) -> None:
    """SIGKILL after Telegram has told of it, while the database takes no note: Telegram tells of it again."""
    async with serving(server, settings) as process:
        await server.rests()
        with closing(sqlite3.connect(settings.database)) as busy:
            busy.execute("BEGIN IMMEDIATE")
            polls = len(server.calls("getUpdates"))
            asked = await mina.sends(mina.private, photo=thumbnails[0])
            await until(lambda: len(server.calls("getUpdates")) > polls + 2)
            process.kill()
            await process.wait()
    async with serving(server, settings):
        answer = await mina.private.answer()
    assert answer.photo
    assert answer.reply_to is asked


async def test_a_refused_token_ends_the_process(
    server: TelegramServer, settings: Settings, log: BinaryIO
) -> None:
    """With one sentence that names the setting, and the code of a fault."""
    server.revokes()
    async with serving(server, settings, log=log) as process:
        await process.wait()
    assert process.returncode == 1
    assert b"GRIMCHE_TELEGRAM_TOKEN" in written(log), written(log)[-2000:].decode()


async def test_a_request_to_end_cuts_a_scrape_off(
    server: TelegramServer,
    settings: Settings,
    boss: Person,
    log: BinaryIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """SIGTERM during a scrape: the process ends well and at once, and the next one's scrape goes on."""
    monkeypatch.setenv("GRIMCHE_ADMINS", f"telegram:{boss.id}")
    async with naver(monkeypatch) as platform:
        platform.hold(after=4)
        async with serving(server, settings, log=log) as process:
            await boss.sends(boss.private, text="/scrape naver")
            begun = await boss.private.answer()
            await until(lambda: len(platform.local.images.log) > 4)
            process.send_signal(signal.SIGTERM)
            await process.wait()
        assert process.returncode == 0
        assert b"Traceback" not in written(log)
        platform.release()
        async with serving(server, settings):
            ended = await _says(boss, EN.format("scrape-interrupted"))
            assert ended.message is begun.message
            await boss.sends(boss.private, text="/scrape naver")
            assert "new episodes" in (await _says(boss, EN.format("scrape-done"))).text
        async with connect(settings.database, read_only=True) as connection:
            counted = await connection.row(
                "SELECT count(*) FROM episodes JOIN webtoons ON webtoons.id = webtoon_id"
                " WHERE platform = 'naver' AND picture IS NOT NULL"
            )
        assert counted == (9,)


async def _says(person: Person, part: str) -> Answer:
    """Wait until the bot says, or changes, something with these words."""
    while True:
        answer = await person.private.answer(timeout=60)
        if part in answer.text:
            return answer
