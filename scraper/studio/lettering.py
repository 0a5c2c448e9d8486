"""Speech bubbles and effect lettering: shapes that look like writing, in no script."""

import numpy as np

from scraper.studio.canvas import Pen
from scraper.studio.content import Bubble, Effect
from scraper.studio.dice import Dice
from scraper.studio.shapes import Frame, Points, box, ellipse, points, rounded, star
from scraper.studio.style import Fill

_SIGNS: tuple[tuple[tuple[float, float, float, float], ...], ...] = (
    ((-0.5, -0.5, 0.5, -0.3), (-0.1, -0.5, 0.1, 0.5)),
    ((-0.5, -0.5, -0.28, 0.5), (-0.5, 0.3, 0.5, 0.5)),
    ((-0.5, -0.5, 0.5, -0.3), (0.28, -0.5, 0.5, 0.5), (-0.5, 0.0, 0.5, 0.18)),
    ((-0.5, -0.1, 0.5, 0.1), (-0.1, -0.5, 0.1, 0.5)),
    ((-0.5, -0.5, -0.3, 0.5), (0.3, -0.5, 0.5, 0.5), (-0.5, 0.3, 0.5, 0.5), (-0.5, -0.5, 0.5, -0.3)),
    ((-0.4, -0.5, 0.4, -0.32), (-0.12, -0.32, 0.12, 0.2), (-0.12, 0.32, 0.12, 0.5)),
)


def draw_bubble(pen: Pen, bubble: Bubble, *, seed: int) -> None:
    """Draw a speech bubble with lines of writing."""
    rx, ry = bubble.width / 2, bubble.height / 2
    paper = pen.style.palette.paper if pen.style.palette.fill is not Fill.ICON else (255, 255, 255)
    if bubble.loud:
        shape = star(0, 0, outer=1.18, inner=0.92, tips=13) * (rx, ry) + (bubble.x, bubble.y)
    elif pen.style.build.angular > 0.6:  # noqa: PLR2004 - angular hands draw boxes
        shape = rounded(bubble.x - rx, bubble.y - ry, right=bubble.x + rx, bottom=bubble.y + ry, power=6.0)
    else:
        shape = ellipse(bubble.x, bubble.y, rx=rx, ry=ry, count=30)
    tail = points(
        (bubble.x + bubble.tail * 0.3, bubble.y + ry * 0.7),
        (bubble.x + bubble.tail * 1.3, bubble.y + ry * 1.5),
        (bubble.x + bubble.tail, bubble.y + ry * 0.6),
    )
    _outlined(pen, [tail, shape], paper)
    _writing(pen, bubble, seed=seed)


def _outlined(pen: Pen, shapes: list[Points], paper: tuple[int, int, int]) -> None:
    for shape in shapes:
        pen.blob(shape, (255, 255, 255), shaded=0.0)
    for shape in shapes:
        middle = shape.mean(axis=0)
        pen.patch(middle + (shape - middle) * 0.97, paper)


def _writing(pen: Pen, bubble: Bubble, *, seed: int) -> None:
    dice = Dice(seed, "writing")
    step = bubble.height * 0.62 / bubble.lines
    for line in range(bubble.lines):
        y = bubble.y + (line - (bubble.lines - 1) / 2) * step
        reach = bubble.width * 0.33 * dice.between(0.7, 1.0)
        x = bubble.x - reach
        while x < bubble.x + reach:
            sign = dice.number(0, len(_SIGNS) - 1)
            _sign(pen.at(Frame(x, y, step * 0.56)), sign)
            x += step * (0.8 if dice.chance(0.8) else 1.25)


def _sign(pen: Pen, which: int) -> None:
    for left, top, right, bottom in _SIGNS[which]:
        pen.black(box(left, top, right=right, bottom=bottom))


def draw_effect(pen: Pen, effect: Effect) -> None:
    """Draw large letter-like shapes with an outline, as sounds are drawn."""
    for k, letter in enumerate(effect.letters):
        x = effect.x + (k - (len(effect.letters) - 1) / 2) * effect.size * 0.9
        inner = pen.at(Frame(x, effect.y + effect.tilt * (x - effect.x), effect.size * 0.85, effect.tilt))
        parts = [box(left, top, right=right, bottom=bottom) for left, top, right, bottom in _SIGNS[letter]]
        for part in parts:
            middle = part.mean(axis=0)
            inner.blob(middle + (part - middle) + np.sign(part - middle) * 0.06, (255, 255, 255), shaded=0.0)
        for part in parts:
            inner.spot(part, effect.color)
