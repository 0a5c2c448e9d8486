"""One process on both networks: a real retrain that one admin starts, and that of the other network sees."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import retrain_desk, texts
from bot.discord.context import Parts as DiscordParts
from bot.settings import Settings, load_settings
from bot.texts import Language
from bot.training_job import Wish
from tests import discord_server, telegram_server
from tests.discord import opening as on_discord
from tests.discord_server.replies import Reply
from tests.telegram import opening as on_telegram
from tests.telegram_server.answers import Answer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

EN = texts.get(Language.EN)
TOKEN = "a-token-of-no-certain-form"  # noqa: S105  of nobody
TINY = Wish(init="current", epochs=1, steps=2, minimum=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """An admin on each network."""

    tele: telegram_server.Person
    disc: discord_server.Person
    desk: discord_server.Channel

    async def on_telegram(self, found: Callable[[Answer], object]) -> Answer:
        """Wait until the bot says, or changes, something of a kind."""
        while True:
            answer = await self.tele.private.answer(timeout=300)
            if found(answer):
                return answer

    async def on_discord(self, found: Callable[[Reply], object]) -> Reply:
        """Wait for the same in the direct messages."""
        while True:
            answer = await self.disc.dm.answer(timeout=300)
            if found(answer):
                return answer


@asynccontextmanager
async def serving(data: Path) -> AsyncIterator[Both]:
    """Run both doors of one process over a data folder."""
    async with (
        telegram_server.TelegramServer() as telegram,
        discord_server.DiscordServer(token=TOKEN) as discord,
        AsyncExitStack() as opened,
    ):
        discord.world.answer_seconds = 30.0
        tele = telegram.person("Boss")
        disc = discord.person("Chief", locale="en-US")
        office = discord.guild("Office", [disc], owner=disc, locale="en-US")
        settings = _settings(data, telegram, discord).model_copy(
            update={"discord_admin_guild": office.id, "admins": f"telegram:{tele.id},discord:{disc.id}"}
        )
        parts = await opened.enter_async_context(on_telegram.open_parts(settings))
        other = DiscordParts(
            service=parts.service,
            ledger=parts.ledger,
            desk=parts.desk,
            fetcher=parts.fetcher,
            office=parts.office,
            admins=settings.admins_of("discord"),
            language=Language.EN,
            admin_guild=office.id,
        )
        await opened.enter_async_context(on_telegram.open_door(telegram, settings, parts))
        await opened.enter_async_context(on_discord.open_door(discord, settings, other))
        yield Both(tele=tele, disc=disc, desk=office.channel("desk"))


def _settings(
    data: Path, telegram: telegram_server.TelegramServer, discord: discord_server.DiscordServer
) -> Settings:
    return load_settings(
        {
            "data": data,
            "telegram_token": telegram.token,
            "telegram_api": telegram.api,
            "telegram_files": telegram.files,
            "discord_token": TOKEN,
            "discord_api": discord.api,
            "discord_gateway": discord.gateway,
        },
        env_file=data / "none",
    )


async def test_a_retrain_of_one_network_is_seen_on_the_other(
    own_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second admin begins no other one: they follow the first, and both read what it was worth."""
    pytest.importorskip("keras")
    monkeypatch.setattr(retrain_desk, "read_wish", lambda _: TINY)
    async with serving(own_data) as both:
        await both.tele.sends(both.tele.private, text="/retrain")
        asked = await both.tele.private.answer()
        await both.tele.presses(asked, EN.format("retrain-minimum", count=10))
        await both.tele.presses(await both.tele.private.answer(), EN.format("retrain-go"), timeout=60)
        begun = await both.on_telegram(lambda answer: "Retraining" in answer.text)
        said = await (await both.disc.uses("/retrain", where=both.desk)).settled()
        assert EN.format("retrain-already") in said.text
        followed = await both.on_discord(lambda answer: "Retraining" in answer.text)
        here = await both.on_telegram(lambda answer: answer.photo)
        there = await both.on_discord(lambda answer: answer.images)
        assert here.message is begun.message
        assert there.message is followed.message
        assert here.caption.splitlines()[0] == there.text.splitlines()[0]
