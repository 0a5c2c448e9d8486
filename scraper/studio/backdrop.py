"""What a hand puts behind the figures: nothing, tone, lines, a motif or the scene's place."""

import math
from collections.abc import Callable
from dataclasses import replace

from scraper.studio.canvas import Pen
from scraper.studio.content import Scene, Shot
from scraper.studio.dice import Dice, choose
from scraper.studio.palette import lighter, mix
from scraper.studio.places import draw_place
from scraper.studio.shapes import Points, box, ellipse, points, star
from scraper.studio.sky import draw_weather, sky_of
from scraper.studio.style import RGB, Backdrop, Fill

_BANDS = 14


def backdrop_of(pen: Pen, scene: Scene) -> Backdrop:
    """Say which of a hand's habits this scene gets; a view always shows its place."""
    if scene.shot is Shot.VIEW:
        return Backdrop.PLACE
    return choose(pen.style.behind.habits, scene.habit)


def draw_backdrop(pen: Pen, scene: Scene) -> None:
    """Draw everything behind the figures."""
    behind = replace(pen, figure=0, weight=pen.style.line.distance)
    if pen.style.palette.fill is Fill.ICON:
        pen.patch(_sheet(behind), pen.style.palette.stops[0])
        if scene.shot is Shot.VIEW:
            draw_place(replace(behind, weight=1.0), scene)
        return
    _BACKDROPS[backdrop_of(pen, scene)](behind, scene)


def _sheet(pen: Pen) -> Points:
    return box(-0.1, -0.1, right=pen.canvas.width + 0.1, bottom=1.1)


def mood_color(scene: Scene) -> RGB:
    """Return the colour a scene's empty ground has."""
    top, low = sky_of(scene)
    return mix(mix(top, low, 0.6), scene.thing_color, 0.35)


def _paper(_pen: Pen, _scene: Scene) -> None:
    return


def _flat(pen: Pen, scene: Scene) -> None:
    pen.spot(_sheet(pen), lighter(mood_color(scene), 0.2))


def _gradient(pen: Pen, scene: Scene) -> None:
    top, low = mood_color(scene), lighter(mood_color(scene), 0.75)
    for band in range(_BANDS):
        y = band / _BANDS - 0.01
        pen.spot(box(-0.1, y, right=pen.canvas.width + 0.1, bottom=1.1), mix(top, low, band / (_BANDS - 1)))


def _middle(pen: Pen, scene: Scene) -> tuple[float, float]:
    return (scene.people[0].x, scene.people[0].y) if scene.people else (pen.canvas.width / 2, 0.5)


def _wedges(pen: Pen, scene: Scene, *, count: int, hole: float) -> list[Points]:
    x, y = _middle(pen, scene)
    dice = Dice(scene.seed, "wedges")
    wedges = []
    for k in range(count):
        angle = (k + dice.between(-0.3, 0.3)) * 2 * math.pi / count
        spread, inner = dice.between(0.2, 0.8) * math.pi / count, hole * dice.between(0.85, 1.25)
        tip = (x + 1.3 * inner * math.cos(angle), y + inner * math.sin(angle))
        far = [
            (x + 2.2 * math.cos(angle + side), y + 2.2 * math.sin(angle + side)) for side in (-spread, spread)
        ]
        wedges.append(points(tip, *far))
    return wedges


def _speed(pen: Pen, scene: Scene) -> None:
    _flat(pen, scene)
    count = int(26 + 34 * pen.style.behind.busy)
    for wedge in _wedges(pen, scene, count=count, hole=0.5):
        if pen.style.line.weight > 0:
            pen.black(wedge)
        else:
            pen.spot(wedge, lighter(mood_color(scene), 0.6))


def _burst(pen: Pen, scene: Scene) -> None:
    pen.spot(_sheet(pen), mood_color(scene))
    for wedge in _wedges(pen, scene, count=int(10 + 12 * pen.style.behind.busy), hole=0.06):
        pen.spot(wedge, lighter(mood_color(scene), 0.45))


def _pattern(pen: Pen, scene: Scene) -> None:
    ground = lighter(mood_color(scene), 0.5)
    pen.spot(_sheet(pen), ground)
    motif = _MOTIFS[pen.style.behind.motif % len(_MOTIFS)]
    step = 0.3 - 0.14 * pen.style.behind.busy
    rows, columns = int(1 / step) + 2, int(pen.canvas.width / step) + 2
    for row in range(rows):
        for column in range(columns):
            x = (column + (row % 2) / 2) * step - 0.02
            motif(pen, (x, row * step * 0.9), step, lighter(ground, 0.55))


Spot = tuple[float, float]


def _dots(pen: Pen, at: Spot, step: float, color: RGB) -> None:
    pen.spot(ellipse(at[0], at[1], rx=step * 0.2, ry=step * 0.2, count=14), color)


def _stars(pen: Pen, at: Spot, step: float, color: RGB) -> None:
    pen.spot(star(at[0], at[1], outer=step * 0.3, inner=step * 0.13, tips=5, turn=-1.57), color)


def _bars(pen: Pen, at: Spot, step: float, color: RGB) -> None:
    pen.spot(
        points(
            (at[0] - step * 0.5, at[1] + step * 0.45),
            (at[0], at[1] - step * 0.45),
            (at[0] + step * 0.25, at[1] - step * 0.45),
            (at[0] - step * 0.25, at[1] + step * 0.45),
        ),
        color,
    )


def _blossoms(pen: Pen, at: Spot, step: float, color: RGB) -> None:
    for k in range(5):
        angle = k * 1.2566
        pen.spot(
            ellipse(
                at[0] + step * 0.16 * math.cos(angle),
                at[1] + step * 0.16 * math.sin(angle),
                rx=step * 0.12,
                ry=step * 0.12,
                count=10,
            ),
            color,
        )


def _sparkles(pen: Pen, at: Spot, step: float, color: RGB) -> None:
    pen.spot(star(at[0], at[1], outer=step * 0.34, inner=step * 0.07, tips=4), color)


def _checks(pen: Pen, at: Spot, step: float, color: RGB) -> None:
    pen.spot(
        box(at[0] - step * 0.25, at[1] - step * 0.45, right=at[0] + step * 0.25, bottom=at[1] + step * 0.02),
        color,
    )


_MOTIFS: tuple[Callable[[Pen, Spot, float, RGB], None], ...] = (
    _dots,
    _stars,
    _bars,
    _blossoms,
    _sparkles,
    _checks,
)


def _place(pen: Pen, scene: Scene) -> None:
    draw_place(pen, scene)


def _haze(pen: Pen, scene: Scene) -> None:
    """Lay soft discs of light over a tone."""
    _gradient(pen, scene)
    dice = Dice(scene.seed, "haze")
    for _ in range(int(5 + 9 * pen.style.behind.busy)):
        radius = dice.between(0.04, 0.16)
        disc = ellipse(dice.between(0, pen.canvas.width), dice.between(0, 1), rx=radius, ry=radius)
        pen.spot(disc, lighter(mood_color(scene), dice.between(0.3, 0.7)))
    draw_weather(pen, scene)


_BACKDROPS: dict[Backdrop, Callable[[Pen, Scene], None]] = {
    Backdrop.PAPER: _paper,
    Backdrop.FLAT: _flat,
    Backdrop.GRADIENT: _gradient,
    Backdrop.SPEED: _speed,
    Backdrop.PATTERN: _pattern,
    Backdrop.BURST: _burst,
    Backdrop.PLACE: _place,
    Backdrop.HAZE: _haze,
}
