"""Bodies: clothes, arms and legs under a head."""

from scraper.studio.arms import Arms
from scraper.studio.canvas import Pen
from scraper.studio.clothes import CLOTHES
from scraper.studio.content import Character, Clothes, Extra, Person, Pose, Shot, Species
from scraper.studio.face import draw_back_hair, draw_head
from scraper.studio.palette import darker
from scraper.studio.shapes import Frame, Points, arc, ellipse, limb, points, smooth
from scraper.studio.trunk import Trunk, heads_of, trunk_of

# Elbow and hand from the shoulder, in arm lengths, for the right arm (mirrored for the left).


def head_height(person: Person, pen: Pen, *, shot: Shot) -> float:
    """Return how high a head is on the picture; in full shots it follows from the hand's proportions."""
    if shot in {Shot.FULL, Shot.VIEW}:
        return person.size / (heads_of(pen, person.character) + 0.15)
    return person.size


def draw_person(pen: Pen, person: Person, *, shot: Shot) -> None:
    """Draw one person where the scene has put them."""
    head = head_height(person, pen, shot=shot)
    y = person.y + head * 0.55 if shot in {Shot.FULL, Shot.VIEW} else person.y
    body = pen.at(Frame(person.x, y, head, person.tilt * 0.25, person.mirror))
    face = pen.at(Frame(person.x, y, head, person.tilt, person.mirror))
    draw_back_hair(face, person)
    if shot is not Shot.EYES:
        _body(body, person, full=_hem(pen, person, head=head, y=y) < 1.0)
    draw_head(face, person)
    if shot in {Shot.HALF, Shot.FULL, Shot.VIEW, Shot.BUST}:
        Arms(body, person).front()


def _hem(pen: Pen, person: Person, *, head: float, y: float) -> float:
    """Return how far down the picture the trunk ends."""
    return y + head * trunk_of(pen, person.character)[2]


def _body(pen: Pen, person: Person, *, full: bool) -> None:
    who = person.character
    wide, shoulder, hip = trunk_of(pen, who)
    if full:
        _legs(pen, person, hip=hip)
    Arms(pen, person).behind()
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
    _folds(pen, (wide, shoulder, hip))
    CLOTHES[who.clothes](pen, who, (wide, shoulder, hip))
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


def _folds(pen: Pen, trunk: Trunk) -> None:
    wide, shoulder, hip = trunk
    middle = shoulder + (hip - shoulder) * 0.6
    for side in (-1.0, 1.0):
        x = side * wide
        pen.fold(arc((x * 0.82, shoulder + 0.34), (x * 0.5, shoulder + 0.46), bend=0.03))
        pen.fold(arc((x * 0.74, middle - 0.08), (x * 0.36, middle), bend=0.03 * side))
        pen.fold(arc((x * 0.74, middle + 0.04), (x * 0.42, middle + 0.02), bend=0.02))
        pen.fold(arc((x * 0.5, hip), (x * 0.56, middle + 0.14), bend=0.03 * side))


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


def _legs(pen: Pen, person: Person, *, hip: float) -> None:
    who = person.character
    foot = heads_of(pen, who) - 0.5
    wide, _, _ = trunk_of(pen, who)
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
