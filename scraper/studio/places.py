"""Places a scene may play in: room, street, nature."""

from collections.abc import Callable

import numpy as np

from scraper.studio.canvas import Pen
from scraper.studio.content import Place, Scene, Time, Weather
from scraper.studio.dice import Dice
from scraper.studio.palette import darker, lighter, mix
from scraper.studio.shapes import Points, box, ellipse, points, smooth
from scraper.studio.style import RGB

_SKIES: dict[Time, tuple[RGB, RGB]] = {
    Time.DAY: ((116, 182, 238), (216, 238, 250)),
    Time.DUSK: ((150, 96, 150), (252, 176, 116)),
    Time.NIGHT: ((26, 30, 68), (70, 84, 140)),
}
_LIGHTS: dict[Time, tuple[RGB, float]] = {
    Time.DAY: ((255, 255, 255), 0.0),
    Time.DUSK: (((206, 110, 80)), 0.32),
    Time.NIGHT: ((24, 28, 70), 0.55),
}


def sky_of(scene: Scene) -> tuple[RGB, RGB]:
    """Return a scene's sky above and at the horizon."""
    return _SKIES[scene.time]


def lit(scene: Scene, color: RGB) -> RGB:
    """Return a thing's colour in the light of the time of day."""
    light, share = _LIGHTS[scene.time]
    return mix(color, light, share)


def draw_place(pen: Pen, scene: Scene) -> None:
    """Draw a scene's place with everything in it."""
    dice = Dice(scene.seed, "place")
    _PLACES[scene.place](pen, scene, dice)
    draw_weather(pen, scene)


def _count(pen: Pen, most: int) -> int:
    return max(2, round(most * (0.45 + 0.55 * pen.style.behind.detail)))


def _sky(pen: Pen, scene: Scene, dice: Dice) -> None:
    top, low = sky_of(scene)
    width = pen.canvas.width
    bands = 1 if pen.style.behind.detail < 0.3 else 5  # noqa: PLR2004 - plain hands
    for band in range(bands):
        pen.spot(
            box(-0.1, band / bands - 0.02, right=width + 0.1, bottom=1.05),
            mix(top, low, band / max(1, bands - 1)),
        )
    x, y = dice.between(0.2, width - 0.2), dice.between(0.12, 0.3)
    if scene.time is Time.NIGHT:
        pen.spot(ellipse(x, y, rx=0.08, ry=0.08), (248, 244, 214))
        for _ in range(_count(pen, 14)):
            star = ellipse(dice.between(0, width), dice.between(0, 0.6), rx=0.007, ry=0.007, count=6)
            pen.spot(star, (240, 240, 255))
    elif scene.weather is not Weather.RAIN:
        pen.blob(ellipse(x, y, rx=0.09, ry=0.09), (255, 226, 130), shaded=0.0)
    if scene.weather in {Weather.CLOUDS, Weather.RAIN, Weather.PETALS}:
        for _ in range(_count(pen, 4)):
            _cloud(
                pen,
                (dice.between(0, width), dice.between(0.08, 0.42)),
                dice.between(0.1, 0.2),
                color=mix(low, (255, 255, 255), 0.75),
            )


def _cloud(pen: Pen, at: tuple[float, float], size: float, *, color: RGB) -> None:
    x, y = at
    puff = smooth(
        points(
            (x - size * 1.4, y + size * 0.4),
            (x - size * 0.9, y - size * 0.1),
            (x - size * 0.35, y - size * 0.5),
            (x + size * 0.3, y - size * 0.35),
            (x + size * 0.9, y - size * 0.15),
            (x + size * 1.4, y + size * 0.4),
            (x, y + size * 0.46),
        ),
        steps=3,
    )
    pen.blob(puff, color, shaded=0.5)


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
    _sky(pen, scene, dice)
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
    for _ in range(_count(pen, 5)):
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
    _sky(pen, scene, dice)
    pen.blob(
        box(-0.1, scene.horizon, right=pen.canvas.width + 0.1, bottom=1.1),
        lit(scene, (112, 150, 84)),
        shaded=0.0,
    )
    for k in range(_count(pen, 8)):
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
    for _ in range(_count(pen, 9)):
        x, y = dice.between(0, pen.canvas.width), low - dice.between(0, 0.14)
        pen.trace(points((x, y), (x + 0.01, y - 0.05)), 0.8)
        pen.trace(points((x + 0.02, y), (x + 0.04, y - 0.04)), 0.8)


def _sea(pen: Pen, scene: Scene, dice: Dice) -> None:
    _sky(pen, scene, dice)
    pen.blob(
        box(-0.1, scene.horizon - 0.06, right=pen.canvas.width + 0.1, bottom=1.1),
        lit(scene, (62, 132, 186)),
        shaded=0.0,
    )
    for _ in range(_count(pen, 10)):
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
    _sky(pen, scene, dice)
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
    _sky(pen, scene, dice)
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
    _sky(pen, scene, dice)
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


