"""The measures of a body."""

from scraper.studio.canvas import Pen
from scraper.studio.content import Age, Character, Species

Trunk = tuple[float, float, float]


def heads_of(pen: Pen, who: Character) -> float:
    """Return how many heads high a character stands."""
    heads = pen.style.build.heads
    if who.species is not Species.HUMAN:
        return 1.6 + heads * 0.2
    return 1.4 + (heads - 1.4) * (0.68 if who.age is Age.CHILD else 1.0)


def trunk_of(pen: Pen, who: Character) -> tuple[float, float, float]:
    """Return shoulder half-width, shoulder height and hip height in heads."""
    heads = heads_of(pen, who)
    neck = pen.style.build.neck if who.species is Species.HUMAN else -0.06
    shoulder = 0.5 + neck
    wide = pen.style.build.shoulders * who.broad * (0.78 if who.age is Age.CHILD else 1.0)
    return wide, shoulder, shoulder + (heads - 1) * 0.42
