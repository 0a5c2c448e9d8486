"""Plain statistics of a picture that a reader can check by eye: colours, lines, flatness, texture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from model.arrays import FloatArray, UInt8Array
from model.baselines import to_lab
from storage.answers import Colour, Measured, Trait

SIZE = (200, 120)  # width and height at which all pictures are measured
COLOURS = 5

_LINE_REACH = 7  # pixels; what is darker than its surroundings and narrower than this is a line
_LINE = 10.0  # steps of lightness by which a line is darker than its surroundings
_DARK = 35.0  # lightness below which a line is dark
_FLAT = 2.0  # steps of lightness between neighbours that the eye takes for one tone
_BINS = 12.5  # steps of colour that the palette starts from
_ROUNDS = 12
_LEAST_SHARE = 0.005

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """What is usual in a catalogue: each trait of a sample of its thumbnails, sorted [n]."""

    values: Mapping[Trait, FloatArray]
    pictures: int

    def place(self, crop: UInt8Array) -> tuple[Measured, ...]:
        """Measure a crop [h, w, 3] against the sample."""
        found = traits(crop)
        return tuple(
            Measured(trait=trait, percentile=self._percentile(trait, found[trait])) for trait in Trait
        )

    def _percentile(self, trait: Trait, value: float) -> float:
        """Say which share of the sample has less, equals counted half; one half where there is no sample."""
        known = self.values[trait]
        if not len(known):
            return 0.5
        below, up_to = (int(np.searchsorted(known, np.float32(value), side)) for side in ("left", "right"))
        return (below + up_to) / 2 / len(known)


def usual(crops: Sequence[UInt8Array]) -> Usual:
    """Measure a sample of a catalogue."""
    rows = [traits(crop) for crop in crops]
    values = {trait: np.sort(np.array([row[trait] for row in rows], dtype=np.float32)) for trait in Trait}
    return Usual(values, len(rows))


def traits(crop: UInt8Array) -> dict[Trait, float]:
    """Measure a crop [h, w, 3]."""
    colours = to_lab(np.asarray(Image.fromarray(crop).resize(SIZE, Image.Resampling.LANCZOS)))
    light = colours[..., 0]
    lines = _closed(light) - light > _LINE
    return {
        Trait.LINE_WEIGHT: _width(lines),
        Trait.DARK_LINE: float((lines & (light < _DARK)).mean()),
        Trait.FLATNESS: float((_steps(light) < _FLAT).mean()),
        Trait.CONTRAST: float(light.std()),
        Trait.SATURATION: float(np.hypot(colours[..., 1], colours[..., 2]).mean()),
        Trait.TEXTURE: _texture(light, lines),
    }


def palette(crop: UInt8Array) -> tuple[Colour, ...]:
    """Find the up to five colours that stand for a crop, most frequent first (k-means in CIE Lab)."""
    image = Image.fromarray(crop)
    image.thumbnail(SIZE, Image.Resampling.NEAREST)
    pixels = np.asarray(image).reshape(-1, 3)
    cells = np.floor(to_lab(pixels) / _BINS).astype(np.int64)
    _, owner = np.unique(cells, axis=0, return_inverse=True)
    owner = owner.ravel()
    weights = np.bincount(owner).astype(np.float32)
    nearest = _clusters(_means(to_lab(pixels), owner), weights)[owner]
    shares, tones = np.bincount(nearest) / len(nearest), _means(pixels.astype(np.float32), nearest)
    return tuple(
        Colour(red=round(red), green=round(green), blue=round(blue), share=float(shares[place]))
        for place in np.argsort(-shares, kind="stable")
        if shares[place] >= _LEAST_SHARE
        for red, green, blue in [tones[place].tolist()]
    )


def _clusters(points: FloatArray, weights: FloatArray) -> npt.NDArray[np.int64]:
    """Sort weighted points [n, 3] into up to five clusters, and name each point's.

    They start from the heaviest point, then from the one that the others stand for worst.
    """
    centres = points[weights.argmax()][None]
    while len(centres) < min(COLOURS, len(points)):
        worst = (_distances(points, centres).min(axis=1) * weights).argmax()
        centres = np.concatenate([centres, points[worst][None]])
    for _ in range(_ROUNDS):
        nearest = _distances(points, centres).argmin(axis=1)
        centres = np.stack(
            [
                np.average(points[nearest == place], axis=0, weights=weights[nearest == place])
                if (nearest == place).any()
                else centre
                for place, centre in enumerate(centres)
            ]
        )
    return np.asarray(np.unique(_distances(points, centres).argmin(axis=1), return_inverse=True)[1].ravel())


def _distances(points: FloatArray, centres: FloatArray) -> FloatArray:
    return np.asarray(((points[:, None] - centres[None]) ** 2).sum(axis=2), dtype=np.float32)


def _means(rows: FloatArray, owner: npt.NDArray[np.int64]) -> FloatArray:
    """Average the rows [n, 3] of each owner."""
    sums = np.stack([np.bincount(owner, weights=rows[:, axis]) for axis in range(rows.shape[1])], axis=1)
    return np.asarray(sums / np.bincount(owner)[:, None], dtype=np.float32)


def _closed(light: FloatArray) -> FloatArray:
    """Fill what is dark and narrower than _LINE_REACH pixels with what lies around it."""
    reach = _LINE_REACH // 2
    widened = np.pad(light, 2 * reach, mode="edge")
    for extreme in (np.maximum, np.minimum):
        for axis in (0, 1):
            windows = np.lib.stride_tricks.sliding_window_view(widened, _LINE_REACH, axis=axis)
            widened = extreme.reduce(windows, axis=2)
    return np.asarray(widened, dtype=np.float32)


def _width(lines: BoolArray) -> float:
    """Measure the mean width of lines in pixels: their area by half the length of their outline."""
    crossings = (lines[1:] != lines[:-1]).sum() + (lines[:, 1:] != lines[:, :-1]).sum()
    outline = float(crossings) * np.pi / 4  # what counted crossings overstate, whatever way lines run
    return 2 * float(lines.sum()) / outline if outline else 0.0


def _steps(light: FloatArray) -> FloatArray:
    """Return the largest step of each pixel to its right and lower neighbours."""
    across, down = np.abs(np.diff(light, axis=1)), np.abs(np.diff(light, axis=0))
    return np.maximum(across[:-1], down[:, :-1])


def _texture(light: FloatArray, lines: BoolArray) -> float:
    """Measure how much neighbouring pixels differ beside lines and edges: grain, hatching, screentone."""
    near = Image.fromarray((lines * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(3))
    around = light[:-2, 1:-1] + light[2:, 1:-1] + light[1:-1, :-2] + light[1:-1, 2:]
    waves = np.abs(light[1:-1, 1:-1] - around / 4)
    beside = (np.asarray(near)[1:-1, 1:-1] == 0) & (waves < _LINE / 2)
    return float(waves[beside].mean()) if beside.any() else 0.0
