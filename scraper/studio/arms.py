"""Arms and hands."""

from scraper.studio.canvas import Pen
from scraper.studio.content import Age, Clothes, Person, Pose, Species
from scraper.studio.shapes import arc, ellipse, limb, points
from scraper.studio.style import RGB
from scraper.studio.things import draw_thing
from scraper.studio.trunk import trunk_of

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


class Arms:
    """Both arms of a person; raised and folded ones lie before the body, hanging ones behind it."""

    def __init__(self, pen: Pen, person: Person) -> None:
        self.pen, self.person = pen, person
        self.wide, self.shoulder, self.hip = trunk_of(pen, person.character)
        self.length = (self.hip - self.shoulder) * 1.08

    def behind(self) -> None:
        """Draw the arms that hang behind the body."""
        for side, joints in self._both():
            if not self._before(joints):
                self._arm(side, joints)

    def front(self) -> None:
        """Draw the arms that lie before the body."""
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
        if not bare:
            pen.fold(
                arc((elbow[0] - thick * 0.9, elbow[1]), (elbow[0] + thick * 0.5, elbow[1] + 0.03), bend=0.03)
            )
            pen.fold(
                arc(
                    (elbow[0] - thick * 0.7, elbow[1] - 0.1),
                    (elbow[0] + thick * 0.3, elbow[1] - 0.06),
                    bend=0.03,
                )
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
