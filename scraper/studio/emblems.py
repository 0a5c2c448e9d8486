"""More things, of the kind found on badges and stickers; one high around (0, 0)."""

import math
from collections.abc import Callable

import numpy as np

from scraper.studio.canvas import Pen
from scraper.studio.content import Thing
from scraper.studio.palette import darker, lighter
from scraper.studio.shapes import Points, arc, box, ellipse, points, rounded, smooth, star
from scraper.studio.style import RGB

_DARK: RGB = (46, 44, 54)
_PALE: RGB = (246, 244, 236)
_GOLD: RGB = (240, 192, 76)
_SKY: RGB = (160, 212, 244)


def _crown(pen: Pen, color: RGB) -> None:
    pen.blob(
        points(
            (-0.5, -0.26), (-0.24, 0.04), (0, -0.42), (0.24, 0.04), (0.5, -0.26), (0.42, 0.36), (-0.42, 0.36)
        ),
        _GOLD,
    )
    pen.blob(box(-0.43, 0.22, right=0.43, bottom=0.38), darker(_GOLD, 0.15))
    for x, y in ((-0.5, -0.3), (0.0, -0.46), (0.5, -0.3)):
        pen.blob(ellipse(x, y, rx=0.07, ry=0.07, count=14), color)
    for x in (-0.24, 0.0, 0.24):
        pen.spot(ellipse(x, 0.3, rx=0.045, ry=0.045, count=10), color)


def _heart_shape(size: float) -> Points:
    t = np.arange(28) * (2 * math.pi / 28)
    x = np.sin(t) ** 3
    y = -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)) / 16
    return np.stack([x, y], axis=1) * size


def _heart(pen: Pen, color: RGB) -> None:
    pen.blob(_heart_shape(0.5), color)
    pen.spot(ellipse(-0.24, -0.22, rx=0.1, ry=0.07, count=12), lighter(color, 0.6))


def _starlet(pen: Pen, color: RGB) -> None:
    del color
    pen.blob(star(0, 0.02, outer=0.54, inner=0.24, tips=5, turn=-math.pi / 2), _GOLD)
    for side in (-1.0, 1.0):
        pen.spot(ellipse(side * 0.12, 0.0, rx=0.035, ry=0.05, count=10), _DARK)
    pen.stroke(arc((-0.08, 0.12), (0.08, 0.12), bend=0.05))


def _umbrella(pen: Pen, color: RGB) -> None:
    hook = smooth(points((0, -0.1), (0, 0.38), (0.06, 0.48), (0.15, 0.4)), closed=False)
    pen.stroke(hook, 2.4, taper=0.0)
    pen.blob(
        smooth(
            points(
                (-0.56, 0.02),
                (-0.4, -0.32),
                (0, -0.48),
                (0.4, -0.32),
                (0.56, 0.02),
                (0.28, -0.06),
                (0, 0.02),
                (-0.28, -0.06),
            ),
            steps=3,
        ),
        color,
    )
    for x in (-0.2, 0.2):
        pen.trace(arc((0, -0.47), (x, -0.04), bend=-0.08 if x > 0 else 0.08), 0.8)


def _car(pen: Pen, color: RGB) -> None:
    pen.blob(smooth(points((-0.36, -0.04), (-0.2, -0.34), (0.2, -0.34), (0.38, -0.04)), steps=3), color)
    pen.blob(rounded(-0.6, -0.1, right=0.6, bottom=0.24, power=5.0), color)
    pen.blob(
        points((-0.26, -0.06), (-0.15, -0.26), (-0.02, -0.26), (-0.02, -0.06)), _SKY, outlined=0.6, shaded=0.0
    )
    pen.blob(
        points((0.28, -0.06), (0.17, -0.26), (0.04, -0.26), (0.04, -0.06)), _SKY, outlined=0.6, shaded=0.0
    )
    for x in (-0.34, 0.34):
        pen.blob(ellipse(x, 0.24, rx=0.16, ry=0.16), _DARK)
        pen.spot(ellipse(x, 0.24, rx=0.07, ry=0.07, count=14), (206, 208, 214))
    pen.spot(ellipse(0.54, 0.04, rx=0.05, ry=0.05, count=10), (255, 240, 170))


def _rocket(pen: Pen, color: RGB) -> None:
    pen.blob(smooth(points((-0.1, 0.36), (0, 0.62), (0.1, 0.36), (0, 0.3))), (250, 150, 50))
    for side in (-1.0, 1.0):
        pen.blob(points((side * 0.14, 0.06), (side * 0.38, 0.36), (side * 0.12, 0.34)), color)
    pen.blob(smooth(points((0, -0.58), (0.2, -0.2), (0.18, 0.36), (-0.18, 0.36), (-0.2, -0.2))), _PALE)
    pen.blob(ellipse(0, -0.12, rx=0.1, ry=0.1, count=18), _SKY)
    pen.trace(arc((-0.18, 0.2), (0.18, 0.2), bend=0.03), 0.8)


