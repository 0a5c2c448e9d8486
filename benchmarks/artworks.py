"""Ask real drawings for their hand: starter and fine-tuned generations against trivial features.

    python benchmarks/artworks.py FOLDER [--folds 5] [--train EPOCHS] [--seed 1]

FOLDER holds one folder per hand and a manifest.csv (file, artist, group, episode).  All drawings go
through `grimche import` once; then, for each group of hands and for all of them together, whole episodes
(pages, strips or subjects) are taken out of the catalogue, it is fitted anew, and each picture taken out
is asked for as `grimche similar` does.  A hand is right when it comes first.  An episode that several
hands share (the same subject) is taken out of all of them.

With --train two more columns: "fine-tuned" trains on from the starter on the drawings that were not taken
out, "on other hands" does so without a third of the hands at a time, and those are asked for.  Prints
Markdown tables of the mean over hands: in colour, and on greyscale copies, where nothing is left of the
palette.
"""

import argparse
import asyncio
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from drawings import (
    Drawing,
    copy_drawings,
    gradients,
    groups_of,
    histogram,
    jpeg,
    macro,
    open_rgb,
    read_drawings,
    split_artists,
    split_episodes,
)

from bot.app import open_service
from bot.settings import load_settings
from model import generations
from model.embedding import embed_catalogue
from storage import generations as stored_generations
from storage.database import connect, transaction

Right = dict[str, list[tuple[str, bool]]]


class Bench:
    """The drawings, imported once in colour and once in grey below `work`."""

    def __init__(self, folder: Path, work: Path, options: argparse.Namespace) -> None:
        self.folder, self.work, self.options = folder, work, options
        self.drawings = read_drawings(folder)
        self.episode_folds = split_episodes(self.drawings, options.seed)
        self.artist_folds = split_artists(self.drawings, options.seed)
        for grey in (False, True):
            pictures = work / f"pictures-{grey}"
            copy_drawings(folder, self.drawings, pictures, grey=grey)
            grimche(self.shelf(grey=grey), "import", str(pictures))

    def shelf(self, *, grey: bool) -> Path:
        """Return the data folder that holds every drawing."""
        return self.work / f"shelf-{grey}"

    def asked(self, fold: int) -> set[Drawing]:
        """Return what a fold of episodes takes out."""
        return {drawing for drawing, own in self.episode_folds.items() if own == fold}

    async def embed(self, generation: str, *, source: Path) -> None:
        """Let a trained generation of `source` see every drawing, in colour and in grey."""
        for grey in (False, True):
            data = self.shelf(grey=grey)
            shutil.copytree(source / "generations" / generation, data / "generations" / generation)
            await embed_catalogue(data / "grimche.db", generations.find(data / "generations", generation))

    def cut(self, kept: Collection[Drawing], *, grey: bool) -> Path:
        """Copy the catalogue with nothing but the kept drawings, whose vectors are yet to be fitted."""
        data = Path(tempfile.mkdtemp(dir=self.work))
        shelf = self.shelf(grey=grey)
        if (shelf / "generations").exists():
            (data / "generations").symlink_to(shelf / "generations")
        kept_urls = {f"folder:{drawing.file}" for drawing in kept}
        with sqlite3.connect(shelf / "grimche.db") as source, sqlite3.connect(data / "grimche.db") as copy:
            source.backup(copy)
            copy.execute("PRAGMA foreign_keys = ON")
            urls = [url for (url,) in copy.execute("SELECT thumbnail_url FROM episodes")]
            gone = [(url,) for url in urls if url not in kept_urls]
            copy.executemany("DELETE FROM episodes WHERE thumbnail_url = ?", gone)
            copy.execute("DELETE FROM webtoons WHERE id NOT IN (SELECT webtoon_id FROM episodes)")
            copy.execute("DELETE FROM pictures WHERE sha256 NOT IN (SELECT picture FROM episodes)")
            copy.execute("DELETE FROM fits")
        return data


