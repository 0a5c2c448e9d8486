"""Things that are held or shown, each drawn one high around (0, 0)."""

import math
from collections.abc import Callable

from scraper.studio.canvas import Pen
from scraper.studio.content import Thing
from scraper.studio.emblems import EMBLEMS
from scraper.studio.palette import darker, lighter
from scraper.studio.shapes import Frame, arc, box, ellipse, points, rounded, smooth, star
from scraper.studio.style import RGB

_STEEL: RGB = (206, 212, 222)
_WOOD: RGB = (150, 98, 60)
_PAGE: RGB = (250, 246, 236)
_LEAF: RGB = (92, 160, 84)
_GOLD: RGB = (236, 190, 80)


def draw_thing(pen: Pen, thing: Thing, *, at: tuple[float, float], size: float, color: RGB) -> None:
    """Draw a thing with its middle at a spot of the pen's frame."""
    frame = pen.frame
    spot = frame.place(points(at))[0]
    inner = Frame(float(spot[0]), float(spot[1]), frame.scale * size, frame.tilt, frame.mirror)
    _ALL[thing](pen.at(inner), color)


def _cup(pen: Pen, color: RGB) -> None:
    pen.blob(ellipse(0.36, 0.08, rx=0.17, ry=0.2), color)
    pen.spot(ellipse(0.36, 0.08, rx=0.09, ry=0.12), lighter(color, 0.7))
    pen.blob(
        smooth(
            points((-0.36, -0.3), (0.36, -0.3), (0.3, 0.3), (0.18, 0.42), (-0.18, 0.42), (-0.3, 0.3)), steps=3
        ),
        color,
    )
    pen.blob(ellipse(0, -0.29, rx=0.36, ry=0.09), (104, 66, 48), shaded=0.0)
    for x in (-0.14, 0.1):
        pen.stroke(
            smooth(points((x, -0.45), (x + 0.07, -0.56), (x - 0.03, -0.68), (x + 0.05, -0.8)), closed=False),
            0.9,
        )


def _book(pen: Pen, color: RGB) -> None:
    for side in (-1.0, 1.0):
        pen.blob(points((0, -0.26), (side * 0.56, -0.36), (side * 0.56, 0.32), (0, 0.42)), color)
        pen.blob(points((0, -0.3), (side * 0.5, -0.38), (side * 0.5, 0.24), (0, 0.36)), _PAGE, shaded=0.4)
        for k in range(4):
            y = -0.2 + k * 0.11
            pen.stroke(points((side * 0.08, y), (side * 0.42, y - 0.07)), 0.6)


def _phone(pen: Pen, color: RGB) -> None:
    pen.blob(rounded(-0.28, -0.5, right=0.28, bottom=0.5, power=7.0), darker(color, 0.5))
    pen.spot(box(-0.22, -0.38, right=0.22, bottom=0.36), (150, 206, 240))
    pen.spot(box(-0.15, -0.28, right=0.1, bottom=-0.18), (255, 255, 255))
    pen.spot(box(-0.08, -0.08, right=0.16, bottom=0.04), lighter(color, 0.4))
    pen.spot(ellipse(0, 0.43, rx=0.04, ry=0.03, count=10), _STEEL)


def _sword(pen: Pen, color: RGB) -> None:
    pen.blob(points((-0.07, 0.15), (-0.06, -0.75), (0, -0.9), (0.06, -0.75), (0.07, 0.15)), _STEEL)
    pen.trace(points((0, 0.1), (0, -0.7)), 0.6)
    pen.blob(rounded(-0.26, 0.12, right=0.26, bottom=0.22), _GOLD)
    pen.blob(box(-0.05, 0.2, right=0.05, bottom=0.5), _WOOD)
    pen.blob(ellipse(0, 0.54, rx=0.08, ry=0.08, count=14), color)


def _flower(pen: Pen, color: RGB) -> None:
    pen.stroke(smooth(points((0, -0.05), (0.05, 0.3), (0, 0.65)), closed=False), 2.4, taper=0.2)
    for side in (-1.0, 1.0):
        pen.blob(
            smooth(points((0.03, 0.38), (side * 0.16, 0.22), (side * 0.3, 0.24), (side * 0.18, 0.38))), _LEAF
        )
    for k in range(6):
        angle = k * math.pi / 3
        pen.blob(
            ellipse(0.22 * math.cos(angle), -0.22 + 0.22 * math.sin(angle), rx=0.15, ry=0.15, count=16), color
        )
    pen.blob(ellipse(0, -0.22, rx=0.13, ry=0.13, count=16), _GOLD)


