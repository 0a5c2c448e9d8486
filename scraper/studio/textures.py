"""Noise and tones, made once and cut at a picture's own place."""

import functools

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Field = NDArray[np.floating]

_SIDE = 512


def _random(seed: int) -> Field:
    return np.random.Generator(np.random.PCG64(seed)).random((_SIDE, _SIDE)).astype(np.float32)


def _even(field: Field) -> Field:
    """Bring a field to mean 0 and deviation 1."""
    return np.asarray((field - field.mean()) / (field.std() + 1e-6), dtype=np.float32)


def _wrapped_blur(field: Field, *, across: int, down: int) -> Field:
    """Blur with a box that wraps round, twice."""
    for _ in range(2):
        for axis, radius in ((1, across), (0, down)):
            if radius:
                room = [(0, 0), (0, 0)]
                room[axis] = (radius + 1, radius)
                total = np.cumsum(np.pad(field, room, mode="wrap"), axis=axis, dtype=np.float64)
                low, high = (
                    total.take(range(_SIDE), axis=axis),
                    total.take(range(2 * radius + 1, 2 * radius + 1 + _SIDE), axis=axis),
                )
                field = ((high - low) / (2 * radius + 1)).astype(np.float32)
    return field


@functools.cache
def noise(scale: int) -> Field:
    """Return cloudy noise [512, 512] that wraps round; `scale` is its grain in pixels."""
    return _even(_wrapped_blur(_random(scale), across=scale, down=scale))


@functools.cache
def fibres(scale: int) -> Field:
    """Return noise drawn out sideways, like brush hairs or crayon."""
    return _even(_wrapped_blur(_random(100 + scale), across=scale * 5, down=max(0, scale // 2)))


@functools.cache
def slanted(scale: int) -> Field:
    """Return noise drawn out along a diagonal."""
    rows = np.arange(_SIDE)
    straight = fibres(scale)
    return np.asarray(straight[(rows[:, None] + rows[None, :]) % _SIDE, rows[None, :]], dtype=np.float32)


@functools.cache
def weave() -> Field:
    """Return a canvas weave."""
    rows = np.arange(_SIDE, dtype=np.float32)
    cloth = np.sin(rows[:, None] * 1.57) * np.sin(rows[None, :] * 1.57) + 0.5 * noise(1)
    return _even(cloth.astype(np.float32))


@functools.cache
def paper() -> Field:
    """Return the tooth of paper."""
    return _even(0.7 * noise(0) + 0.6 * noise(1) + 0.3 * noise(2))


def cut(field: Field, *, size: tuple[int, int], at: int) -> Field:
    """Cut (height, width) out of a field, at a place that follows from a number."""
    high, wide = size
    y, x = (at * 7919) % max(1, _SIDE - high), (at * 104729) % max(1, _SIDE - wide)
    if high > _SIDE or wide > _SIDE:
        times = (-(-high // _SIDE), -(-wide // _SIDE))
        return np.tile(field, times)[:high, :wide]
    return field[y : y + high, x : x + wide]


@functools.lru_cache(maxsize=64)
def grid(size: tuple[int, int]) -> tuple[Field, Field]:
    """Return x and y of every pixel."""
    y, x = np.mgrid[0 : size[0], 0 : size[1]]
    return x.astype(np.float32), y.astype(np.float32)


def ramp(size: tuple[int, int], *, pitch: float, angle: float, round_dots: bool) -> Field:
    """Return a screen's thresholds 0..1: stripes, or dots."""
    x, y = grid(size)
    turn = 2 * np.pi / pitch
    u = (x * np.cos(angle) + y * np.sin(angle)) * turn
    stripes = np.cos(u)
    if not round_dots:
        return np.asarray(0.5 + 0.5 * stripes, dtype=np.float32)
    v = (y * np.cos(angle) - x * np.sin(angle)) * turn
    return np.asarray(0.5 + 0.25 * (stripes + np.cos(v)), dtype=np.float32)


def blurred(field: Field, radius: float) -> Field:
    """Blur a field 0..1 [height, width]."""
    if radius <= 0:
        return field
    image = Image.fromarray((np.clip(field, 0, 1) * 255).astype(np.uint8))
    return np.asarray(image.filter(ImageFilter.GaussianBlur(radius)), dtype=np.float32) / 255