def _room(pen: Pen, scene: Scene, dice: Dice) -> None:
    width = pen.canvas.width
    wall = lit(scene, dice.pick(((238, 222, 196), (206, 220, 226), (222, 206, 220), (212, 224, 200))))
    pen.spot(box(-0.1, -0.1, right=width + 0.1, bottom=1.1), wall)
    pen.blob(
        box(-0.1, scene.horizon + 0.1, right=width + 0.1, bottom=1.1), lit(scene, (176, 132, 94)), shaded=0.0
    )
    left = dice.between(0.1, width - 0.6)
    _window(pen, scene, left)
    right = (left + 0.75) % (width - 0.2)
    pen.blob(box(right, 0.25, right=right + 0.34, bottom=scene.horizon + 0.14), lit(scene, (156, 108, 72)))
    for row in range(3):
        up = 0.29 + row * 0.14
        pen.spot(
            box(right + 0.025, up, right=right + 0.315, bottom=up + 0.11),
            darker(lit(scene, (156, 108, 72)), 0.4),
        )
        x = right + 0.035
        while x < right + 0.27:
            thick = dice.between(0.025, 0.05)
            color = lit(
                scene,
                dice.pick(((190, 80, 70), (80, 120, 170), (220, 180, 90), (100, 150, 110), (230, 226, 214))),
            )
            pen.spot(box(x, up + dice.between(0.01, 0.03), right=x + thick * 0.85, bottom=up + 0.11), color)
            x += thick


def _window(pen: Pen, scene: Scene, left: float) -> None:
    top, low = sky_of(scene)
    pen.blob(box(left, 0.08, right=left + 0.46, bottom=0.5), (246, 244, 238), shaded=0.0)
    pen.spot(box(left + 0.03, 0.11, right=left + 0.43, bottom=0.3), top)
    pen.spot(box(left + 0.03, 0.28, right=left + 0.43, bottom=0.47), low)
    pen.blob(
        box(left + 0.22, 0.1, right=left + 0.245, bottom=0.48), (246, 244, 238), outlined=0.5, shaded=0.0
    )
    for x in (left - 0.07, left + 0.4):
        pen.blob(
            points((x, 0.04), (x + 0.13, 0.04), (x + 0.1, 0.3), (x + 0.13, 0.56), (x, 0.56)),
            lit(scene, (214, 150, 140)),
        )


def _school(pen: Pen, scene: Scene, dice: Dice) -> None:
    width = pen.canvas.width
    pen.spot(box(-0.1, -0.1, right=width + 0.1, bottom=1.1), lit(scene, (232, 228, 210)))
    pen.blob(box(0.3, 0.1, right=width - 0.3, bottom=0.46), (52, 96, 80), shaded=0.0)
    for row in range(2):
        y = 0.2 + row * 0.11
        pen.paint(points((0.4, y), (0.4 + dice.between(0.2, 0.5), y)), (220, 230, 220), width=0.012)
    pen.blob(
        box(-0.1, scene.horizon + 0.06, right=width + 0.1, bottom=1.1),
        lit(scene, (196, 160, 116)),
        shaded=0.0,
    )
    for k in range(4):
        x = 0.1 + k * 0.44 + dice.between(-0.03, 0.03)
        pen.blob(
            points((x, 0.72), (x + 0.28, 0.72), (x + 0.32, 0.78), (x - 0.04, 0.78)),
            lit(scene, (214, 170, 116)),
        )
        for leg in (x, x + 0.26):
            pen.blob(box(leg, 0.78, right=leg + 0.02, bottom=0.98), lit(scene, (130, 134, 146)))


def _cafe(pen: Pen, scene: Scene, dice: Dice) -> None:
    width = pen.canvas.width
    pen.spot(box(-0.1, -0.1, right=width + 0.1, bottom=1.1), lit(scene, (190, 146, 116)))
    _window(pen, scene, dice.between(0.1, width - 0.6))
    for k in range(3):
        x = 0.25 + k * 0.56
        pen.trace(points((x, -0.02), (x, 0.14)), 0.8)
        pen.blob(points((x - 0.09, 0.22), (x - 0.04, 0.13), (x + 0.04, 0.13), (x + 0.09, 0.22)), (70, 74, 84))
        pen.spot(ellipse(x, 0.23, rx=0.05, ry=0.02, count=12), (255, 236, 170))
    pen.blob(box(-0.1, 0.74, right=width + 0.1, bottom=1.1), lit(scene, (122, 82, 60)), shaded=0.0)
    pen.blob(box(-0.1, 0.7, right=width + 0.1, bottom=0.77), lit(scene, (156, 108, 76)), shaded=0.0)


_PLACES: dict[Place, Callable[[Pen, Scene, Dice], None]] = {
    Place.ROOM: _room,
    Place.SCHOOL: _school,
    Place.STREET: _street,
    Place.FOREST: _forest,
    Place.HILLS: _hills,
    Place.SEA: _sea,
    Place.CITY: _city,
    Place.CASTLE: _castle,
    Place.CAFE: _cafe,
}
INDOORS = frozenset({Place.ROOM, Place.SCHOOL, Place.CAFE})


def draw_weather(pen: Pen, scene: Scene) -> None:
    """Draw what falls from the sky."""
    if scene.place in INDOORS or scene.weather not in {Weather.RAIN, Weather.SNOW, Weather.PETALS}:
        return
    dice = Dice(scene.seed, "weather")
    for _ in range(_count(pen, 18)):
        x, y = dice.between(0, pen.canvas.width), dice.between(0, 1)
        if scene.weather is Weather.RAIN:
            pen.paint(
                points((x, y), (x - 0.02, y + 0.045), (x - 0.04, y + 0.09)), (214, 228, 244), width=0.008
            )
        elif scene.weather is Weather.SNOW:
            pen.spot(ellipse(x, y, rx=0.012, ry=0.012, count=8), (255, 255, 255))
        else:
            pen.spot(ellipse(x, y, rx=0.022, ry=0.011, count=10), (250, 186, 200))
