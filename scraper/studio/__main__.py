"""Draw a sheet of artists: `python -m scraper.studio SHEET.png [--seed N] [--artists 12]`."""

import argparse
from pathlib import Path

from scraper.studio.sheet import draw_sheet


def main() -> None:
    """Read the arguments and write the sheet."""
    parser = argparse.ArgumentParser(prog="python -m scraper.studio", description="Draw a sheet of artists.")
    parser.add_argument("file", type=Path, help="where to write the sheet (PNG)")
    parser.add_argument("--seed", type=int, default=0, help="the sample platform's seed")
    parser.add_argument("--artists", type=int, default=12, help="how many artists")
    parser.add_argument("--first", type=int, default=0, help="the first artist's number")
    given = parser.parse_args()
    draw_sheet(given.seed, range(given.first, given.first + given.artists)).save(given.file, optimize=True)


if __name__ == "__main__":
    main()
