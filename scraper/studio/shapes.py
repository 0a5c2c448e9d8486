"""Outlines as arrays of points, y downwards."""

import functools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


def points(*pairs: tuple[float, float]) -> Points:
    """Make an array [n, 2] of pairs."""
    return np.array(pairs, dtype=np.float64)


@functools.cache
def _circle(count: int) -> Points:
    angle = np.arange(count) * (2 * math.pi / count)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def ellipse(x: float, y: float, *, rx: float, ry: float, count: int = 22) -> Points:
    """Draw an ellipse."""
    return _circle(count) * (rx, ry) + (x, y)


def box(left: float, top: float, *, right: float, bottom: float) -> Points:
    """Draw a rectangle."""
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], dtype=np.float64)


def rounded(left: float, top: float, *, right: float, bottom: float, power: float = 4.0) -> Points:
    """Draw a rectangle with round corners (a superellipse)."""
    circle = _circle(28)
    bent = np.sign(circle) * np.abs(circle) ** (2 / power)
    return bent * ((right - left) / 2, (bottom - top) / 2) + ((left + right) / 2, (top + bottom) / 2)


@functools.cache
def _basis(steps: int) -> Points:
    t = np.arange(steps) / steps
    t2, t3 = t * t, t * t * t
    return 0.5 * np.stack([2 * t2 - t3 - t, 3 * t3 - 5 * t2 + 2, 4 * t2 - 3 * t3 + t, t3 - t2], axis=1)


def smooth(corners: Points, *, steps: int = 4, closed: bool = True) -> Points:
    """Run a smooth curve (Catmull-Rom) through the corners."""
    if closed:
        ring = np.concatenate([corners[-1:], corners, corners[:2]])
    else:
        ring = np.concatenate([corners[:1], corners, corners[-1:]])
    spans = np.stack([ring[:-3], ring[1:-2], ring[2:-1], ring[3:]], axis=1)
    curve: Points = np.einsum("sk,nkd->nsd", _basis(steps), spans).reshape(-1, 2)
    return curve if closed else np.concatenate([curve, corners[-1:]])


@functools.cache
def _along(count: int) -> Points:
    return np.linspace(0.0, 1.0, count)[:, None]


def arc(start: tuple[float, float], end: tuple[float, float], *, bend: float, count: int = 8) -> Points:
    """Draw an arc from start to end; `bend` is its height, positive to the right of the way (down)."""
    t = _along(count)
    a, b = np.array(start), np.array(end)
    side = np.array([-(b[1] - a[1]), b[0] - a[0]])
    length = math.hypot(side[0], side[1]) or 1.0
    curve: Points = a + (b - a) * t + side / length * (4 * bend * t * (1 - t))
    return curve


def normals(line: Points, *, closed: bool) -> Points:
    """Return the unit normals along a line; they point outwards on a clockwise (screen) outline."""
    ahead = np.empty_like(line)
    np.subtract(line[2:], line[:-2], out=ahead[1:-1])
    if closed:
        ahead[0], ahead[-1] = line[1] - line[-1], line[0] - line[-2]
    else:
        ahead[0], ahead[-1] = line[1] - line[0], line[-1] - line[-2]
    ahead /= (np.hypot(ahead[:, 0], ahead[:, 1]) + 1e-9)[:, None]
    out = ahead[:, ::-1].copy()
    out[:, 1] *= -1
    return out


def area(outline: Points) -> float:
    """Return the signed area, positive when clockwise on the screen."""
    x, y = outline[:, 0], outline[:, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(y[:-1], x[1:]) + x[-1] * y[0] - y[-1] * x[0]) / 2


def ribbon(line: Points, widths: Points | float) -> Points:
    """Return the outline of a line that is `widths` wide to each side."""
    side = normals(line, closed=False) * (widths if isinstance(widths, float) else widths[:, None])
    return np.concatenate([line + side, (line - side)[::-1]])


def limb(joints: Points, *, start: float, end: float) -> Points:
    """Return a limb's outline: smooth through its joints, from one half-width to the other, round ends."""
    line = smooth(joints, steps=5, closed=False)
    widths = np.linspace(start, end, len(line))
    body = ribbon(line, widths)
    half = len(line)
    ahead = (line[-1] - line[-2]) / (np.hypot(*(line[-1] - line[-2])) + 1e-9) * end
    side = (body[half - 1] - line[-1]) * 0.72
    cap = line[-1] + np.stack([ahead * 0.5 + side, ahead * 0.75, ahead * 0.5 - side])
    return np.concatenate([body[:half], cap, body[half:]])


def star(x: float, y: float, *, outer: float, inner: float, tips: int, turn: float = 0.0) -> Points:
    """Draw a star."""
    angle = np.arange(tips * 2) * (math.pi / tips) + turn
    radius = np.where(np.arange(tips * 2) % 2 == 0, outer, inner)
    return np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], axis=1)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a drawing of its own coordinates lies on the picture."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    tilt: float = 0.0
    mirror: bool = False

    def place(self, outline: Points) -> Points:
        """Bring points onto the picture."""
        return outline @ self.matrix() + (self.x, self.y)

    def matrix(self) -> Points:
        """Return the turn, scale and mirroring as a matrix for rows of points."""
        sx = -self.scale if self.mirror else self.scale
        cos, sin = math.cos(self.tilt), math.sin(self.tilt)
        return np.array([(sx * cos, sx * sin), (-self.scale * sin, self.scale * cos)])
