"""Leave one part of the recipe out at a time, or put another in its place, and measure what it brought.

    python benchmarks/ablations.py [--artists 40] [--episodes 12] [--epochs 3] [--only NAME ...] [--seed 555]

Draws a sample catalogue, trains each variant from random weights on the protocol's training rows, and
prints a Markdown table of macro top-1: unseen episodes (E1), unseen webtoons (E2), and unseen artists
known by ten thumbnails of another webtoon (E3).  Every variant sees as many views.
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

from model import material
from model.arrays import FloatArray, UInt8Array
from model.collect import collect
from model.contenders import Material, Tell
from model.dataset import write_set
from model.evaluating import Heading, evaluate
from model.evaluation_records import Evaluation, Method, Regime
from model.recipe import Recipe
from model.trained_contenders import RecipeContender

BASE = Recipe(steps=100, ema=0.99)
SIZES = ((48, 80), (72, 120), (96, 160))
VARIANTS = {
    "recipe": BASE,
    "input 32x53": replace(BASE, view=(32, 53)),
    "input 64x107": replace(BASE, view=(64, 107)),
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
}
SHOWN = (Regime.EPISODES, Regime.WEBTOONS, Regime.ARTISTS)


class Pooled(RecipeContender):
    """The recipe with a part of its statistics: what is pooled is chosen after the training."""

    def __init__(self, name: str, whole: RecipeContender, *, part: np.ndarray) -> None:
        super().__init__(BASE, sizes=SIZES, name=name)
        self._trained = whole._learnt()  # noqa: SLF001  # one training for all poolings
        self._part = part

    def learn(self, material: Material, *, tell: Tell) -> Method:
        """Learn nothing more."""
        del material, tell
        return Method(name=self.name)

    def encode(self, crops: UInt8Array) -> FloatArray:
        """Keep the part of each size's statistics, and the head's vector."""
        rows = super().encode(crops)
        head = self._learnt().directions.shape[1]
        sizes = rows[:, :-head].reshape(len(rows), len(SIZES), -1)
        return np.concatenate([sizes[:, :, self._part].reshape(len(rows), -1), rows[:, -head:]], axis=1)


def main() -> None:
    """Draw, train each variant and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--artists", type=int, default=40)
    parser.add_argument("--episodes", type=int, default=12)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=555)
    parser.add_argument("--only", nargs="*", choices=VARIANTS, help="these variants, all unless given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        about = prepare(Path(work), options)
        print("\n| variant | E1 | E2 | E3 | seconds of training |\n|---|---|---|---|---|")
        for name in options.only or VARIANTS:
            recipe = replace(VARIANTS[name], epochs=options.epochs)
            contender = RecipeContender(recipe, sizes=SIZES, name=name)
            show(about, contender)
            if name == "recipe":
                for pooling, part in poolings().items():
                    show(about, Pooled(pooling, contender, part=part))


def poolings() -> dict[str, np.ndarray]:
    """Name the columns of a size's statistics that each way of pooling keeps."""
    ends = np.cumsum([2 * width for width in BASE.widths])
    means = np.concatenate(
        [np.arange(end - 2 * w, end - w) for end, w in zip(ends, BASE.widths, strict=True)]
    )
    return {"means alone": means, "last stage alone": np.arange(ends[-2], ends[-1])}


def prepare(work: Path, options: argparse.Namespace) -> Material:
    """Draw a sample catalogue and divide it by the protocol."""
    command = [sys.executable, "-m", "bot", "--quiet", "--data", str(work), "scrape", "--source", "sample"]
    figures = {"--seed": options.seed, "--artists": options.artists, "--episodes": options.episodes}
    command += [str(part) for pair in figures.items() for part in pair]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    folder = work / "set"
    folder.mkdir()
    return material.from_set(asyncio.run(write_set(folder, collect(work / "grimche.db", minimum=10))))


def show(about: Material, contender: RecipeContender) -> None:
    """Train and judge one variant and print its line."""
    heading = Heading(generation="ablation", main="nobody")
    found = list(evaluate(about, [contender], heading=heading, tell=lambda _what, _share: None))[-1]
    scores = " | ".join(f"{value:.3f}" for value in top1(found))
    print(f"| {contender.name} | {scores} | {found.methods[0].seconds:.0f} |", flush=True)


def top1(found: Evaluation) -> Sequence[float]:
    """Return the macro top-1 of single pictures in colour, regime by regime."""
    return [
        next(
            score.top1.value
            for score in found.scores
            if score.regime == regime
            and not score.grey
            and score.pictures == 1
            and score.enrolled in (None, 10)
        )
        for regime in SHOWN
    ]


if __name__ == "__main__":
    main()
