"""Eyes and brows: eight idioms."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from scraper.studio.canvas import Pen
from scraper.studio.content import Mood
from scraper.studio.palette import darker, lighter
from scraper.studio.shapes import arc, ellipse, points, smooth
from scraper.studio.style import RGB, Eyes

WHITE: RGB = (255, 255, 255)
BLACK: RGB = (26, 22, 28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Eye:
    """One eye: its middle, half-width, half-height, side (-1 left), where it looks, how open it is."""

    x: float
    y: float
    rx: float
    ry: float
    side: float
    look: float
    open: float
    color: RGB
    mood: Mood


_CLOSED = {Mood.LAUGHING, Mood.CRYING}


def draw_eye(pen: Pen, eye: Eye) -> None:
    """Draw one eye in the hand's idiom."""
    winks = eye.mood is Mood.WINK and eye.side > 0
    if eye.mood in _CLOSED or winks:
        bend = 0.5 if eye.mood is Mood.CRYING else -0.6
        pen.stroke(arc((eye.x - eye.rx, eye.y), (eye.x + eye.rx, eye.y), bend=bend * max(eye.rx, 0.05)), 1.5)
        return
    _IDIOMS[pen.style.features.eyes](pen, eye)


def _dot(pen: Pen, eye: Eye) -> None:
    pen.black(ellipse(eye.x, eye.y, rx=eye.ry * 0.5, ry=eye.ry * 0.55 * (0.4 + 0.6 * eye.open), count=14))


def _bead(pen: Pen, eye: Eye) -> None:
    tall = eye.ry * (0.45 + 0.5 * eye.open)
    pen.spot(ellipse(eye.x, eye.y, rx=eye.rx * 0.62, ry=tall, count=16), BLACK)
    pen.spot(
        ellipse(eye.x + eye.rx * 0.14, eye.y - tall * 0.4, rx=eye.rx * 0.22, ry=eye.rx * 0.22, count=10),
        WHITE,
    )


def _goggle(pen: Pen, eye: Eye) -> None:
    radius = (eye.rx + eye.ry) * 0.55
    pen.blob(ellipse(eye.x, eye.y, rx=radius * 0.95, ry=radius * (0.55 + 0.45 * eye.open)), WHITE, shaded=0.3)
    look = eye.look * radius * 0.35
    size = radius * (0.3 + 0.25 * pen.style.features.iris)
    pen.spot(ellipse(eye.x + look, eye.y, rx=size, ry=size, count=14), BLACK)
    pen.spot(
        ellipse(eye.x + look - size * 0.3, eye.y - size * 0.35, rx=size * 0.3, ry=size * 0.3, count=8), WHITE
    )


def _button(pen: Pen, eye: Eye) -> None:
    radius = eye.ry * 0.7
    pen.spot(ellipse(eye.x, eye.y, rx=radius, ry=radius * (0.5 + 0.5 * eye.open), count=16), eye.color)
    pen.spot(ellipse(eye.x, eye.y, rx=radius * 0.55, ry=radius * 0.5, count=12), BLACK)
    pen.spot(
        ellipse(eye.x + radius * 0.3, eye.y - radius * 0.3, rx=radius * 0.25, ry=radius * 0.25, count=8),
        WHITE,
    )


def _iris(pen: Pen, eye: Eye, *, rx: float, ry: float) -> None:
    x, y = eye.x + eye.look * eye.rx * 0.4, eye.y + eye.ry * 0.05
    pen.spot(ellipse(x, y, rx=rx, ry=ry, count=18), darker(eye.color, 0.35))
    pen.spot(ellipse(x, y + ry * 0.38, rx=rx * 0.72, ry=ry * 0.56, count=14), lighter(eye.color, 0.15))
    pen.spot(ellipse(x, y, rx=rx * 0.5, ry=ry * 0.5, count=12), BLACK)
    for k in range(pen.style.features.sparkle):
        side, size = (-1, 0.34) if k == 0 else (1, 0.2)
        spot = ellipse(x + side * rx * 0.4, y + side * ry * 0.42, rx=rx * size, ry=ry * size, count=10)
        pen.spot(spot, WHITE)


def _lashes(pen: Pen, eye: Eye, *, top: float, bend: float) -> None:
    lash = pen.style.features.lash
    inner, outer = eye.x - eye.side * eye.rx * 0.95, eye.x + eye.side * eye.rx
    lid = smooth(
        points(
            (inner, eye.y + top * 0.2),
            (eye.x - eye.side * eye.rx * 0.4, eye.y - top * bend),
            (eye.x + eye.side * eye.rx * 0.4, eye.y - top * bend),
            (outer, eye.y - top * 0.15),
            (outer + eye.side * eye.rx * 0.3 * lash, eye.y - top * 0.25 * lash),
        ),
        steps=3,
        closed=False,
    )
    pen.stroke(lid, 1.2 + 1.6 * lash, taper=0.9)


