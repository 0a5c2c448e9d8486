"""Heads and faces."""

import math
from collections.abc import Callable

import numpy as np

from scraper.studio.canvas import Pen
from scraper.studio.content import Age, Character, Cut, Extra, Mood, Person, Species
from scraper.studio.eyes import BLACK, WHITE, Eye, draw_brow, draw_eye
from scraper.studio.hair import draw_back, draw_front
from scraper.studio.palette import darker, mix
from scraper.studio.shapes import Points, arc, box, ellipse, points, smooth
from scraper.studio.style import RGB, Build, Mouth, Nose

_SIDEWAYS = 0.8
_OPEN = {Mood.SURPRISED: 1.15, Mood.ANGRY: 0.75, Mood.SLY: 0.6, Mood.SAD: 0.8, Mood.SHOUTING: 0.9}
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
_FLESH: RGB = (150, 52, 56)
_BLUSH: RGB = (244, 140, 140)


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


def draw_head(pen: Pen, person: Person) -> None:
    """Draw head, face and hair; the pen's frame has the head's middle at (0, 0), one high."""
    who, build = person.character, pen.style.build
    turn = person.turn
    if not person.behind:
        draw_ears(pen, who, turn=turn)
    outline = head_outline(build, turn=turn)
    if abs(turn) > _SIDEWAYS and not person.behind:
        outline = _profile(outline, turn=turn, nose=0.05 + pen.style.features.nose_size)
    color = who.skin if who.species is Species.HUMAN else who.hair
    pen.blob(outline, color, shaded=0.55)
    if person.behind:
        _nape(pen, who)
        return
    _fringe_shadow(pen, who, turn=turn)
    _face(pen, person)
    if who.species is Species.HUMAN:
        draw_front(pen, who, turn=turn)
    _wear(pen, person)


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
    if who.species is Species.HUMAN and who.cut is not Cut.BALD and abs(turn) < _SIDEWAYS:
        half = pen.style.build.head_width / 2 * 0.84
        x = turn * 0.1
        pen.shadow(
            smooth(
                points(
                    (x - half, -0.3),
                    (x, -0.42),
                    (x + half, -0.3),
                    (x + half, -0.09),
                    (x, -0.13),
                    (x - half, -0.09),
                )
            )
        )


def draw_ears(pen: Pen, who: Character, *, turn: float) -> None:
    """Draw the ears of a human or a beast."""
    if who.species is not Species.HUMAN:
        _BEAST_EARS[who.species](pen, who, turn)
        return
    half, size = pen.style.build.head_width / 2, pen.style.features.ears
    for side in (-1.0, 1.0):
        x = side * half * 0.99 - turn * 0.16
        if side * turn < 0.3 and size:  # noqa: PLR2004 - the far ear is hidden
            pen.blob(ellipse(x, 0.08, rx=0.07 * size, ry=0.11 * size, count=14), who.skin)


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


_BEAST_EARS: dict[Species, Callable[[Pen, Character, float], None]] = {
    Species.CAT: _pointed_ears,
    Species.BEAR: _round_ears,
    Species.RABBIT: _long_ears,
    Species.BIRD: _tuft,
    Species.ROBOT: _antenna,
}


def _face(pen: Pen, person: Person) -> None:
    ball = Ball(pen.style.build.head_width / 2, person.turn)
    who = person.character
    if who.species not in {Species.HUMAN, Species.ROBOT}:
        _muzzle(pen, who, ball=ball)
    _blush(pen, person, ball=ball)
    _eyes(pen, person, ball=ball)
    if who.species in {Species.HUMAN, Species.ROBOT} and abs(person.turn) < _SIDEWAYS:
        _NOSES[pen.style.features.nose](pen, ball, who.skin)
    _mouth(pen, person, ball=ball)
    if person.mood is Mood.CRYING:
        for side in (-1.0, 1.0):
            x = ball.x(side * 0.5)
            pen.spot(ellipse(x, 0.25, rx=0.035, ry=0.07, count=12), (140, 200, 250))


