"""What any better method must beat: colours and edges, looked up in the nearest pictures."""

from functools import cache

import numpy as np
import numpy.typing as npt

from model.arrays import FloatArray, UInt8Array, unit

_LEVELS = 8  # per axis of Lab
_SHIFT = 3  # colours are looked up by the first five bits of each channel
_ANGLES, _CELL, _CLIP = 9, 10, 0.2
_FLOOR = 1e-6
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
# sRGB under daylight D65 to CIE XYZ, each divided by its white.
_TO_XYZ = np.array([[0.4339, 0.3762, 0.1899], [0.2126, 0.7152, 0.0722], [0.0177, 0.1095, 0.8728]], np.float32)
_LINEAR = np.where(
    np.arange(256) <= 10,  # noqa: PLR2004  where sRGB's curve begins with a straight line
    np.arange(256) / 255 / 12.92,
    ((np.arange(256) / 255 + 0.055) / 1.055) ** 2.4,
).astype(np.float32)


def colour_histograms(crops: UInt8Array) -> FloatArray:
    """Return root counts of 8x8x8 colours in Lab of crops [n, h, w, 3]: unit rows [n, 512].

    The product of two such rows is the Bhattacharyya coefficient of the histograms.
    """
    fine = (crops[:, ::2, ::2] >> _SHIFT).astype(np.int64)
    colours = _colours()[(fine[..., 0] << 10) | (fine[..., 1] << 5) | fine[..., 2]]
    rows = np.arange(len(crops))[:, None, None] * _LEVELS**3
    counts = np.bincount((rows + colours).ravel(), minlength=len(crops) * _LEVELS**3)
    return unit(np.sqrt(counts.reshape(len(crops), -1)).astype(np.float32))


def gradient_histograms(crops: UInt8Array) -> FloatArray:
    """Return histograms of oriented gradients (Dalal and Triggs 2005) of crops [n, 120, 200, 3].

    At half the size: 9 angles in cells of 10 px, blocks of 2x2 cells of unit length: unit rows [n, 1620].
    """
    luma = crops.astype(np.float32) @ _LUMA
    luma = (luma[:, ::2, ::2] + luma[:, 1::2, ::2] + luma[:, ::2, 1::2] + luma[:, 1::2, 1::2]) / 4
    rows, columns = np.zeros_like(luma), np.zeros_like(luma)
    rows[:, 1:-1] = luma[:, 2:] - luma[:, :-2]
    columns[:, :, 1:-1] = luma[:, :, 2:] - luma[:, :, :-2]
    angles = np.arctan2(rows, columns) % np.pi
    places = np.minimum((angles * (_ANGLES / np.pi)).astype(np.int64), _ANGLES - 1)
    cells = _cells(places, np.hypot(rows, columns))
    parts = [cells[:, :-1, :-1], cells[:, 1:, :-1], cells[:, :-1, 1:], cells[:, 1:, 1:]]
    blocks = np.concatenate(parts, axis=-1)
    blocks /= np.linalg.norm(blocks, axis=-1, keepdims=True) + _FLOOR
    return unit(np.minimum(blocks, _CLIP).reshape(len(crops), -1))


def to_lab(pixels: UInt8Array) -> FloatArray:
    """Turn sRGB [.., 3] to CIE Lab under D65: lightness 0..100, the others about -100..100."""
    ratios = _LINEAR[pixels] @ _TO_XYZ.T
    bent = np.where(ratios > (6 / 29) ** 3, np.cbrt(ratios), ratios * (29 / 6) ** 2 / 3 + 4 / 29)
    x, y, z = bent[..., 0], bent[..., 1], bent[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1).astype(np.float32)


def greyscale(crops: UInt8Array) -> UInt8Array:
    """Take the colours out of crops [n, h, w, 3]."""
    luma = crops.astype(np.float32) @ _LUMA
    return np.repeat(np.round(luma).astype(np.uint8)[..., None], 3, axis=-1)


@cache
def _colours() -> npt.NDArray[np.int64]:
    """Name the histogram's colour of each of 32x32x32 colours."""
    fine = np.arange(32, dtype=np.uint8) * 8 + 4
    lab = to_lab(np.stack(np.meshgrid(fine, fine, fine, indexing="ij"), axis=-1))
    low, high = np.array([0, -64, -64], np.float32), np.array([100, 64, 64], np.float32)
    places = np.clip((lab - low) / (high - low) * _LEVELS, 0, _LEVELS - 1).astype(np.int64)
    return np.asarray((places[..., 0] * _LEVELS + places[..., 1]) * _LEVELS + places[..., 2]).ravel()


def _cells(places: npt.NDArray[np.int64], strengths: FloatArray) -> FloatArray:
    """Sum the strengths of each angle in each cell [n, cells down, cells across, angles]."""
    count, height, width = places.shape
    down, across = height // _CELL, width // _CELL
    row = np.minimum(np.arange(height) // _CELL, down - 1)[:, None]
    column = np.minimum(np.arange(width) // _CELL, across - 1)[None]
    cell = (np.arange(count)[:, None, None] * down + row) * across + column
    sums = np.bincount(
        (cell * _ANGLES + places).ravel(),
        weights=strengths.ravel(),
        minlength=count * down * across * _ANGLES,
    )
    return sums.reshape(count, down, across, _ANGLES).astype(np.float32)