def _letter(pen: Pen, color: RGB) -> None:
    pen.blob(box(-0.5, -0.32, right=0.5, bottom=0.32), _PAGE)
    pen.trace(points((-0.5, -0.32), (0, 0.08), (0.5, -0.32)), 1.0, taper=0.0)
    pen.trace(points((-0.5, 0.32), (-0.14, -0.02)), 0.8)
    pen.trace(points((0.5, 0.32), (0.14, -0.02)), 0.8)
    pen.blob(ellipse(0, 0.07, rx=0.11, ry=0.11, count=16), color)


def _key(pen: Pen, color: RGB) -> None:
    del color
    pen.blob(box(-0.05, -0.1, right=0.05, bottom=0.5), _GOLD)
    pen.blob(box(0.04, 0.34, right=0.2, bottom=0.44), _GOLD)
    pen.blob(box(0.04, 0.2, right=0.16, bottom=0.28), _GOLD)
    pen.blob(ellipse(0, -0.28, rx=0.24, ry=0.24), _GOLD)
    pen.spot(ellipse(0, -0.28, rx=0.11, ry=0.11), (255, 255, 255))


def _cake(pen: Pen, color: RGB) -> None:
    pen.blob(ellipse(0, 0.42, rx=0.62, ry=0.1), (236, 236, 242))
    pen.blob(
        smooth(points((-0.46, -0.06), (0.46, -0.06), (0.46, 0.4), (0, 0.46), (-0.46, 0.4)), steps=2),
        (246, 214, 160),
    )
    pen.blob(
        smooth(
            points(
                (-0.48, -0.1),
                (0, -0.2),
                (0.48, -0.1),
                (0.46, 0.1),
                (0.3, 0.02),
                (0.16, 0.16),
                (0, 0.04),
                (-0.18, 0.15),
                (-0.32, 0.03),
                (-0.46, 0.1),
            ),
            steps=3,
        ),
        color,
    )
    pen.blob(ellipse(0, -0.24, rx=0.1, ry=0.1, count=14), (220, 60, 70))


def _potion(pen: Pen, color: RGB) -> None:
    pen.blob(
        smooth(
            points(
                (-0.1, -0.4),
                (0.1, -0.4),
                (0.12, -0.14),
                (0.38, 0.14),
                (0.34, 0.44),
                (0, 0.5),
                (-0.34, 0.44),
                (-0.38, 0.14),
                (-0.12, -0.14),
            )
        ),
        (220, 236, 244),
    )
    pen.spot(
        smooth(points((-0.34, 0.14), (0, 0.18), (0.34, 0.14), (0.3, 0.4), (0, 0.46), (-0.3, 0.4))), color
    )
    pen.blob(box(-0.12, -0.52, right=0.12, bottom=-0.38), _WOOD)
    for x, y, r in ((-0.12, 0.3, 0.05), (0.1, 0.24, 0.035), (0.04, 0.36, 0.03)):
        pen.spot(ellipse(x, y, rx=r, ry=r, count=10), lighter(color, 0.6))


def _gem(pen: Pen, color: RGB) -> None:
    pen.blob(points((-0.3, -0.34), (0.3, -0.34), (0.52, -0.06), (0, 0.5), (-0.52, -0.06)), color)
    pen.spot(points((-0.16, -0.06), (0.16, -0.06), (0, 0.46)), lighter(color, 0.35))
    pen.spot(points((-0.3, -0.34), (-0.16, -0.06), (-0.5, -0.06)), lighter(color, 0.5))
    pen.trace(points((-0.5, -0.06), (0.5, -0.06)), 0.8)
    for side in (-1, 1):
        pen.trace(points((side * 0.3, -0.34), (side * 0.16, -0.06), (0, 0.48)), 0.7)


def _ball(pen: Pen, color: RGB) -> None:
    pen.blob(ellipse(0, 0, rx=0.46, ry=0.46, count=30), (240, 240, 244))
    pen.spot(star(0, 0, outer=0.2, inner=0.16, tips=5, turn=-math.pi / 2), color)
    for k in range(5):
        angle = k * 2 * math.pi / 5 - math.pi / 2
        c, s = math.cos(angle), math.sin(angle)
        pen.trace(points((0.19 * c, 0.19 * s), (0.34 * c, 0.34 * s)), 0.8)
        pen.spot(ellipse(0.38 * c, 0.38 * s, rx=0.07, ry=0.07, count=8), color)


