"""Heads and faces."""

import math

import numpy as np

from scraper.studio.beasts import BEAST_EARS, draw_muzzle
from scraper.studio.canvas import Pen
from scraper.studio.content import Age, Character, Cut, Mood, Person, Species
from scraper.studio.eyes import Eye, draw_brow, draw_eye
from scraper.studio.features import BLUSH, NOSES, SIDEWAYS, Ball, draw_mouth
from scraper.studio.hair import draw_back, draw_front
from scraper.studio.palette import mix
from scraper.studio.shapes import Points, arc, ellipse, points, smooth
from scraper.studio.style import Build
from scraper.studio.wear import draw_extra

_FREE_EARS = frozenset({Cut.SHORT, Cut.SPIKY, Cut.BALD, Cut.PONYTAIL, Cut.BUN})
_BEAST_HEAD = (1.14, 0.94)
_OPEN = {Mood.SURPRISED: 1.15, Mood.ANGRY: 0.75, Mood.SLY: 0.6, Mood.SAD: 0.8, Mood.SHOUTING: 0.9}


def head_outline(build: Build, *, turn: float) -> Points:
    """Return a head's outline, one high, its middle at (0, 0)."""
    angle = np.arange(36) * (2 * math.pi / 36)
    x, y = np.sin(angle), -np.cos(angle) * 0.5
    low = np.clip(y * 2, 0, 1)
    power, fall = 1.6 + build.chin * 2.0, 0.50 + (1 - build.jaw) * 0.42
    width = np.where(y <= 0, np.abs(x), np.clip(1 - low**power, 0, 1) ** fall)
    half = build.head_width / 2
    out = np.sign(x) * width * half
    out = out + turn * 0.10 * low * half
    return np.stack([out, y], axis=1)


def _profile(outline: Points, *, turn: float, nose: float) -> Points:
    """Give a head seen from the side its brow, nose and chin."""
    ahead = math.copysign(1.0, turn)
    x, y = outline[:, 0].copy(), outline[:, 1]
    front = np.clip(x * ahead * 6, 0, 1)
    bump = nose * np.exp(-(((y - 0.16) / 0.055) ** 2)) - 0.035 * np.exp(-(((y - 0.06) / 0.05) ** 2))
    bump = bump + 0.03 * np.exp(-(((y - 0.31) / 0.05) ** 2)) + 0.05 * np.exp(-(((y - 0.46) / 0.05) ** 2))
    x += ahead * front * bump
    return np.stack([x, y], axis=1)


def draw_head(pen: Pen, person: Person) -> None:
    """Draw head, face and hair; the pen's frame has the head's middle at (0, 0), one high."""
    who, build = person.character, pen.style.build
    turn = person.turn
    if not person.behind or who.species is not Species.HUMAN:
        draw_ears(pen, who, turn=turn)
    outline = head_outline(build, turn=turn)
    if who.species is not Species.HUMAN:
        outline = outline * _BEAST_HEAD
    if abs(turn) > SIDEWAYS and not person.behind:
        outline = _profile(outline, turn=turn, nose=0.03 + 0.7 * pen.style.features.nose_size)
    color = who.skin if who.species is Species.HUMAN else who.hair
    pen.blob(outline, color, shaded=0.45)
    if person.behind:
        _nape(pen, who)
        return
    _fringe_shadow(pen, who, turn=turn)
    _face(pen, person)
    if who.species is Species.HUMAN:
        draw_front(pen, who, turn=turn)
        _side_ear(pen, who, turn=turn)
    draw_extra(pen, person)


def draw_back_hair(pen: Pen, person: Person) -> None:
    """Draw what lies behind the neck."""
    if person.character.species is Species.HUMAN:
        draw_back(pen, person.character, turn=person.turn)


def _nape(pen: Pen, who: Character) -> None:
    if who.species is Species.HUMAN:
        half = pen.style.build.head_width / 2 + 0.03
        pen.blob(
            smooth(
                points(
                    (-half, 0.1),
                    (-half * 0.9, -0.35),
                    (0, -0.56),
                    (half * 0.9, -0.35),
                    (half, 0.1),
                    (half * 0.6, 0.42),
                    (0, 0.36),
                    (-half * 0.6, 0.42),
                )
            ),
            who.hair,
        )