def _apple(pen: Pen, color: RGB) -> None:
    del color
    red = (216, 64, 58)
    pen.blob(
        smooth(
            points(
                (0, -0.2),
                (0.26, -0.3),
                (0.46, -0.04),
                (0.34, 0.36),
                (0.1, 0.46),
                (0, 0.42),
                (-0.1, 0.46),
                (-0.34, 0.36),
                (-0.46, -0.04),
                (-0.26, -0.3),
            )
        ),
        red,
    )
    pen.stroke(arc((0, -0.2), (0.07, -0.5), bend=-0.04), 2.0)
    pen.blob(smooth(points((0.06, -0.38), (0.2, -0.52), (0.38, -0.48), (0.24, -0.34))), (96, 164, 80))
    pen.spot(ellipse(-0.24, -0.06, rx=0.06, ry=0.1, count=12), lighter(red, 0.55))


def _skull(pen: Pen, color: RGB) -> None:
    del color
    pen.blob(rounded(-0.22, 0.14, right=0.22, bottom=0.48, power=3.0), _PALE)
    pen.blob(ellipse(0, -0.08, rx=0.44, ry=0.4, count=28), _PALE)
    for side in (-1.0, 1.0):
        pen.spot(ellipse(side * 0.18, -0.04, rx=0.12, ry=0.13, count=16), _DARK)
    pen.spot(points((0, 0.1), (0.06, 0.2), (-0.06, 0.2)), _DARK)
    for x in (-0.1, 0.0, 0.1):
        pen.stroke(points((x, 0.3), (x, 0.46)), 0.9, taper=0.0)


def _bell(pen: Pen, color: RGB) -> None:
    pen.blob(ellipse(0, 0.36, rx=0.1, ry=0.1, count=14), darker(_GOLD, 0.3))
    pen.blob(
        smooth(
            points(
                (0, -0.46),
                (0.26, -0.26),
                (0.3, 0.12),
                (0.48, 0.32),
                (0, 0.36),
                (-0.48, 0.32),
                (-0.3, 0.12),
                (-0.26, -0.26),
            ),
            steps=3,
        ),
        _GOLD,
    )
    pen.spot(
        smooth(points((-0.31, 0.06), (0, 0.1), (0.31, 0.06), (0.34, 0.16), (0, 0.2), (-0.34, 0.16))), color
    )


def _bird(pen: Pen, color: RGB) -> None:
    pen.blob(points((-0.28, 0.06), (-0.6, -0.06), (-0.56, 0.2), (-0.26, 0.24)), darker(color, 0.2))
    pen.blob(points((0.36, -0.26), (0.6, -0.18), (0.38, -0.1)), (244, 170, 60))
    pen.blob(
        smooth(
            points(
                (-0.4, 0.1),
                (-0.06, -0.1),
                (0.1, -0.42),
                (0.36, -0.4),
                (0.42, -0.12),
                (0.3, 0.28),
                (-0.1, 0.4),
            )
        ),
        color,
    )
    pen.blob(smooth(points((-0.26, 0.08), (0.12, -0.04), (0.14, 0.16), (-0.1, 0.26))), darker(color, 0.15))
    pen.spot(ellipse(0.24, -0.26, rx=0.045, ry=0.05, count=10), _DARK)
    for x in (0.0, 0.14):
        pen.stroke(points((x, 0.36), (x, 0.54), (x + 0.08, 0.55)), 1.2, taper=0.0)


def _cat(pen: Pen, color: RGB) -> None:
    tail = smooth(points((0.26, 0.36), (0.56, 0.3), (0.6, 0.0), (0.48, -0.1)), closed=False)
    pen.stroke(tail, 4.0, taper=0.4)
    pen.blob(
        smooth(points((-0.16, -0.06), (0.16, -0.06), (0.34, 0.3), (0.26, 0.5), (-0.26, 0.5), (-0.34, 0.3))),
        color,
    )
    for side in (-1.0, 1.0):
        pen.blob(points((side * 0.08, -0.38), (side * 0.3, -0.6), (side * 0.3, -0.22)), color)
    pen.blob(ellipse(0, -0.2, rx=0.33, ry=0.27), color)
    for side in (-1.0, 1.0):
        pen.spot(ellipse(side * 0.13, -0.22, rx=0.045, ry=0.06, count=12), _DARK)
        pen.stroke(points((side * 0.16, -0.1), (side * 0.4, -0.12)), 0.6)
        pen.blob(ellipse(side * 0.14, 0.48, rx=0.1, ry=0.06, count=14), lighter(color, 0.4))
    pen.stroke(points((-0.06, -0.1), (0, -0.07), (0.06, -0.1)), 0.9)


def _gear(pen: Pen, color: RGB) -> None:
    angle = np.arange(48) * (2 * math.pi / 48)
    reach = np.where(np.arange(48) % 6 < 3, 0.5, 0.38)  # noqa: PLR2004 - half of each tooth's six steps
    pen.blob(np.stack([reach * np.cos(angle), reach * np.sin(angle)], axis=1), (168, 174, 186))
    pen.blob(ellipse(0, 0, rx=0.2, ry=0.2), color)
    pen.spot(ellipse(0, 0, rx=0.09, ry=0.09, count=14), _PALE)


EMBLEMS: dict[Thing, Callable[[Pen, RGB], None]] = {
    Thing.CROWN: _crown,
    Thing.HEART: _heart,
    Thing.STAR: _starlet,
    Thing.UMBRELLA: _umbrella,
    Thing.CAR: _car,
    Thing.ROCKET: _rocket,
    Thing.APPLE: _apple,
    Thing.SKULL: _skull,
    Thing.BELL: _bell,
    Thing.BIRD: _bird,
    Thing.CAT: _cat,
    Thing.GEAR: _gear,
}
