"""Signs that say what a scale measures, in any language: one for little of a trait, one for much."""

import math
from collections.abc import Callable, Mapping

from PIL import Image, ImageDraw

from bot.sheet import CARD, INK, PAPER, SMOOTH, Colour
from storage.answers import Trait

SIZE = 34
_SIDE = SIZE * SMOOTH
_GREY: Colour = (150, 155, 168)

Draw = Callable[[ImageDraw.ImageDraw], None]


def signs(trait: Trait) -> tuple[Image.Image, Image.Image]:
    """Draw the signs for little and for much of a trait, RGB [34, 34] on paper."""
    little, much = _SIGNS[trait]
    return _drawn(little), _drawn(much)


def _drawn(draw: Draw) -> Image.Image:
    large = Image.new("RGB", (_SIDE, _SIDE), PAPER)
    draw(ImageDraw.Draw(large))
    return large.resize((SIZE, SIZE), Image.Resampling.BOX)


def _stroke(width: float, colour: Colour) -> Draw:
    """Draw a wave of a line."""

    def draw(pen: ImageDraw.ImageDraw) -> None:
        half = width * SMOOTH / 2
        for step in range(4 * SIZE):
            x = SMOOTH * (4 + (SIZE - 8) * step / (4 * SIZE))
            y = _SIDE / 2 - math.sin(step / (4 * SIZE) * 2 * math.pi) * _SIDE / 5
            pen.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    return draw


def _tiles(*colours: Colour) -> Draw:
    """Draw a tile of these colours side by side."""

    def draw(pen: ImageDraw.ImageDraw) -> None:
        low, high = 3 * SMOOTH, _SIDE - 3 * SMOOTH
        edges = [low + (high - low) * place // len(colours) for place in range(len(colours) + 1)]
        pen.rectangle((low - SMOOTH, low - SMOOTH, high + SMOOTH, high + SMOOTH), fill=_GREY)
        for colour, left, right in zip(colours, edges, edges[1:], strict=False):
            pen.rectangle((left, low, right - 1, high), fill=colour)

    return draw


def _shades(count: int) -> Draw:
    """Draw a tile in `count` shades of blue."""
    dark, light = (70, 92, 172), (226, 232, 250)
    shares = [number / (count - 1) for number in range(count)]
    return _tiles(
        *(
            (
                round(dark[0] + (light[0] - dark[0]) * share),
                round(dark[1] + (light[1] - dark[1]) * share),
                round(dark[2] + (light[2] - dark[2]) * share),
            )
            for share in shares
        )
    )


def _dots(step: int) -> Draw:
    """Draw a tile of screentone, or an empty one."""

    def draw(pen: ImageDraw.ImageDraw) -> None:
        low, high = 3 * SMOOTH, _SIDE - 3 * SMOOTH
        pen.rectangle((low, low, high, high), fill=CARD, outline=_GREY, width=SMOOTH)
        for row, y in enumerate(range(low + 2 * SMOOTH, high - SMOOTH, step * SMOOTH) if step else ()):
            for x in range(low + (2 + row % 2 * step // 2) * SMOOTH, high - SMOOTH, step * SMOOTH):
                pen.ellipse((x, y, x + 2.4 * SMOOTH, y + 2.4 * SMOOTH), fill=INK)

    return draw


_SIGNS: Mapping[Trait, tuple[Draw, Draw]] = {
    Trait.LINE_WEIGHT: (_stroke(1.6, INK), _stroke(7, INK)),
    Trait.DARK_LINE: (_stroke(3.2, (206, 209, 218)), _stroke(3.2, (0, 0, 0))),
    Trait.FLATNESS: (_shades(28), _shades(2)),
    Trait.CONTRAST: (_tiles((138, 142, 152), (166, 170, 180)), _tiles((0, 0, 0), (255, 255, 255))),
    Trait.SATURATION: (
        _tiles((120, 124, 134), (176, 180, 190), (146, 150, 160)),
        _tiles((214, 62, 36), (244, 190, 40), (32, 130, 200)),
    ),
    Trait.TEXTURE: (_dots(0), _dots(5)),
}
