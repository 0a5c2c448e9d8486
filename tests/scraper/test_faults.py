"""Whatever comes between, the catalogue becomes that of an undisturbed run, row by row."""

import asyncio
import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

import scraper.refresh
from storage.database import Connection, connect
from storage.errors import DiskFull, Gated, SourceError
from tests.platforms.server import Act, Fault, Handler, cut, status
from tests.platforms.world import World
from tests.scraper.naver_runs import Local, Rows, everything, published, scrape, settings_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

RUNS = 12  # that a catalogue may take to become whole


@pytest.fixture
async def local() -> AsyncIterator[Local]:
    """Publish works of which some are for adults, with a shared placeholder and somebody's two works."""
    world = World(works=14, instalments=14 * 6, adults=0.2, drawings=2)
    for work in world.works[:6]:
        work.instalments[1].placeholder = True
    async with published(world) as local:
        yield local


@pytest.fixture
async def whole(local: Local, database: Path) -> Rows:
    """Read the catalogue of a run that nothing disturbed."""
    path = Path(shutil.copy(database, database.with_name("whole.db")))
    assert (await scrape(local, path)).ended is None
    local.forget()
    return await everything(path)


async def complete(local: Local, database: Path, up: asyncio.Event | None = None) -> int:
    """Run until nothing is left open, each time that the servers are up, and count the runs."""
    for run in range(1, RUNS + 1):
        if up is not None:
            await up.wait()
        try:
            report = await scrape(local, database)
        except SourceError:
            continue
        if report.ended is None and all(isinstance(each.error, Gated) for each in report.skipped):
            return run
    raise AssertionError("it never became whole")


def killing(process: asyncio.subprocess.Process) -> Act:
    """Kill a process in place of an answer."""

    async def act(_request: web.Request, _handler: Handler) -> web.Response:
        os.kill(process.pid, signal.SIGKILL)
        return web.Response(status=503)

    return act


def telling(begun: asyncio.Event) -> Act:
    """Tell somebody that a request has come, and answer it."""

    async def act(request: web.Request, handler: Handler) -> web.StreamResponse:
        begun.set()
        return await handler(request)

    return act


def program(database: Path) -> list[str]:
    """Name the program that scrapes into the folder of `database`."""
    scrape_naver = ["scrape", "--source", "naver"]
    return [sys.executable, "-m", "bot", "--quiet", "--data", str(database.parent), *scrape_naver]


def surroundings(local: Local) -> dict[str, Any]:
    """Give the program the settings of the local platform."""
    return {"env": {**os.environ, **settings_of(local)}, "cwd": Path(__file__).parents[2]}


async def test_killed_at_random_points(local: Local, database: Path, whole: Rows) -> None:
    """Ten runs of the program that were killed, each at another request, and one that was not."""
    dice, codes = random.Random(11), list[int]()
    for _ in range(10):
        process = await asyncio.create_subprocess_exec(*program(database), **surroundings(local))
        # About one request in eight is for the interface; the last runs find little left to ask for.
        server, most = (local.api, 6) if dice.random() < 0.5 else (local.images, 12)
        server.faults = [Fault(act=killing(process), after=dice.randrange(most), times=1)]
        codes.append(await process.wait())
        server.faults = []
    assert set(codes) <= {0, -signal.SIGKILL}
    assert codes.count(-signal.SIGKILL) >= 8
    assert await complete(local, database) <= 2
    assert await everything(database) == whole


async def test_servers_that_come_and_go(local: Local, database: Path, whole: Rows) -> None:
    """The servers are cut off and come back on the same ports, three times."""
    up = asyncio.Event()
    up.set()

    async def come_and_go() -> None:
        for seen in (9, 20, 30):
            begun = asyncio.Event()
            local.images.faults = [Fault(act=telling(begun), after=seen, times=1)]
            await begun.wait()
            up.clear()
            await local.images.stop()
            await local.api.stop()
            await asyncio.sleep(0.1)
            await local.api.start()
            await local.images.start()
            up.set()

    disturbing = asyncio.create_task(come_and_go())
    await complete(local, database, up)
    await disturbing
    await complete(local, database)
    assert await everything(database) == whole


async def test_a_fifth_fails(local: Local, database: Path, whole: Rows) -> None:
    """Of all answers, a tenth are 503 and another tenth end in the middle."""
    for server in (local.api, local.images):
        server.faults = [
            Fault(act=status(503), share=0.1),
            Fault(act=cut(), path="/webtoon", share=0.11, dice=random.Random(8)),
            Fault(act=cut(), path="/api", share=0.11, dice=random.Random(9)),
        ]
    await complete(local, database)
    assert await everything(database) == whole


async def test_a_full_disk(
    local: Local, database: Path, whole: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full three times, each time a little later."""
    for room in (30, 40, 40):
        with monkeypatch.context() as patch:
            patch.setattr(scraper.refresh, "connect", _with_room(room))
            with pytest.raises(DiskFull):
                await scrape(local, database)
    await complete(local, database)
    assert await everything(database) == whole


async def test_a_database_that_others_use(local: Local, database: Path, whole: Rows) -> None:
    """A reader holds the database all the time, and a writer again and again."""
    with closing(sqlite3.connect(database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM webtoons").fetchall()
        stopped = asyncio.Event()

        async def write() -> None:
            while not stopped.is_set():
                await asyncio.to_thread(_hold, database)
                await asyncio.sleep(0.05)

        writing = asyncio.create_task(write())
        assert (await scrape(local, database)).ended is None
        stopped.set()
        await writing
    assert await everything(database) == whole


@pytest.mark.parametrize("trap", ["-", "''"], ids=["in front", "in the background"])
async def test_a_signal(local: Local, database: Path, whole: Rows, trap: str) -> None:
    """A run that is asked to end says so, leaves no job running, and is continued."""
    shell = ["sh", "-c", f'trap {trap} INT; exec "$@"', "sh"]  # which ignores Ctrl-C for the latter
    process = await asyncio.create_subprocess_exec(
        *shell, *program(database), **surroundings(local), stderr=asyncio.subprocess.PIPE
    )
    begun = asyncio.Event()
    local.images.faults = [Fault(act=telling(begun), after=20, times=1)]
    await begun.wait()
    process.send_signal(signal.SIGTERM)
    _, said = await process.communicate()
    assert (process.returncode, said.decode()) == (130, "Stopped.\n")
    async with connect(database, read_only=True) as connection:
        assert await connection.rows("SELECT state FROM jobs") == [("cancelled",)]
    await complete(local, database)
    assert await everything(database) == whole


def _hold(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None, timeout=10)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM chats")
        writer.execute("COMMIT")


def _with_room(pages: int) -> object:
    """Make `connect` give connections that may add so many pages."""

    @asynccontextmanager
    async def limited(path: Path, **options: bool) -> AsyncIterator[Connection]:
        async with connect(path, **options) as connection:
            ((there,),) = await connection.rows("PRAGMA page_count")
            await connection.rows(f"PRAGMA max_page_count = {there + pages}")
            yield connection

    return limited
