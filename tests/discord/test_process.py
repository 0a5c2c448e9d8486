"""`grimche serve` with every door open, as a process of its own, before both local networks."""

import asyncio
import json
import re
import signal
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.settings import Settings
from tests.bot.grimche_process import Process, running
from tests.discord.test_doors import comes_back, until
from tests.discord_server import DiscordServer
from tests.discord_server import Person as DiscordPerson
from tests.telegram_server import Person as TelegramPerson
from tests.telegram_server import TelegramServer

pytestmark = pytest.mark.slow

# What text doors say of a match, without its markup: its rank, title and score.
LINE = re.compile(r"^([0-9]+)\. (.+?) · .*?([0-9]+)%$", re.MULTILINE)
MARKUP = re.compile(r"</?\w[^>]*>|\*\*|\\(?=[^\w\s])|\[((?:\\.|[^\]\\])*)\]\(<[^>]*>\)")

Said = list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The process, where its web chat is, and what it logs."""

    process: Process
    web: str
    log: Path

    async def ends(self) -> int | None:
        """Ask it to end, and give its code."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), 60)


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramServer]:
    """Run a local Telegram."""
    async with TelegramServer() as telegram:
        yield telegram


@pytest.fixture
def hana(telegram: TelegramServer) -> TelegramPerson:
    """Let somebody who reads English join Telegram."""
    return telegram.person("Hana", language="en")


@pytest.fixture
def named(settings: Settings, server: DiscordServer, telegram: TelegramServer) -> dict[str, str]:
    """Name both local networks."""
    return {
        "GRIMCHE_DATA": str(settings.data),
        "GRIMCHE_TELEGRAM_TOKEN": telegram.token,
        "GRIMCHE_TELEGRAM_API": telegram.api,
        "GRIMCHE_TELEGRAM_FILES": telegram.files,
        "GRIMCHE_DISCORD_TOKEN": server.token,
        "GRIMCHE_DISCORD_API": server.api,
        "GRIMCHE_DISCORD_GATEWAY": server.gateway,
        "GRIMCHE_LOG_LEVEL": "debug",
    }


@pytest.fixture
async def served(
    server: DiscordServer, telegram: TelegramServer, named: dict[str, str], tmp_path: Path
) -> AsyncIterator[Served]:
    """Open every door, and wait until each listens."""
    path, doors = tmp_path / "log", ("serve", "--web", "--port", "0", "--no-browser")
    with path.open("wb") as log:
        async with running(*doors, named=named, log=log) as process:
            assert process.stdout is not None
            line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode()
            await until(lambda: telegram.calls("getUpdates") and server.commands())
            await comes_back(server)
            yield Served(process=process, web=line.split()[-1], log=path)


def read(text: str) -> Said:
    """Read the matches out of what a door wrote."""
    return LINE.findall(MARKUP.sub(lambda found: found[1] or "", text))


def read_json(text: str) -> Said:
    """Read the matches out of JSON."""
    matches = [{**each, **each.get("webtoon", {})} for each in json.loads(text)["matches"]]
    return [(str(each["rank"]), each["title"], str(round(100 * each["score"]))) for each in matches]


async def ask_web(address: str, picture: bytes) -> str:
    """Send a picture to the web chat."""
    form = aiohttp.FormData()
    form.add_field("picture", picture, filename="a.jpg", content_type="image/jpeg")
    async with aiohttp.ClientSession() as session, session.post(f"{address}api/similar", data=form) as answer:
        return await answer.text()


async def ask_command_line(named: dict[str, str], picture: Path) -> str:
    """Give a picture to the command line."""
    async with running("similar", "--json", str(picture), named=named) as process:
        said, _ = await process.communicate()
        assert process.returncode == 0
        return said.decode()


async def test_every_door_gives_the_same_answer(
    served: Served,
    named: dict[str, str],
    jun: DiscordPerson,
    hana: TelegramPerson,
    thumbnails: Sequence[bytes],
    tmp_path: Path,
) -> None:
    """One process on Telegram, Discord and the web, and the command line: ten matches, scores and all."""
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(thumbnails[0])
    asked = await jun.uses("/similar", image=thumbnails[0], where=jun.dm)
    await hana.sends(hana.private, document=thumbnails[0], name="a.jpg", mime="image/jpeg")
    said = {
        "discord": read((await asked.settled(timeout=60)).text),
        "telegram": read((await hana.private.answer(timeout=60)).html),
        "web": read_json(await ask_web(served.web, thumbnails[0])),
        "command line": read_json(await ask_command_line(named, picture)),
    }
    assert len(said["command line"]) == 10
    for door, matches in said.items():
        assert matches == said["command line"], door


async def test_a_request_to_end_lets_both_networks_be_answered(
    server: DiscordServer,
    telegram: TelegramServer,
    served: Served,
    jun: DiscordPerson,
    hana: TelegramPerson,
    thumbnails: Sequence[bytes],
) -> None:
    """SIGTERM with a question in work on either network: both are answered, and the code is 0."""
    telegram.slow("getFile", 1, times=1)
    server.slow("cdn", 1, times=1)
    await hana.sends(hana.private, photo=thumbnails[0])
    asked = await jun.uses("/similar", image=thumbnails[1], where=jun.dm)
    await until(lambda: telegram.calls("getFile"))
    assert asked.was_deferred
    assert not asked.interaction.unseen
    assert await served.ends() == 0
    assert (await hana.private.answer()).photo
    assert len((await asked.reply()).images) == 10


@pytest.mark.timeout(400)
async def test_a_token_that_is_taken_back_closes_one_door(
    server: DiscordServer,
    telegram: TelegramServer,
    served: Served,
    hana: TelegramPerson,
    thumbnails: Sequence[bytes],
) -> None:
    """Discord's refusal is said with its setting, without any token, and Telegram goes on answering."""
    await server.revokes()
    # The library pauses ever longer before it connects again, where it did not hear why it was closed.
    await until(lambda: b"GRIMCHE_DISCORD_TOKEN" in served.log.read_bytes(), seconds=300)
    await hana.sends(hana.private, photo=thumbnails[0])
    assert (await hana.private.answer(timeout=60)).photo
    assert await served.ends() == 0
    written = served.log.read_bytes()
    assert server.token.encode() not in written
    assert telegram.token.partition(":")[2].encode() not in written
