"""From layers to tones: how shadow, light and ink fall on the colours."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scraper.studio.style import LineColor, Printing, Shade, Style
from scraper.studio.textures import Field, blurred, cut, noise, paper, ramp

Picture = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A picture's layers at its own size: colour [h, w, 3] and the others [h, w], all 0..1."""

    color: Picture
    ink: Field
    shadow: Field
    light: Field
    figure: Field
    seed: int

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return int(self.ink.shape[0]), int(self.ink.shape[1])


def _tint(style: Style) -> Picture:
    return np.array(style.shading.color, dtype=np.float32) / 255


def _darkened(sheet: Sheet, style: Style, amount: Field) -> Picture:
    tint = _tint(style)
    return sheet.color * (1 - amount[..., None] * (1 - tint) * style.shading.strength)


def _flat(sheet: Sheet, _style: Style) -> Picture:
    return sheet.color


def _cel(sheet: Sheet, style: Style) -> Picture:
    return _darkened(sheet, style, sheet.shadow)


def _soft(sheet: Sheet, style: Style) -> Picture:
    soft = blurred(sheet.shadow, 2.5 + style.shading.pitch) * sheet.figure
    return _darkened(sheet, style, np.minimum(1.0, soft * 1.25))


def _lines(sheet: Sheet, style: Style, *, amount: Field, angle: float) -> Field:
    screen = ramp(sheet.size, pitch=style.shading.pitch, angle=angle, round_dots=False)
    screen = screen + 0.12 * cut(noise(2), size=sheet.size, at=sheet.seed)
    width = 0.62 - 0.22 * style.shading.strength
    strokes: Field = np.clip((screen - width) * style.shading.pitch * 1.1, 0, 1) * amount
    return strokes


def _inked(sheet: Sheet, style: Style, strokes: Field) -> Picture:
    ink = np.array(style.line.color, dtype=np.float32) / 255
    alpha = (strokes * style.line.opacity)[..., None]
    return sheet.color * (1 - alpha) + ink * alpha


def _hatch(sheet: Sheet, style: Style) -> Picture:
    return _inked(sheet, style, _lines(sheet, style, amount=sheet.shadow, angle=style.shading.angle))


def _crosshatch(sheet: Sheet, style: Style) -> Picture:
    first = _lines(sheet, style, amount=sheet.shadow, angle=style.shading.angle)
    deep = np.clip(blurred(sheet.shadow, 2.0) * 2 - 0.9, 0, 1)
    second = _lines(sheet, style, amount=deep, angle=style.shading.angle + 1.35)
    return _inked(sheet, style, np.maximum(first, second))


def _screentone(sheet: Sheet, style: Style) -> Picture:
    screen = ramp(sheet.size, pitch=style.shading.pitch, angle=style.shading.angle, round_dots=True)
    dots = np.clip((screen - (0.75 - 0.4 * style.shading.strength)) * 6, 0, 1)
    return _inked(sheet, style, dots * sheet.shadow)


def _watercolor(sheet: Sheet, style: Style) -> Picture:
    pools = (
        cut(noise(9), size=sheet.size, at=sheet.seed) * 0.5
        + cut(noise(3), size=sheet.size, at=sheet.seed + 1) * 0.25
    )
    soft = blurred(sheet.shadow, 1.6)
    rim = np.clip(np.abs(soft - blurred(sheet.shadow, 4.0)) * 1.6, 0, 0.5)
    wash = np.clip(soft * (0.8 + 0.3 * pools) + rim + 0.08 * pools, -0.3, 1.2)
    return np.clip(_darkened(sheet, style, wash), 0, 1)


def _black(sheet: Sheet, style: Style) -> Picture:
    return _inked(sheet, style, np.clip(sheet.shadow * sheet.figure, 0, 1))


_SHADES: dict[Shade, Callable[[Sheet, Style], Picture]] = {
    Shade.FLAT: _flat,
    Shade.CEL: _cel,
    Shade.SOFT: _soft,
    Shade.HATCH: _hatch,
    Shade.CROSSHATCH: _crosshatch,
    Shade.SCREENTONE: _screentone,
    Shade.WATERCOLOR: _watercolor,
    Shade.BLACK: _black,
}


