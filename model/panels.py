"""Choose what to look at in a picture: crops of one aspect, panel by panel in a tall strip."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.arrays import UInt8Array

ASPECT = (5, 3)  # of the platforms' thumbnails, 202x120
CROP_WIDTH = 240  # at the least, and less than twice that: more pixels than any encoder looks at
MOST_CROPS = 8

_STRIP = 1.2  # height to width from which a picture may be a strip of panels, such as a screenshot
_NEAR = (1.3, 2.1)  # aspects that one crop stands for
_FLAT_ROW = 5.0  # deviation of a row in a gutter, which JPEG makes noisy near drawings
_GUTTER = 0.02  # all shares of the strip's width
_PANEL = 0.2
_FLAT_PIXEL = 12
_BLANK = 0.93  # share of one colour from which a panel is paper with hardly anything on it
_INK = 48  # how far from the paper's colour lettering stands out
_MOST_INK = 0.35
_LINE = 0.16  # height of a line of lettering, and width of a word, at most, in widths of the panel
_WORD = 0.4
_WIDTH_JUDGED = 120  # about as many pixels of a width say whether anything is drawn


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, right and bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Its width."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Its height."""
        return self.bottom - self.top


def reduction(width: int, height: int) -> int:
    """Say by what whole factor a picture may be reduced so that its crops keep CROP_WIDTH."""
    return max(1, _crop_size(width, height)[0] // CROP_WIDTH)


def choose(pixels: UInt8Array) -> list[Box]:
    """Choose 1 to MOST_CROPS crops of aspect ASPECT of a picture [h, w, 3]."""
    height, width = pixels.shape[:2]
    whole = Box(0, 0, width, height)
    if height <= _STRIP * width:
        return _evenly(_drawn(pixels, _along(whole)))
    panels = _panels(pixels) or [whole]
    boxes = _drawn(pixels, [box for panel in panels for box in _along(panel)])
    if len(boxes) > MOST_CROPS and len(panels) > 1:
        boxes = [_centre(panel) for panel in panels]
    return _evenly(boxes)


def _crop_size(width: int, height: int) -> tuple[int, int]:
    """Find the largest crop of exactly ASPECT."""
    unit = max(1, min(width // ASPECT[0], height // ASPECT[1]))
    return unit * ASPECT[0], unit * ASPECT[1]


def _centre(panel: Box) -> Box:
    return _place(panel, 0.5)


def _along(panel: Box) -> list[Box]:
    """Cover a panel with overlapping crops along its longer axis; one where that does for all."""
    width, height = _crop_size(panel.width, panel.height)
    if _NEAR[0] <= panel.width / panel.height <= _NEAR[1]:
        return [_centre(panel)]
    # A little less than whole coverage is better than one more crop.
    count = max(2, math.ceil(max(panel.width / width, panel.height / height) - 0.05))
    return [_place(panel, step / (count - 1)) for step in range(count)]


def _place(panel: Box, where: float) -> Box:
    """Place the largest crop in a panel, at a share of the room that is left along each axis."""
    width, height = _crop_size(panel.width, panel.height)
    spare_x, spare_y = panel.width - width, panel.height - height
    left = panel.left + round(spare_x * (where if spare_x > spare_y else 0.5))
    top = panel.top + round(spare_y * (where if spare_y >= spare_x else 0.5))
    return Box(left, top, left + width, top + height)


def _evenly(boxes: list[Box]) -> list[Box]:
    if len(boxes) <= MOST_CROPS:
        return boxes
    return [boxes[round(index)] for index in np.linspace(0, len(boxes) - 1, MOST_CROPS)]


def _panels(pixels: UInt8Array) -> list[Box]:
    """Cut a strip along its flat rows; panels that are blank or nothing but lettering are left out."""
    width = pixels.shape[1]
    step = max(1, width // _WIDTH_JUDGED)
    inked = pixels[:, ::step].std(axis=1, dtype=np.float32).max(axis=1) > _FLAT_ROW
    panels = []
    for top, bottom in _runs(inked, gap=max(2, round(_GUTTER * width))):
        if bottom - top >= _PANEL * width:
            panels.append(_trim(pixels, top, bottom=bottom))
    return [panel for panel in panels if not _bare(pixels, panel, step=2)]


def _runs(marked: NDArray[np.bool_], gap: int) -> list[tuple[int, int]]:
    """Find the runs of marked places, those less than `gap` apart as one."""
    places = np.flatnonzero(marked)
    if not len(places):
        return []
    breaks = np.flatnonzero(np.diff(places) > gap)
    starts = places[np.concatenate([[0], breaks + 1])]
    ends = places[np.concatenate([breaks, [len(places) - 1]])] + 1
    return [(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]


def _trim(pixels: UInt8Array, top: int, *, bottom: int) -> Box:
    """Take the margins off a panel, unless little of the width remains."""
    width = pixels.shape[1]
    rows = pixels[top : bottom : max(1, width // _WIDTH_JUDGED)]
    inked = np.flatnonzero(rows.std(axis=0, dtype=np.float32).max(axis=1) > _FLAT_ROW)
    if not len(inked) or inked[-1] + 1 - inked[0] < width / 4:
        return Box(0, top, width, bottom)
    return Box(int(inked[0]), top, int(inked[-1]) + 1, bottom)


def _drawn(pixels: UInt8Array, boxes: list[Box]) -> list[Box]:
    """Leave out the boxes in which nothing is drawn, unless that is all of them."""
    if len(boxes) < 2:  # noqa: PLR2004  the only one is looked at, whatever it shows
        return boxes
    step = max(2, boxes[0].width // _WIDTH_JUDGED)
    return [box for box in boxes if not _bare(pixels, box, step=step)] or boxes


def _bare(pixels: UInt8Array, box: Box, *, step: int) -> bool:
    """Say whether a box is paper that is blank or has nothing but lettering on it."""
    inner = pixels[box.top : box.bottom : step, box.left : box.right : step].astype(np.int16)
    paper = np.median(inner[::3, ::3].reshape(-1, 3), axis=0).astype(np.int16)
    apart = np.abs(inner - paper).max(axis=2)
    return bool((apart <= _FLAT_PIXEL).mean() > _BLANK) or _lettering(apart > _INK)


def _lettering(ink: NDArray[np.bool_]) -> bool:
    """Say whether ink [h, w] stands in words: in low runs of rows, and in each in short runs of columns."""
    if not 0 < ink.mean() < _MOST_INK:
        return False
    width = ink.shape[1]
    lines = _runs(np.asarray(ink.any(axis=1)), gap=1)
    if any(bottom - top > _LINE * width for top, bottom in lines):
        return False
    words = (run for top, bottom in lines for run in _runs(np.asarray(ink[top:bottom].any(axis=0)), gap=1))
    return all(right - left <= _WORD * width for left, right in words)
