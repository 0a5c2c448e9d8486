"""Hair: the cut and the fringe belong to the character, everything else to the hand."""

import math
from collections.abc import Callable

import numpy as np

from scraper.studio.canvas import Pen
from scraper.studio.content import Character, Cut, Fringe
from scraper.studio.palette import darker, lighter
from scraper.studio.shapes import Points, arc, ellipse, points, smooth
from scraper.studio.style import HairInk

_LENGTHS = {Cut.SHORT: 0.22, Cut.SPIKY: 0.18, Cut.BOB: 0.56, Cut.LONG: 1.15, Cut.CURLY: 0.52}
_SIDE_LENGTHS = {Cut.SHORT: 0.12, Cut.SPIKY: 0.1, Cut.BOB: 0.42, Cut.LONG: 0.62, Cut.CURLY: 0.3}


def _half(pen: Pen) -> float:
    return pen.style.build.head_width / 2 + 0.02 + pen.style.hair.volume * 0.10


def draw_back(pen: Pen, who: Character, *, turn: float) -> None:
    """Draw the hair that falls behind the head and neck."""
    if who.cut is Cut.BALD:
        return
    if who.cut in _TAILS:
        _TAILS[who.cut](pen, who, turn)
    length = _LENGTHS.get(who.cut, 0.3)
    half = _half(pen)
    shift = -turn * 0.10
    if who.cut is Cut.CURLY:
        outline = _curls(shift, -0.05, radius=half * 1.12)
    else:
        flare = 1.0 + 0.16 * pen.style.hair.volume * min(length, 0.7)
        outline = _fall(shift, half, flare=flare, length=length, tips=pen.style.hair.points)
    pen.blob(outline, darker(who.hair, 0.12), shaded=0.6)


def _curls(x: float, y: float, *, radius: float) -> Points:
    angle = np.arange(54) * (2 * math.pi / 54)
    reach = radius * (1 + 0.07 * np.abs(np.sin(angle * 5.5)))
    return np.stack([x + reach * np.cos(angle), y + reach * 1.08 * np.sin(angle)], axis=1)


def _fall(x: float, half: float, *, flare: float, length: float, tips: float) -> Points:
    top = -0.5 - (half - 0.4) * 0.4
    low = half * flare
    locks = 4
    hem = [
        (x + low - 2 * low * k / (2 * locks), length - (tips * 0.14 if k % 2 else 0.0))
        for k in range(2 * locks + 1)
    ]
    sides = [
        (x - half * 1.01, 0.0),
        (x - half * 0.86, -0.32),
        (x, top),
        (x + half * 0.86, -0.32),
        (x + half * 1.01, 0.0),
    ]
    upper = smooth(points((x - low, length * 0.8), *sides, (x + low, length * 0.8)), closed=False)
    lower = points(*hem)
    if tips < 0.35:  # noqa: PLR2004 - soft hands round the tips off
        lower = smooth(lower, steps=3, closed=False)
    return np.concatenate([upper, lower])


def _ponytail(pen: Pen, who: Character, turn: float) -> None:
    side = who.side if abs(turn) < 0.2 else -math.copysign(1, turn)  # noqa: PLR2004 - about to the front
    root = points((side * 0.2, -0.42), (side * 0.55, -0.44), (side * 0.78, -0.1), (side * 0.74, 0.45))
    pen.blob(_tail(root, pen, width=0.17), who.hair)


def _twintails(pen: Pen, who: Character, turn: float) -> None:
    for side in (-1.0, 1.0):
        x = side - turn * 0.25
        root = points((x * 0.36, -0.3), (x * 0.62, -0.34), (x * 0.76, 0.1), (x * 0.66, 0.7))
        pen.blob(_tail(root, pen, width=0.15), who.hair)


