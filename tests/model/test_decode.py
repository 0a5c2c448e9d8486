import gzip
import struct
import tracemalloc
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile, PngImagePlugin

from model.arrays import UInt8Array
from model.decode import decode, inspect
from model.sniffing import declared_size
from storage.errors import (
    DamagedPicture,
    EmptyFile,
    FileTooLarge,
    NotAPicture,
    PictureError,
    PictureTooLarge,
    PictureTooSmall,
    UnsupportedFormat,
)
from tests.model.drawings import draw, write

FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF"]


def colour(crop: UInt8Array) -> tuple[int, int, int]:
    """Measure the colour in the middle of a crop."""
    red, green, blue = crop[crop.shape[0] // 2, crop.shape[1] // 2].tolist()
    return red, green, blue


@pytest.mark.parametrize("name", FORMATS)
def test_formats(name: str) -> None:
    """Each format of the allow-list is read, to nearly the pixels that were written."""
    image = draw()
    (crop,) = decode(write(image, name))
    assert crop.shape == (120, 200, 3)
    difference = np.abs(crop.astype(int) - np.asarray(image)[:, 1:201].astype(int)).mean()
    assert difference < 12  # GIF has 256 colours


@pytest.mark.parametrize("name", FORMATS)
def test_inspect(name: str) -> None:
    """A picture for the catalogue is named by its sha256, with its format, size and bytes."""
    data = write(draw(300, 200), name)
    found = inspect(data)
    assert (found.format, found.width, found.height, found.data) == (name, 300, 200, data)
    assert len(found.sha256) == 64
    assert 0 <= found.phash < 2**64


def test_hash_of_near_duplicates() -> None:
    """The perceptual hash moves little with size and quality, and much with the drawing."""
    one = inspect(write(draw(404, 240))).phash
    same = inspect(write(draw(404, 240).resize((202, 120)), "JPEG", quality=60)).phash
    other = inspect(write(draw(404, 240, seed=1))).phash
    assert (one ^ same).bit_count() <= 6
    assert (one ^ other).bit_count() >= 16


def bomb(width: int, height: int) -> bytes:
    """Make a small PNG file that claims to be huge."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = zlib.compress(bytes((width // 8 + 1) * min(height, 4000)), 9)
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def huge_webp() -> bytes:
    """Make a WebP file whose canvas is huge."""
    size = (16_000).to_bytes(3, "little") * 2
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4) + size
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body + b"VP8L" + bytes(8)


BAD: list[tuple[str, Callable[[], bytes], type[PictureError], str]] = [
    ("empty", lambda: b"", EmptyFile, "empty"),
    ("text", lambda: b"hello, this is no picture at all", NotAPicture, "not a picture"),
    ("page", lambda: b"<!doctype html><html><svg></svg></html>", NotAPicture, "not a picture"),
    ("letters BM", lambda: b"BMW is a make of cars, not a bitmap", NotAPicture, "not a picture"),
    ("gzip of text", lambda: gzip.compress(b"hello"), NotAPicture, "not a picture"),
    ("broken gzip", lambda: b"\x1f\x8b\xff" + bytes(40), NotAPicture, "not a picture"),
    ("sound", lambda: b"RIFF\0\0\0\0WAVEfmt ", NotAPicture, "not a picture"),
    ("cut JPEG", lambda: write(draw(), "JPEG")[:1500], DamagedPicture, "cut off"),
    ("JPEG signature", lambda: b"\xff\xd8\xff", DamagedPicture, "damaged"),
    ("1 px", lambda: write(Image.new("RGB", (1, 1))), PictureTooSmall, r"1x1.*16"),
    ("15 px high", lambda: write(Image.new("RGB", (400, 15))), PictureTooSmall, "400x15"),
    ("bomb", lambda: bomb(12_000, 12_000), PictureTooLarge, r"12000x12000.*40"),
    ("larger bomb", lambda: bomb(60_000, 60_000), PictureTooLarge, "60000x60000"),
    ("WebP bomb", huge_webp, PictureTooLarge, "16001x16001"),
    ("GIF bomb", lambda: b"GIF89a\xff\xff\xff\xff\0\0\0,", PictureTooLarge, "65535x65535"),
    ("30 MB", lambda: write(draw(), "JPEG") + bytes(30_000_000), FileTooLarge, "31 MB.*20 MB"),
    ("SVG", lambda: b'\xef\xbb\xbf<?xml version="1.0"?><svg/>', UnsupportedFormat, "SVG"),
    ("SVGZ", lambda: gzip.compress(b"<svg/>"), UnsupportedFormat, "SVG"),
    ("HEIC", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", UnsupportedFormat, "HEIC"),
    ("HEIC by brand", lambda: b"\0\0\0\x18ftypmif1\0\0\0\0miafheic", UnsupportedFormat, "HEIC"),
    ("video", lambda: b"\0\0\0\x18ftypisom\0\0\0\0isommp42", UnsupportedFormat, "MP4"),
    ("WebM", lambda: b"\x1aE\xdf\xa3\0\0\0\0", UnsupportedFormat, "WebM"),
    ("sticker", lambda: gzip.compress(b'{"tgs":1}'), UnsupportedFormat, "TGS"),
    ("PDF", lambda: b"%PDF-1.7", UnsupportedFormat, "PDF"),
    ("PSD", lambda: b"8BPS\0\1", UnsupportedFormat, "PSD"),
    ("TIFF", lambda: write(draw(), "TIFF"), UnsupportedFormat, "TIFF"),
    ("AVI", lambda: b"RIFF\0\0\0\0AVI LIST", UnsupportedFormat, "AVI"),
]


@pytest.mark.parametrize(("data", "error", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
@pytest.mark.parametrize("use", [decode, inspect])
def test_bad_input(
    use: Callable[[bytes], object], data: Callable[[], bytes], error: type[PictureError], words: str
) -> None:
    """Each kind of bad input has its own error and sentence."""
    with pytest.raises(error, match=words) as caught:
        use(data())
    assert type(caught.value) is error


def test_bomb_costs_nothing() -> None:
    """A bomb is refused before its pixels are made."""
    data = bomb(12_000, 12_000)
    tracemalloc.start()
    with pytest.raises(PictureTooLarge):
        decode(data)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_avif_by_compatible_brand() -> None:
    """An AVIF file whose first brand is the general one is still one."""
    data = bytearray(write(draw(), "AVIF"))
    data[8:12] = b"mif1"
    assert decode(bytes(data))


@pytest.mark.parametrize("cut", range(1, 10))
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF"])
def test_cut_files(name: str, cut: int) -> None:
    """A file cut anywhere is damaged, not read half."""
    data = write(draw(), name)
    with pytest.raises(DamagedPicture):
        decode(data[: len(data) * cut // 10])


def test_truncated_pictures_stay_refused() -> None:
    """Pillow's switch for reading half pictures is off."""
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
    assert Image.MAX_IMAGE_PIXELS is not None


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG", "AVIF"])
def test_first_frame(name: str) -> None:
    """Of an animation the first frame is looked at."""
    frames = [Image.new("RGB", (202, 120), paint) for paint in ("red", "lime", "blue")]
    data = write(frames[0], name, save_all=True, append_images=frames[1:], duration=100)
    (crop,) = decode(data)
    assert np.abs(np.subtract(colour(crop), (255, 0, 0))).max() < 8


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("turned", range(1, 9))
def test_orientation(name: str, turned: int) -> None:
    """A picture is turned as its camera says, also when it is reduced while being decoded."""
    upright = Image.new("RGB", (1600, 960), "white")
    upright.paste("red", (0, 0, 800, 480))
    undo = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[turned]
    stored = upright if undo is None else upright.transpose(Image.Transpose(undo))
    exif = Image.Exif()
    exif[0x0112] = turned
    (crop,) = decode(write(stored, name, exif=exif))
    height, width = crop.shape[:2]
    assert crop[height // 4, width // 4, 1] < 60
    assert crop[3 * height // 4, width // 4, 1] > 200
    assert crop[height // 4, 3 * width // 4, 1] > 200


@pytest.mark.parametrize(
    "exif", [b"Exif\0\0nonsense", b"Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\x03\0\0\0\1\0\x63\0\0"]
)
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # as this module sets it for the process
def test_broken_orientation(exif: bytes) -> None:
    """A picture with broken metadata is read as it lies."""
    assert len(decode(write(draw(), "JPEG", exif=exif))) == 1


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "PA"])
def test_transparency(mode: str) -> None:
    """Transparent parts are white, as on a page."""
    image = Image.new("RGBA", (202, 120), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 60, 120))
    if mode in ("P", "PA"):
        palette = Image.new("P", image.size, 1)
        palette.putpalette([0, 0, 0, 10, 20, 30])
        palette.paste(0, (0, 0, 60, 120))
        data = write(palette, "PNG", transparency=bytes([255, 0]) if mode == "PA" else 1)
    else:
        data = write(image.convert(mode))
    (crop,) = decode(data)
    assert colour(crop) == (255, 255, 255)
    assert crop[60, 20].tolist() == [0, 0, 0]


def test_transparent_colour() -> None:
    """One colour of an RGB picture can be the transparent one."""
    (crop,) = decode(write(Image.new("RGB", (202, 120), (9, 9, 9)), transparency=(9, 9, 9)))
    assert colour(crop) == (255, 255, 255)


def test_reduced_transparency() -> None:
    """The colour under transparent pixels does not bleed into their neighbours when reduced."""
    image = Image.new("RGBA", (2000, 1200), (255, 255, 255, 255))
    image.paste((0, 0, 0, 0), (0, 0, 1000, 1200))
    (crop,) = decode(write(image))
    assert crop.min() == 255


@pytest.mark.parametrize("adobe", [True, False])
def test_cmyk(*, adobe: bool) -> None:
    """Ink is ink, whether the file stores it inverted as Adobe does or not."""
    cyan = (255, 0, 0, 0)
    stored = cyan if adobe else tuple(255 - ink for ink in cyan)
    data = write(Image.new("CMYK", (202, 120), stored), "JPEG")  # Pillow inverts and writes Adobe's mark
    if not adobe:
        start = data.index(b"\xff\xee")
        length = int.from_bytes(data[start + 2 : start + 4])
        data = data[:start] + data[start + 2 + length :]
    (crop,) = decode(data)
    assert np.abs(np.subtract(colour(crop), (0, 255, 255))).max() < 10


def test_sixteen_bits() -> None:
    """A 16-bit picture is scaled, not clipped."""
    values = np.tile(np.linspace(0, 65_535, 200).astype(np.uint16), (120, 1))
    (crop,) = decode(write(Image.fromarray(values)))
    assert crop[60, :, 0].tolist() == (values[60] >> 8).tolist()


def test_sixteen_bit_colour() -> None:
    """A 16-bit colour PNG is read."""
    row = b"\0" + struct.pack(">HHH", 65_535, 32_768, 0) * 202

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 202, 120, 16, 2, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(row * 120)) + chunk(b"IEND", b"")
    (crop,) = decode(data)
    assert colour(crop) == (255, 128, 0)


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_few_colours(mode: str) -> None:
    """Black and white, greys and palettes become RGB."""
    image = Image.new("L", (202, 120), 255).convert(mode)
    image.paste(0, (0, 0, 60, 120))
    (crop,) = decode(write(image))
    assert (colour(crop), crop[60, 20].tolist()) == ((255, 255, 255), [0, 0, 0])