def _eyes(pen: Pen, person: Person, *, ball: Ball) -> None:
    face, who = pen.style.features, person.character
    young = {Age.CHILD: 1.14, Age.OLD: 0.82}.get(who.age, 1.0)
    for side in (-1.0, 1.0):
        seen = ball.seen(side * face.eye_apart)
        if seen < 0.3:  # noqa: PLR2004 - round the corner
            continue
        eye = Eye(
            x=ball.x(side * face.eye_apart),
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


def _blush(pen: Pen, person: Person, *, ball: Ball) -> None:
    strong = pen.style.features.blush
    if strong <= 0 or person.mood in {Mood.ANGRY, Mood.SHOUTING}:
        return
    skin = person.character.skin if person.character.species is Species.HUMAN else person.character.hair
    for side in (-1.0, 1.0):
        seen = ball.seen(side * 0.75)
        if seen > 0.25:  # noqa: PLR2004 - round the corner
            pen.spot(
                ellipse(ball.x(side * 0.72), 0.22, rx=0.085 * seen + 0.02, ry=0.045, count=14),
                mix(skin, _BLUSH, strong),
            )


def _muzzle(pen: Pen, who: Character, *, ball: Ball) -> None:
    x = ball.x(0.0) * 0.9
    if who.species is Species.BIRD:
        beak = points((x - 0.13, 0.14), (x, 0.09), (x + 0.13, 0.14), (x, 0.3))
        pen.blob(beak, (244, 176, 60))
        return
    pen.spot(ellipse(x, 0.24, rx=0.2, ry=0.16), mix(who.hair, WHITE, 0.6))
    pen.spot(ellipse(x, 0.15, rx=0.055, ry=0.04, count=12), BLACK)


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
        mix(skin, _BLUSH, 0.35),
        shaded=0.5,
    )


_NOSES: dict[Nose, Callable[[Pen, Ball, RGB], None]] = {
    Nose.NONE: _no_nose,
    Nose.DOT: _dot_nose,
    Nose.TICK: _tick_nose,
    Nose.HOOK: _hook_nose,
    Nose.WEDGE: _wedge_nose,
    Nose.BUTTON: _button_nose,
}


def _mouth(pen: Pen, person: Person, *, ball: Ball) -> None:
    if person.character.species is Species.BIRD:
        return
    face = pen.style.features
    x, y = ball.x(0.0) * 0.92, face.mouth_height
    half = face.mouth_size * (0.35 + 0.65 * ball.seen(0.0)) * (1.25 if face.mouth is Mouth.WIDE else 1.0)
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
    pen.spot(outline, _FLESH)
    pen.spot(ellipse(x, y + deep * 0.78, rx=half * 0.42, ry=deep * 0.2, count=12), (230, 120, 120))
    pen.stroke(np.concatenate([outline, outline[:1]]), 1.0, taper=0.0)


def _wear(pen: Pen, person: Person) -> None:
    draw = _EXTRAS.get(person.character.extra)
    if draw:
        draw(pen, person)


def _glasses(pen: Pen, person: Person) -> None:
    face = pen.style.features
    ball = Ball(pen.style.build.head_width / 2, person.turn)
    size = max(0.13, face.eye_size * 1.05)
    for side in (-1.0, 1.0):
        seen = ball.seen(side * face.eye_apart)
        if seen > 0.3:  # noqa: PLR2004 - round the corner
            ring = ellipse(
                ball.x(side * face.eye_apart), face.eye_height, rx=size * (0.4 + 0.6 * seen), ry=size
            )
            pen.stroke(np.concatenate([ring, ring[:2]]), 1.1, taper=0.0)
    pen.stroke(points((ball.x(-0.12), face.eye_height), (ball.x(0.12), face.eye_height)), 1.0)


def _cap(pen: Pen, person: Person) -> None:
    half, ahead = pen.style.build.head_width / 2 + 0.1, person.turn or 0.2
    dome = smooth(
        points((-half, -0.16), (-half * 0.9, -0.5), (0, -0.68), (half * 0.9, -0.5), (half, -0.16), (0, -0.26))
    )
    pen.blob(dome, person.character.accent)
    x = ahead * 0.4
    pen.blob(
        smooth(points((x - half * 0.9, -0.2), (x, -0.3), (x + half * 0.9, -0.2), (x, -0.12))),
        darker(person.character.accent, 0.25),
    )


