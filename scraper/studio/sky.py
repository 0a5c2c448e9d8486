"""Sky, light and weather."""

from scraper.studio.canvas import Pen
from scraper.studio.content import Place, Scene, Time, Weather
from scraper.studio.dice import Dice
from scraper.studio.palette import mix
from scraper.studio.shapes import box, ellipse, points, smooth
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


def count_of(pen: Pen, most: int) -> int:
    """Return how many of a thing a hand of its detail draws."""
    return max(2, round(most * (0.45 + 0.55 * pen.style.behind.detail)))


def draw_sky(pen: Pen, scene: Scene, dice: Dice) -> None:
    """Draw the sky with sun or moon, stars and clouds."""
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
        for _ in range(count_of(pen, 14)):
            star = ellipse(dice.between(0, width), dice.between(0, 0.6), rx=0.007, ry=0.007, count=6)
            pen.spot(star, (240, 240, 255))
    elif scene.weather is not Weather.RAIN:
        pen.blob(ellipse(x, y, rx=0.09, ry=0.09), (255, 226, 130), shaded=0.0)
    if scene.weather in {Weather.CLOUDS, Weather.RAIN, Weather.PETALS}:
        for _ in range(count_of(pen, 4)):
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


INDOORS = frozenset({Place.ROOM, Place.SCHOOL, Place.CAFE})


def draw_weather(pen: Pen, scene: Scene) -> None:
    """Draw what falls from the sky."""
    if scene.place in INDOORS or scene.weather not in {Weather.RAIN, Weather.SNOW, Weather.PETALS}:
        return
    dice = Dice(scene.seed, "weather")
    for _ in range(count_of(pen, 18)):
        x, y = dice.between(0, pen.canvas.width), dice.between(0, 1)
        if scene.weather is Weather.RAIN:
            pen.paint(
                points((x, y), (x - 0.02, y + 0.045), (x - 0.04, y + 0.09)), (214, 228, 244), width=0.008
            )
        elif scene.weather is Weather.SNOW:
            pen.spot(ellipse(x, y, rx=0.012, ry=0.012, count=8), (255, 255, 255))
        else:
            pen.spot(ellipse(x, y, rx=0.022, ry=0.011, count=10), (250, 186, 200))
