"""Bodies: clothes, arms and legs under a head."""

import math
from collections.abc import Callable

from scraper.studio.canvas import Pen
from scraper.studio.content import Age, Character, Clothes, Extra, Person, Pose, Shot, Species
from scraper.studio.face import draw_back_hair, draw_head
from scraper.studio.palette import darker, lighter, mix
from scraper.studio.shapes import Frame, Points, arc, box, ellipse, limb, points, smooth
from scraper.studio.style import RGB
from scraper.studio.things import draw_thing

# Elbow and hand from the shoulder, in arm lengths, for the right arm (mirrored for the left).
_ARMS: dict[Pose, tuple[tuple[tuple[float, float], tuple[float, float]], ...]] = {
    Pose.STAND: (((0.12, 0.5), (0.1, 1.0)), ((0.12, 0.5), (0.1, 1.0))),
    Pose.WAVE: (((0.45, 0.2), (0.5, -0.4)), ((0.12, 0.5), (0.1, 1.0))),
    Pose.HIPS: (((0.45, 0.4), (0.02, 0.72)), ((0.45, 0.4), (0.02, 0.72))),
    Pose.CROSSED: (((0.16, 0.45), (-0.45, 0.42)), ((0.16, 0.45), (-0.45, 0.5))),
    Pose.POINT: (((0.45, 0.12), (1.0, 0.0)), ((0.12, 0.5), (0.1, 1.0))),
    Pose.CHEER: (((0.4, -0.2), (0.5, -0.75)), ((0.4, -0.2), (0.5, -0.75))),
    Pose.RUN: (((0.3, 0.35), (0.65, 0.1)), ((0.25, 0.4), (-0.1, 0.75))),
    Pose.HOLD: (((0.2, 0.45), (-0.12, 0.38)), ((0.12, 0.5), (0.1, 1.0))),
    Pose.CHIN: (((0.22, 0.5), (-0.3, -0.05)), ((0.16, 0.45), (-0.3, 0.5))),
}


def head_height(person: Person, pen: Pen, *, shot: Shot) -> float:
    """Return how high a head is on the picture; in full shots it follows from the hand's proportions."""
    if shot in {Shot.FULL, Shot.VIEW}:
        return person.size / (_heads(pen, person.character) + 0.15)
    return person.size


def _heads(pen: Pen, who: Character) -> float:
    heads = pen.style.build.heads
    if who.species is not Species.HUMAN:
        return 1.6 + heads * 0.2
    return 1.4 + (heads - 1.4) * (0.68 if who.age is Age.CHILD else 1.0)


def draw_person(pen: Pen, person: Person, *, shot: Shot) -> None:
    """Draw one person where the scene has put them."""
    head = head_height(person, pen, shot=shot)
    y = person.y + head * 0.55 if shot in {Shot.FULL, Shot.VIEW} else person.y
    body = pen.at(Frame(person.x, y, head, person.tilt * 0.25, person.mirror))
    face = pen.at(Frame(person.x, y, head, person.tilt, person.mirror))
    draw_back_hair(face, person)
    if shot is not Shot.EYES:
        _body(body, person, full=shot in {Shot.FULL, Shot.VIEW})
    draw_head(face, person)
    if shot in {Shot.HALF, Shot.FULL, Shot.VIEW, Shot.BUST}:
        _Arms(body, person).front()


def _trunk(pen: Pen, who: Character) -> tuple[float, float, float]:
    """Return shoulder half-width, shoulder height and hip height in heads."""
    heads = _heads(pen, who)
    shoulder = 0.5 + pen.style.build.neck
    wide = pen.style.build.shoulders * who.broad * (0.78 if who.age is Age.CHILD else 1.0)
    return wide, shoulder, shoulder + (heads - 1) * 0.42


def _body(pen: Pen, person: Person, *, full: bool) -> None:
    who = person.character
    wide, shoulder, hip = _trunk(pen, who)
    if full:
        _legs(pen, person, hip=hip)
    _Arms(pen, person).behind()
    skin = who.skin if who.species is Species.HUMAN else who.hair
    thick = 0.10 + pen.style.build.limbs * 0.5
    pen.blob(
        points(
            (-thick, 0.3), (thick, 0.3), (thick * 1.15, shoulder + 0.12), (-thick * 1.15, shoulder + 0.12)
        ),
        skin,
        shaded=0.0,
    )
    pen.shadow(points((-thick, 0.35), (thick, 0.35), (thick * 1.1, shoulder), (-thick, shoulder - 0.1)))
    torso = _torso(who, wide=wide, shoulder=shoulder, hip=hip)
    pen.blob(torso, who.cloth)
    _CLOTHES[who.clothes](pen, who, (wide, shoulder, hip))
    if who.extra is Extra.SCARF:
        pen.blob(
            smooth(
                points(
                    (-0.26, shoulder - 0.1),
                    (0, shoulder - 0.02),
                    (0.26, shoulder - 0.1),
                    (0.3, shoulder + 0.08),
                    (0, shoulder + 0.2),
                    (-0.3, shoulder + 0.08),
                )
            ),
            who.accent,
        )
        pen.blob(
            points(
                (0.1, shoulder + 0.12), (0.26, shoulder + 0.1), (0.3, shoulder + 0.6), (0.14, shoulder + 0.6)
            ),
            who.accent,
        )