def _tail(root: Points, pen: Pen, *, width: float) -> Points:
    line = smooth(root, steps=5, closed=False)
    place = np.linspace(0, 1, len(line))
    swell = width * (0.35 + 1.1 * np.sin(place * math.pi) ** 0.8 + 0.25 * place * (1 - pen.style.hair.points))
    ahead = np.gradient(line, axis=0)
    side = (
        np.stack([ahead[:, 1], -ahead[:, 0]], axis=1) / (np.hypot(ahead[:, 0], ahead[:, 1]) + 1e-9)[:, None]
    )
    reach = side * (swell * 0.75)[:, None]
    return np.concatenate([line + reach, (line - reach)[::-1]])


def _bun(pen: Pen, who: Character, turn: float) -> None:
    pen.blob(ellipse(-turn * 0.3, -0.62, rx=0.2, ry=0.19), who.hair)


_TAILS: dict[Cut, Callable[[Pen, Character, float], None]] = {
    Cut.PONYTAIL: _ponytail,
    Cut.TWINTAILS: _twintails,
    Cut.BUN: _bun,
}


def draw_front(pen: Pen, who: Character, *, turn: float) -> None:
    """Draw the hair over the forehead and beside the face."""
    if who.cut is Cut.BALD:
        return
    half = _half(pen)
    shift = turn * 0.05
    fringe = _fringe(pen, who, turn=turn)
    top = -0.5 - (half - 0.36) * 0.6
    (drop, tuft), (other, lock) = (_sideburn(pen, who, facing=turn * side) for side in (-1.0, 1.0))
    left, right = -half + shift * 0.4, half + shift * 0.4
    crown = _crown(who, left=left, right=right, top=top)
    outline = np.concatenate(
        [
            points((left + 0.02, drop), (left - 0.005, min(drop, drop * 0.4))),
            crown,
            points((right + 0.005, min(other, other * 0.4)), (right - 0.02, other), (right - lock, -0.12)),
            fringe[::-1],
            points((left + tuft, -0.12)),
        ]
    )
    pen.blob(outline, who.hair, shaded=0.55)
    _render(pen, who, box=(left, right, top))


def _sideburn(pen: Pen, who: Character, *, facing: float) -> tuple[float, float]:
    """Return how far down and how broad the hair is on a side; `facing` is 1 where the face looks."""
    drop, tuft = _SIDE_LENGTHS.get(who.cut, 0.08), 0.09 + 0.04 * pen.style.hair.volume
    if facing > 0.8:  # noqa: PLR2004 - in profile no hair hangs before the face
        return -0.16, 0.04
    return drop, tuft * (1 - 0.5 * facing) if facing > 0 else tuft * (1 - 1.8 * facing)


def _crown(who: Character, *, left: float, right: float, top: float) -> Points:
    if who.cut is Cut.SPIKY:
        count = 6
        rim = []
        for k in range(count * 2 + 1):
            angle = math.pi * (1 - k / (count * 2))
            reach = 1.2 if k % 2 else 1.0
            rim.append(
                (
                    math.cos(angle) * right * reach + 0.04 * (k % 2),
                    -0.08 + math.sin(angle) * (top + 0.08) * reach,
                )
            )
        return points(*rim)
    if who.cut is Cut.CURLY:
        turns = np.linspace(math.pi, 2 * math.pi, 34)
        swell = 1.02 + 0.06 * np.abs(np.sin(turns * 5))
        return np.stack(
            [np.cos(turns) * right * swell, -0.06 + np.sin(turns) * -(top + 0.06) * swell], axis=1
        )
    return smooth(
        points(
            (left, -0.1),
            (left * 0.86, -0.36),
            (left * 0.5, top + 0.05),
            (right * 0.05, top),
            (right * 0.55, top + 0.05),
            (right * 0.88, -0.36),
            (right, -0.1),
        ),
        steps=3,
        closed=False,
    )


