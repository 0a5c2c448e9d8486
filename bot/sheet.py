"""Draw an answer as one picture: the query above a 5x2 grid of thumbnails with rank and score.

Nothing but digits and signs is written, in the font that Pillow carries: no font need be installed, and
a sheet reads the same in every language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

from storage.answers import Answer, Familiarity, Match

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

COLUMNS = 5
ROWS = 2
WIDTH = 1200
MARGIN = 36
GAP = 18
QUERY_GAP = 30
QUERY_HEIGHT = 196
BAND_HEIGHT = QUERY_HEIGHT + 2 * MARGIN
CARD_WIDTH = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) // COLUMNS
THUMBNAIL_HEIGHT = round(CARD_WIDTH * 120 / 202)
CARD_HEIGHT = THUMBNAIL_HEIGHT + 58
RADIUS = 12
SHADOW_REACH = 14
WIDEST_QUERY = 1.9  # width over height; what is wider or taller is cut to its middle
TALLEST_QUERY = 0.7
MOST_QUERIES = 4
SMOOTH = 4  # edges are drawn this many times larger, and reduced

PAPER: Colour = (246, 247, 250)
CARD: Colour = (255, 255, 255)
INK: Colour = (31, 35, 48)
TRACK: Colour = (229, 232, 239)
SHADOW: Colour = (34, 40, 66)


@dataclass(frozen=True, slots=True)
class _Tone:
    """The colours of a familiarity: of the band behind the query, and of badges and bars."""

    band: Colour
    accent: Colour


TONES = {
    Familiarity.CLOSE: _Tone(band=(221, 242, 230), accent=(24, 138, 84)),
    Familiarity.LOOSE: _Tone(band=(253, 238, 210), accent=(190, 117, 12)),
    Familiarity.NONE: _Tone(band=(229, 231, 238), accent=(104, 112, 132)),
}


def draw_sheet(
    answer: Answer, *, queries: Sequence[Image.Image], thumbnails: Mapping[str, Image.Image]
) -> Image.Image:
    """Draw the answer in RGB, 1200 pixels wide; `thumbnails` are by sha256, a missing one stays blank."""
    matches = answer.matches[: COLUMNS * ROWS]
    rows = -(-len(matches) // COLUMNS)
    top = BAND_HEIGHT if queries else 0
    height = top + MARGIN + rows * (CARD_HEIGHT + GAP) + (MARGIN - GAP if rows else 0)
    sheet = Image.new("RGB", (WIDTH, height), PAPER)
    tone = TONES[answer.familiarity]
    same = {duplicate.picture for duplicate in answer.duplicates}
    if queries:
        _draw_band(sheet, queries[:MOST_QUERIES], tone=tone)
    for place, match in enumerate(matches):
        row, column = divmod(place, COLUMNS)
        corner = (MARGIN + column * (CARD_WIDTH + GAP), top + MARGIN + row * (CARD_HEIGHT + GAP))
        _draw_card(sheet, corner, match=match, thumbnail=thumbnails.get(match.picture), tone=tone)
        if match.picture in same:
            _draw_same(sheet, corner, tone=tone)
    return sheet


def encode_png(sheet: Image.Image) -> bytes:
    """Write a sheet as PNG."""
    out = BytesIO()
    sheet.save(out, "PNG", optimize=True)
    return out.getvalue()


def encode_jpeg(sheet: Image.Image) -> bytes:
    """Write a sheet as JPEG: a fiftieth of the time of a PNG and a quarter of its size, for chats."""
    out = BytesIO()
    sheet.save(out, "JPEG", quality=90)
    return out.getvalue()


def _draw_band(sheet: Image.Image, queries: Sequence[Image.Image], *, tone: _Tone) -> None:
    """Draw the query pictures in a row on a coloured band that points at the grid."""
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, WIDTH, BAND_HEIGHT), fill=tone.band)
    sheet.paste(tone.band, (WIDTH // 2 - 22, BAND_HEIGHT), _triangle((44, 16)))
    shown = [_fit_query(query, count=len(queries)) for query in queries]
    left = (WIDTH - sum(image.width for image in shown) - QUERY_GAP * (len(shown) - 1)) // 2
    for image in shown:
        upper = (BAND_HEIGHT - image.height) // 2
        draw_panel(sheet, (left, upper, left + image.width, upper + image.height), border=6)
        sheet.paste(image, (left, upper), rounded(image.size, radius=RADIUS - 4))
        left += image.width + QUERY_GAP


def _fit_query(query: Image.Image, *, count: int) -> Image.Image:
    """Scale a query picture into the band, cutting what is very wide or very tall to its middle."""
    aspect = min(max(query.width / query.height, TALLEST_QUERY), WIDEST_QUERY)
    widest = (WIDTH - 2 * MARGIN - QUERY_GAP * (count - 1)) // count
    height = min(QUERY_HEIGHT, round(widest / aspect))
    return ImageOps.fit(query.convert("RGB"), (round(height * aspect), height), Image.Resampling.LANCZOS)


def _draw_card(
    sheet: Image.Image, corner: tuple[int, int], *, match: Match, thumbnail: Image.Image | None, tone: _Tone
) -> None:
    """Draw one match: its thumbnail, rank, score and a bar as long as the score."""
    left, top = corner
    right, bottom = left + CARD_WIDTH, top + CARD_HEIGHT
    draw_panel(sheet, (left, top, right, bottom), border=0)
    size = (CARD_WIDTH, THUMBNAIL_HEIGHT)
    image = ImageOps.fit(thumbnail.convert("RGB"), size, Image.Resampling.LANCZOS) if thumbnail else TRACK
    upper_half = rounded((CARD_WIDTH, THUMBNAIL_HEIGHT + RADIUS), radius=RADIUS).crop((0, 0, *size))
    sheet.paste(image, (left, top, left + CARD_WIDTH, top + THUMBNAIL_HEIGHT), upper_half)
    sheet.paste(TRACK, (left, top + THUMBNAIL_HEIGHT, right, top + THUMBNAIL_HEIGHT + 1))
    line = top + THUMBNAIL_HEIGHT + 24
    _draw_badge(sheet, (left + 27, line), text=str(match.rank), fill=tone.accent)
    write(sheet, (right - 14, line), text=f"{match.score:.0%}", size=21, fill=INK, anchor="rm")
    _draw_bar(sheet, (left + 14, bottom - 13, right - 14, bottom - 7), share=match.score, fill=tone.accent)


def _draw_same(sheet: Image.Image, corner: tuple[int, int], *, tone: _Tone) -> None:
    """Mark a card whose thumbnail is the query itself: a frame around it, and a sign of equality."""
    left, top = corner
    box = (left - 2, top - 2, left + CARD_WIDTH + 1, top + CARD_HEIGHT + 1)
    ImageDraw.Draw(sheet).rounded_rectangle(box, radius=RADIUS + 2, outline=tone.accent, width=4)
    _draw_badge(sheet, (left + CARD_WIDTH - 27, top + 27), text="=", fill=tone.accent)


def _draw_badge(sheet: Image.Image, centre: tuple[int, int], *, text: str, fill: Colour) -> None:
    width, height = 26 + 6 * (len(text) - 1), 26
    corner = (centre[0] - 13, centre[1] - height // 2)
    sheet.paste(fill, corner, rounded((width, height), radius=height // 2))
    middle = (corner[0] + width // 2, centre[1])
    write(sheet, middle, text=text, size=16, fill=CARD, anchor="mm")


def _draw_bar(sheet: Image.Image, box: Box, *, share: float, fill: Colour) -> None:
    left, top, right, bottom = box
    height = bottom - top
    length = round(max(0.0, min(share, 1.0)) * (right - left))
    sheet.paste(TRACK, (left, top), rounded((right - left, height), radius=height // 2))
    if length >= height:
        sheet.paste(fill, (left, top), rounded((length, height), radius=height // 2))


def draw_panel(sheet: Image.Image, box: Box, *, border: int) -> None:
    """Draw a white card with a soft shadow, `border` pixels larger than the box."""
    left, top, right, bottom = (box[0] - border, box[1] - border, box[2] + border, box[3] + border)
    size = (right - left, bottom - top)
    sheet.paste(SHADOW, (left - SHADOW_REACH, top - SHADOW_REACH + 4), _shadow(size))
    sheet.paste(CARD, (left, top), rounded(size, radius=RADIUS))


def write(
    sheet: Image.Image, place: tuple[int, int], *, text: str, size: int, fill: Colour, anchor: str
) -> None:
    """Write digits and signs, placed by their `anchor` (Pillow's two letters)."""
    ImageDraw.Draw(sheet).text(place, text, fill=fill, font=_font(size), anchor=anchor, stroke_width=0.4)


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


@lru_cache(maxsize=32)
def _shadow(size: tuple[int, int]) -> Image.Image:
    """Make the mask of a card's shadow, which is larger than the card by SHADOW_REACH on each side."""
    mask = ImageOps.expand(rounded(size, radius=RADIUS), SHADOW_REACH, 0)
    blurred = mask.filter(ImageFilter.GaussianBlur(6))
    return ImageChops.multiply(blurred, Image.new("L", blurred.size, 46))


@lru_cache(maxsize=256)  # bars have as many lengths as there are scores
def rounded(size: tuple[int, int], *, radius: int) -> Image.Image:
    """Make a mask with round corners; it is shared, so nobody may draw into it."""
    width, height = size
    mask = Image.new("L", (width * SMOOTH, height * SMOOTH), 0)
    box = (0, 0, width * SMOOTH - 1, height * SMOOTH - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius=radius * SMOOTH, fill=255)
    return mask.resize(size, Image.Resampling.BOX)


def _triangle(size: tuple[int, int]) -> Image.Image:
    """Make a mask of a triangle that points down."""
    width, height = size[0] * SMOOTH, size[1] * SMOOTH
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).polygon([(0, 0), (width, 0), (width // 2, height)], fill=255)
    return mask.resize(size, Image.Resampling.BOX)
