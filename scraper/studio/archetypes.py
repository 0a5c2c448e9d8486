"""Archetypes of hands: what each narrows of the whole range."""

from collections.abc import Callable

from scraper.studio.dice import Dice
from scraper.studio.extra_hands import (
    airbrush_hand,
    collage_hand,
    doodle_hand,
    film_hand,
    neon_hand,
    pixel_hand,
    sumi_hand,
    woodcut_hand,
)
from scraper.studio.graphic_hands import gag_hand, icon_hand, print_hand, sticker_hand, vector_hand
from scraper.studio.ink_hands import chalk_hand, lineart_hand, manga_hand, noir_hand, pencil_hand, shonen_hand
from scraper.studio.paint_hands import painterly_hand, shojo_hand, watercolor_hand, webtoon_hand
from scraper.studio.style import (
    Style,
)

ARCHETYPES: dict[str, tuple[Callable[[Style, Dice], Style], float]] = {
    "shonen": (shonen_hand, 1.1),
    "gag": (gag_hand, 1.2),
    "painterly": (painterly_hand, 1.2),
    "shojo": (shojo_hand, 1.1),
    "noir": (noir_hand, 0.8),
    "pencil": (pencil_hand, 1.0),
    "vector": (vector_hand, 1.2),
    "manga": (manga_hand, 1.0),
    "print": (print_hand, 0.8),
    "icon": (icon_hand, 1.5),
    "lineart": (lineart_hand, 0.9),
    "watercolor": (watercolor_hand, 1.0),
    "webtoon": (webtoon_hand, 1.3),
    "sticker": (sticker_hand, 1.0),
    "chalk": (chalk_hand, 0.4),
    "doodle": (doodle_hand, 0.8),
    "sumi": (sumi_hand, 0.6),
    "woodcut": (woodcut_hand, 0.6),
    "collage": (collage_hand, 0.7),
    "airbrush": (airbrush_hand, 0.7),
    "film": (film_hand, 0.7),
    "neon": (neon_hand, 0.5),
    "pixel": (pixel_hand, 0.4),
}
