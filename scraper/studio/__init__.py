"""The studio draws the sample platform: thousands of artists, each with a hand and webtoons of their own."""

import io

from PIL import Image

from scraper.studio.details import Details, webtoon_count, webtoon_details
from scraper.studio.names import artist_name, webtoon_title
from scraper.studio.render import SIZE, render
from scraper.studio.scenes import scene_of
from scraper.studio.styles import style_of

__all__ = [
    "Details",
    "artist_name",
    "draw_jpeg",
    "draw_thumbnail",
    "render",
    "scene_of",
    "style_of",
    "webtoon_count",
    "webtoon_details",
    "webtoon_title",
]

_QUALITY = 88


def draw_thumbnail(
    seed: int, artist: int, *, webtoon: int, episode: int, size: tuple[int, int] = SIZE
) -> Image.Image:
    """Draw an episode's thumbnail; RGB, the same on every run."""
    scene = scene_of(seed, artist, webtoon=webtoon, episode=episode)
    return render(style_of(seed, artist), scene, size=size)


def draw_jpeg(seed: int, artist: int, *, webtoon: int, episode: int) -> bytes:
    """Draw an episode's thumbnail as a JPEG file."""
    file = io.BytesIO()
    draw_thumbnail(seed, artist, webtoon=webtoon, episode=episode).save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()
