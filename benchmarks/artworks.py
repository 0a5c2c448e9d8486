"""Ask real drawings for their hand: the starter against a colour histogram and HOG.

    python benchmarks/artworks.py FOLDER [--folds 5] [--seed 1]

FOLDER holds one folder per hand and a manifest.csv (file, artist, group, episode).  For each group of
hands, and for all of them together, whole episodes (pages, strips or subjects) are taken out; the rest
goes through `grimche import` into an empty catalogue, and each picture taken out is asked for as
`grimche similar` does.  A hand is right when it comes first.  An episode that several hands share (the
same subject) is taken out of all of them.  Prints two Markdown tables of the mean over hands: in colour,
and on greyscale copies, where nothing is left of the palette.
"""

import argparse
import asyncio
import csv
import io
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image
from skimage.feature import hog

from bot.app import open_service
from bot.settings import load_settings

METHODS = ("chance", "colour histogram", "HOG", "starter")


class Drawing(NamedTuple):
    """One file of the folder."""

    file: str
    artist: str
    group: str
    episode: str


def main() -> None:
    """Run every group and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--folds", type=int, default=5, help="fifths of the episodes to ask (1 to 5)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    drawings = read_drawings(options.folder)
    groups = {name: [d for d in drawings if d.group == name] for name in sorted({d.group for d in drawings})}
    groups[f"all {len({d.artist for d in drawings})} hands"] = drawings
    for grey in (False, True):
        print("\nGreyscale copies" if grey else "Colour")
        print("\n| group | hands | asked | " + " | ".join(METHODS) + " |")
        print("|---|---|---|" + "---|" * len(METHODS))
        for name, own in groups.items():
            right = run_group(options.folder, own, grey=grey, folds=options.folds, seed=options.seed)
            hands, asked = len({d.artist for d in own}), len(right["HOG"])
            scores = [1 / hands, *(macro(right[method]) for method in METHODS[1:])]
            cells = " | ".join(f"{score:.3f}" for score in scores)
            print(f"| {name} | {hands} | {asked} | {cells} |", flush=True)


def read_drawings(folder: Path) -> list[Drawing]:
    """Read the manifest."""
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return [Drawing(r["file"], r["artist"], r["group"], r["episode"]) for r in rows]


def run_group(
    folder: Path, drawings: Sequence[Drawing], *, grey: bool, folds: int, seed: int
) -> dict[str, list[tuple[str, bool]]]:
    """Ask every fold; return per method (artist, was right) of each query."""
    fold_of = split(drawings, seed)
    right: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    features = {
        "colour histogram": {d: histogram(open_rgb(folder, d, grey=grey)) for d in drawings},
        "HOG": {d: gradients(open_rgb(folder, d, grey=grey)) for d in drawings},
    }
    for fold in range(folds):
        asked = [d for d in drawings if fold_of[key(d)] == fold]
        known = [d for d in drawings if fold_of[key(d)] != fold]
        for method, vectors in features.items():
            gallery = np.stack([vectors[d] for d in known])
            for query in asked:
                nearest = known[int((gallery @ vectors[query]).argmax())]
                right[method].append((query.artist, nearest.artist == query.artist))
        right["starter"] += asyncio.run(ask_starter(folder, known, asked=asked, grey=grey))
    return right


async def ask_starter(
    folder: Path, known: Iterable[Drawing], *, asked: Iterable[Drawing], grey: bool
) -> list[tuple[str, bool]]:
    """Import `known` into an empty catalogue and ask for each of `asked`."""
    with tempfile.TemporaryDirectory() as work:
        pictures, data = Path(work, "pictures"), Path(work, "data")
        copy_drawings(folder, known, pictures, grey=grey)
        command = [sys.executable, "-m", "bot", "--quiet", "--data", str(data), "import", str(pictures)]
        await asyncio.to_thread(subprocess.run, command, check=True, stdout=subprocess.DEVNULL)
        right = []
        async with open_service(load_settings({"data": data})) as service:
            for query in asked:
                answer = await service.similar([jpeg(open_rgb(folder, query, grey=grey))])
                right.append((query.artist, answer.artists[0].artist == query.artist))
        return right


def split(drawings: Iterable[Drawing], seed: int) -> dict[str, int]:
    """Give each key (a subject, or an episode of a hand) one of five folds."""
    keys = sorted({key(d) for d in drawings})
    order = np.random.default_rng(seed).permutation(len(keys))
    return {keys[position]: index % 5 for index, position in enumerate(order)}


def key(drawing: Drawing) -> str:
    """Return what must not lie on both sides: the subject of an emoji, else the hand's episode."""
    owner = drawing.group if drawing.group == "emoji" else drawing.artist
    return f"{owner}/{drawing.episode}"


def copy_drawings(folder: Path, drawings: Iterable[Drawing], target: Path, *, grey: bool) -> None:
    """Copy the files, one folder per hand, with the manifest that names their episodes."""
    rows = [["file", "artist", "episode"]]
    for drawing in drawings:
        file = target / drawing.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(jpeg(open_rgb(folder, drawing, grey=grey)))
        rows.append([drawing.file, drawing.artist, drawing.episode])
    with (target / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def open_rgb(folder: Path, drawing: Drawing, *, grey: bool) -> Image.Image:
    """Open a drawing, without its colours where they are not wanted."""
    picture = Image.open(folder / drawing.file).convert("RGB")
    return picture.convert("L").convert("RGB") if grey else picture


def jpeg(picture: Image.Image) -> bytes:
    """Write as a JPEG of high quality, so that colour and grey copies went the same way."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def histogram(picture: Image.Image) -> np.ndarray:
    """Return the unit vector of root counts of 64 colours (4 levels of each channel)."""
    levels = np.asarray(picture.resize((120, 100))) // 64
    colours = levels[..., 0] * 16 + levels[..., 1] * 4 + levels[..., 2]
    counts = np.sqrt(np.bincount(colours.ravel(), minlength=64))
    return counts / np.linalg.norm(counts)


def gradients(picture: Image.Image) -> np.ndarray:
    """Return the unit vector of histograms of oriented gradients: 9 angles, 16 px cells, 2x2 blocks."""
    grey = np.asarray(picture.resize((96, 80)).convert("L"))
    values = hog(grey, orientations=9, pixels_per_cell=(16, 16), cells_per_block=(2, 2))
    return values / max(np.linalg.norm(values), 1e-9)


def macro(right: Sequence[tuple[str, bool]]) -> float:
    """Return the mean over hands of how often each was named."""
    own: dict[str, list[bool]] = defaultdict(list)
    for artist, hit in right:
        own[artist].append(hit)
    return float(np.mean([np.mean(hits) for hits in own.values()]))


if __name__ == "__main__":
    main()