def main() -> None:
    """Run every group and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--folds", type=int, default=5, help="fifths of the episodes to ask (1 to 5)")
    parser.add_argument("--train", type=int, default=0, help="epochs of fine-tuning; 0 leaves it out")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        bench = Bench(options.folder, Path(work), options)
        asyncio.run(run(bench))


async def run(bench: Bench) -> None:
    """Train what is to be trained, ask, and print."""
    starter = generations.starter().id
    tuned = [starter] * bench.options.folds
    others = [starter] * 3
    methods = ["colour histogram", "HOG", "starter"]
    if bench.options.train:
        methods += ["fine-tuned", "on other hands"]
        tuned = [await train(bench, fold=fold, without=()) for fold in range(bench.options.folds)]
        others = [
            await train(bench, fold=0, without=[a for a, own in bench.artist_folds.items() if own == turn])
            for turn in range(3)
        ]
    for grey in (False, True):
        print("\nGreyscale copies" if grey else "\nColour")
        print("\n| group | hands | asked | chance | " + " | ".join(methods) + " |")
        print("|---|---|---|---|" + "---|" * len(methods))
        for name, own in groups_of(bench.drawings).items():
            right = await ask_group(bench, own, tuned=tuned, others=others, grey=grey)
            hands = len({d.artist for d in own})
            cells = " | ".join(f"{macro(right[method]):.3f}" for method in methods)
            print(f"| {name} | {hands} | {len(right['HOG'])} | {1 / hands:.3f} | {cells} |", flush=True)


async def train(bench: Bench, *, fold: int, without: Collection[str]) -> str:
    """Train on from the starter without a fold of the episodes and some hands; return the generation."""
    kept = {d for d in bench.drawings if d.artist not in without} - bench.asked(fold)
    data = bench.cut(kept, grey=False)
    (data / "generations").unlink(missing_ok=True)
    (data / "generations").mkdir()
    epochs = str(bench.options.train)
    grimche(data, "train", "--epochs", epochs, "--minimum", "10", "--promote")
    async with connect(data / "grimche.db", read_only=True) as connection:
        current = await stored_generations.current(connection)
    if current is None:
        raise SystemExit("the training made no generation")
    await bench.embed(current.id, source=data)
    return current.id


async def ask_group(
    bench: Bench, own: Sequence[Drawing], *, tuned: Sequence[str], others: Sequence[str], grey: bool
) -> Right:
    """Ask every fold; return per method (artist, was right) of each query."""
    right: Right = defaultdict(list)
    for fold in range(bench.options.folds):
        asked = [d for d in own if d in bench.asked(fold)]
        known = [d for d in own if d not in bench.asked(fold)]
        for method, feature in (("colour histogram", histogram), ("HOG", gradients)):
            gallery = np.stack([feature(open_rgb(bench.folder, d, grey=grey)) for d in known])
            for query in asked:
                vector = feature(open_rgb(bench.folder, query, grey=grey))
                nearest = known[int((gallery @ vector).argmax())]
                right[method].append((query.artist, nearest.artist == query.artist))
        right["starter"] += await ask(
            bench, known, asked=asked, generation=generations.starter().id, grey=grey
        )
        if bench.options.train:
            right["fine-tuned"] += await ask(bench, known, asked=asked, generation=tuned[fold], grey=grey)
    if bench.options.train:  # those were trained without the first fold, and are asked for it
        known = [d for d in own if d not in bench.asked(0)]
        for turn, generation in enumerate(others):
            asked = [d for d in own if d in bench.asked(0) and bench.artist_folds[d.artist] == turn]
            right["on other hands"] += await ask(bench, known, asked=asked, generation=generation, grey=grey)
    return right


async def ask(
    bench: Bench, known: Sequence[Drawing], *, asked: Sequence[Drawing], generation: str, grey: bool
) -> list[tuple[str, bool]]:
    """Fit a generation to a catalogue of the known drawings and ask for the others."""
    if not asked:
        return []
    data = bench.cut(known, grey=grey)
    starter = generations.starter()
    found = starter if generation == starter.id else generations.find(data / "generations", generation)
    await embed_catalogue(data / "grimche.db", found)
    async with connect(data / "grimche.db") as connection, transaction(connection):
        await stored_generations.promote(connection, generation)
    right = []
    async with open_service(load_settings({"data": data})) as service:
        for query in asked:
            answer = await service.similar([jpeg(open_rgb(bench.folder, query, grey=grey))])
            right.append((query.artist, answer.artists[0].artist == query.artist))
    shutil.rmtree(data)
    return right


def grimche(data: Path, *arguments: str) -> None:
    """Run the command line on a data folder."""
    command = [sys.executable, "-m", "bot", "--quiet", "--data", str(data), *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