def _lamp(pen: Pen, color: RGB) -> None:
    pen.blob(ellipse(0, 0.46, rx=0.3, ry=0.08), _STEEL)
    pen.blob(box(-0.035, -0.1, right=0.035, bottom=0.44), _STEEL)
    pen.blob(points((-0.22, -0.5), (0.22, -0.5), (0.44, 0.02), (-0.44, 0.02)), color)
    pen.spot(ellipse(0, 0.04, rx=0.14, ry=0.07, count=14), (255, 240, 180))


def _fish(pen: Pen, color: RGB) -> None:
    pen.blob(points((0.3, 0), (0.62, -0.26), (0.54, 0), (0.62, 0.26)), darker(color, 0.15))
    pen.blob(
        smooth(points((-0.52, 0.02), (-0.2, -0.26), (0.2, -0.2), (0.42, 0), (0.2, 0.22), (-0.2, 0.26))), color
    )
    pen.spot(
        smooth(points((-0.42, 0.12), (0, 0.12), (0.3, 0.08), (0.1, 0.2), (-0.2, 0.22))), lighter(color, 0.5)
    )
    pen.trace(arc((-0.22, -0.2), (-0.22, 0.2), bend=-0.09), 0.8)
    pen.spot(ellipse(-0.34, -0.05, rx=0.065, ry=0.065, count=12), (255, 255, 255))
    pen.spot(ellipse(-0.35, -0.05, rx=0.035, ry=0.035, count=10), (20, 20, 26))


def _mushroom(pen: Pen, color: RGB) -> None:
    pen.blob(smooth(points((-0.14, 0), (0.14, 0), (0.2, 0.4), (0, 0.46), (-0.2, 0.4))), _PAGE)
    pen.blob(
        smooth(points((-0.52, 0.06), (-0.36, -0.34), (0, -0.5), (0.36, -0.34), (0.52, 0.06), (0, 0.12))),
        color,
    )
    for x, y, r in ((-0.22, -0.16, 0.1), (0.16, -0.28, 0.08), (0.3, -0.04, 0.07), (0.0, -0.02, 0.06)):
        pen.spot(ellipse(x, y, rx=r, ry=r, count=14), (252, 248, 240))


def _house(pen: Pen, color: RGB) -> None:
    pen.blob(box(-0.38, -0.08, right=0.38, bottom=0.48), _PAGE)
    pen.blob(box(0.14, -0.46, right=0.26, bottom=-0.1), _WOOD)
    pen.blob(points((-0.52, -0.04), (0, -0.52), (0.52, -0.04)), color)
    pen.blob(box(-0.1, 0.14, right=0.1, bottom=0.48), _WOOD)
    for x in (-0.27, 0.19):
        pen.blob(box(x, 0.06, right=x + 0.12, bottom=0.22), (150, 206, 240), shaded=0.0)


def _clock(pen: Pen, color: RGB) -> None:
    for side in (-1.0, 1.0):
        pen.blob(ellipse(side * 0.3, -0.38, rx=0.15, ry=0.12), _GOLD)
        pen.blob(
            points((side * 0.2, 0.34), (side * 0.34, 0.52), (side * 0.26, 0.54), (side * 0.12, 0.4)), _WOOD
        )
    pen.blob(ellipse(0, 0, rx=0.44, ry=0.44, count=30), color)
    pen.spot(ellipse(0, 0, rx=0.34, ry=0.34, count=28), _PAGE)
    pen.stroke(points((0, 0), (0, -0.24)), 1.5, taper=0.0)
    pen.stroke(points((0, 0), (0.17, 0.08)), 1.5, taper=0.0)


_THINGS: dict[Thing, Callable[[Pen, RGB], None]] = {
    Thing.CUP: _cup,
    Thing.BOOK: _book,
    Thing.PHONE: _phone,
    Thing.SWORD: _sword,
    Thing.FLOWER: _flower,
    Thing.LETTER: _letter,
    Thing.KEY: _key,
    Thing.CAKE: _cake,
    Thing.POTION: _potion,
    Thing.GEM: _gem,
    Thing.BALL: _ball,
    Thing.LAMP: _lamp,
    Thing.FISH: _fish,
    Thing.MUSHROOM: _mushroom,
    Thing.HOUSE: _house,
    Thing.CLOCK: _clock,
}
_ALL = _THINGS | EMBLEMS
