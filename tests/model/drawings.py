"""Pictures that the tests draw for themselves."""

import io

import numpy as np
from PIL import Image, ImageDraw


def draw(width: int = 202, height: int = 120, *, seed: int = 0) -> Image.Image:
    """Draw soft blots of colour, which every codec keeps nearly as they are."""
    shape = (max(2, height // 24), max(2, width // 24), 3)
    blots = np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)
    return Image.fromarray(blots).resize((width, height), Image.Resampling.BICUBIC)


def write(image: Image.Image, name: str = "PNG", **options: object) -> bytes:
    """Encode a picture in a format of Pillow's."""
    buffer = io.BytesIO()
    image.save(buffer, name, **options)
    return buffer.getvalue()


def strip(width: int, heights: list[int], *, gutter: int = 60, paper: str = "white") -> Image.Image:
    """Stack panels of these heights with gutters between them."""
    image = Image.new("RGB", (width, sum(heights) + gutter * (len(heights) + 1)), paper)
    top = gutter
    for number, height in enumerate(heights):
        image.paste(draw(width, height, seed=number), (0, top))
        top += height + gutter
    return image


def hand(artist: int, picture: int) -> Image.Image:
    """Draw a thumbnail in the hand of an artist: soft blots, thin lines, dots or bold bars."""
    generator = np.random.default_rng((artist, picture))
    if artist % 4 == 0:
        return draw(seed=picture)
    image = Image.new("RGB", (202, 120), "white")
    pen = ImageDraw.Draw(image)
    for _ in range(40):
        x, y, across, down = generator.integers(0, (202, 120, 60, 60)).tolist()
        if artist % 4 == 1:
            pen.line((x, y, x + across - 30, y + down - 30), fill="black")
        elif artist % 4 == 2:
            pen.ellipse((x, y, x + 4, y + 4), fill=(200, 30, 30))
        else:
            pen.rectangle((x, y, x + across, y + 9), fill=(20, 60 + 2 * down, 120))
    return image
