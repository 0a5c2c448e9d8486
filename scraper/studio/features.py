"""Noses and mouths, and where they lie on a turned head."""

import math
from collections.abc import Callable

import numpy as np

from scraper.studio.canvas import Pen
from scraper.studio.content import Mood, Person, Species
from scraper.studio.palette import darker, mix
from scraper.studio.shapes import arc, ellipse, points, smooth
from scraper.studio.style import RGB, Mouth, Nose

SIDEWAYS = 0.8


_SMILE = {
    Mood.HAPPY: 0.9,
    Mood.LAUGHING: 1.0,
    Mood.SLY: 0.6,
    Mood.WINK: 0.8,
    Mood.ANGRY: -0.6,
    Mood.SAD: -0.7,
    Mood.CRYING: -0.8,
    Mood.CALM: 0.15,
}


_GAPE = {Mood.LAUGHING: 0.8, Mood.SHOUTING: 1.0, Mood.SURPRISED: 0.45, Mood.CRYING: 0.5}


FLESH: RGB = (150, 52, 56)


BLUSH: RGB = (244, 140, 140)


class Ball:
    """The head as a ball: where a spot at some longitude is seen after turning."""

    __slots__ = ("angle", "half")

    def __init__(self, half: float, turn: float) -> None:
        self.half, self.angle = half, turn * 1.12

    def x(self, longitude: float) -> float:
        """Return where the spot lies across the face."""
        return self.half * 0.96 * math.sin(longitude + self.angle)

    def seen(self, longitude: float) -> float:
        """Return how much of its width is seen, 0 behind."""
        return max(0.0, math.cos(longitude + self.angle))


def _no_nose(_pen: Pen, _ball: Ball, _skin: RGB) -> None:
    return


def _dot_nose(pen: Pen, ball: Ball, _skin: RGB) -> None:
    pen.black(ellipse(ball.x(0.0), 0.17, rx=0.016, ry=0.012, count=8))


def _tick_nose(pen: Pen, ball: Ball, _skin: RGB) -> None:
    x, size = ball.x(0.0), pen.style.features.nose_size
    ahead = 1.0 if ball.angle >= 0 else -1.0
    pen.stroke(points((x, 0.18 - size * 0.6), (x + ahead * size * 0.45, 0.18), (x, 0.19)), 0.7)


def _hook_nose(pen: Pen, ball: Ball, _skin: RGB) -> None:
    x, size = ball.x(0.0), pen.style.features.nose_size
    ahead = 1.0 if ball.angle >= 0 else -1.0
    bridge = points(
        (x - ahead * 0.03, 0.0),
        (x, 0.1),
        (x + ahead * size * 0.6, 0.17),
        (x + ahead * size * 0.2, 0.205),
        (x - ahead * size * 0.5, 0.2),
    )
    pen.stroke(smooth(bridge, closed=False), 0.8)


def _wedge_nose(pen: Pen, ball: Ball, skin: RGB) -> None:
    x, size = ball.x(0.0), pen.style.features.nose_size
    pen.spot(points((x - 0.02, 0.02), (x + size * 0.7, 0.19), (x - size * 0.5, 0.2)), darker(skin, 0.25))


def _button_nose(pen: Pen, ball: Ball, skin: RGB) -> None:
    size = pen.style.features.nose_size
    pen.blob(
        ellipse(ball.x(0.0) * 1.05, 0.16, rx=size * 0.9, ry=size * 0.75, count=16),
        mix(skin, BLUSH, 0.35),
        shaded=0.5,
    )


NOSES: dict[Nose, Callable[[Pen, Ball, RGB], None]] = {
    Nose.NONE: _no_nose,
    Nose.DOT: _dot_nose,
    Nose.TICK: _tick_nose,
    Nose.HOOK: _hook_nose,
    Nose.WEDGE: _wedge_nose,
    Nose.BUTTON: _button_nose,
}


def draw_mouth(pen: Pen, person: Person, *, ball: Ball) -> None:
    """Draw the mouth in the hand's idiom and the mood's shape."""
    if person.character.species is Species.BIRD:
        return
    face = pen.style.features
    x, y = max(-0.8, min(0.8, ball.x(0.0) * 0.92 / ball.half)) * ball.half, face.mouth_height
    half = (
        1.15 * face.mouth_size * (0.35 + 0.65 * ball.seen(0.0)) * (1.25 if face.mouth is Mouth.WIDE else 1.0)
    )
    smile, gape = _SMILE.get(person.mood, 0.0), _GAPE.get(person.mood, 0.0)
    if gape and face.mouth is not Mouth.LINE:
        _open_mouth(pen, at=(x, y), half=half, opening=(smile, gape))
        return
    bend = smile * half * 0.42
    lift = -bend * 0.6
    pen.stroke(arc((x - half, y + lift), (x + half, y + lift), bend=bend), 1.2, taper=0.8)
    if face.mouth is Mouth.LIPS:
        pen.spot(
            smooth(
                points(
                    (x - half * 0.7, y + 0.005),
                    (x, y + 0.012 + bend),
                    (x + half * 0.7, y + 0.005),
                    (x, y + 0.05 + bend),
                )
            ),
            (206, 98, 104),
        )
    if face.mouth is Mouth.FILLED:
        pen.stroke(arc((x - half * 0.25, y + 0.06), (x + half * 0.25, y + 0.06), bend=0.01), 0.6)


def _open_mouth(pen: Pen, *, at: tuple[float, float], half: float, opening: tuple[float, float]) -> None:
    x, y = at
    smile, gape = opening
    deep = gape * (0.2 if pen.style.features.mouth is Mouth.WIDE else 0.13)
    if smile > 0:
        outline = points(
            (x - half, y - 0.03),
            (x, y),
            (x + half, y - 0.03),
            (x + half * 0.6, y + deep * 0.8),
            (x, y + deep),
            (x - half * 0.6, y + deep * 0.8),
        )
    else:
        outline = points(
            (x - half * 0.7, y + deep),
            (x - half * 0.5, y),
            (x, y - 0.03),
            (x + half * 0.5, y),
            (x + half * 0.7, y + deep),
            (x, y + deep * 0.85),
        )
    outline = smooth(outline, steps=3)
    pen.spot(outline, FLESH)
    pen.spot(ellipse(x, y + deep * 0.78, rx=half * 0.42, ry=deep * 0.2, count=12), (230, 120, 120))
    pen.stroke(np.concatenate([outline, outline[:1]]), 1.0, taper=0.0)
