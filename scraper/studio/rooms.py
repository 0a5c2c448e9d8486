"""Places indoors."""

from scraper.studio.canvas import Pen
from scraper.studio.content import Scene
from scraper.studio.dice import Dice
from scraper.studio.palette import darker
from scraper.studio.shapes import box, ellipse, points
from scraper.studio.sky import lit, sky_of


def draw_room(pen: Pen, scene: Scene, dice: Dice) -> None:
    """Draw a room with a window and a bookcase."""
    width = pen.canvas.width
    wall = lit(scene, dice.pick(((238, 222, 196), (206, 220, 226), (222, 206, 220), (212, 224, 200))))
    pen.spot(box(-0.1, -0.1, right=width + 0.1, bottom=1.1), wall)
    pen.blob(
        box(-0.1, scene.horizon + 0.1, right=width + 0.1, bottom=1.1), lit(scene, (176, 132, 94)), shaded=0.0
    )
    left = dice.between(0.1, width - 0.6)
    draw_window(pen, scene, left)
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


def draw_window(pen: Pen, scene: Scene, left: float) -> None:
    """Draw a window with curtains."""
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


def draw_school(pen: Pen, scene: Scene, dice: Dice) -> None:
    """Draw a classroom."""
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


def draw_cafe(pen: Pen, scene: Scene, dice: Dice) -> None:
    """Draw a café with a counter and lamps."""
    width = pen.canvas.width
    pen.spot(box(-0.1, -0.1, right=width + 0.1, bottom=1.1), lit(scene, (190, 146, 116)))
    draw_window(pen, scene, dice.between(0.1, width - 0.6))
    for k in range(3):
        x = 0.25 + k * 0.56
        pen.trace(points((x, -0.02), (x, 0.14)), 0.8)
        pen.blob(points((x - 0.09, 0.22), (x - 0.04, 0.13), (x + 0.04, 0.13), (x + 0.09, 0.22)), (70, 74, 84))
        pen.spot(ellipse(x, 0.23, rx=0.05, ry=0.02, count=12), (255, 236, 170))
    pen.blob(box(-0.1, 0.74, right=width + 0.1, bottom=1.1), lit(scene, (122, 82, 60)), shaded=0.0)
    pen.blob(box(-0.1, 0.7, right=width + 0.1, bottom=0.77), lit(scene, (156, 108, 76)), shaded=0.0)