def _fringe_shadow(pen: Pen, who: Character, *, turn: float) -> None:
    if who.species is Species.HUMAN and who.cut is not Cut.BALD and abs(turn) < SIDEWAYS:
        half = pen.style.build.head_width / 2 * 0.84
        x = turn * 0.1
        pen.shadow(
            smooth(
                points(
                    (x - half, -0.3),
                    (x, -0.42),
                    (x + half, -0.3),
                    (x + half, -0.12),
                    (x, -0.16),
                    (x - half, -0.12),
                )
            )
        )


def draw_ears(pen: Pen, who: Character, *, turn: float) -> None:
    """Draw the ears of a human or a beast."""
    if who.species is not Species.HUMAN:
        BEAST_EARS[who.species](pen, who, turn)
        return
    half, size = pen.style.build.head_width / 2, pen.style.features.ears
    if abs(turn) > SIDEWAYS:
        return
    for side in (-1.0, 1.0):
        x = side * half * 0.99 - turn * 0.16
        if side * turn < 0.3 and size:  # noqa: PLR2004 - the far ear is hidden
            pen.blob(ellipse(x, 0.08, rx=0.07 * size, ry=0.11 * size, count=14), who.skin)


def _face(pen: Pen, person: Person) -> None:
    ball = Ball(pen.style.build.head_width / 2, person.turn)
    who = person.character
    if who.species not in {Species.HUMAN, Species.ROBOT}:
        draw_muzzle(pen, who, ball=ball)
    _blush(pen, person, ball=ball)
    _eyes(pen, person, ball=ball)
    if who.species in {Species.HUMAN, Species.ROBOT} and abs(person.turn) < SIDEWAYS:
        NOSES[pen.style.features.nose](pen, ball, who.skin)
    draw_mouth(pen, person, ball=ball)
    if person.mood is Mood.CRYING:
        for side in (-1.0, 1.0):
            x = ball.x(side * 0.5)
            pen.spot(ellipse(x, 0.25, rx=0.035, ry=0.07, count=12), (140, 200, 250))


def _side_ear(pen: Pen, who: Character, *, turn: float) -> None:
    """Draw the ear of a head in profile, where the hair leaves it free."""
    size = pen.style.features.ears
    if abs(turn) > SIDEWAYS and who.cut in _FREE_EARS and size:
        x = -0.08 * turn
        pen.blob(ellipse(x, 0.08, rx=0.075 * size, ry=0.115 * size, count=14), who.skin)
        pen.stroke(arc((x + 0.03, 0.02), (x + 0.02, 0.13), bend=0.03), 0.6)


def _eyes(pen: Pen, person: Person, *, ball: Ball) -> None:
    face, who = pen.style.features, person.character
    reach = ball.half * 0.74
    young = {Age.CHILD: 1.14, Age.OLD: 0.82}.get(who.age, 1.0)
    for side in (-1.0, 1.0):
        seen = ball.seen(side * face.eye_apart)
        if seen < 0.3:  # noqa: PLR2004 - round the corner
            continue
        eye = Eye(
            x=max(-reach, min(reach, ball.x(side * face.eye_apart))),
            y=face.eye_height,
            rx=face.eye_size * face.eye_width * young * (0.45 + 0.55 * seen),
            ry=face.eye_size * young,
            side=side,
            look=max(-1.0, min(1.0, person.turn)) * 0.6,
            open=_OPEN.get(person.mood, 1.0),
            color=who.eyes,
            mood=person.mood,
        )
        draw_eye(pen, eye)
        if face.brow and who.species is Species.HUMAN:
            draw_brow(pen, eye, thick=face.brow * (1.5 if who.age is Age.OLD else 1.0))


def _blush_lines(pen: Pen, x: float) -> None:
    count = pen.style.features.blush_lines
    for k in range(count):
        left = x + (k - (count - 1) / 2) * 0.045
        pen.stroke(points((left + 0.015, 0.19), (left - 0.015, 0.25)), 0.7)


def _blush(pen: Pen, person: Person, *, ball: Ball) -> None:
    strong = pen.style.features.blush
    if strong <= 0 or person.mood in {Mood.ANGRY, Mood.SHOUTING}:
        return
    skin = person.character.skin if person.character.species is Species.HUMAN else person.character.hair
    for side in (-1.0, 1.0):
        seen = ball.seen(side * 0.75)
        if seen > 0.25 and pen.style.features.blush_lines:  # noqa: PLR2004 - round the corner
            _blush_lines(pen, ball.x(side * 0.72))
        elif seen > 0.25:  # noqa: PLR2004 - round the corner
            pen.spot(
                ellipse(ball.x(side * 0.72), 0.22, rx=0.085 * seen + 0.02, ry=0.045, count=14),
                mix(skin, BLUSH, strong),
            )
