"""Clothes: what is drawn on a trunk."""

from collections.abc import Callable

from scraper.studio.canvas import Pen
from scraper.studio.content import Character, Clothes
from scraper.studio.palette import darker, lighter, mix
from scraper.studio.shapes import arc, box, ellipse, points, smooth
from scraper.studio.style import RGB
from scraper.studio.trunk import Trunk


def _collar(pen: Pen, who: Character, trunk: Trunk, *, color: RGB) -> None:
    _, y, _ = trunk
    for side in (-1.0, 1.0):
        pen.blob(
            points(
                (side * 0.15, y - 0.08),
                (side * 0.02, y + 0.14),
                (side * 0.16, y + 0.24),
                (side * 0.26, y + 0.02),
            ),
            color,
            shaded=0.0,
        )
    del who


def _tee(pen: Pen, who: Character, trunk: Trunk) -> None:
    wide, y, hip = trunk
    pen.trace(arc((-0.16, y - 0.01), (0.16, y - 0.01), bend=0.1), 0.8)
    middle = y + (hip - y) * 0.45
    pen.spot(ellipse(0.0, middle, rx=wide * 0.34, ry=wide * 0.28), who.accent)


def _hoodie(pen: Pen, who: Character, trunk: Trunk) -> None:
    _, y, hip = trunk
    pen.blob(
        smooth(
            points(
                (-0.3, y - 0.06),
                (0, y + 0.1),
                (0.3, y - 0.06),
                (0.24, y + 0.14),
                (0, y + 0.22),
                (-0.24, y + 0.14),
            )
        ),
        darker(who.cloth, 0.15),
    )
    for side in (-0.07, 0.07):
        pen.stroke(points((side, y + 0.16), (side * 1.2, y + 0.45)), 0.9, taper=0.0)
    middle = y + (hip - y) * 0.7
    pen.trace(points((-0.2, middle + 0.16), (-0.13, middle), (0.13, middle), (0.2, middle + 0.16)), 0.7)


def _suit(pen: Pen, who: Character, trunk: Trunk) -> None:
    _, y, hip = trunk
    low = y + (hip - y) * 0.5
    pen.spot(points((-0.15, y - 0.04), (0.15, y - 0.04), (0.0, low)), (245, 245, 248))
    pen.blob(
        points(
            (-0.045, y + 0.04), (0.045, y + 0.04), (0.06, low - 0.14), (0.0, low - 0.02), (-0.06, low - 0.14)
        ),
        who.accent,
        shaded=0.0,
    )
    for side in (-1.0, 1.0):
        pen.blob(
            points(
                (side * 0.14, y - 0.06), (side * 0.3, y + 0.06), (side * 0.26, y + 0.28), (side * 0.01, low)
            ),
            lighter(who.cloth, 0.12),
            shaded=0.0,
        )


def _dress(pen: Pen, who: Character, trunk: Trunk) -> None:
    wide, y, hip = trunk
    pen.spot(
        smooth(
            points(
                (-0.2, y - 0.03),
                (0, y + 0.02),
                (0.2, y - 0.03),
                (0.12, y + 0.16),
                (0, y + 0.2),
                (-0.12, y + 0.16),
            )
        ),
        who.skin,
    )
    middle = y + (hip - y) * 0.62
    pen.blob(
        points(
            (-wide * 0.74, middle - 0.06),
            (wide * 0.74, middle - 0.06),
            (wide * 0.76, middle + 0.08),
            (-wide * 0.76, middle + 0.08),
        ),
        who.accent,
    )
    for x in (-0.4, 0.0, 0.4):
        pen.trace(points((x * wide, middle + 0.16), (x * wide * 1.6, hip + 0.2)), 0.6)


def _uniform(pen: Pen, who: Character, trunk: Trunk) -> None:
    _, y, hip = trunk
    _collar(pen, who, trunk, color=who.accent)
    pen.blob(points((0.0, y + 0.18), (0.18, y + 0.12), (0.17, y + 0.32)), who.legs)
    pen.blob(points((0.0, y + 0.18), (-0.18, y + 0.12), (-0.17, y + 0.32)), who.legs)
    pen.trace(points((0, y + 0.3), (0, hip)), 0.6)


def _coat(pen: Pen, who: Character, trunk: Trunk) -> None:
    wide, y, hip = trunk
    pen.spot(points((-0.14, y - 0.02), (0.14, y - 0.02), (0.12, hip + 0.1), (-0.12, hip + 0.1)), who.accent)
    _collar(pen, who, trunk, color=darker(who.cloth, 0.2))
    for step in (0.45, 0.75):
        pen.spot(ellipse(0.22, y + (hip - y) * step, rx=0.035, ry=0.035, count=8), darker(who.cloth, 0.5))
    del wide


def _armor(pen: Pen, who: Character, trunk: Trunk) -> None:
    wide, y, hip = trunk
    steel = mix((186, 192, 206), who.cloth, 0.2)
    pen.blob(
        smooth(
            points(
                (-wide * 0.7, y + 0.1),
                (0, y + 0.04),
                (wide * 0.7, y + 0.1),
                (wide * 0.62, y + (hip - y) * 0.55),
                (0, y + (hip - y) * 0.66),
                (-wide * 0.62, y + (hip - y) * 0.55),
            )
        ),
        steel,
    )
    pen.trace(points((0, y + 0.06), (0, y + (hip - y) * 0.6)), 0.7)
    for side in (-1.0, 1.0):
        pen.blob(ellipse(side * wide * 0.9, y + 0.16, rx=0.2, ry=0.16), steel)


def _stripes(pen: Pen, who: Character, trunk: Trunk) -> None:
    wide, y, hip = trunk
    for step in (0.25, 0.5, 0.75):
        middle = y + (hip - y) * step
        pen.spot(box(-wide * 0.74, middle - 0.04, right=wide * 0.74, bottom=middle + 0.05), who.accent)


CLOTHES: dict[Clothes, Callable[[Pen, Character, Trunk], None]] = {
    Clothes.TEE: _tee,
    Clothes.HOODIE: _hoodie,
    Clothes.SUIT: _suit,
    Clothes.DRESS: _dress,
    Clothes.UNIFORM: _uniform,
    Clothes.COAT: _coat,
    Clothes.ARMOR: _armor,
    Clothes.STRIPES: _stripes,
}