def _torso(who: Character, *, wide: float, shoulder: float, hip: float) -> Points:
    waist = wide * (0.72 if who.skirt else 0.84)
    hem = wide * (1.15 if who.skirt or who.clothes in {Clothes.DRESS, Clothes.COAT} else 0.82)
    drop = hip + (0.35 if who.clothes in {Clothes.DRESS, Clothes.COAT} or who.skirt else 0.08) * (
        hip - shoulder
    )
    middle = shoulder + (hip - shoulder) * 0.6
    half = points(
        (0.14, shoulder - 0.03),
        (wide * 0.72, shoulder + 0.05),
        (wide, shoulder + 0.2),
        (waist, middle),
        (hem, drop),
    )
    other = half[::-1] * (-1.0, 1.0)
    return smooth(_with_hem(half, other), steps=3)


def _with_hem(half: Points, other: Points) -> Points:
    low = half[-1, 1] + 0.04
    return points(
        *map(tuple, half.tolist()), (0.0, low), *map(tuple, other.tolist()), (0.0, half[0, 1] + 0.07)
    )


Trunk = tuple[float, float, float]


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


_CLOTHES: dict[Clothes, Callable[[Pen, Character, Trunk], None]] = {
    Clothes.TEE: _tee,
    Clothes.HOODIE: _hoodie,
    Clothes.SUIT: _suit,
    Clothes.DRESS: _dress,
    Clothes.UNIFORM: _uniform,
    Clothes.COAT: _coat,
    Clothes.ARMOR: _armor,
    Clothes.STRIPES: _stripes,
}


class _Arms:
    """Both arms of a person; raised and folded ones lie before the body, hanging ones behind it."""

    def __init__(self, pen: Pen, person: Person) -> None:
        self.pen, self.person = pen, person
        self.wide, self.shoulder, self.hip = _trunk(pen, person.character)
        self.length = (self.hip - self.shoulder) * 1.08

    def behind(self) -> None:
        for side, joints in self._both():
            if not self._before(joints):
                self._arm(side, joints)

    def front(self) -> None:
        for side, joints in self._both():
            if self._before(joints):
                self._arm(side, joints)

    def _both(self) -> list[tuple[float, tuple[tuple[float, float], tuple[float, float]]]]:
        right, left = _ARMS[self.person.pose]
        return [(1.0, right), (-1.0, left)]

    def _before(self, joints: tuple[tuple[float, float], tuple[float, float]]) -> bool:
        return joints[1][1] < 0.6 or self.person.pose is Pose.HIPS  # noqa: PLR2004 - above the hip

    def _arm(self, side: float, joints: tuple[tuple[float, float], tuple[float, float]]) -> None:
        pen, who = self.pen, self.person.character
        root = (side * self.wide * 0.84, self.shoulder + 0.18)
        elbow, hand = ((root[0] + side * x * self.length, root[1] + y * self.length) for x, y in joints)
        thick = pen.style.build.limbs * (0.8 if who.age is Age.CHILD else 1.0)
        bare = who.clothes in {Clothes.TEE, Clothes.DRESS}
        skin = who.skin if who.species is Species.HUMAN else who.hair
        size = pen.style.build.hands
        if self.person.thing and side > 0:
            draw_thing(pen, self.person.thing, at=(hand[0], hand[1] - 0.1), size=0.5, color=who.accent)
        pen.blob(ellipse(hand[0], hand[1], rx=size, ry=size, count=16), skin)
        pen.blob(
            limb(points(root, elbow, hand), start=thick * 1.15, end=thick * 0.85),
            skin if bare else who.cloth,
            shaded=0.8,
        )
        if bare:
            middle = (root[0] * 0.6 + elbow[0] * 0.4, root[1] * 0.6 + elbow[1] * 0.4)
            pen.blob(limb(points(root, middle), start=thick * 1.3, end=thick * 1.35), who.cloth)
        if self._before(joints):
            self._fingers(hand, size=size, skin=skin)

    def _fingers(self, hand: tuple[float, float], *, size: float, skin: RGB) -> None:
        pen = self.pen
        pen.blob(ellipse(hand[0], hand[1], rx=size, ry=size * 0.95, count=16), skin)
        for step in (-0.4, 0.05, 0.5):
            x = hand[0] + size * step
            pen.trace(points((x, hand[1] - size * 0.85), (x - size * 0.06, hand[1] - size * 0.2)), 0.6)


def _legs(pen: Pen, person: Person, *, hip: float) -> None:
    who = person.character
    foot = _heads(pen, who) - 0.5
    wide, _, _ = _trunk(pen, who)
    thick = pen.style.build.limbs * 1.35
    spread = 0.5 if person.pose is Pose.RUN else 0.12
    skin = who.skin if who.species is Species.HUMAN else who.hair
    for side in (-1.0, 1.0):
        root = (side * wide * 0.4, hip - 0.05)
        end = (
            side * (wide * 0.42 + spread * (foot - hip) * 0.5),
            foot - (0.3 if side > 0 and person.pose is Pose.RUN else 0.0),
        )
        knee = ((root[0] + end[0]) / 2 + 0.05 * side, (root[1] + end[1]) / 2)
        pen.blob(
            limb(points(root, knee, end), start=thick * 1.2, end=thick * 0.8), skin if who.skirt else who.legs
        )
        shoe = ellipse(end[0] + side * 0.06, end[1], rx=thick * 1.5, ry=max(0.08, thick * 0.7), count=16)
        pen.blob(shoe, darker(who.accent, 0.35))


def angle_of(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the angle of the way from start to end."""
    return math.atan2(end[1] - start[1], end[0] - start[0])
