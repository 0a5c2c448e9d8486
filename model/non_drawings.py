"""Pictures that nobody drew: what people send by mistake, or to see what happens."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from model.arrays import UInt8Array

HEIGHT, WIDTH = 120, 200
EACH = 3
_LETTERS = list("abcdefghijklmnoprstuvw ,.")


def non_drawings() -> list[UInt8Array]:
    """Make EACH pictures [120, 200, 3] of noise, ramps, blots, clouds and lettering; always the same."""
    kinds = (_noise, _grain, _ramp, _blots, _clouds, _lettering)
    generator = np.random.default_rng(0)
    return [kind(generator) for kind in kinds for _ in range(EACH)]


def _noise(generator: np.random.Generator) -> UInt8Array:
    return generator.integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)


def _grain(generator: np.random.Generator) -> UInt8Array:
    values = generator.normal(128, generator.uniform(5, 60), (HEIGHT, WIDTH, 1))
    return np.repeat(values.clip(0, 255).astype(np.uint8), 3, axis=2)


def _ramp(generator: np.random.Generator) -> UInt8Array:
    ends = generator.integers(0, 256, (2, 3))
    where = np.linspace(0, 1, WIDTH)[:, None]
    return np.tile((ends[0] * (1 - where) + ends[1] * where).astype(np.uint8), (HEIGHT, 1, 1))


def _blots(generator: np.random.Generator) -> UInt8Array:
    few = generator.integers(0, 256, (*generator.integers(2, 9, 2), 3), dtype=np.uint8)
    image = Image.fromarray(few).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    return np.asarray(image)


def _clouds(generator: np.random.Generator) -> UInt8Array:
    """Make noise with the spectrum of a photograph: amplitudes that fall with the frequency."""
    frequencies = np.hypot(np.fft.fftfreq(HEIGHT)[:, None], np.fft.fftfreq(WIDTH))[..., None]
    frequencies[0, 0] = 1
    waves = np.fft.fft2(generator.normal(size=(HEIGHT, WIDTH, 3)), axes=(0, 1))
    values = np.fft.ifft2(waves / frequencies ** generator.uniform(0.8, 1.6), axes=(0, 1)).real
    values = 0.8 * values.mean(axis=2, keepdims=True) + 0.2 * values
    return np.asarray((values - values.min()) / np.ptp(values) * 255, dtype=np.uint8)


def _lettering(generator: np.random.Generator) -> UInt8Array:
    page = Image.new("RGB", (WIDTH, HEIGHT), "white")
    font = ImageFont.load_default(float(generator.uniform(9, 14)))
    for line in range(generator.integers(3, 9)):
        words = "".join(generator.choice(_LETTERS, generator.integers(8, 30)))
        ImageDraw.Draw(page).text((8, 6 + 13 * line), words, fill="black", font=font)
    return np.asarray(page)
