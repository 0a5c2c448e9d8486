"""Ask all the time while everything else goes on: `python -m benchmarks.disturbed --help`.

A bot serves a catalogue from a local platform, and its web chat is asked at a steady pace, whether or not the
answers before have come: while nothing else happens, while a retrain runs, while new episodes are scraped and
embedded by the same process, and while generations change places again and again.  Prints what each did to
the answers, and to the memory of the process.

Where the catalogue stands still, an answer must be, to the last digit, what the generation that it names
says of this picture when nobody disturbs it; one that is not is counted as mixed.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import aiohttp

from bot import generations_job
from bot.settings import load_settings
from scraper.studio import draw_jpeg
from storage.records import Job, JobKind, JobState
from tests.platforms.world import World
from tests.year import admins
from tests.year.calendar import FIRST
from tests.year.killing import run
from tests.year.town import Town, town

PORT = 18_080
PICTURES = 40
SEED = 17
EVERY = 0.25  # seconds between two looks at the memory


@dataclass(slots=True, kw_only=True)
class Spell:
    """What was asked in a span of time, and what came of it; times are in ms, memory in MB."""

    name: str
    times: list[float] = field(default_factory=list)
    failed: int = 0
    mixed: int = 0
    generations: set[str] = field(default_factory=set)
    resident: list[float] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Asking:
    """The steady stream; `known` are the answers of each generation when nobody disturbs it."""

    town: Town
    pictures: Sequence[bytes]
    a_second: float
    client: aiohttp.ClientSession
    known: dict[tuple[str, int], str] = field(default_factory=dict)

    async def spell(self, name: str, until: Awaitable[object], *, compares: bool = True) -> Spell:
        """Ask until something has ended."""
        spell, asked = Spell(name=name), set()
        ending = asyncio.ensure_future(until)
        watching = asyncio.create_task(self._watch(spell))
        number, began = 0, time.perf_counter()
        while not ending.done():
            due = began + number / self.a_second
            await asyncio.sleep(max(due - time.perf_counter(), 0))
            asked.add(asyncio.create_task(self._ask(spell, number % PICTURES, due=due, compares=compares)))
            number += 1
        await asyncio.gather(*asked)
        watching.cancel()
        await ending
        return spell

    async def learn(self) -> None:
        """Note what the generation that serves says of each picture."""
        for number in range(PICTURES):
            answer = await self._answer(number)
            self.known[str(answer["generation"]), number] = _shown(answer)

    async def _ask(self, spell: Spell, number: int, *, due: float, compares: bool) -> None:
        try:
            answer = await self._answer(number)
        except (aiohttp.ClientError, TimeoutError):
            spell.failed += 1
            return
        spell.times.append(1000 * (time.perf_counter() - due))
        spell.generations.add(str(answer["generation"]))
        spell.mixed += compares and self.known.get((str(answer["generation"]), number)) != _shown(answer)

    async def _answer(self, number: int) -> dict[str, object]:
        form = aiohttp.FormData()
        form.add_field("picture", self.pictures[number], filename="query.jpg")
        async with self.client.post("/api/similar", data=form) as response:
            response.raise_for_status()
            return dict(await response.json())

    async def _watch(self, spell: Spell) -> None:
        process = self.town.process
        while process is not None:
            spell.resident.append(resident_mb(process.pid))
            await asyncio.sleep(EVERY)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--works", type=int, default=24)
    parser.add_argument("--instalments", type=int, default=960)
    parser.add_argument("--rate", type=float, default=4, help="questions a second")
    parser.add_argument("--seconds", type=float, default=60, help="of each span that does not end by itself")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder) / "data", options))


async def measure(data: Path, options: argparse.Namespace) -> None:
    """Ask through all spans, and print a line for each."""
    world = World(SEED, works=options.works, instalments=options.instalments, drawings=6, day=FIRST)
    pictures = [draw_jpeg(SEED, number % 12, webtoon=0, episode=200 + number) for number in range(PICTURES)]
    base = f"http://127.0.0.1:{PORT}"
    async with town(data, world) as opened, aiohttp.ClientSession(base) as client:
        opened.env |= {"GRIMCHE_WEB": "true", "GRIMCHE_WEB_PORT": str(PORT)}
        await run(opened, "scrape", "--source", "naver")
        await opened.start()
        asking = Asking(town=opened, pictures=pictures, a_second=options.rate, client=client)
        await asking.learn()
        await asking.spell("warming up", asyncio.sleep(10))
        show(await asking.spell("nothing else", asyncio.sleep(options.seconds)))
        job = await trains(opened)
        show(await asking.spell("a retrain", asyncio.sleep(options.seconds)))
        await finishes(opened, job)
        show(await swaps(asking, seconds=options.seconds))
        show(
            await asking.spell(
                "scrape and embed", embed(opened, world, seconds=options.seconds), compares=False
            )
        )
        show(await asking.spell("nothing else", asyncio.sleep(options.seconds), compares=False))


async def trains(town: Town) -> Job:
    """Start a retrain and wait until it trains, for which it is hurried; then it stays in the background."""
    await run(town, "train", "--background", "--quick", "--no-promote")
    job = await admins.latest(town, JobKind.RETRAIN)
    assert job is not None  # noqa: S101  it has just begun
    while (await admins.of_id(town, job.id)).figures.get("stage") == "collect":
        admins.hurry(job.pid)
        await asyncio.sleep(EVERY)
    rest(job.pid)
    return job


def rest(pid: int) -> None:
    """Let a process have only what nobody else wants, as it does when nobody hurries it."""
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with suppress(ProcessLookupError):
            os.sched_setscheduler(int(task.name), os.SCHED_IDLE, os.sched_param(0))


async def finishes(town: Town, job: Job) -> None:
    """Hurry a retrain to its end."""
    while (await admins.of_id(town, job.id)).state is JobState.RUNNING:
        admins.hurry(job.pid)
        await asyncio.sleep(EVERY)


async def swaps(asking: Asking, *, seconds: float) -> Spell:
    """Let the two generations change places all the time, once it is known what each says."""
    town = asking.town
    names = [str(name) for (name,) in town.ask("SELECT id FROM generations ORDER BY is_current")]
    await asyncio.to_thread(_promote, town.data, names[0])
    await asyncio.sleep(3)
    await asking.learn()

    async def change() -> None:
        end, loop = time.monotonic() + seconds, asyncio.get_running_loop()
        while time.monotonic() < end:
            for name in reversed(names):
                await loop.run_in_executor(other, _promote, town.data, name)
                await asyncio.sleep(1)

    # Here it would hold up those who ask; a command line for each would keep a core busy with its own start.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        await asyncio.get_running_loop().run_in_executor(other, _promote, town.data, names[0])
        return await asking.spell("swaps", change())


def _promote(data: Path, name: str) -> None:
    asyncio.run(generations_job.promote(load_settings({"data": data}), name, who="benchmark"))


async def embed(town: Town, world: World, *, seconds: float) -> None:
    """Let every work have five more episodes, and scrape them, at the pace that platforms are shown."""
    round_ = len(world.works) * 5 / load_settings({}).image_rate
    for _ in range(max(1, round(seconds / round_))):
        pause = asyncio.create_task(asyncio.sleep(round_))
        for work in world.works:
            world.publish(work, 5)
        await admins.scrape(town)
        await pause


def _shown(answer: dict[str, object]) -> str:
    return json.dumps([answer["matches"], answer["artists"], answer["familiarity"]], sort_keys=True)


def resident_mb(pid: int) -> float:
    """Read the resident memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def show(spell: Spell) -> None:
    """Print a span as a line of the table."""
    cuts = statistics.quantiles(spell.times, n=100)
    third = max(len(spell.resident) // 3, 1)
    memory = f"{max(spell.resident[:third]):.0f} → {max(spell.resident[-third:]):.0f}"
    figures = (len(spell.times), spell.failed, spell.mixed, len(spell.generations))
    times = f"{cuts[49]:.0f} | {cuts[94]:.0f} | {cuts[98]:.0f}"
    print(f"| {spell.name} | {' | '.join(map(str, figures))} | {times} | {memory} |", flush=True)


if __name__ == "__main__":
    print("| while | answers | failed | mixed | generations | p50, ms | p95 | p99 | memory, MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    sys.exit(main())