def shade(sheet: Sheet, style: Style) -> Picture:
    """Put shadow and light on the colours."""
    picture = _SHADES[style.shading.kind](sheet, style)
    if style.shading.rim or style.shading.gloss:
        glow = (sheet.light * (0.25 + 0.5 * max(style.shading.rim, style.shading.gloss)))[..., None]
        picture = picture + (1 - picture) * glow
    if style.shading.ambient:
        high = sheet.size[0]
        fall = np.linspace(0.5, -0.5, high, dtype=np.float32)[:, None, None] * style.shading.ambient
        picture = picture * (1 + fall)
    if style.shading.drop:
        picture = picture * (1 - _cast(sheet) * style.shading.drop * 0.5)
    return np.clip(picture, 0, 1)


def _cast(sheet: Sheet) -> Picture:
    """Return the shadow [h, w, 1] that the figures cast on what is behind them."""
    fallen = np.zeros_like(sheet.figure)
    fallen[3:, 3:] = sheet.figure[:-3, :-3]
    return (blurred(fallen, 1.2) * (1 - sheet.figure))[..., None]


def _grey(picture: Picture) -> Field:
    weights = np.array((0.3, 0.59, 0.11), dtype=np.float32)
    return np.asarray(picture @ weights, dtype=np.float32)


def _screen(picture: Picture, style: Style, *, round_dots: bool) -> Picture:
    size = picture.shape[0], picture.shape[1]
    grey = _grey(picture)
    screen = ramp(size, pitch=style.shading.print_pitch, angle=style.shading.angle, round_dots=round_dots)
    level = 0.08 + 0.9 * screen
    light = np.clip((grey - level) * 5 + 0.5, 0, 1)[..., None]
    low, high = _ends(style)
    return low * (1 - light) + high * light


def _ends(style: Style) -> tuple[Picture, Picture]:
    low = np.array(style.palette.stops[0], dtype=np.float32) / 255
    return low, np.array(style.palette.paper, dtype=np.float32) / 255


def _dots(picture: Picture, style: Style, _seed: int) -> Picture:
    return _screen(picture, style, round_dots=True)


def _stripes(picture: Picture, style: Style, _seed: int) -> Picture:
    return _screen(picture, style, round_dots=False)


def _stipple(picture: Picture, style: Style, seed: int) -> Picture:
    size = picture.shape[0], picture.shape[1]
    grain = 0.48 + 0.22 * cut(noise(0), size=size, at=seed)
    light = np.clip((_grey(picture) - grain) * 4 + 0.5, 0, 1)[..., None]
    low, high = _ends(style)
    return low * (1 - light) + high * light


def _color_dots(picture: Picture, style: Style, _seed: int) -> Picture:
    size = picture.shape[0], picture.shape[1]
    pitch = style.shading.print_pitch
    out = np.empty_like(picture)
    for channel, angle in enumerate((0.26, 1.3, 0.0)):
        screen = ramp(size, pitch=pitch, angle=angle, round_dots=True)
        out[..., channel] = np.clip((picture[..., channel] - 0.05 - 0.85 * screen) * 3 + 0.5, 0, 1)
    return out


def _steps(picture: Picture, style: Style, _seed: int) -> Picture:
    levels = 2 + round(style.shading.print_pitch)
    return np.asarray(np.round(picture * levels) / levels, dtype=np.float32)


_PRINTS: dict[Printing, Callable[[Picture, Style, int], Picture]] = {
    Printing.DOTS: _dots,
    Printing.LINES: _stripes,
    Printing.STIPPLE: _stipple,
    Printing.COLOR_DOTS: _color_dots,
    Printing.STEPS: _steps,
}


def printed(picture: Picture, style: Style, *, seed: int) -> Picture:
    """Turn tones into what a printing process leaves of them."""
    press = _PRINTS.get(style.shading.printing)
    if press is None:
        return picture
    share = style.shading.print_strength
    return picture * (1 - share) + press(picture, style, seed) * share


def inked(picture: Picture, sheet: Sheet, style: Style) -> Picture:
    """Lay the ink over the colours."""
    line = style.line
    ink = blurred(sheet.ink, line.softness)
    if line.grain:
        tooth = cut(paper(), size=sheet.size, at=sheet.seed + 3)
        ink = np.clip(ink * (1 - line.grain * np.clip(0.35 + 0.55 * tooth, 0, 1.2)), 0, 1)
    if line.gaps:
        breaks = cut(noise(6), size=sheet.size, at=sheet.seed + 5)
        ink = ink * np.clip(1.4 - line.gaps * np.clip(breaks, 0, 2), 0, 1)
    alpha = np.minimum(1.0, ink * line.opacity)[..., None]
    color = np.array(line.color, dtype=np.float32) / 255
    if line.color_from is LineColor.LOCAL:
        color = sheet.color * (0.25 + 0.35 * color)
    out: Picture = picture * (1 - alpha) + color * alpha
    return out
