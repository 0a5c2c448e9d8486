"""`grimche serve` as a process of its own, before a local platform and both local chat servers."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

from storage.processes import lives
from tests import deadly
from tests.discord_server import Channel, DiscordServer
from tests.discord_server import Person as DiscordPerson
from tests.platforms.world import World
from tests.scraper.naver_runs import Local, published, settings_of
from tests.telegram_server import Person as TelegramPerson
from tests.telegram_server import TelegramServer

Process = asyncio.subprocess.Process

STARTS = 120.0  # seconds, on a machine that has other things to do
_STEP = 0.02


@dataclass(slots=True, kw_only=True)
class Town:
    """The servers, the admins, and the process over the data folder `data`."""

    data: Path
    local: Local
    telegram: TelegramServer
    discord: DiscordServer
    boss: TelegramPerson
    chief: DiscordPerson
    office: Channel
    env: dict[str, str]
    process: Process | None = None
    is_up: asyncio.Event = field(default_factory=asyncio.Event)
    deaths: int = 0  # of the process that serves

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / "grimche.db"

    @property
    def temporary(self) -> Path:
        """The folder for temporary files of the processes."""
        return self.data.with_name("temporary")

    @property
    def orders(self) -> Path:
        """The folder in which processes read at which point they have to die."""
        return self.data.with_name("orders")

    async def start(self, *, is_doomed: bool = False) -> None:
        """Run `grimche serve`, and wait until both networks have seen it, or it has died as it was to."""
        polls, identified = len(self.telegram.calls("getUpdates")), len(self.discord.world.gateway.identified)
        with self.data.with_name("log").open("ab") as log:
            self.process = process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "serve", "--no-browser"),
                env=self.env,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

        def seen() -> bool:
            gateway = self.discord.world.gateway
            has_polled = len(self.telegram.calls("getUpdates")) > polls
            return has_polled and len(gateway.identified) > identified and bool(gateway.sockets)

        await until(lambda: seen() or process.returncode is not None, seconds=STARTS)
        if process.returncode is None:
            self.is_up.set()
        else:
            assert is_doomed, self.log()[-4000:]

    async def kill(self) -> None:
        """Kill the process where it stands."""
        assert self.process is not None
        self.is_up.clear()
        self.process.kill()
        await self.process.wait()

    async def restart(self) -> None:
        """Start again, after a death or an end in order."""
        await self.stop()
        await self.start()

    async def dies(self) -> None:
        """See the process die that was ordered to."""
        assert self.process is not None
        await self.process.wait()
        self.deaths += 1

    async def stop(self) -> None:
        """End the process as a system does that shuts down."""
        self.is_up.clear()
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()

    def log(self) -> str:
        """Read what the processes wrote."""
        return self.data.with_name("log").read_text(errors="replace")

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Read from the database as anybody can, while others write."""
        with closing(sqlite3.connect(f"{self.database.as_uri()}?mode=ro", uri=True, timeout=30)) as database:
            return database.execute(sql).fetchall()

    def let_nights_pass(self, what: str) -> None:
        """Let what is done at set times have been done long ago, so that the next start finds it due."""
        with closing(sqlite3.connect(self.database, timeout=30)) as database, database:
            database.execute(
                "UPDATE notes SET value = '2020-01-01T00:00:00+00:00' WHERE name = ?", (f"last {what}",)
            )

    def workers(self) -> list[int]:
        """List the processes that do a job now, ours too; a dead one's job is not one."""
        running = self.ask("SELECT pid, birth FROM jobs WHERE state = 'running'")
        return [int(str(pid)) for pid, birth in running if lives(int(str(pid)), str(birth))]

    def children(self) -> list[int]:
        """List the processes of jobs that are not ours."""
        ours = self.process.pid if self.process else 0
        return [pid for pid in self.workers() if pid != ours]


@asynccontextmanager
async def town(data: Path, world: World) -> AsyncIterator[Town]:
    """Open everything over an empty data folder; nothing serves yet."""
    async with published(world) as local, TelegramServer() as telegram, DiscordServer() as discord:
        discord.world.answer_seconds = 30.0
        boss = telegram.person("Boss", language="en", username="boss")
        chief = discord.person("Chief", locale="en-US")
        guild = discord.guild("Office", [chief], owner=chief)
        named = {
            **settings_of(local),
            "GRIMCHE_DATA": str(data),
            "GRIMCHE_TELEGRAM_TOKEN": telegram.token,
            "GRIMCHE_TELEGRAM_API": telegram.api,
            "GRIMCHE_TELEGRAM_FILES": telegram.files,
            "GRIMCHE_TELEGRAM_RATE": "1000",
            "GRIMCHE_DISCORD_TOKEN": discord.token,
            "GRIMCHE_DISCORD_API": discord.api,
            "GRIMCHE_DISCORD_GATEWAY": discord.gateway,
            "GRIMCHE_DISCORD_ADMIN_GUILD": str(guild.id),
            "GRIMCHE_ADMINS": f"telegram:{boss.id},discord:{chief.id}",
            "GRIMCHE_PERSON_PER_MINUTE": "10000",
            "GRIMCHE_CHAT_PER_MINUTE": "10000",
        }
        opened = Town(
            data=data,
            local=local,
            telegram=telegram,
            discord=discord,
            boss=boss,
            chief=chief,
            office=guild.channel("desk"),
            env={**os.environ, **named},
        )
        opened.temporary.mkdir()
        opened.env |= {"TMPDIR": str(opened.temporary), **deadly.environment(opened.orders)}
        try:
            yield opened
        finally:
            await opened.stop()
            for pid in opened.children() if opened.database.exists() else ():
                os.kill(pid, signal.SIGKILL)


async def until(true: Callable[[], object], *, seconds: float = 60) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110  what is waited for has no event
            await asyncio.sleep(_STEP)
