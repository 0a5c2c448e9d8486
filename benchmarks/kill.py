"""Kill -9 at many points of everything that writes: `python -m benchmarks.kill --help`.

Each point is in a data folder of its own: a process dies at a counted event (an SQL statement, or a file that
is opened to write, renamed or removed), the bot is started again, and when it is calm the database is
checked, the generations are counted, and whatever nobody needs is looked for.  Prints a line for each point.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.year.killing import PHASES, SEED, kill, make


def main() -> int:
    """Kill, and print; the exit code says whether everything was whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--points", type=int, default=20)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--made", type=Path, help="folder of the prepared catalogue, kept for the next run")
    parser.add_argument("--phases", default=",".join(PHASES), help="which, with commas between")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = options.made or Path(folder) / "made"
        if not made.exists():
            made.mkdir(parents=True)
            asyncio.run(make(made))
        return asyncio.run(_kill_all(made, Path(folder), options=options))


async def _kill_all(made: Path, folder: Path, *, options: argparse.Namespace) -> int:
    dice, broken, phases = random.Random(options.seed), 0, options.phases.split(",")
    print("| phase | who dies | at event | which | wrong after the restart | s |\n|---|---|---|---|---|---|")
    for number in range(options.points):
        phase = phases[number % len(phases)]
        count = dice.randint(1, PHASES[phase].events)
        began, place = time.perf_counter(), folder / str(number)
        place.mkdir()
        killed = await kill(made, place, phase=phase, count=count)
        broken += bool(killed.faults)
        event = " ".join(killed.event.partition(" ")[2].replace("\\n", " ").strip("'\"").split())[:48]
        wrong, seconds = "; ".join(killed.faults) or "nothing", time.perf_counter() - began
        dying = PHASES[phase].dying
        print(f"| {phase} | {dying} | {count} | `{event}` | {wrong} | {seconds:.0f} |", flush=True)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
