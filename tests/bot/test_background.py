"""What runs beside the doors, with a board that remembers what it was told."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest

from bot import scrape_job
from bot.app import open_service
from bot.background import Background
from bot.rounds import Rounds
from bot.scrape_job import Leg, Round, run_round
from bot.settings import Settings, load_settings
from storage import database, jobs, news
from storage.errors import AlreadyRunning, BudgetSpent, GrimcheError, ShapeChanged
from storage.records import JobKind, JobState, Platform
from tests.bot.test_following import Shown
from tests.scraping import naver

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105  nobody's


@pytest.fixture
def own(own_data: Path) -> Settings:
    """Read settings of a filled data folder that may be changed, and of a network."""
    return load_settings({"data": own_data, "telegram_token": TOKEN})


async def back_up(settings: Settings, board: Shown) -> None:
    """Open a process whose daily backup is due, and wait until it was tried."""
    async with database.connect(settings.database) as connection:
        await connection.rows("DELETE FROM notes WHERE name = 'last backup'")
    async with (
        open_service(settings) as service,
        Background(settings, service, soon=timedelta()) as background,
        background.boards.joined(board),
    ):
        while not await _is_through(settings):  # noqa: ASYNC110  nobody tells
            await asyncio.sleep(0.02)


async def _is_through(settings: Settings) -> bool:
    """Tell whether a backup was tried, and everything told."""
    async with database.connect(settings.database, read_only=True) as connection:
        tried = await connection.rows("SELECT 1 FROM notes WHERE name = 'last backup'")
        return bool(tried) and not await connection.rows("SELECT 1 FROM news")


async def test_a_failed_backup_is_told_once(own: Settings) -> None:
    """Admins hear that there is none, not again while it is so, and anew when it was mended meanwhile."""
    board = Shown(admins=frozenset({8}))
    own.backup_folder.write_text("in the way")
    for _ in range(2):
        await back_up(own, board)
        assert len(board.posts) == 1
    assert "There is no backup of today." in board.posts[0][1]
    own.backup_folder.unlink()
    await back_up(own, board)
    assert len(list(own.backup_folder.iterdir())) == 1
    assert len(board.posts) == 1
    shutil.rmtree(own.backup_folder)
    own.backup_folder.write_text("in the way")
    await back_up(own, board)
    assert len(board.posts) == 2


@pytest.fixture
async def scraping(own: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Settings]:
    """Read settings by which a local Naver is scraped."""
    monkeypatch.setattr(scrape_job, "_LOOK", 0.02)
    async with naver(monkeypatch):
        yield load_settings({"data": own.data, "scrape_platforms": "naver"})


async def scrape_elsewhere(settings: Settings) -> int:
    """Record a scrape of another process."""
    async with database.connect(settings.database) as connection:
        return await jobs.start(connection, JobKind.SCRAPE, who="another")


async def end_elsewhere(settings: Settings, job: int) -> None:
    """Record that it has ended."""
    async with database.connect(settings.database) as connection:
        await jobs.finish(connection, job, state=JobState.DONE, figures={})


async def test_what_is_due_waits_for_another_process(scraping: Settings) -> None:
    """A round that is due while a command line scrapes is made after that, not left out until tomorrow."""
    async with (
        open_service(scraping) as service,
        Background(scraping, service, soon=timedelta(days=1)) as background,
    ):
        other = await scrape_elsewhere(scraping)
        task = asyncio.create_task(background._scrape())
        await asyncio.wait({task}, timeout=0.5)
        await end_elsewhere(scraping, other)
        await task
        assert background.rounds.latest is not None
        assert [leg.webtoons for leg in background.rounds.latest.legs] == [3]


async def test_a_round_waits_between_two_platforms(
    scraping: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process that begins when one platform is through takes no turn from the next."""
    this = Round(platforms=(Platform.NAVER, Platform.NAVER), who="test")
    others: list[int] = []
    go = scrape_job._go

    async def between(settings: Settings, platform: Platform, **named: Any) -> Leg:  # noqa: ANN401
        if this.legs and not others:
            others.append(await scrape_elsewhere(settings))
            leg = await go(settings, platform, **named)
            await end_elsewhere(settings, others[0])
            return leg
        return await go(settings, platform, **named)

    monkeypatch.setattr(scrape_job, "_go", between)
    await run_round(scraping, this, began=lambda: None)
    assert [leg.error for leg in this.legs] == [None, None]


async def test_a_round_that_cannot_begin_says_so(scraping: Settings) -> None:
    """Who wants a round while another process scrapes is told at once, and none begins later."""
    async with Rounds(scraping, AsyncMock()) as rounds:
        await scrape_elsewhere(scraping)
        with pytest.raises(AlreadyRunning):
            await rounds.begin((Platform.NAVER, Platform.NAVER), who="test")


def test_the_same_change_elsewhere_is_the_same_fault() -> None:
    """Another webtoon and another element of a list make no other fault; another field does."""

    def fault(field: str, where: str) -> str:
        error = ShapeChanged(platform="naver", field=field, where=where)
        return Leg(platform=Platform.NAVER, error=error).fault

    tonight = fault("articleList[3].no", "episodes of 183559")
    assert fault("articleList[14].no", "episodes of 20853") == tonight
    assert fault("articleList[3].subtitle", "episodes of 183559") != tonight


@pytest.mark.parametrize("error", [AlreadyRunning(job="scrape"), BudgetSpent(maximum=5)])
async def test_a_round_that_saw_nothing_forgets_no_fault(own: Settings, error: GrimcheError) -> None:
    """A leg that never began, or spent its requests, says nothing about what was told before."""
    changed = ShapeChanged(platform="naver", field="titleId", where="the list of webtoons")
    async with (
        open_service(own) as service,
        Background(own, service, soon=timedelta(days=1)) as background,
    ):
        for met in (changed, error, changed):
            leg = Leg(platform=Platform.NAVER, error=met)
            await background._tell_of(Round(platforms=(Platform.NAVER,), who="schedule", legs=[leg]))
    async with database.connect(own.database, read_only=True) as connection:
        assert len(await news.waiting(connection, "telegram")) == 1
