"""From an artist's number to the artist's hand."""

import functools
from dataclasses import replace

from scraper.studio.archetypes import ARCHETYPES
from scraper.studio.defaults import any_style
from scraper.studio.dice import Dice
from scraper.studio.style import Fill, Style

_MIXES = 0.3


@functools.lru_cache(maxsize=4096)
def style_of(seed: int, artist: int) -> Style:
    """Return an artist's style; it depends on the seed and the artist's number alone."""
    dice = Dice(seed, "style", artist)
    name = dice.weighted([(name, weight) for name, (_, weight) in ARCHETYPES.items()])
    return make_style(name, dice)


def make_style(archetype: str, dice: Dice) -> Style:
    """Make one hand of an archetype; some hands have learnt a part of another archetype."""
    narrow, _ = ARCHETYPES[archetype]
    style = replace(narrow(any_style(dice), dice), archetype=archetype)
    if style.palette.fill is Fill.ICON or not dice.chance(_MIXES):
        return style
    other_name = dice.pick([name for name in ARCHETYPES if name not in {"icon", "chalk", "pixel"}])
    other = ARCHETYPES[other_name][0](any_style(dice), dice)
    return _learnt(style, other, part=dice.number(0, 3))


def _learnt(style: Style, other: Style, *, part: int) -> Style:
    if part == 0:
        return replace(
            style,
            shading=replace(
                other.shading, printing=style.shading.printing, print_strength=style.shading.print_strength
            ),
        )
    if part == 1:
        return replace(style, finish=other.finish)
    if part == 2:  # noqa: PLR2004 - the third part
        return replace(style, features=other.features, build=other.build)
    return replace(style, behind=other.behind, hair=other.hair)
