import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.catalogue_jobs import Sample, scrape_sample
from bot.discord.context import Parts
from bot.progress import ignore
from bot.settings import Settings, load_settings
from tests.discord.opening import OpenDoor, open_door, open_parts
from tests.discord_server import Channel, DiscordServer, Guild, Person
from tests.scraping import platform as platform  # noqa: PLC0414  a fixture

# One answer is full with ten webtoons.
SAMPLE = Sample(artists=5, webtoons=12, episodes=4)
TOKEN = "a-token-of-no-certain-form"  # noqa: S105  of nobody


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a data folder with 12 webtoons of 5 artists; tests get copies."""
    data = tmp_path_factory.mktemp("discord") / "data"
    settings = load_settings({"data": data}, env_file=data / "none")
    asyncio.run(scrape_sample(settings, SAMPLE, report=ignore))
    return data


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Run a local Discord."""
    async with DiscordServer(token=TOKEN) as server:
        server.world.answer_seconds = 30.0  # Discord's three are few for a machine that has other work
        yield server


@pytest.fixture
def mina(server: DiscordServer) -> Person:
    """Let somebody who reads Korean join."""
    return server.person("Mina", locale="ko")


@pytest.fixture
def jun(server: DiscordServer) -> Person:
    """Let somebody who reads English join."""
    return server.person("Jun", locale="en-US")


@pytest.fixture
def boss(server: DiscordServer) -> Person:
    """Let the bot's admin join."""
    return server.person("Boss", locale="en-US")


@pytest.fixture
def readers(server: DiscordServer, mina: Person, jun: Person, boss: Person) -> Guild:
    """Found a server that has the bot, and that Jun owns."""
    return server.guild("Readers", [mina, jun, boss], owner=jun, locale="en-US")


@pytest.fixture
def general(readers: Guild) -> Channel:
    """Open a channel for everybody."""
    return readers.channel("general")


@pytest.fixture
def office(server: DiscordServer, mina: Person, boss: Person) -> Guild:
    """Found the server of the admins, of which Mina is a member too."""
    return server.guild("Office", [mina, boss], owner=boss, locale="en-US")


@pytest.fixture
def desk(office: Guild) -> Channel:
    """Open a channel of the admins' server."""
    return office.channel("desk")


@pytest.fixture
def settings(server: DiscordServer, boss: Person, office: Guild, catalogue: Path, tmp_path: Path) -> Settings:
    """Read settings that name the local Discord and a copy of the catalogue."""
    return load_settings(
        {
            "data": shutil.copytree(catalogue, tmp_path / "data"),
            "discord_token": TOKEN,
            "discord_api": server.api,
            "discord_gateway": server.gateway,
            "discord_admin_guild": office.id,
            "admins": f"discord:{boss.id}",
        },
        env_file=tmp_path / "none",
    )


@pytest.fixture
async def parts(settings: Settings) -> AsyncIterator[Parts]:
    """Put the parts of a door together, without limits of time."""
    async with open_parts(settings) as parts:
        yield parts


@pytest.fixture
async def door(server: DiscordServer, settings: Settings, parts: Parts) -> AsyncIterator[OpenDoor]:
    """Run a real door over the catalogue before the local Discord."""
    async with open_door(server, settings, parts) as door:
        yield door


@pytest.fixture
async def thumbnails(parts: Parts) -> Sequence[bytes]:
    """Read pictures of the catalogue, each of another webtoon where there are enough."""
    pictures = [await parts.service.picture(sha256) for sha256 in await parts.service.samples(8)]
    return [picture.data for picture in pictures if picture is not None]
