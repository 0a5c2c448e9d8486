"""Pictures that nobody drew: what a style search should know nothing about."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from model.sample import HEIGHT, WIDTH

_LETTERS = "abcdefghijklmnopqrstuvwxyz 0123456789"

PictureArray = npt.NDArray[np.uint8]
WideArray = npt.NDArray[np.float64]


def draw_impostors(count: int, *, seed: int = 0) -> PictureArray:
    """Make noise, clouds, gradients, patterns, blots and text by turns: uint8 [count, 120, 200, 3]."""
    pictures = np.empty((count, HEIGHT, WIDTH, 3), np.uint8)
    for place in range(count):
        random = np.random.default_rng((seed, place))
        pictures[place] = np.clip(_KINDS[place % len(_KINDS)](random), 0, 255)
    return pictures


def _noise(random: np.random.Generator) -> WideArray:
    shape = (HEIGHT, WIDTH, int(random.choice([1, 3])))
    return np.broadcast_to(random.uniform(0, 256, shape), (HEIGHT, WIDTH, 3))


def _clouds(random: np.random.Generator) -> WideArray:
    """Shape noise like photographs of nature: power falls with the square of frequency (1/f amplitude)."""
    rows, columns = np.fft.fftfreq(HEIGHT)[:, None], np.fft.rfftfreq(WIDTH)[None]
    amplitude = 1 / np.maximum(np.hypot(rows, columns), 1 / WIDTH) ** random.uniform(0.8, 1.4)
    channels = []
    shared = random.normal(size=(HEIGHT, WIDTH))
    for _ in range(3):
        field = 0.8 * shared + 0.2 * random.normal(size=(HEIGHT, WIDTH))
        wave = np.fft.irfft2(np.fft.rfft2(field) * amplitude, s=(HEIGHT, WIDTH))
        channels.append((wave - wave.mean()) / wave.std())
    return np.stack(channels, axis=-1) * random.uniform(20, 60) + random.uniform(60, 200, 3)


def _gradient(random: np.random.Generator) -> WideArray:
    angle = random.uniform(0, 2 * np.pi)
    rows, columns = np.mgrid[0 : 1 : HEIGHT * 1j, 0 : 1 : WIDTH * 1j]
    ramp = np.cos(angle) * rows + np.sin(angle) * columns
    ramp = ((ramp - ramp.min()) / (ramp.max() - ramp.min()))[..., None]
    first, last = random.uniform(0, 256, (2, 3))
    return np.asarray(first + (last - first) * ramp + random.normal(0, random.uniform(0, 6), ramp.shape))


def _pattern(random: np.random.Generator) -> WideArray:
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    height, width = random.integers(3, 40, 2)
    checks = ((rows // height + columns // width) % 2)[..., None]
    first, last = random.uniform(0, 256, (2, 3))
    return np.asarray(first + (last - first) * checks)


def _blots(random: np.random.Generator) -> WideArray:
    coarse = random.uniform(0, 256, (*random.integers(2, 7, 2), 3)).astype(np.uint8)
    blurred = Image.fromarray(coarse).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    return np.asarray(blurred, np.float64) + random.normal(0, 4, (HEIGHT, WIDTH, 1))


def _text(random: np.random.Generator) -> WideArray:
    page = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(page)
    for top in range(4, HEIGHT, 13):
        letters = random.choice(list(_LETTERS), int(random.integers(8, 34)))
        pen.text((int(random.integers(2, 12)), top), "".join(letters), fill=(20, 20, 20))
    pixels = np.asarray(page, np.float64)
    return 255 - pixels if random.random() < 0.3 else pixels  # noqa: PLR2004  three of ten are inverted


_KINDS: tuple[Callable[[np.random.Generator], WideArray], ...] = (
    _noise,
    _clouds,
    _gradient,
    _pattern,
    _blots,
    _text,
)
