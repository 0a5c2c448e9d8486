"""The sheet in its layers, drawn three times too large, and the pen that draws on it."""

import functools
import math
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image, ImageDraw

from scraper.studio.dice import Dice
from scraper.studio.palette import Tone
from scraper.studio.shapes import Frame, Points, area, normals, ribbon
from scraper.studio.style import RGB, Fill, Style

SCALE = 3
REFERENCE_HEIGHT = 120
_MANY = 14
_STEPS = np.arange(1024, dtype=np.float64)


@functools.cache
def _ends(count: int) -> Points:
    """Return 1 at both ends of a line and 0 in its middle."""
    along: Points = np.linspace(-1.0, 1.0, count) ** 2
    return along


class Canvas:
    """Three layers: colour; ink; and marks, whose channels are shadow, light and figure."""

    def __init__(self, size: tuple[int, int], paper: RGB) -> None:
        large = (size[0] * SCALE, size[1] * SCALE)
        self.size = size
        self.unit = large[1]
        self.pixel = large[1] / REFERENCE_HEIGHT
        self.width = size[0] / size[1]
        self.color = Image.new("RGB", large, paper)
        self.ink = Image.new("L", large, 0)
        self.marks = Image.new("RGB", large, (0, 0, 0))
        self.on_color = ImageDraw.Draw(self.color)
        self.on_ink = ImageDraw.Draw(self.ink)
        self.on_marks = ImageDraw.Draw(self.marks)


