"""From a thing's own colour to an artist's colour."""

import math
from collections.abc import Callable

from scraper.studio.style import RGB, Fill, Palette

Tone = Callable[[RGB], RGB]

_DARK = 80
_MIDDLE = 112
_FAIR = 96
_SKIN_CARE = 0.35  # even bold colourists keep faces near to skin


def luma(color: RGB) -> float:
    """Return how light a colour looks, 0..255."""
    return 0.3 * color[0] + 0.59 * color[1] + 0.11 * color[2]


def mix(first: RGB, second: RGB, share: float) -> RGB:
    """Mix two colours; `share` of the second."""
    return (
        int(first[0] + (second[0] - first[0]) * share),
        int(first[1] + (second[1] - first[1]) * share),
        int(first[2] + (second[2] - first[2]) * share),
    )


def darker(color: RGB, share: float) -> RGB:
    """Mix a colour with black."""
    return mix(color, (0, 0, 0), share)


def lighter(color: RGB, share: float) -> RGB:
    """Mix a colour with white."""
    return mix(color, (255, 255, 255), share)


def hsv(hue: float, saturation: float, value: float) -> RGB:
    """Make a colour of hue, saturation and value, each 0..1."""
    place = (hue % 1.0) * 6

    def part(shift: float) -> int:
        k = (place + shift) % 6
        return round(255 * value * (1 - saturation * max(0.0, min(k, 4 - k, 1.0))))

    return part(5), part(3), part(1)


def along(stops: tuple[RGB, ...], place: float) -> RGB:
    """Return the colour at a place (0..1) along a gradient."""
    spot = max(0.0, min(place, 0.9999)) * (len(stops) - 1)
    return mix(stops[int(spot)], stops[int(spot) + 1], spot - int(spot))


def _clamp(value: float) -> int:
    return max(0, min(255, int(value)))


def _like_skin(color: RGB) -> bool:
    return color[0] > color[1] > color[2] and luma(color) > _FAIR


def _turned(palette: Palette, color: RGB) -> RGB:
    light = luma(color)
    angle = palette.hue * 2 * math.pi * (_SKIN_CARE if _like_skin(color) else 1.0)
    cos, third = math.cos(angle), (1 - math.cos(angle)) / 3
    side = math.sin(angle) * math.sqrt(1 / 3)
    r, g, b = (part - light for part in color)
    turned = (
        r * (cos + third) + g * (third - side) + b * (third + side),
        r * (third + side) + g * (cos + third) + b * (third - side),
        r * (third - side) + g * (third + side) + b * (cos + third),
    )
    level = (light - 128) * palette.contrast + 128 + palette.lift
    s = palette.saturation
    return _clamp(level + turned[0] * s), _clamp(level + turned[1] * s), _clamp(level + turned[2] * s)


def _nearest(anchors: tuple[RGB, ...], color: RGB) -> RGB:
    def distance(anchor: RGB) -> float:
        light = luma(anchor) - luma(color)
        return 2 * light * light + sum((a - b) ** 2 for a, b in zip(anchor, color, strict=True))

    return min(anchors, key=distance)


def _colored(palette: Palette, color: RGB) -> RGB:
    tone = _turned(palette, color)
    if palette.map_strength:
        tone = mix(tone, along(palette.stops, luma(tone) / 255), palette.map_strength)
    if palette.tint_strength:
        care = _SKIN_CARE if _like_skin(color) else 1.0
        tone = mix(tone, palette.tint, palette.tint_strength * care)
    if palette.anchors:
        tone = mix(tone, _nearest(palette.anchors, tone), 0.9)
    return tone


def _spot(palette: Palette, color: RGB) -> RGB:
    if luma(color) < _DARK:
        return mix(_colored(palette, color), (20, 18, 24), 0.6)
    vivid = max(color) - min(color) > _MIDDLE
    return _colored(palette, color) if vivid else palette.paper


def _icon(palette: Palette, color: RGB) -> RGB:
    return palette.stops[-1] if luma(color) > _MIDDLE else palette.stops[0]


def _negative(palette: Palette, color: RGB) -> RGB:
    return mix(palette.paper, _colored(palette, color), 0.18)


_FILLS: dict[Fill, Callable[[Palette, RGB], RGB]] = {
    Fill.COLOR: _colored,
    Fill.PAPER: lambda palette, color: mix(palette.paper, _colored(palette, color), 0.05),
    Fill.SPOT: _spot,
    Fill.ICON: _icon,
    Fill.NEGATIVE: _negative,
}


def tone_of(palette: Palette) -> Tone:
    """Return the function that turns a thing's colour into the artist's, remembering what it has seen."""
    seen: dict[RGB, RGB] = {}
    fill = _FILLS[palette.fill]

    def tone(color: RGB) -> RGB:
        if color not in seen:
            seen[color] = fill(palette, color)
        return seen[color]

    return tone
