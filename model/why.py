"""Why two pictures are alike: the places of both that agree most.

Statistics are averages over places, and whitening is affine.  So is the product of two whitened rows a
sum over pairs of places, one of each picture: exactly, without gradients (Stylianou, Souvenir and Pless,
"Visualizing Deep Similarity Networks", arXiv 1901.00536; here for deviations as well as for means).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np

from model.arrays import FloatArray, UInt8Array
from model.colours import colour_cells
from model.generations import Generation
from model.maps import stage_maps
from model.whitening import Whitening

GRID = (12, 20)
PATCH = 3  # cells along the side of a patch
_APART = PATCH + 2  # cells between the corners of chosen patches: neighbours say the same twice


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A crop place by place: `cells` [12, 20, k] average to its vector, without a head's part.

    Its length need not be 1.
    """

    cells: FloatArray

    @property
    def style(self) -> FloatArray:
        """The crop's vector [k]: style coordinates, and colours where they count."""
        return np.asarray(self.cells.mean(axis=(0, 1)), dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatchPair:
    """Two patches that agree: their top left cells (row, column), and their part of the cosine."""

    ours: tuple[int, int]
    theirs: tuple[int, int]
    part: float


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Agreement:
    """Where two crops agree.

    `ours` and `theirs` [12, 20] say what each cell adds to `cosine`, and add up to it; below 0 stands
    what speaks against it.  `pairs` are the patches that agree most, apart from each other.
    """

    cosine: float
    ours: FloatArray
    theirs: FloatArray
    pairs: tuple[PatchPair, ...]


def field_of(generation: Generation, whitening: Whitening, *, crop: UInt8Array) -> Field:
    """Look at a crop [h, w, 3] place by place; raises GenerationError."""
    cells = np.zeros((*GRID, whitening.basis.shape[1]), dtype=np.float32)
    copies = 2 if generation.manifest.mirror else 1
    for found in stage_maps(generation, crop):
        part = slice(found.start, found.start + found.features.shape[2])
        differences = (_to_grid(found.features) - whitening.mean[part]) * whitening.scale[part]
        cells += differences @ whitening.basis[part] / np.float32(copies)
    if whitening.palette_weight <= 0:
        return Field(cells)
    length = max(float(np.linalg.norm(cells.mean(axis=(0, 1)))), 1e-12)
    style = cells * np.float32(np.sqrt(whitening.style_weight) / length)
    colours = colour_cells(crop) * np.float32(np.sqrt(whitening.palette_weight))
    return Field(np.concatenate([style, colours], axis=2))


def agree(ours: Field, theirs: Field, *, pairs: int = 3) -> Agreement:
    """Split the cosine of two crops into what each cell of each adds to it."""
    mine, other = ours.style, theirs.style
    length = max(float(np.linalg.norm(mine) * np.linalg.norm(other)), 1e-12)
    count = GRID[0] * GRID[1]
    return Agreement(
        cosine=float(mine @ other) / length,
        ours=np.asarray(ours.cells @ other / (length * count), dtype=np.float32),
        theirs=np.asarray(theirs.cells @ mine / (length * count), dtype=np.float32),
        pairs=tuple(_best_pairs(ours, theirs, scale=1 / (length * count**2), most=pairs)),
    )


def _best_pairs(ours: Field, theirs: Field, *, scale: float, most: int) -> Sequence[PatchPair]:
    """Choose the pairs of patches that add most, none near one chosen before in either picture."""
    products = _patches(ours) @ _patches(theirs).T * np.float32(scale)
    corners = list(product(range(GRID[0] - PATCH + 1), range(GRID[1] - PATCH + 1)))
    places = np.array(corners)
    chosen: list[PatchPair] = []
    while len(chosen) < most and products.max() > 0:
        row, column = (int(place) for place in np.unravel_index(products.argmax(), products.shape))
        part = float(products[row, column])
        chosen.append(PatchPair(ours=corners[row], theirs=corners[column], part=part))
        products[(np.abs(places - places[row]) < _APART).all(axis=1)] = -np.inf
        products[:, (np.abs(places - places[column]) < _APART).all(axis=1)] = -np.inf
    return chosen


def _patches(field: Field) -> FloatArray:
    """Sum up the cells of every patch [n, k], row after row."""
    windows = np.lib.stride_tricks.sliding_window_view(field.cells, (PATCH, PATCH), axis=(0, 1))
    return np.asarray(windows.sum(axis=(3, 4)).reshape(-1, field.cells.shape[2]), dtype=np.float32)


def _to_grid(features: FloatArray) -> FloatArray:
    """Average maps [h, w, c] over the cells of the grid; the average over all places stays what it is."""
    down, across = (_overlaps(found, cells) for found, cells in zip(features.shape, GRID, strict=False))
    return np.asarray(np.einsum("ih,hwc,jw->ijc", down, features, across, optimize=True), dtype=np.float32)


@cache
def _overlaps(places: int, cells: int) -> FloatArray:
    """Say how much of each cell [cells, places] lies in each place, when both cover the same length."""
    cell, place = np.arange(cells)[:, None] / cells, np.arange(places)[None, :] / places
    overlap = np.minimum(cell + 1 / cells, place + 1 / places) - np.maximum(cell, place)
    return np.asarray(np.clip(overlap, 0, None) * cells, dtype=np.float32)
