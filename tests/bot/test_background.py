"""What runs beside the doors, with a board that remembers what it was told."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import open_service
from bot.background import Background
from bot.settings import Settings, load_settings
from storage import database
from storage.errors import SettingsError
from tests.bot.test_following import Shown

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


async def test_a_platform_that_is_off_is_not_scheduled(own: Settings) -> None:
    """Kakao Webtoon has to be wanted by two settings, and who forgot one reads which."""
    wrong = own.model_copy(update={"scrape_platforms": "naver,kakao"})
    async with open_service(wrong) as service:
        with pytest.raises(SettingsError, match="GRIMCHE_KAKAO is off"):
            async with Background(wrong, service):
                pass
