"""What makes a head a beast's or a robot's."""

from collections.abc import Callable

from scraper.studio.canvas import Pen
from scraper.studio.content import Character, Species
from scraper.studio.eyes import BLACK, WHITE
from scraper.studio.features import Ball
from scraper.studio.palette import darker, mix
from scraper.studio.shapes import box, ellipse, points, smooth


def _pointed_ears(pen: Pen, who: Character, turn: float) -> None:
    half = pen.style.build.head_width / 2
    for side in (-1.0, 1.0):
        x = side * half * 0.62 - turn * 0.08
        pen.blob(points((x - 0.16, -0.3), (x + side * 0.1, -0.72), (x + 0.16, -0.3)), who.hair)
        pen.spot(points((x - 0.08, -0.36), (x + side * 0.07, -0.6), (x + 0.08, -0.36)), who.accent)


def _round_ears(pen: Pen, who: Character, turn: float) -> None:
    half = pen.style.build.head_width / 2
    for side in (-1.0, 1.0):
        x = side * half * 0.78 - turn * 0.08
        pen.blob(ellipse(x, -0.4, rx=0.15, ry=0.15), who.hair)
        pen.spot(ellipse(x, -0.4, rx=0.08, ry=0.08), darker(who.hair, 0.3))


def _long_ears(pen: Pen, who: Character, turn: float) -> None:
    for side in (-1.0, 1.0):
        x = side * 0.18 - turn * 0.08
        pen.blob(
            smooth(
                points(
                    (x - 0.09, -0.36),
                    (x + side * 0.06 - 0.1, -0.8),
                    (x + side * 0.1, -1.02),
                    (x + side * 0.06 + 0.1, -0.8),
                    (x + 0.09, -0.36),
                )
            ),
            who.hair,
        )
        pen.spot(ellipse(x + side * 0.04, -0.7, rx=0.04, ry=0.18), who.accent)


def _tuft(pen: Pen, who: Character, turn: float) -> None:
    for lean in (-0.12, 0.0, 0.12):
        pen.blob(ellipse(lean - turn * 0.1, -0.54, rx=0.05, ry=0.12, count=12), who.accent)


def _antenna(pen: Pen, who: Character, turn: float) -> None:
    pen.blob(box(-0.02, -0.75, right=0.02, bottom=-0.4), (150, 150, 160))
    pen.blob(ellipse(-turn * 0.05, -0.78, rx=0.07, ry=0.07, count=14), who.accent)


BEAST_EARS: dict[Species, Callable[[Pen, Character, float], None]] = {
    Species.CAT: _pointed_ears,
    Species.BEAR: _round_ears,
    Species.RABBIT: _long_ears,
    Species.BIRD: _tuft,
    Species.ROBOT: _antenna,
}


def draw_muzzle(pen: Pen, who: Character, *, ball: Ball) -> None:
    """Draw a beast's muzzle or a bird's beak."""
    x = ball.x(0.0) * 0.9
    if who.species is Species.BIRD:
        beak = points((x - 0.13, 0.14), (x, 0.09), (x + 0.13, 0.14), (x, 0.3))
        pen.blob(beak, (244, 176, 60))
        return
    pen.spot(ellipse(x, 0.24, rx=0.2, ry=0.16), mix(who.hair, WHITE, 0.6))
    pen.spot(ellipse(x, 0.15, rx=0.055, ry=0.04, count=12), BLACK)
