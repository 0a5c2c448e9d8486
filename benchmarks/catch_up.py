"""Scrape a local Naver twice and ask about what came last: `python -m benchmarks.catch_up --help`.

The server runs in the same process and at no pace, so that the requests can be counted and the time is
that of our own work and the drawing of thumbnails.
"""

import argparse
import asyncio
import os
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

from bot.app import open_service
from bot.platform_jobs import Tour, scrape_platform
from bot.progress import ignore
from bot.settings import Settings, load_settings
from storage.records import Platform
from tests.platforms.world import Instalment, Work, World
from tests.scraper.naver_runs import Local, published, settings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one scrape asked for and brought, in how many seconds."""

    requests: int
    episodes: int
    gated: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The first and the second scrape, and the share of new episodes whose webtoon was found first."""

    first: Figures
    second: Figures
    asked: int
    found: float


async def catch_up(folder: Path, *, works: int, episodes: int, changed: int, drawings: int) -> Result:
    """Scrape a world of works by as many artists, let `changed` works publish, and scrape again."""
    world = World(works=works, instalments=episodes, adults=0.05, drawings=drawings)
    for hand, work in enumerate(world.works):
        work.painters = (replace(work.painters[0], id=400_000 + hand, hand=hand, name=f"화가 {hand}"),)
        work.writers = work.painters
    async with published(world) as local:
        settings = _settings(local, folder)
        first = await _scrape(local, settings)
        readable = [work for work in world.works if not work.adult][:changed]
        new = [(work, each) for work in readable for each in world.publish(work)]
        second = await _scrape(local, settings)
        found = await _ask(settings, world, new)
    return Result(first=first, second=second, asked=len(new), found=found)


def _settings(local: Local, folder: Path) -> Settings:
    os.environ.update(settings_of(local))
    return load_settings({"data": folder}, env_file=folder / "none")


async def _scrape(local: Local, settings: Settings) -> Figures:
    local.forget()
    begun = time.perf_counter()
    outcome = await scrape_platform(settings, Platform.NAVER, tour=Tour(), report=ignore)
    return Figures(
        requests=len(local.api.log) + len(local.images.log),
        episodes=outcome.refresh.new_episodes,
        gated=outcome.refresh.gated,
        seconds=time.perf_counter() - begun,
    )


async def _ask(settings: Settings, world: World, new: list[tuple[Work, Instalment]]) -> float:
    """Ask with another crop of each new thumbnail, so that its own bytes are not what is found."""
    right = 0
    async with open_service(settings) as service:
        for work, instalment in new:
            # A later upload of the same drawing: shifted, perhaps mirrored, with a stain elsewhere.
            answer = await service.similar([world.thumbnail(work, replace(instalment, upload=99))])
            right += answer.matches[0].stored.webtoon.platform_id == str(work.id)
    return right / max(len(new), 1)


def main() -> None:
    """Run once and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--works", type=int, default=300)
    parser.add_argument("--episodes", type=int, default=12_000)
    parser.add_argument("--changed", type=int, default=30)
    parser.add_argument(
        "--drawings", type=int, default=4, help="of each artist; the others are made of these"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(catch_up(Path(folder), **vars(chosen)))
    print("run     requests  episodes  gated  seconds")
    for name, run in (("first", result.first), ("second", result.second)):
        print(f"{name:<8}{run.requests:>8}{run.episodes:>10}{run.gated:>7}{run.seconds:>9.1f}")
    print(f"second of first: {result.second.requests / result.first.requests:.2%}")
    print(f"right webtoon first: {result.found:.1%} of {result.asked} new episodes")


if __name__ == "__main__":
    main()
