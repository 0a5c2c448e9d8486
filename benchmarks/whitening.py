"""Fit the whitening on few and on many pictures: a small catalogue must not hurt.

    python benchmarks/whitening.py FOLDER [--studio 10000] [--seed 1]

FOLDER holds real drawings as benchmarks/artworks.py reads them.  The starter's statistics of each are
whitened by fits on 0 to all of them (and on studio drawings, for a catalogue of another kind), with the
starter's prior counting for several numbers of pictures; then each drawing looks for its nearest
neighbour among those of other episodes.  Prints a Markdown table: how often that is by the same hand,
mean over the hands and over three draws of the pictures that are fitted on.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
from drawings import Drawing, jpeg, macro, open_rgb, read_drawings, split_keys

from model import generations
from model.arrays import FloatArray
from model.decode import decode
from model.encoder import Encoder
from model.fitting import fit_to
from model.generations import Generation
from scraper.studio import draw_jpeg

COUNTS = (0, 20, 100, 500, 1000)
WEIGHTS = (500.0, 100.0, 30.0, 0.0)  # pictures that the prior counts for
DRAWS = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--studio", type=int, default=10_000, help="studio drawings to fit on")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    encoder = Encoder(generations.starter(), threads=2)
    drawings = read_drawings(options.folder)
    rows = np.stack([statistics(encoder, jpeg(open_rgb(options.folder, d, grey=False))) for d in drawings])
    random = np.random.default_rng(options.seed)
    print("\n| fitted on | " + " | ".join(f"prior of {weight:.0f}" for weight in WEIGHTS) + " |")
    print("|---|" + "---|" * len(WEIGHTS))
    for count in (*COUNTS, len(rows)):
        samples = [rows[random.permutation(len(rows))[:count]] for _ in range(DRAWS)]
        show(f"{count} real drawings", encoder, rows, drawings=drawings, samples=samples)
    if options.studio:
        drawn = np.stack([statistics(encoder, data) for data in studio(options.studio)])
        show(f"{options.studio} studio drawings", encoder, rows, drawings=drawings, samples=[drawn])


def show(
    name: str, encoder: Encoder, rows: FloatArray, *, drawings: list[Drawing], samples: list[FloatArray]
) -> None:
    """Print one line of the table."""
    starter = encoder.generation
    weighed = [replace(starter, prior=replace(starter.prior, weight=weight)) for weight in WEIGHTS]
    scores = [np.mean([score(rows, drawings, sample, starter=one) for sample in samples]) for one in weighed]
    print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in scores) + " |", flush=True)


def score(rows: FloatArray, drawings: list[Drawing], sample: FloatArray, *, starter: Generation) -> float:
    """Return how often the nearest drawing of another episode is by the same hand."""
    if not len(sample) and not starter.prior.weight:
        return float("nan")
    vectors = fit_to(sample.reshape(-1, rows.shape[1]), starter).apply(rows)
    similarities = vectors @ vectors.T
    keys = split_keys(drawings)
    similarities[keys[:, None] == keys] = -np.inf
    nearest = similarities.argmax(axis=1)
    return macro([(d.artist, d.artist == drawings[n].artist) for d, n in zip(drawings, nearest, strict=True)])


def statistics(encoder: Encoder, data: bytes) -> FloatArray:
    """Encode one picture, its crops averaged."""
    return encoder.statistics(decode(data)).mean(axis=0)


def studio(count: int) -> list[bytes]:
    """Draw thumbnails of as many artists as needed, ten each."""
    return [draw_jpeg(4242, number // 10, webtoon=0, episode=number % 10) for number in range(count)]


if __name__ == "__main__":
    main()
