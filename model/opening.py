"""Open a stranger's picture safely: limits first, then one frame, upright, flat on white."""

import io
import math
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from model.sniffing import declared_size, sniff
from storage.errors import (
    DamagedPicture,
    EmptyFile,
    FileTooLarge,
    NotAPicture,
    PictureTooLarge,
    PictureTooSmall,
    UnsupportedFormat,
)

MAX_MEGABYTES = 20
MAX_MEGAPIXELS = 40
MIN_SIDE = 16

# The only decoders that ever see a stranger's bytes.  Image.open would first import all others.
_DECODERS: Mapping[str, Callable[[io.BytesIO], ImageFile]] = {
    "JPEG": JpegImageFile,
    "PNG": PngImageFile,
    "WEBP": WebPImageFile,
    "GIF": GifImageFile,
    "BMP": BmpImageFile,
    "AVIF": AvifImageFile,
}

# What Pillow raises on damaged files; MemoryError is what libraries behind it make of absurd sizes.
_FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    ArithmeticError,
    LookupError,
    EOFError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Warning,
)
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ON_THE_SIDE = 5  # from this orientation on, width and height change places

# Filters are the process's own, so they are set once rather than by a context manager, which is not
# thread-safe.  Our pixel limit lies below Pillow's; its warning must never be a mere warning, and what
# it has to say about odd metadata is of no use to anybody.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
warnings.filterwarnings("ignore", module=r"PIL\.", category=UserWarning)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A picture that passed the limits, reduced, upright, RGB; `width` and `height` as it was sent."""

    format: str
    width: int
    height: int
    image: Image.Image


def open_picture(data: bytes, reduction: Callable[[int, int], int]) -> Opened:
    """Check and decode the first frame of a picture.

    `reduction` is given width and height and says by what whole factor they may be reduced.
    Raises PictureError.
    """
    name = check_file(data)
    with _translated(), _DECODERS[name](io.BytesIO(data)) as source:
        turned = _orientation(source)
        width, height = source.size[::-1] if turned >= _ON_THE_SIDE else source.size
        check_size(width, height)
        image = _flat(_reduced(source, reduction(width, height)))
        if turned in _TURNS:
            image = image.transpose(_TURNS[turned])
    return Opened(format=name, width=width, height=height, image=image)


def check_file(data: bytes) -> str:
    """Name the format of a file that may be read; raises PictureError for any other."""
    if not data:
        raise EmptyFile
    if len(data) > MAX_MEGABYTES * 1_000_000:
        raise FileTooLarge(size=math.ceil(len(data) / 1_000_000), maximum=MAX_MEGABYTES)
    name = sniff(data)
    if name is None:
        raise NotAPicture
    if name not in _DECODERS:
        raise UnsupportedFormat(format=name)
    if canvas := declared_size(data, name):
        check_size(*canvas)
    return name


def check_size(width: int, height: int) -> None:
    """Refuse pictures too small to show a style or too large to be decoded."""
    if width * height > MAX_MEGAPIXELS * 1_000_000:
        raise PictureTooLarge(width=width, height=height, maximum=MAX_MEGAPIXELS)
    if min(width, height) < MIN_SIDE:
        raise PictureTooSmall(width=width, height=height, minimum=MIN_SIDE)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        raise DamagedPicture from error


def _orientation(image: Image.Image) -> int:
    """Read how the camera was held; a picture with broken metadata is still a picture."""
    try:
        turned = image.getexif().get(_ORIENTATION, 1)
    except _FAULTS:
        return 1
    return turned if turned in _TURNS else 1


def _reduced(source: ImageFile, factor: int) -> Image.Image:
    """Decode at a size that is `factor` times smaller: JPEG while decoding, the rest by averaging."""
    width = source.width
    if isinstance(source, JpegImageFile) and factor > 1:
        source.draft(None, (width // factor, source.height // factor))
    plain = _eight_bits(source)
    rest = factor // round(width / plain.width)
    return plain.reduce(rest) if rest > 1 else plain


def _eight_bits(image: Image.Image) -> Image.Image:
    """Bring any mode to L, LA, RGB or RGBA with 8 bits, without clipping."""
    image.load()
    if image.mode.startswith("I"):
        values = np.asarray(image)
        return Image.fromarray((np.clip(values, 0, 65_535) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        return image if image.mode in ("LA", "RGBA") else image.convert("RGBA")
    if image.mode == "CMYK" and "adobe" not in image.info:
        # Pillow takes every CMYK JPEG for one of Adobe's, which store ink inverted.
        image = ImageChops.invert(image)
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _flat(image: Image.Image) -> Image.Image:
    """Lay a transparent picture on white."""
    if image.mode in ("LA", "RGBA"):
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image.convert("RGB"), mask=image.getchannel("A"))
        return paper
    return image.convert("RGB")
