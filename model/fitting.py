"""Fit a generation's whitening to a catalogue, with the weights that belong to the generation."""

from model import whitening
from model.arrays import FloatArray
from model.generations import Generation
from model.whitening import Whitening


def fit_to(rows: FloatArray, generation: Generation) -> Whitening:
    """Fit to rows [n, d] as the encoder makes them; n = 0 leaves it to the prior."""
    manifest = generation.manifest
    return whitening.fit(
        rows,
        generation.prior,
        dimensions=manifest.dimensions,
        head_weight=manifest.head.weight if manifest.head else 0.0,
        palette_weight=manifest.palette,
    )
