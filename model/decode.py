"""Bytes to pictures: the checked one of the catalogue, and the crops that the encoder looks at."""

import hashlib
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image

from model.arrays import FloatArray, UInt8Array
from model.opening import open_picture
from model.panels import choose, reduction
from storage.records import Picture

_HASH_SIDE = 32
_HASH_BITS = 8


def inspect(data: bytes) -> Picture:
    """Check a picture for the catalogue: it is decoded whole.  Raises PictureError."""
    opened = open_picture(data, lambda width, height: max(1, min(width, height) // (4 * _HASH_SIDE)))
    return Picture(
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        format=opened.format,
        width=opened.width,
        height=opened.height,
        phash=perceptual_hash(opened.image),
    )


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Seen:
    """A picture as a query needs it: its crops and its perceptual hash."""

    crops: list[UInt8Array]
    phash: int


def decode(data: bytes) -> list[UInt8Array]:
    """Cut a picture into crops [h, w, 3] of aspect 5:3, RGB, 1 to 8 of them.  Raises PictureError."""
    return _crops(open_picture(data, reduction).image)


def look(data: bytes) -> Seen:
    """Cut a picture into crops as decode does, and hash it.  Raises PictureError."""
    image = open_picture(data, reduction).image
    return Seen(crops=_crops(image), phash=perceptual_hash(image))


def perceptual_hash(image: Image.Image) -> int:
    """Hash what a picture looks like to 64 bits; near-duplicates differ in few of them.

    The signs of the low frequencies of a 32x32 cosine transform against their median ("pHash").
    """
    small = image.convert("L").resize((_HASH_SIDE, _HASH_SIDE), Image.Resampling.BOX)
    waves = _cosines()
    low = (waves @ np.asarray(small, dtype=np.float32) @ waves.T).ravel()
    # The first coefficient is the mean brightness, which says nothing about the picture.
    bits = low > np.median(low[1:])
    return int.from_bytes(np.packbits(bits).tobytes())


def _crops(image: Image.Image) -> list[UInt8Array]:
    pixels = np.asarray(image)
    return [pixels[box.top : box.bottom, box.left : box.right] for box in choose(pixels)]


@cache
def _cosines() -> FloatArray:
    """Make the first rows of the discrete cosine transform [8, 32]."""
    angles = np.outer(np.arange(_HASH_BITS), np.arange(_HASH_SIDE) + 0.5) * np.pi / _HASH_SIDE
    return np.cos(angles).astype(np.float32)
