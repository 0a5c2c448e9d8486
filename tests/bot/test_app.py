import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import AsyncMock

import pytest

from bot import app
from bot.app import KEPT, open_doors
from bot.ledger import Ledger, new_token
from bot.service import Service
from bot.settings import Settings
from storage.errors import DatabaseLocked
from storage.queries import Query

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105  nobody's


@asynccontextmanager
async def names_of_doors(service: Service, settings: Settings, **options: object) -> AsyncIterator[list[str]]:
    """Open the doors of some settings, and name them."""
    changed = Settings.model_validate(settings.model_dump() | options)
    async with open_doors(service, settings=changed, listens=AsyncMock()) as doors:
        yield [door.name for door in doors]


@pytest.fixture
def settings(own_data: Path, settings: Settings) -> Settings:
    """Read settings that name a data folder to write into."""
    return settings.model_copy(update={"data": own_data})


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({}, ["web"]),
        ({"web": True}, ["web"]),
        ({"telegram_token": TOKEN}, ["telegram"]),
        ({"telegram_token": TOKEN, "web": True}, ["telegram", "web"]),
        ({"discord_token": "any"}, ["discord"]),
        ({"telegram_token": TOKEN, "discord_token": "any"}, ["telegram", "discord"]),
    ],
)
async def test_doors_of_settings(
    service: Service, settings: Settings, options: dict[str, object], names: list[str]
) -> None:
    """Each token opens a door; the web chat is opened where it is asked for or nothing else is."""
    async with names_of_doors(service, settings, **options) as opened:
        assert opened == names


async def test_old_questions_are_forgotten(service: Service, settings: Settings) -> None:
    """What is older than 30 days goes when the doors open, and nothing younger."""
    old, young = (
        Query(
            token=new_token(),
            door="telegram",
            chat_id="1",
            message_id="1",
            person="p",
            asked=asked,
            unique="",
        )
        for asked in (datetime.now(UTC) - KEPT - timedelta(hours=1), datetime.now(UTC) - timedelta(days=29))
    )
    async with Ledger(settings.database) as ledger:
        await ledger.begin(old)
        await ledger.begin(young)
        async with names_of_doors(service, settings, telegram_token=TOKEN):
            while await ledger.query(old.token) is not None:  # noqa: ASYNC110  it happens beside
                await asyncio.sleep(0)
            assert await ledger.query(young.token) is not None


async def test_forgetting_goes_on_after_an_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A database that is locked on one day is tried again on the next."""
    ledger = AsyncMock(spec=Ledger)
    ledger.expire.side_effect = [DatabaseLocked(path="grimche.db"), 0, asyncio.CancelledError]
    monkeypatch.setattr(app, "DAY", 0)
    with pytest.raises(asyncio.CancelledError):
        await app._expire_daily(ledger)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
