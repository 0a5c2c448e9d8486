"""A sheet that shows artists beside each other."""

from collections.abc import Sequence

from PIL import Image

from scraper.studio.render import SIZE, render
from scraper.studio.scenes import scene_of
from scraper.studio.styles import style_of

_COLUMNS = 3
_WEBTOONS = 2
_THUMBNAIL = (SIZE[0] // 2 + 49, SIZE[1] // 2 + 29)
_GAP = 3
_MARGIN = 14
_GROUND = (255, 255, 255)
_COLORS = 256


def draw_sheet(seed: int, artists: Sequence[int]) -> Image.Image:
    """Draw four thumbnails of each artist, from two webtoons; three artists to a row; a palette image."""
    block = (2 * _THUMBNAIL[0] + _GAP, 2 * _THUMBNAIL[1] + _GAP)
    rows = -(-len(artists) // _COLUMNS)
    size = (
        _COLUMNS * (block[0] + _MARGIN) + _MARGIN,
        rows * (block[1] + _MARGIN) + _MARGIN,
    )
    sheet = Image.new("RGB", size, _GROUND)
    for place, artist in enumerate(artists):
        left = _MARGIN + place % _COLUMNS * (block[0] + _MARGIN)
        top = _MARGIN + place // _COLUMNS * (block[1] + _MARGIN)
        sheet.paste(_block(seed, artist, size=block), (left, top))
    return sheet.quantize(_COLORS, dither=Image.Dither.NONE)


def _block(seed: int, artist: int, *, size: tuple[int, int]) -> Image.Image:
    block = Image.new("RGB", size, _GROUND)
    for place in range(4):
        scene = scene_of(seed, artist, webtoon=place // 2, episode=place % 2)
        picture = render(style_of(seed, artist), scene).resize(_THUMBNAIL, Image.Resampling.LANCZOS)
        x, y = place % 2 * (_THUMBNAIL[0] + _GAP), place // 2 * (_THUMBNAIL[1] + _GAP)
        block.paste(picture, (x, y))
    return block