def test_animated_transparency() -> None:
    """A transparent GIF lies on white."""
    image = Image.new("P", (202, 120), 1)
    image.putpalette([0, 0, 0, 10, 20, 30])
    (crop,) = decode(write(image, "GIF", transparency=1))
    assert colour(crop) == (255, 255, 255)


def test_a_large_picture_is_reduced() -> None:
    """A large picture is decoded small enough to be quick and large enough for the encoder."""
    for name in ("JPEG", "PNG"):
        (crop,) = decode(write(draw(2000, 1200), name))
        assert 240 <= crop.shape[1] < 480


@pytest.mark.parametrize("options", [{"lossless": True}, {}, {"exif": b"Exif\0\0"}])
def test_canvas_of_webp(options: dict[str, object]) -> None:
    """The canvas of every kind of WebP file is known before its decoder is made."""
    assert declared_size(write(draw(80, 48), "WEBP", **options), "WEBP") == (80, 48)


def test_text_in_a_png_is_no_bomb() -> None:
    """A PNG whose text unpacks to many megabytes is refused."""
    info = PngImagePlugin.PngInfo()
    info.add_text("a", "x" * 3_000_000, zip=True)
    with pytest.raises(DamagedPicture):
        decode(write(draw(), pnginfo=info))


SAMPLES = [
    *(write(draw(80, 48), name) for name in FORMATS),
    write(draw(80, 48).convert("CMYK"), "JPEG"),
    write(draw(80, 48), "JPEG", progressive=True),
    write(draw(80, 48).convert("P"), "PNG", transparency=3),
    write(draw(80, 48), "WEBP", lossless=True),
    write(draw(80, 48), "GIF", save_all=True, append_images=[draw(80, 48, seed=1)], disposal=2),
    write(draw(80, 48).convert("1"), "BMP"),
]


@given(st.binary(max_size=400))
def test_fuzz_bytes(data: bytes) -> None:
    """Random bytes are refused with a PictureError, and nothing else ever comes out."""
    with pytest.raises(PictureError):
        decode(data)


@given(st.sampled_from(SAMPLES), st.data())
@settings(max_examples=400, deadline=None)
def test_fuzz_real_files(sample: bytes, data: st.DataObject) -> None:
    """A real file, changed and cut, is a picture or a PictureError, and says so twice the same."""
    changed = bytearray(sample)
    for place in data.draw(st.lists(st.integers(0, len(sample) - 1), max_size=8)):
        changed[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.just(len(changed)) | st.integers(0, len(changed)))
    try:
        crops = decode(bytes(changed[:end]))
    except PictureError:
        with pytest.raises(PictureError):
            inspect(bytes(changed[:end]))
    else:
        assert all(crop.dtype == np.uint8 and crop.shape[2] == 3 for crop in crops)
