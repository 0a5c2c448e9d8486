"""Draw why a match is one: both pictures with the patches that agree, their heat maps, palettes and traits.

As on the sheet, nothing but digits is written: signs at both ends of a scale say what it measures.
"""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from bot import why_signs
from bot.sheet import CARD, INK, MARGIN, PAPER, SMOOTH, TRACK, WIDTH, Box, Colour, draw_panel, rounded, write
from storage.answers import Area, Side, Why
from storage.answers import Colour as Tone

GAP = 24
SIDE_WIDTH = (WIDTH - 2 * MARGIN - GAP) // 2
SIDE_HEIGHT = SIDE_WIDTH * 3 // 5
PALETTE_HEIGHT = 34
TRAIT_HEIGHT = 46
RADIUS = 12
GREYED = 0.35  # how much of the drawing shows through under its heat map
STRONGEST = 0.86

PAIRS: Sequence[Colour] = ((201, 58, 40), (52, 72, 156), (23, 113, 74))
FOR: Colour = (214, 62, 36)
AGAINST: Colour = (52, 72, 156)
QUERY: Colour = INK
THUMBNAIL: Colour = (201, 58, 40)


def draw_why(why: Why, *, query: Image.Image, thumbnail: Image.Image) -> Image.Image:
    """Draw in RGB, 1200 pixels wide, the query at the left; the pictures are given whole."""
    pictures = 2 if why.query.heat else 1
    traits = -(-len(why.query.measured) // 2)
    bottom = MARGIN + pictures * (SIDE_HEIGHT + GAP) + PALETTE_HEIGHT + GAP
    sheet = Image.new("RGB", (WIDTH, bottom + traits * TRAIT_HEIGHT + MARGIN), PAPER)
    most = max(
        (abs(value) for side in (why.query, why.thumbnail) for row in side.heat for value in row), default=0
    )
    _draw_side(sheet, query, side=why.query, most=most)
    _draw_side(sheet, thumbnail, side=why.thumbnail, most=most, left=MARGIN + SIDE_WIDTH + GAP)
    for number, pair in enumerate(why.patches[: len(PAIRS)]):
        _draw_patch(sheet, pair.query, number=number)
        _draw_patch(sheet, pair.thumbnail, number=number, left=MARGIN + SIDE_WIDTH + GAP)
    _draw_mark(sheet, (MARGIN + 24, MARGIN + SIDE_HEIGHT - 24), theirs=False)
    _draw_mark(sheet, (MARGIN + SIDE_WIDTH + GAP + 24, MARGIN + SIDE_HEIGHT - 24), theirs=True)
    _draw_similarity(sheet, why.similarity)
    _draw_traits(sheet, why, top=bottom)
    return sheet


def _draw_side(
    sheet: Image.Image, whole: Image.Image, *, side: Side, most: float, left: int = MARGIN
) -> None:
    """Draw one picture, its heat map and its palette below each other."""
    cut, top = _cut(whole, side.area), MARGIN
    _paste(sheet, cut, corner=(left, top))
    if side.heat:
        top += SIDE_HEIGHT + GAP
        _paste(sheet, _heated(cut, side.heat, most=most), corner=(left, top))
    top += SIDE_HEIGHT + GAP
    _draw_palette(sheet, side.palette, box=(left, top, left + SIDE_WIDTH, top + PALETTE_HEIGHT))


def _cut(whole: Image.Image, area: Area) -> Image.Image:
    """Cut out what was looked at, and bring it to the size of a side."""
    width, height = whole.size
    box = (area.left * width, area.top * height, area.right * width, area.bottom * height)
    return whole.convert("RGB").resize((SIDE_WIDTH, SIDE_HEIGHT), Image.Resampling.LANCZOS, box=box)


def _heated(picture: Image.Image, heat: Sequence[Sequence[float]], *, most: float) -> Image.Image:
    """Lay warm colours over what adds to the similarity, cold ones over what speaks against it."""
    shares = np.asarray(heat, dtype=np.float32) / max(most, 1e-12)
    grey = ImageOps.grayscale(picture).convert("RGB")
    drawn = Image.blend(Image.new("RGB", picture.size, CARD), grey, GREYED)
    for part, colour in ((shares, FOR), (-shares, AGAINST)):
        strength = np.clip(part, 0, 1) * STRONGEST * 255
        mask = Image.fromarray(strength.astype(np.uint8)).resize(picture.size, Image.Resampling.BICUBIC)
        drawn = Image.composite(Image.new("RGB", picture.size, colour), drawn, mask)
    return Image.blend(drawn, ImageOps.grayscale(picture).convert("RGB"), 0.22)


def _paste(sheet: Image.Image, picture: Image.Image, *, corner: tuple[int, int]) -> None:
    left, top = corner
    draw_panel(sheet, (left, top, left + picture.width, top + picture.height), border=0)
    sheet.paste(picture, corner, rounded(picture.size, radius=RADIUS))


def _draw_patch(sheet: Image.Image, area: Area, *, number: int, left: int = MARGIN) -> None:
    """Frame one patch of a pair, with the pair's number."""
    x, y = left + round(area.left * SIDE_WIDTH), MARGIN + round(area.top * SIDE_HEIGHT)
    right, bottom = left + round(area.right * SIDE_WIDTH) - 1, MARGIN + round(area.bottom * SIDE_HEIGHT) - 1
    draw, colour = ImageDraw.Draw(sheet), PAIRS[number]
    draw.rounded_rectangle((x, y, right, bottom), 6, outline=CARD, width=6)
    draw.rounded_rectangle((x + 1, y + 1, right - 1, bottom - 1), 5, outline=colour, width=4)
    sheet.paste(colour, (x, y), rounded((26, 26), radius=6))
    write(sheet, (x + 13, y + 13), text=str(number + 1), size=17, fill=CARD, anchor="mm")


def _draw_similarity(sheet: Image.Image, similarity: float) -> None:
    """Write the similarity where the pictures meet."""
    middle, top = WIDTH // 2, MARGIN + SIDE_HEIGHT + GAP // 2
    draw_panel(sheet, (middle - 44, top - 25, middle + 44, top + 25), border=0)
    write(sheet, (middle, top), text=f"{max(similarity, 0):.0%}", size=27, fill=INK, anchor="mm")


def _draw_palette(sheet: Image.Image, palette: Sequence[Tone], *, box: Box) -> None:
    """Draw the colours side by side, each as wide as its share."""
    left, top, right, bottom = box
    draw_panel(sheet, box, border=0)
    strip = Image.new("RGB", (right - left, bottom - top), TRACK)
    place = 0.0
    for tone in palette:
        start, place = round(place), place + tone.share * strip.width
        strip.paste((tone.red, tone.green, tone.blue), (start, 0, round(place), strip.height))
    sheet.paste(strip, (left, top), rounded(strip.size, radius=RADIUS))


def _draw_traits(sheet: Image.Image, why: Why, *, top: int) -> None:
    """Draw a scale for each trait, from the catalogue's least to its most, with a dot for each picture."""
    for place, (ours, theirs) in enumerate(zip(why.query.measured, why.thumbnail.measured, strict=True)):
        row, column = divmod(place, 2)
        left, middle = MARGIN + column * (SIDE_WIDTH + GAP), top + row * TRAIT_HEIGHT + TRAIT_HEIGHT // 2
        low, high = why_signs.signs(ours.trait)
        size = why_signs.SIZE
        sheet.paste(low, (left, middle - size // 2))
        sheet.paste(high, (left + SIDE_WIDTH - size, middle - size // 2))
        start, length = left + size + 18, SIDE_WIDTH - 2 * size - 36
        sheet.paste(TRACK, (start, middle - 3), rounded((length, 6), radius=3))
        for measured, of_match in ((theirs, True), (ours, False)):
            _draw_mark(sheet, (start + round(measured.percentile * length), middle), theirs=of_match)


def _draw_mark(sheet: Image.Image, centre: tuple[int, int], *, theirs: bool) -> None:
    """Mark a place on a scale: a ring for the thumbnail, a dot that fits into it for the query."""
    rings = ((14, CARD), (12, THUMBNAIL), (8, CARD)) if theirs else ((9, CARD), (7, QUERY))
    for radius, colour in rings:
        side = 2 * radius
        mask = Image.new("L", (side * SMOOTH, side * SMOOTH), 0)
        ImageDraw.Draw(mask).ellipse((0, 0, side * SMOOTH - 1, side * SMOOTH - 1), fill=255)
        corner = (centre[0] - radius, centre[1] - radius)
        sheet.paste(colour, corner, mask.resize((side, side), Image.Resampling.BOX))
