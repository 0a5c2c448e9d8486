"""Leave one part of the recipe out at a time, or put another in its place, and measure what it brought.

    python benchmarks/ablations.py [--artists 72] [--episodes 12] [--epochs 2] [--only NAME ...]

Draws a sample catalogue, keeps from all to a quarter of what each artist has to train on, so that they
are uneven as real ones are, trains each variant from random weights, and prints a Markdown table of macro
top-1: unseen episodes (E1), unseen webtoons (E2), and unseen artists known by ten thumbnails of another
webtoon (E3).  Every variant sees as many views; the recipe with other seeds says what is noise.
"""

import argparse
import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from model import material, whitening
from model.arrays import FloatArray, UInt8Array
from model.collect import collect
from model.contenders import Material, Reading, Tell, read_all
from model.dataset import write_set
from model.evaluation_records import Method, Regime, Score
from model.judging import judge
from model.making import Plan
from model.protocol import Part, Split, spans_of
from model.recipe import Recipe
from model.trained_contenders import RecipeContender

BASE = Recipe(steps=100, ema=0.99)
SIZES = ((48, 80), (72, 120), (96, 160))
VARIANTS = {
    "recipe": BASE,
    "recipe, another seed": replace(BASE, seed=2),
    "recipe, a third seed": replace(BASE, seed=3),
    "a tenth of the contrast": replace(BASE, contrast=0.1),
    "no contrast": replace(BASE, contrast=0.0),
    "no grey copies": replace(BASE, grey=0.0),
    "no colour jitter": replace(BASE, jitter=0.0),
    "erasing": replace(BASE, erase=0.5),
    "CutMix": replace(BASE, cutmix=0.5),
    "artists as they come": replace(BASE, sampling=1.0),
    "artists all alike": replace(BASE, sampling=0.0),
    "no margin": replace(BASE, margin=0.0),
    "margin 0.2": replace(BASE, margin=0.2),
    "no averaged weights": replace(BASE, ema=0.0),
    "views of 32x53": replace(BASE, view=(32, 53)),
    "views of 64x107": replace(BASE, view=(64, 107)),
    "views of 96x160": replace(BASE, view=(96, 160)),
}
SHOWN = (Regime.EPISODES, Regime.WEBTOONS, Regime.ARTISTS)


class Pooled(RecipeContender):
    """A part of the recipe's statistics without its head: what is pooled is chosen after the training."""

    def __init__(self, name: str, whole: RecipeContender, *, part: np.ndarray) -> None:
        super().__init__(Plan(), name=name)
        self._encoder = whole.encoder  # one training for all poolings
        self._whitening: whitening.Whitening | None = None
        self._part = part

    def learn(self, material: Material, *, tell: Tell) -> Method:
        """Learn nothing more."""
        del material, tell
        return Method(name=self.name)

    def encode(self, crops: UInt8Array) -> FloatArray:
        """Keep the part of the statistics."""
        return super().encode(crops)[:, self._part]

    def settle(self, rows: FloatArray, material: Material) -> None:
        """Fit the whitening to the pictures for training."""
        self._whitening = whitening.fit_alone(rows[material.rows(Part.TRAINING)])

    def read(self, rows: FloatArray) -> Reading:
        """Whiten."""
        if self._whitening is None:
            raise RuntimeError("settle comes first")
        return Reading(vectors=self._whitening.apply(rows))


def main() -> None:
    """Draw, train each variant and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--artists", type=int, default=72)
    parser.add_argument("--episodes", type=int, default=12)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=555)
    parser.add_argument("--only", nargs="*", choices=VARIANTS, help="these variants, all unless given")
    parser.add_argument("--training-seed", type=int, help="the variants' own unless given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        about = prepare(Path(work), options)
        print("\n| variant | E1 | E2 | E3 | seconds of training |\n|---|---|---|---|---|")
        for name in options.only or VARIANTS:
            recipe = replace(VARIANTS[name], epochs=options.epochs)
            if options.training_seed is not None:
                recipe = replace(recipe, seed=options.training_seed)
            contender = RecipeContender(Plan(recipe=recipe, sizes=SIZES), name=name)
            show(about, contender)
            if name == "recipe":
                for pooling, part in poolings().items():
                    show(about, Pooled(pooling, contender, part=part))


def poolings() -> dict[str, np.ndarray]:
    """Name the columns of the statistics that each way of pooling keeps."""
    widths = np.array(BASE.widths)
    stage = np.repeat(np.arange(len(widths)), 2 * widths)
    mean = np.concatenate([np.arange(2 * width) < width for width in widths])
    size = np.repeat(np.arange(len(SIZES)), 2 * widths.sum())
    parts = {
        "all statistics": mean | ~mean,
        "means": mean,
        "deviations": ~mean,
        "last stage": stage == stage.max(),
    }
    sizes = {f"statistics at {h}x{w}": size == place for place, (h, w) in enumerate(SIZES)}
    found = {name: np.tile(part, len(SIZES)) for name, part in parts.items()} | sizes
    return {f"no head, {name}": np.flatnonzero(part) for name, part in found.items()}


def prepare(work: Path, options: argparse.Namespace) -> Material:
    """Draw a sample catalogue, divide it by the protocol, and make its artists uneven."""
    command = [sys.executable, "-m", "bot", "--quiet", "--data", str(work), "scrape", "--source", "sample"]
    figures = {"--seed": options.seed, "--artists": options.artists, "--episodes": options.episodes}
    command += [str(part) for pair in figures.items() for part in pair]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    folder = work / "set"
    folder.mkdir()
    return thin(material.from_set(asyncio.run(write_set(folder, collect(work / "grimche.db", minimum=10)))))


def thin(about: Material) -> Material:
    """Leave out between nothing and three quarters of what each artist has for training."""
    random = np.random.default_rng(0)
    marks = about.marks.copy()
    for artist in about.known:
        own = np.flatnonzero((about.table.artists == artist) & (marks == Part.TRAINING))
        kept = max(4, round(len(own) * 4 ** -random.random()))
        marks[random.permutation(own)[kept:]] = Part.LEFT_OUT
    split = Split(rules=about.split.rules, spans=tuple(spans_of(about.table, marks)))
    return replace(about, split=split, marks=split.marks(about.table))


def show(about: Material, contender: RecipeContender) -> None:
    """Train and judge one variant and print its line."""
    method = contender.learn(about, tell=lambda _what, _share: None)
    sheet = read_all(contender, about, grey=False, tell=lambda _what, _share: None)
    found = judge(sheet, about, name=contender.name).scores
    scores = " | ".join(f"{value:.3f}" for value in top1(found))
    print(f"| {contender.name} | {scores} | {method.seconds:.0f} |", flush=True)


def top1(scores: Sequence[Score]) -> Sequence[float]:
    """Return the macro top-1 of single pictures, regime by regime."""
    return [
        next(
            score.top1.value
            for score in scores
            if score.regime == regime and score.pictures == 1 and score.enrolled in (None, 10)
        )
        for regime in SHOWN
    ]


if __name__ == "__main__":
    main()
