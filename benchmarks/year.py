"""Live through a year before local servers, and print what was seen: `python -m benchmarks.year --days 1`.

tests/year/test_year.py says how a year is compressed; with `--days 1` there is a run for each of its days.
"""

import argparse
import asyncio
import dataclasses
import logging
import tempfile
from pathlib import Path

from tests.year.living import live


def main() -> None:
    """Live, and print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--days", type=int, default=5, help="days of the platform between two runs")
    parser.add_argument("--no-retrains", action="store_true", help="leave out what takes most of the time")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    logging.getLogger("tests.year").setLevel(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(
            live(Path(folder) / "data", days_a_run=options.days, learns=not options.no_retrains)
        )
    for field in dataclasses.fields(report):
        print(f"{field.name}: {getattr(report, field.name)}")


if __name__ == "__main__":
    main()