def _fringe(pen: Pen, who: Character, *, turn: float) -> Points:
    half = _half(pen) - 0.07
    shift = turn * 0.14 if abs(turn) < 0.8 else turn * 0.03  # noqa: PLR2004 - in profile it ends at the brow
    low = -0.10 + 0.04 * pen.style.hair.volume
    shape = _FRINGES[who.fringe](who.side)
    line = points(*[(x * half + shift, low - y * 0.26) for x, y in shape])
    if pen.style.hair.points < 0.35 and who.fringe is not Fringe.ZIGZAG:  # noqa: PLR2004 - soft hands
        return smooth(line, steps=4, closed=False)
    return _pointed(line, pen.style.hair.points)


def _pointed(line: Points, sharp: float) -> Points:
    """Cut the fringe's edge into locks."""
    dense = smooth(line, steps=4, closed=False)
    lift = np.where(np.arange(len(dense)) % 4 == 2, 0.10 * sharp, 0.0)  # noqa: PLR2004 - every fourth
    dense[:, 1] -= lift
    return dense


_FRINGES: dict[Fringe, Callable[[float], list[tuple[float, float]]]] = {
    Fringe.STRAIGHT: lambda _: [(-1, 0.05), (-0.55, -0.05), (0, 0.0), (0.55, -0.05), (1, 0.05)],
    Fringe.PARTED: lambda side: [
        (-1, -0.05),
        (-0.6, 0.2),
        (-0.1 + 0.2 * side, 0.85),
        (0.4, 0.35),
        (1, -0.05),
    ],
    Fringe.SWEPT: lambda side: [
        (-1, 0.35 - 0.4 * side),
        (-0.4, 0.25 - 0.25 * side),
        (0, 0.2),
        (0.4, 0.25 + 0.25 * side),
        (1, 0.35 + 0.4 * side),
    ],
    Fringe.ZIGZAG: lambda _: [
        (-1, 0.1),
        (-0.75, -0.12),
        (-0.5, 0.35),
        (-0.25, -0.08),
        (0, 0.35),
        (0.3, -0.12),
        (0.5, 0.3),
        (0.8, -0.1),
        (1, 0.1),
    ],
    Fringe.BACK: lambda _: [(-1, 0.3), (-0.6, 0.75), (0, 0.9), (0.6, 0.75), (1, 0.3)],
}


def _render(pen: Pen, who: Character, *, box: tuple[float, float, float]) -> None:
    kind = pen.style.hair.ink
    if kind is HairInk.STRANDS:
        _strands(pen, box=box)
    elif kind is HairInk.BLOCKS:
        _blocks(pen, who, box=box)
    elif kind is HairInk.SHINE:
        _shine(pen, who, box=box)


def _strands(pen: Pen, *, box: tuple[float, float, float]) -> None:
    left, right, top = box
    for k in range(pen.style.hair.strands):
        place = (k + 0.5) / pen.style.hair.strands
        x = left + (right - left) * place
        root = ((left + right) / 2 + (x - (left + right) / 2) * 0.35, top + 0.06)
        pen.stroke(arc(root, (x * 0.9, -0.24), bend=0.06 if place < 0.5 else -0.06), 0.55)  # noqa: PLR2004 - the middle


def _blocks(pen: Pen, who: Character, *, box: tuple[float, float, float]) -> None:
    left, right, top = box
    lit = lighter(who.hair, 0.28)
    for place in (0.22, 0.42, 0.68):
        x = left + (right - left) * place
        pen.spot(points((x, -0.34), (x + 0.05, top + 0.12), (x + 0.13, top + 0.11), (x + 0.08, -0.3)), lit)


def _shine(pen: Pen, who: Character, *, box: tuple[float, float, float]) -> None:
    left, right, top = box
    y = top + 0.16
    band = arc((left * 0.72, y + 0.07), (right * 0.72, y + 0.07), bend=-0.09, count=10)
    zig = np.where(np.arange(10) % 2 == 0, 0.02, -0.02)
    band[:, 1] += zig
    pen.paint(
        band, lighter(who.hair, 0.3 + 0.4 * pen.style.hair.shine), width=0.06 + 0.05 * pen.style.hair.shine
    )
