"""Print what a thumbnail costs us: CPU and memory of a whole scrape, beside a bare loop that only downloads.

    python benchmarks/scrape.py [--episodes 1000 10000 100000] [--ways bare client scrape] [--data DIR]

A local Naver in a process of its own publishes invented works, and every measurement runs in a process of
its own as well, with the pace lifted.  "bare" is a loop over httpx, "client" the polite client, and
"scrape" the whole way from the lists to the catalogue; CPU is what the process used itself, waiting left
out, and memory its largest resident size.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from math import inf
from pathlib import Path
from typing import IO, cast

import httpx

from model.decode import inspect
from scraper.client import Client
from scraper.origins import Origins
from scraper.platforms import Rates, hosts_of, open_source
from scraper.refresh import refresh
from scraper.sources.naver import HEADERS
from storage.database import prepare
from storage.records import Platform

PER_WORK = 100  # episodes
AT_ONCE = 4  # requests
WAYS = ("bare", "client", "scrape")


def main() -> None:
    """Measure every way at every size and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--episodes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    parser.add_argument("--data", type=Path, help="folder for the databases, which are removed after all")
    parser.add_argument("--part", nargs=4, help=argparse.SUPPRESS)  # of the processes that this one starts
    parser.add_argument("--serve", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve(int(options.serve)))
    elif options.part:
        asyncio.run(measure(*options.part))
    else:
        compare(options.episodes, options.ways, data=options.data)


def compare(sizes: Sequence[int], ways: Sequence[str], *, data: Path | None) -> None:
    """Start a server and the measurements for each size."""
    print(
        f"{'episodes':>9}  {'way':<8}{'CPU, ms':>9}{'of bare':>9}{'memory, MB':>12}{'of that gained, MB':>20}"
    )
    for size in sizes:
        bare = 0.0
        with tempfile.TemporaryDirectory(dir=data) as folder, served(size, Path(folder)) as origins:
            for way in ways:
                found = part(way, *origins, folder)
                bare = bare or found["cpu"]
                print(
                    f"{found['count']:>9,}  {way:<8}{found['cpu'] * 1000:>9.2f}{found['cpu'] / bare:>9.2f}"
                    f"{found['peak']:>12.0f}{found['peak'] - found['before']:>20.0f}",
                    flush=True,
                )


def part(*words: str) -> dict[str, float]:
    """Run one measurement in a process of its own."""
    ended = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "--part", *words],
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    found: dict[str, float] = json.loads(ended.stdout)
    return found


async def measure(way: str, api: str, images: str, folder: str) -> None:
    """Fetch everything in one of the ways, and print the cost of one thumbnail as JSON."""
    addresses = Path(folder, "addresses")
    await prepare(Path(folder, "grimche.db"))
    await warm_up(images)
    before, cpu = memory(), time.process_time()
    match way:
        case "bare":
            count = await fetch_bare(addresses)
        case "client":
            count = await fetch_politely(addresses, Origins(api=api, images=(images,)))
        case _:
            count = await scrape(Origins(api=api, images=(images,)), Path(folder, "grimche.db"))
    spent = (time.process_time() - cpu) / count
    print(json.dumps({"cpu": spent, "count": count, "before": before, "peak": memory()}))


async def warm_up(images: str) -> None:
    """Load what every way needs once, such as certificates."""
    async with httpx.AsyncClient() as http:
        await http.get(images)


async def fetch_bare(addresses: Path) -> int:
    """Download as plainly as can be."""
    async with httpx.AsyncClient(headers=dict(HEADERS)) as http:

        async def fetch(address: str) -> None:
            (await http.get(address)).raise_for_status()

        return await each_of(addresses, fetch)


async def fetch_politely(addresses: Path, origins: Origins) -> int:
    """Download through the polite client."""
    hosts = hosts_of(Platform.NAVER, origins, rates=Rates(api=1, images=1))
    async with Client(hosts, pace=inf) as client:

        async def fetch(address: str) -> None:
            await client.get(address, kinds=("image/",))

        return await each_of(addresses, fetch)


async def each_of(addresses: Path, fetch) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Fetch all addresses, a few at once."""
    with addresses.open() as lines:
        count = 0

        async def take() -> None:
            nonlocal count
            for line in lines:
                count += 1
                await fetch(line.strip())

        await asyncio.gather(*(take() for _ in range(AT_ONCE)))
    return count


async def scrape(origins: Origins, database: Path) -> int:
    """Bring everything into a catalogue."""
    hosts = hosts_of(Platform.NAVER, origins, rates=Rates(api=1, images=1))
    async with Client(hosts, pace=inf) as client:
        source = open_source(Platform.NAVER, client, origins=origins, finished=False)
        report = await refresh(source, database, inspect=inspect)
    if report.skipped:
        raise SystemExit(f"{len(report.skipped)} thumbnails did not arrive: {report.skipped[0].reason}")
    return report.new_episodes


def memory() -> float:
    """Read the largest resident size so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def served(size: int, folder: Path) -> Iterator[tuple[str, str]]:
    """Publish so many episodes from a process of its own; give the two origins."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).resolve()), "--serve", str(size)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    ) as server:
        api, images = cast("IO[str]", server.stdout).readline().split()
        yield api, images
        server.terminate()


async def serve(size: int) -> None:
    """Publish, write all addresses into the working folder, and say where it is, until it is ended."""
    async with published(size) as (api, images, addresses):
        Path("addresses").write_text("\n".join(addresses), encoding="utf-8")  # noqa: ASYNC240  nobody waits
        print(api, images, flush=True)
        await asyncio.Event().wait()


@asynccontextmanager
async def published(size: int) -> AsyncIterator[tuple[str, str, Sequence[str]]]:
    """Invent a world and serve it without a log, which would grow."""
    from tests.platforms.naver import Naver, NaverImages  # noqa: PLC0415  only the server needs them
    from tests.platforms.world import World, file_name  # noqa: PLC0415

    world = World(works=size // PER_WORK, instalments=size, drawings=1)
    async with NaverImages(world) as images, Naver(world, images=images.origin) as api:
        images.log = api.log = _Nowhere()
        yield (
            api.origin,
            images.origin,
            [
                f"{images.origin}/webtoon/{work.id}/{each.no}/thumbnail_202x120_{file_name(work, each)}.jpg"
                for work in world.works
                for each in work.instalments
            ],
        )


class _Nowhere(list):  # type: ignore[type-arg]  # whatever is logged
    """A log that keeps nothing."""

    def append(self, entry: object) -> None:
        """Forget it."""


if __name__ == "__main__":
    main()
