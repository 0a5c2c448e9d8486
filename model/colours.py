"""The palette of a crop: how much there is of each of 64 colours."""

import numpy as np
from PIL import Image

from model.arrays import FloatArray, IntArray, UInt8Array

COLOURS = 64
_LEVELS, _SHIFT = 4, 6  # of each channel, told by its first two bits
_SIZE = (100, 60)
_GRID = (12, 20)


def colour_roots(crop: UInt8Array) -> FloatArray:
    """Return the roots of the shares of each colour in a crop [h, w, 3]: a unit vector [64].

    The product of two such vectors is the Bhattacharyya coefficient of their palettes.
    """
    counts = np.bincount(_named(crop).ravel(), minlength=COLOURS)
    return np.asarray(np.sqrt(counts / counts.sum()), dtype=np.float32)


def colour_cells(crop: UInt8Array) -> FloatArray:
    """Say what every cell of a crop adds to `colour_roots`, to which they average: [12, 20, 64]."""
    named = _named(crop)
    rows, columns = (side // cells for side, cells in zip(named.shape, _GRID, strict=True))
    whose = named.reshape(_GRID[0], rows, _GRID[1], columns).swapaxes(1, 2).reshape(*_GRID, -1)
    shares = (whose[..., None] == np.arange(COLOURS)).mean(axis=2, dtype=np.float32)
    return np.asarray(shares / np.maximum(colour_roots(crop), np.float32(1e-6)), dtype=np.float32)


def _named(crop: UInt8Array) -> IntArray:
    """Name the colour of each place [60, 100]."""
    small = Image.fromarray(crop).resize(_SIZE, Image.Resampling.BILINEAR)
    levels = (np.asarray(small) >> _SHIFT).astype(np.int64)
    return (levels[..., 0] * _LEVELS + levels[..., 1]) * _LEVELS + levels[..., 2]
