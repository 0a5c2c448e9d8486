"""What is worn on the head."""

from collections.abc import Callable

import numpy as np

from scraper.studio.canvas import Pen
from scraper.studio.content import Age, Extra, Person, Species
from scraper.studio.features import FLESH, SIDEWAYS, Ball
from scraper.studio.palette import darker
from scraper.studio.shapes import ellipse, points, smooth


def draw_extra(pen: Pen, person: Person) -> None:
    """Draw what a character always wears on the head."""
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
        if side * person.turn < SIDEWAYS:
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
    pen.spot(ellipse(x, y + 0.01, rx=0.08, ry=0.022, count=12), FLESH)


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