def _shojo(pen: Pen, eye: Eye) -> None:
    tall = eye.ry * (0.5 + 0.5 * eye.open)
    pen.spot(ellipse(eye.x, eye.y, rx=eye.rx, ry=tall), WHITE)
    _iris(pen, eye, rx=eye.rx * (0.55 + 0.25 * pen.style.features.iris), ry=tall * 0.94)
    _lashes(pen, eye, top=tall, bend=1.02)
    if pen.style.features.lash > 0.5:  # noqa: PLR2004 - long lashes
        x = eye.x + eye.side * eye.rx
        pen.stroke(
            arc((x, eye.y - tall * 0.3), (x + eye.side * eye.rx * 0.4, eye.y - tall * 0.75), bend=0.01), 0.8
        )


def _shonen(pen: Pen, eye: Eye) -> None:
    tall = eye.ry * (0.4 + 0.45 * eye.open)
    inner, outer = eye.x - eye.side * eye.rx, eye.x + eye.side * eye.rx
    white = points(
        (inner, eye.y - tall * 0.3),
        (eye.x, eye.y - tall * 0.85),
        (outer, eye.y - tall * 0.75),
        (outer, eye.y + tall * 0.3),
        (eye.x, eye.y + tall * 0.9),
        (inner + eye.side * eye.rx * 0.2, eye.y + tall * 0.5),
    )
    pen.spot(white, WHITE)
    _iris(pen, eye, rx=eye.rx * 0.52, ry=tall * 0.82)
    pen.stroke(
        points(
            (inner, eye.y - tall * 0.2),
            (eye.x - eye.side * eye.rx * 0.2, eye.y - tall * 0.9),
            (outer, eye.y - tall * 0.8),
            (outer + eye.side * 0.02, eye.y - tall * 0.2),
        ),
        2.0,
    )
    pen.stroke(
        arc((inner + eye.side * eye.rx * 0.5, eye.y + tall * 0.85), (outer, eye.y + tall * 0.6), bend=0.0),
        0.7,
    )


def _narrow(pen: Pen, eye: Eye) -> None:
    tall = eye.ry * 0.42 * (0.6 + 0.4 * eye.open)
    pen.spot(ellipse(eye.x, eye.y, rx=eye.rx, ry=tall, count=16), WHITE)
    pen.spot(
        ellipse(eye.x + eye.look * eye.rx * 0.4, eye.y, rx=tall * 0.95, ry=tall * 0.95, count=12),
        darker(eye.color, 0.5),
    )
    _lashes(pen, eye, top=tall, bend=1.0)


def _almond(pen: Pen, eye: Eye) -> None:
    tall = eye.ry * (0.35 + 0.35 * eye.open)
    inner, outer = (
        (eye.x - eye.side * eye.rx, eye.y + tall * 0.2),
        (eye.x + eye.side * eye.rx, eye.y - tall * 0.1),
    )
    white = smooth(points(inner, (eye.x, eye.y - tall), outer, (eye.x, eye.y + tall * 0.8)), steps=4)
    pen.spot(white, (246, 242, 240))
    _iris(pen, eye, rx=tall * 0.85, ry=tall * 0.85)
    _lashes(pen, eye, top=tall, bend=1.0)
    pen.stroke(
        arc(
            (eye.x - eye.rx * 0.7, eye.y - tall * 1.35),
            (eye.x + eye.rx * 0.8, eye.y - tall * 1.3),
            bend=-0.02,
        ),
        0.5,
    )


_IDIOMS: dict[Eyes, Callable[[Pen, Eye], None]] = {
    Eyes.DOT: _dot,
    Eyes.BEAD: _bead,
    Eyes.GOGGLE: _goggle,
    Eyes.BUTTON: _button,
    Eyes.SHOJO: _shojo,
    Eyes.SHONEN: _shonen,
    Eyes.NARROW: _narrow,
    Eyes.ALMOND: _almond,
}

_BROWS = {
    Mood.ANGRY: 0.5,
    Mood.SHOUTING: 0.4,
    Mood.SLY: 0.3,
    Mood.SAD: -0.45,
    Mood.CRYING: -0.4,
    Mood.SURPRISED: -0.1,
}


def draw_brow(pen: Pen, eye: Eye, *, thick: float) -> None:
    """Draw the brow over an eye; it tilts with the mood."""
    tilt = _BROWS.get(eye.mood, -0.08) * eye.side
    lift = eye.ry * 0.75 + 0.07 + (0.04 if eye.mood is Mood.SURPRISED else 0.0)
    reach = max(eye.rx, 0.07) * 1.05
    x, y, drop = eye.x, eye.y - lift, reach * math.sin(tilt)
    if abs(tilt) > 0.25:  # noqa: PLR2004 - a strong mood lowers the brows
        y += 0.02
    pen.stroke(arc((x - reach, y + drop), (x + reach, y - drop), bend=-0.012), thick, taper=0.9)
