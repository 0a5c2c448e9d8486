"""Retrain on a filled data folder: time, peak memory, and how old a progress record ever was.

grimche --data DIR scrape --source sample --seed 7 --artists 33 --episodes 120
python benchmarks/retrain.py DIR [--full]
"""

import argparse
import asyncio
import time
from pathlib import Path

from bot import retrain_job
from bot.settings import load_settings
from bot.training_job import Wish
from storage.records import Job


async def measure(data: Path, wish: Wish) -> tuple[Job, float, dict[str, float]]:
    """Retrain, and return its job, the age of the oldest record, and the seconds of each stage."""
    settings = load_settings({"data": data})
    foretold = await retrain_job.forecast(settings, wish)
    print(f"forecast\t{foretold.artists} artists\t{foretold.pictures} pictures\t{foretold.seconds} s")
    began = await retrain_job.start(settings, wish, who="benchmark")
    oldest, stages, before = 0.0, {}, time.time()
    async for job in retrain_job.follow(settings, began):
        if "at" in job.figures:
            oldest = max(oldest, time.time() - float(job.figures["at"]))
        stage = str(job.figures.get("stage", "start"))
        stages[stage] = stages.get(stage, 0.0) + time.time() - before
        before = time.time()
    return job, oldest, stages


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--minimum", type=int, default=30)
    options = parser.parse_args()
    wish = Wish(quick=not options.full, minimum=options.minimum)
    job, oldest, stages = asyncio.run(measure(options.data, wish))
    print(f"state\t{job.state}\t{job.error}")
    for stage, seconds in stages.items():
        print(f"{stage}\t{seconds:.0f} s")
    for name in ("verdict", "before", "after", "artists", "pictures", "seconds", "memory_mb"):
        print(f"{name}\t{job.figures.get(name)}")
    print(f"oldest progress\t{oldest:.1f} s")


if __name__ == "__main__":
    main()
