"""Places a scene may play in: room, street, nature."""

from collections.abc import Callable

import numpy as np

from scraper.studio.canvas import Pen
from scraper.studio.content import Place, Scene, Time
from scraper.studio.dice import Dice
from scraper.studio.palette import darker, lighter
from scraper.studio.rooms import draw_cafe, draw_room, draw_school
from scraper.studio.shapes import Points, box, ellipse, points, smooth
from scraper.studio.sky import count_of, draw_sky, draw_weather, lit
from scraper.studio.style import RGB


def draw_place(pen: Pen, scene: Scene) -> None:
    """Draw a scene's place with everything in it."""
    dice = Dice(scene.seed, "place")
    _PLACES[scene.place](pen, scene, dice)
    draw_weather(pen, scene)


def _hill(x: float, *, width: float, top: float, steep: float) -> Points:
    curve = smooth(
        points(
            (x - width, 1.1),
            (x - width * 0.55, top + steep * 0.55),
            (x, top),
            (x + width * 0.6, top + steep * 0.6),
            (x + width, 1.1),
        ),
        closed=False,
    )
    return np.concatenate([curve, points((x, 1.2))])


def _hills(pen: Pen, scene: Scene, dice: Dice) -> None:
    draw_sky(pen, scene, dice)
    for k, color in enumerate(((140, 170, 190), (118, 168, 130), (96, 156, 88))):
        top = scene.horizon - 0.2 + k * 0.12
        for _ in range(2):
            pen.blob(
                _hill(
                    dice.between(0, pen.canvas.width),
                    width=dice.between(0.8, 1.5),
                    top=top + dice.between(-0.05, 0.05),
                    steep=0.4,
                ),
                lit(scene, color),
                shaded=0.4,
            )
    for _ in range(count_of(pen, 5)):
        _tree(
            pen,
            scene,
            at=(dice.between(0, pen.canvas.width), dice.between(0.82, 0.98)),
            size=dice.between(0.1, 0.2),
            dice=dice,
        )


def _tree(pen: Pen, scene: Scene, *, at: tuple[float, float], size: float, dice: Dice) -> None:
    x, y = at
    leaf = lit(scene, dice.pick(((82, 140, 78), (104, 160, 82), (64, 118, 84), (190, 140, 70))))
    pen.blob(box(x - size * 0.12, y - size * 0.6, right=x + size * 0.12, bottom=y), lit(scene, (120, 84, 60)))
    if dice.chance(0.5):
        for step in (0.0, 0.55, 1.0):
            w = size * (0.75 - step * 0.35)
            pen.blob(
                points(
                    (x - w, y - size * (0.5 + step)),
                    (x, y - size * (1.3 + step)),
                    (x + w, y - size * (0.5 + step)),
                ),
                leaf,
            )
    else:
        crown = smooth(
            points(
                (x - size * 0.7, y - size * 0.9),
                (x - size * 0.4, y - size * 1.6),
                (x + size * 0.3, y - size * 1.75),
                (x + size * 0.75, y - size * 1.1),
                (x + size * 0.4, y - size * 0.55),
                (x - size * 0.4, y - size * 0.5),
            )
        )
        pen.blob(crown, leaf)


def _forest(pen: Pen, scene: Scene, dice: Dice) -> None:
    draw_sky(pen, scene, dice)
    pen.blob(
        box(-0.1, scene.horizon, right=pen.canvas.width + 0.1, bottom=1.1),
        lit(scene, (112, 150, 84)),
        shaded=0.0,
    )
    for k in range(count_of(pen, 8)):
        far = k / 8
        _tree(
            pen,
            scene,
            at=(dice.between(0, pen.canvas.width), scene.horizon + 0.04 + far * 0.3),
            size=0.18 + far * 0.3,
            dice=dice,
        )
    _grass(pen, dice, low=0.98)


def _grass(pen: Pen, dice: Dice, *, low: float) -> None:
    for _ in range(count_of(pen, 9)):
        x, y = dice.between(0, pen.canvas.width), low - dice.between(0, 0.14)
        pen.trace(points((x, y), (x + 0.01, y - 0.05)), 0.8)
        pen.trace(points((x + 0.02, y), (x + 0.04, y - 0.04)), 0.8)


def _sea(pen: Pen, scene: Scene, dice: Dice) -> None:
    draw_sky(pen, scene, dice)
    pen.blob(
        box(-0.1, scene.horizon - 0.06, right=pen.canvas.width + 0.1, bottom=1.1),
        lit(scene, (62, 132, 186)),
        shaded=0.0,
    )
    for _ in range(count_of(pen, 10)):
        x, y = dice.between(0, pen.canvas.width), dice.between(scene.horizon, 0.84)
        reach = dice.between(0.04, 0.12) * (0.5 + y)
        pen.paint(
            smooth(
                points(
                    (x - reach, y), (x - reach / 3, y - 0.012), (x + reach / 3, y + 0.008), (x + reach, y)
                ),
                closed=False,
            ),
            lit(scene, (190, 224, 240)),
            width=0.014,
        )
    shore = smooth(
        points((-0.2, 0.92), (0.5, 0.85), (1.1, 0.9), (pen.canvas.width + 0.2, 0.82)), closed=False
    )
    pen.blob(
        np.concatenate([shore, points((pen.canvas.width + 0.2, 1.1), (-0.2, 1.1))]),
        lit(scene, (240, 216, 164)),
        shaded=0.0,
    )