@dataclass(frozen=True, slots=True)
class Pen:
    """A hand's pen. Its coordinates: y 0..1 down the picture, x in the same unit, then its frame.

    `figure` is what it leaves in the figure channel, `weight` scales its outlines.
    """

    canvas: Canvas
    style: Style
    tone: Tone
    dice: Dice
    frame: Frame = field(default_factory=Frame)
    figure: int = 255
    weight: float = 1.0
    matrix: Points = field(init=False)
    offset: Points = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "matrix", self.frame.matrix() * self.canvas.unit)
        object.__setattr__(self, "offset", np.array((self.frame.x, self.frame.y)) * self.canvas.unit)

    def at(self, frame: Frame) -> "Pen":
        """Return the same pen in another frame."""
        return replace(self, frame=frame)

    def _pixels(self, outline: Points) -> Points:
        facets = self.style.build.facets
        if facets > 1 and len(outline) >= _MANY:
            outline = outline[::facets]
        spots: Points = outline @ self.matrix + self.offset
        wobble = self.style.line.wobble * self.canvas.pixel
        if wobble:
            spots += self._shake(len(spots)) * wobble
        return spots

    def _shake(self, count: int) -> Points:
        step = _STEPS[:count]
        a, b, c = self.dice.between(0, 6.3), self.dice.between(0, 6.3), self.dice.between(0.5, 2.2)
        wave = 0.6 * np.sin(step * c + a) + 0.5 * np.sin(step * 2.3 * c + b)
        out = np.empty((count, 2))
        out[:, 0], third = wave, count // 3
        out[:third, 1], out[third:, 1] = wave[count - third :], wave[: count - third]
        return out

    def blob(self, outline: Points, color: RGB, *, outlined: float = 1.0, shaded: float = 1.0) -> None:
        """Draw a filled shape with its outline, shadow and rim."""
        spots = self._pixels(outline)
        flat = spots.ravel().tolist()
        canvas = self.canvas
        self._contour(spots, outlined)
        if self.style.palette.fill is Fill.ICON:
            self._reversed_out(spots, self.tone(color))
        canvas.on_color.polygon(flat, fill=self._ground_or(self.tone(color), spots))
        canvas.on_ink.polygon(flat, fill=0)
        if shaded and self.style.shading.depth:
            self._shaded(spots, flat, shaded)
        else:
            canvas.on_marks.polygon(flat, fill=(0, 0, self.figure))

    def _ground_or(self, color: RGB, spots: Points) -> RGB:
        """Return a shape's colour; what fills the sheet behind figures stays dark for two-coloured hands."""
        if self.style.palette.fill is not Fill.ICON or self.figure:
            return color
        whole = self.canvas.unit * self.canvas.unit * self.canvas.width
        return self.style.palette.stops[0] if abs(area(spots)) > whole / 4 else color

    def _contour(self, spots: Points, outlined: float) -> None:
        line = self.style.line
        width = line.weight * outlined * self.weight * self.canvas.pixel
        if width <= 0:
            return
        out = normals(spots, closed=True) * (1.0 if area(spots) > 0 else -1.0)
        for turn in range(line.passes):
            swell = 1 + line.variation * self._swell(out)
            edge = spots + out * (width * swell)[:, None]
            if turn:
                edge += self._shake(len(edge)) * (self.canvas.pixel * 0.9)
                self.canvas.on_ink.line(
                    np.concatenate([edge, edge[:1]]).ravel().tolist(), fill=255, width=max(1, int(width))
                )
            else:
                self.canvas.on_ink.polygon(edge.ravel().tolist(), fill=255)

    def _reversed_out(self, spots: Points, color: RGB) -> None:
        """Give a dark shape of a two-coloured hand a light rim, or it would drown in the ground."""
        low, high = self.style.palette.stops[0], self.style.palette.stops[-1]
        if color != low:
            return
        width = max(0.9, self.style.line.weight * 0.8) * self.canvas.pixel
        out = normals(spots, closed=True) * (1.0 if area(spots) > 0 else -1.0)
        edge = (spots + out * width).ravel().tolist()
        self.canvas.on_color.polygon(edge, fill=high)
        self.canvas.on_ink.polygon(edge, fill=0)

    def _swell(self, out: Points) -> Points:
        """Return how lines swell (-1..1): heavier below and away from the light, and by the hand's whim."""
        angle = self.style.shading.light
        away = -(out[:, 0] * math.cos(angle) + out[:, 1] * math.sin(angle))
        step = _STEPS[: len(out)] * self.dice.between(0.15, 0.5) + self.dice.between(0, 6.3)
        swell: Points = 0.7 * away + 0.6 * np.sin(step)
        return np.clip(swell, -1, 1.4)

    def _shaded(self, spots: Points, flat: list[float], shaded: float) -> None:
        shading = self.style.shading
        marks = self.canvas.on_marks
        toward = np.array([math.cos(shading.light), math.sin(shading.light)])
        reach = spots @ toward
        lit, dark = spots[int(np.argmax(reach))], spots[int(np.argmin(reach))]
        depth = min(0.6, shading.depth * shaded)
        marks.polygon(flat, fill=(255, 0, self.figure))
        inner = lit + (spots - lit) * (1 - depth)
        if shading.rim:
            marks.polygon(inner.ravel().tolist(), fill=(0, 255, self.figure))
            hold = dark + (inner - dark) * (1 - 0.10 * shading.rim * shaded)
            marks.polygon(hold.ravel().tolist(), fill=(0, 0, self.figure))
        else:
            marks.polygon(inner.ravel().tolist(), fill=(0, 0, self.figure))
        if shading.gloss and len(spots) > _MANY:
            middle = lit + (spots.mean(axis=0) - lit) * 0.42
            gleam = middle + (spots - spots.mean(axis=0)) * (0.10 + 0.08 * shading.gloss)
            marks.polygon(gleam.ravel().tolist(), fill=(0, 255, self.figure))

    def spot(self, outline: Points, color: RGB) -> None:
        """Fill a shape, without outline or shadow of its own."""
        spots = self._pixels(outline)
        flat = spots.ravel().tolist()
        self.canvas.on_color.polygon(flat, fill=self._ground_or(self.tone(color), spots))
        self.canvas.on_ink.polygon(flat, fill=0)

    def patch(self, outline: Points, color: RGB) -> None:
        """Fill a shape with a colour that is not the thing's but the hand's (paper, ink)."""
        flat = self._pixels(outline).ravel().tolist()
        self.canvas.on_color.polygon(flat, fill=color)
        self.canvas.on_ink.polygon(flat, fill=0)
        self.canvas.on_marks.polygon(flat, fill=(0, 0, self.figure))

    def shadow(self, outline: Points) -> None:
        """Put a shape into shadow."""
        if self.style.shading.depth:
            flat = self._pixels(outline).ravel().tolist()
            self.canvas.on_marks.polygon(flat, fill=(255, 0, self.figure))

    def shine(self, outline: Points) -> None:
        """Put a shape into light."""
        flat = self._pixels(outline).ravel().tolist()
        self.canvas.on_marks.polygon(flat, fill=(0, 255, self.figure))

    def black(self, outline: Points) -> None:
        """Fill a shape with ink."""
        self.canvas.on_ink.polygon(self._pixels(outline).ravel().tolist(), fill=255)

    def stroke(self, line: Points, width: float = 1.0, *, taper: float = 1.0) -> None:
        """Draw an ink line; `width` in details' weights, `taper` 0..1 thins its ends."""
        self._stroke(self._pixels(line), self.style.line.detail * width * self.weight, taper)

    def fold(self, line: Points) -> None:
        """Draw a crease, when the hand draws any."""
        if self.style.line.folds > self.dice.unit():
            self._stroke(self._pixels(line), self.style.line.detail * 0.75, 1.0)

    def trace(self, line: Points, width: float = 1.0, *, taper: float = 0.6) -> None:
        """Draw an ink line of the outline's weight; nothing for lineless hands."""
        weight = self.style.line.weight
        if weight > 0:
            self._stroke(self._pixels(line), weight * width * self.weight, taper)

    def _stroke(self, spots: Points, width: float, taper: float) -> None:
        half = max(0.32, width / 2) * self.canvas.pixel
        widths = half * (1 - taper * self.style.line.variation * _ends(len(spots)))
        self.canvas.on_ink.polygon(ribbon(spots, widths).ravel().tolist(), fill=255)
        for _ in range(self.style.line.passes - 1):
            moved = spots + self._shake(len(spots)) * (self.canvas.pixel * 0.8)
            self.canvas.on_ink.line(moved.ravel().tolist(), fill=200, width=max(1, int(half)))

    def paint(self, line: Points, color: RGB, *, width: float) -> None:
        """Draw a coloured stroke; `width` in the pen's unit."""
        spots = self._pixels(line)
        half = width / 2 * self.frame.scale * self.canvas.unit
        flat = ribbon(spots, half * (1.05 - _ends(len(spots)))).ravel().tolist()
        self.canvas.on_color.polygon(flat, fill=self.tone(color))
