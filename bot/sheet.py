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
    tone = TONES[answer.familiarity]
    same = {duplicate.picture for duplicate in answer.duplicates}
    sheet = _blank(tuple(match.rank for match in matches), has_band=bool(queries), tone=tone).copy()
    _draw_queries(sheet, queries[:MOST_QUERIES])
    for match, corner in zip(matches, _corners(len(matches), has_band=bool(queries)), strict=True):
        _draw_match(sheet, corner, match=match, thumbnail=thumbnails.get(match.picture), tone=tone)
        if match.picture in same:
            _draw_same(sheet, corner, tone=tone)
    return sheet


def fit_thumbnail(thumbnail: Image.Image) -> Image.Image:
    """Scale a thumbnail into a card, cutting what sticks out; one that was fitted stays as it is."""
    return ImageOps.fit(thumbnail.convert("RGB"), (CARD_WIDTH, THUMBNAIL_HEIGHT), Image.Resampling.LANCZOS)


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


@lru_cache(maxsize=4)  # of 2.5 MB each
def _blank(ranks: tuple[int, ...], *, has_band: bool, tone: _Tone) -> Image.Image:
    """Draw what many sheets have in common: all but pictures and scores; copy it, for it is shared."""
    top = BAND_HEIGHT if has_band else 0
    rows = -(-len(ranks) // COLUMNS)
    height = top + MARGIN + rows * (CARD_HEIGHT + GAP) + (MARGIN - GAP if rows else 0)
    sheet = Image.new("RGB", (WIDTH, height), PAPER)
    if has_band:
        ImageDraw.Draw(sheet).rectangle((0, 0, WIDTH, BAND_HEIGHT), fill=tone.band)
        sheet.paste(tone.band, (WIDTH // 2 - 22, BAND_HEIGHT), _triangle((44, 16)))
    for rank, corner in zip(ranks, _corners(len(ranks), has_band=has_band), strict=True):
        _draw_card(sheet, corner, rank=rank, tone=tone)
    return sheet


def _corners(count: int, *, has_band: bool) -> list[tuple[int, int]]:
    """Tell where the first `count` cards have their upper left corners."""
    top = MARGIN + (BAND_HEIGHT if has_band else 0)
    places = (divmod(place, COLUMNS) for place in range(count))
    return [(MARGIN + column * (CARD_WIDTH + GAP), top + row * (CARD_HEIGHT + GAP)) for row, column in places]


def _draw_queries(sheet: Image.Image, queries: Sequence[Image.Image]) -> None:
    """Draw the query pictures in a row on the band."""
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


def _draw_card(sheet: Image.Image, corner: tuple[int, int], *, rank: int, tone: _Tone) -> None:
    """Draw the card of a match without what is its own: its rank, and room for a picture and a score."""
    left, top = corner
    right, line = left + CARD_WIDTH, top + THUMBNAIL_HEIGHT
    draw_panel(sheet, (left, top, right, top + CARD_HEIGHT), border=0)
    sheet.paste(TRACK, (left, line, right, line + 1))
    _draw_badge(sheet, (left + 27, line + 24), text=str(rank), fill=tone.accent)
    _draw_bar(sheet, _bar(corner), share=1.0, fill=TRACK)


def _draw_match(
    sheet: Image.Image, corner: tuple[int, int], *, match: Match, thumbnail: Image.Image | None, tone: _Tone
) -> None:
    """Draw a match into its card: its thumbnail, score and a bar as long as the score."""
    left, top = corner
    line = top + THUMBNAIL_HEIGHT
    image = fit_thumbnail(thumbnail) if thumbnail else TRACK
    sheet.paste(image, (left, top, left + CARD_WIDTH, line), _upper_half())
    label = _score(f"{match.score:.0%}")
    sheet.paste(label, (left + CARD_WIDTH - label.width, line + 24 - label.height // 2))
    _draw_bar(sheet, _bar(corner), share=match.score, fill=tone.accent)


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
    if length >= height:
        sheet.paste(fill, (left, top), rounded((length, height), radius=height // 2))


def _bar(corner: tuple[int, int]) -> Box:
    """Tell where a card has room for the bar of its score."""
    left, bottom = corner[0], corner[1] + CARD_HEIGHT
    return (left + 14, bottom - 13, left + CARD_WIDTH - 14, bottom - 7)


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


@lru_cache(maxsize=128)  # there are hardly more per cents
def _score(text: str) -> Image.Image:
    """Write a score on a piece of a card; it is shared, so nobody may draw into it."""
    label = Image.new("RGB", (94, 32), CARD)
    write(label, (label.width - 14, label.height // 2), text=text, size=21, fill=INK, anchor="rm")
    return label


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


@lru_cache(maxsize=1)
def _upper_half() -> Image.Image:
    """Make the mask of a card's thumbnail, which is round above and not below."""
    whole = rounded((CARD_WIDTH, THUMBNAIL_HEIGHT + RADIUS), radius=RADIUS)
    return whole.crop((0, 0, CARD_WIDTH, THUMBNAIL_HEIGHT))


def _triangle(size: tuple[int, int]) -> Image.Image:
    """Make a mask of a triangle that points down."""
    width, height = size[0] * SMOOTH, size[1] * SMOOTH
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).polygon([(0, 0), (width, 0), (width // 2, height)], fill=255)
    return mask.resize(size, Image.Resampling.BOX)