def _houses(
    pen: Pen, scene: Scene, dice: Dice, *, tall: tuple[float, float], colors: tuple[RGB, ...]
) -> None:
    x = -0.05
    while x < pen.canvas.width:
        wide, high = dice.between(0.16, 0.34), dice.between(*tall)
        top = scene.horizon - high
        wall = lit(scene, dice.pick(colors))
        pen.blob(box(x, top, right=x + wide, bottom=scene.horizon + 0.05), wall, shaded=0.5)
        _windows(pen, scene, (x, top, wide), dice=dice)
        x += wide + dice.between(0.0, 0.04)


def _windows(pen: Pen, scene: Scene, house: tuple[float, float, float], *, dice: Dice) -> None:
    x, top, wide = house
    columns, rows = max(2, int(wide / 0.09)), max(2, min(4, int((scene.horizon - top) / 0.13)))
    if pen.style.behind.detail < 0.25:  # noqa: PLR2004 - plain hands
        return
    step = wide / columns
    for row in range(rows):
        for column in range(columns):
            left, up = x + step * (column + 0.25), top + 0.05 + row * 0.12
            bright = scene.time is Time.NIGHT and dice.chance(0.6)
            pen.spot(
                box(left, up, right=left + step * 0.5, bottom=up + 0.065),
                (252, 222, 130) if bright else lit(scene, (150, 182, 206)),
            )


def _street(pen: Pen, scene: Scene, dice: Dice) -> None:
    draw_sky(pen, scene, dice)
    _houses(
        pen,
        scene,
        dice,
        tall=(0.22, 0.48),
        colors=((226, 196, 160), (206, 150, 124), (190, 200, 206), (232, 222, 200), (170, 120, 110)),
    )
    width = pen.canvas.width
    pen.blob(box(-0.1, scene.horizon, right=width + 0.1, bottom=1.1), lit(scene, (150, 150, 156)), shaded=0.0)
    pen.blob(
        points(
            (width * 0.36, scene.horizon),
            (width * 0.64, scene.horizon),
            (width * 1.1, 1.1),
            (-width * 0.1, 1.1),
        ),
        lit(scene, (96, 98, 108)),
        shaded=0.0,
    )
    for k in range(3):
        y = scene.horizon + 0.03 + k * k * 0.05 + k * 0.03
        pen.spot(
            points(
                (width / 2 - 0.01, y),
                (width / 2 + 0.01, y),
                (width / 2 + 0.018, y + 0.05),
                (width / 2 - 0.018, y + 0.05),
            ),
            (240, 240, 230),
        )
    _lamp_post(pen, dice.pick((0.12, width - 0.12)))


def _lamp_post(pen: Pen, x: float) -> None:
    pen.blob(box(x - 0.012, 0.24, right=x + 0.012, bottom=0.9), (70, 74, 84))
    pen.blob(ellipse(x, 0.22, rx=0.04, ry=0.05, count=16), (255, 236, 170), shaded=0.0)


def _city(pen: Pen, scene: Scene, dice: Dice) -> None:
    draw_sky(pen, scene, dice)
    _houses(
        pen,
        scene,
        dice,
        tall=(0.36, 0.62),
        colors=((120, 136, 160), (140, 150, 170), (100, 112, 140), (160, 166, 180)),
    )
    pen.blob(
        box(-0.1, scene.horizon, right=pen.canvas.width + 0.1, bottom=1.1),
        lit(scene, (110, 114, 126)),
        shaded=0.0,
    )
    _houses(pen, scene, dice, tall=(0.1, 0.2), colors=((90, 96, 116), (76, 84, 108)))


def _castle(pen: Pen, scene: Scene, dice: Dice) -> None:
    draw_sky(pen, scene, dice)
    stone, roof = (
        lit(scene, (186, 180, 186)),
        lit(scene, dice.pick(((88, 110, 170), (160, 80, 90), (90, 140, 120)))),
    )
    middle, base = dice.between(0.5, pen.canvas.width - 0.5), scene.horizon + 0.08
    pen.blob(box(middle - 0.36, base - 0.26, right=middle + 0.36, bottom=base), stone)
    for x, high in ((-0.36, 0.4), (-0.14, 0.5), (0.14, 0.46), (0.36, 0.38)):
        pen.blob(
            box(middle + x - 0.06, base - high, right=middle + x + 0.06, bottom=base), lighter(stone, 0.1)
        )
        pen.blob(
            points(
                (middle + x - 0.08, base - high),
                (middle + x, base - high - 0.17),
                (middle + x + 0.08, base - high),
            ),
            roof,
        )
        pen.spot(
            box(middle + x - 0.015, base - high + 0.06, right=middle + x + 0.015, bottom=base - high + 0.12),
            darker(stone, 0.5),
        )
    pen.blob(_hill(middle, width=1.6, top=base - 0.03, steep=0.2), lit(scene, (110, 156, 92)), shaded=0.3)
    _grass(pen, dice, low=0.98)


_PLACES: dict[Place, Callable[[Pen, Scene, Dice], None]] = {
    Place.ROOM: draw_room,
    Place.SCHOOL: draw_school,
    Place.STREET: _street,
    Place.FOREST: _forest,
    Place.HILLS: _hills,
    Place.SEA: _sea,
    Place.CITY: _city,
    Place.CASTLE: _castle,
    Place.CAFE: draw_cafe,
}