def _witch_hat(pen: Pen, person: Person) -> None:
    half = pen.style.build.head_width / 2 + 0.1
    pen.blob(
        smooth(
            points((-half * 0.85, -0.34), (-0.12, -1.0), (0.22, -1.22), (0.16, -0.9), (half * 0.85, -0.34))
        ),
        person.character.cloth,
    )
    pen.blob(ellipse(0.0, -0.34, rx=half * 1.6, ry=0.12, count=28), person.character.cloth)
    pen.spot(
        smooth(
            points(
                (-half * 0.8, -0.42),
                (0, -0.36),
                (half * 0.8, -0.42),
                (half * 0.72, -0.52),
                (0, -0.46),
                (-half * 0.72, -0.52),
            )
        ),
        person.character.accent,
    )


def _headphones(pen: Pen, person: Person) -> None:
    half = pen.style.build.head_width / 2 + 0.06
    band = smooth(
        points((-half, 0.0), (-half * 0.8, -0.48), (0, -0.66), (half * 0.8, -0.48), (half, 0.0)), closed=False
    )
    pen.blob(np.concatenate([band, (band * 0.9 + (0, 0.0))[::-1]]), person.character.accent)
    for side in (-1.0, 1.0):
        if side * person.turn < _SIDEWAYS:
            pen.blob(
                ellipse(side * half - person.turn * 0.12, 0.08, rx=0.1, ry=0.16), person.character.accent
            )


def _ribbon(pen: Pen, person: Person) -> None:
    x, y = person.character.side * 0.3, -0.46
    for side in (-1.0, 1.0):
        pen.blob(
            points((x, y), (x + side * 0.22, y - 0.13), (x + side * 0.2, y + 0.12)), person.character.accent
        )
    pen.blob(ellipse(x, y, rx=0.05, ry=0.05, count=10), person.character.accent)


def _earrings(pen: Pen, person: Person) -> None:
    half = pen.style.build.head_width / 2
    for side in (-1.0, 1.0):
        pen.spot(ellipse(side * half - person.turn * 0.14, 0.24, rx=0.035, ry=0.05, count=10), (240, 200, 90))


def _scar(pen: Pen, person: Person) -> None:
    x = Ball(pen.style.build.head_width / 2, person.turn).x(0.6 * person.character.side)
    pen.stroke(points((x - 0.05, 0.16), (x + 0.06, 0.3)), 0.9)
    pen.stroke(points((x - 0.02, 0.25), (x + 0.05, 0.2)), 0.7)


def _beard(pen: Pen, person: Person) -> None:
    if person.character.age in {Age.CHILD, Age.TEEN} or person.character.species is not Species.HUMAN:
        return
    half, x = pen.style.build.head_width / 2, person.turn * 0.12
    lower = points(
        (-half * 0.94, 0.12),
        (-half * 0.8, 0.42),
        (x, 0.62),
        (half * 0.8, 0.42),
        (half * 0.94, 0.12),
        (x + 0.24, 0.3),
        (x + 0.16, 0.25),
        (x, 0.27),
        (x - 0.16, 0.25),
        (x - 0.24, 0.3),
    )
    pen.blob(smooth(lower, steps=3), person.character.hair, shaded=0.4)
    y = pen.style.features.mouth_height
    pen.spot(ellipse(x, y + 0.01, rx=0.08, ry=0.022, count=12), _FLESH)


_EXTRAS: dict[Extra, Callable[[Pen, Person], None]] = {
    Extra.GLASSES: _glasses,
    Extra.CAP: _cap,
    Extra.WITCH_HAT: _witch_hat,
    Extra.HEADPHONES: _headphones,
    Extra.RIBBON: _ribbon,
    Extra.EARRINGS: _earrings,
    Extra.SCAR: _scar,
    Extra.BEARD: _beard,
}
