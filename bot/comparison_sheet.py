"""Draw a comparison as one picture: for each measure a grey bar for before and a coloured one for after.

As on the sheet, nothing but digits and signs is written; the numbers of the measures are those of the text
beside it.  The whisker at the end of the coloured bar is the interval in which the difference lies.
"""

from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from bot.sheet import CARD, INK, MARGIN, PAPER, TRACK, WIDTH, Colour, draw_panel, encode_png, rounded, write

if TYPE_CHECKING:
    from storage.comparisons import Comparison, Measure

PANEL_HEIGHT = 190
GAP = 28
BAR_HEIGHT = 40
LEFT = MARGIN + 90  # where bars begin
LENGTH = WIDTH - LEFT - MARGIN - 150  # of a bar that is 100 %
WHISKER = 12

BEFORE: Colour = (150, 157, 173)
BETTER: Colour = (24, 138, 84)
EVEN: Colour = (190, 117, 12)
WORSE: Colour = (201, 58, 40)


def draw_comparison(comparison: "Comparison") -> bytes:
    """Draw as a PNG, 1200 pixels wide, with a panel for each measure."""
    count = len(comparison.measures)
    sheet = Image.new("RGB", (WIDTH, 2 * MARGIN + count * PANEL_HEIGHT + max(count - 1, 0) * GAP), PAPER)
    for place, measure in enumerate(comparison.measures):
        _draw_measure(sheet, measure, number=place + 1, top=MARGIN + place * (PANEL_HEIGHT + GAP))
    return encode_png(sheet)


def colour_of(measure: "Measure") -> Colour:
    """Say by a colour whether the new one is better, worse, or as good as far as can be told."""
    if measure.low > 0:
        return BETTER
    return WORSE if measure.is_worse else EVEN


def _draw_measure(sheet: Image.Image, measure: "Measure", *, number: int, top: int) -> None:
    draw_panel(sheet, (MARGIN, top, WIDTH - MARGIN, top + PANEL_HEIGHT), border=0)
    colour, middle = colour_of(measure), top + PANEL_HEIGHT // 2
    sheet.paste(colour, (MARGIN + 24, middle - 22), rounded((44, 44), radius=22))
    write(sheet, (MARGIN + 46, middle), text=str(number), size=26, fill=CARD, anchor="mm")
    upper, lower = top + 34, top + PANEL_HEIGHT - 34 - BAR_HEIGHT
    _draw_bar(sheet, upper, share=measure.before, colour=BEFORE)
    _draw_bar(sheet, lower, share=measure.after, colour=colour)
    _draw_whisker(sheet, measure, middle=lower + BAR_HEIGHT // 2)


def _draw_bar(sheet: Image.Image, top: int, *, share: float, colour: Colour) -> None:
    sheet.paste(TRACK, (LEFT, top), rounded((LENGTH, BAR_HEIGHT), radius=8))
    length = max(round(min(share, 1.0) * LENGTH), BAR_HEIGHT // 2)
    sheet.paste(colour, (LEFT, top), rounded((length, BAR_HEIGHT), radius=8))
    place = (WIDTH - MARGIN - 20, top + BAR_HEIGHT // 2)
    write(sheet, place, text=f"{share:.1%}", size=30, fill=INK, anchor="rm")


def _draw_whisker(sheet: Image.Image, measure: "Measure", *, middle: int) -> None:
    """Draw where the new one may truly stand, seen from the old one."""
    ends = (measure.before + measure.low, measure.before + measure.high)
    left, right = (LEFT + round(min(max(end, 0.0), 1.0) * LENGTH) for end in ends)
    draw = ImageDraw.Draw(sheet)
    for width, colour in ((8, CARD), (3, INK)):
        draw.line((left, middle, right, middle), fill=colour, width=width)
        for end in (left, right):
            draw.line((end, middle - WHISKER, end, middle + WHISKER), fill=colour, width=width)
