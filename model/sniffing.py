"""Tell a file's format by its first bytes."""

import zlib

_SIGNATURES = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"%PDF-", "PDF"),
    (b"8BPS", "PSD"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"\x1aE\xdf\xa3", "WebM"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\0\0\1\0", "ICO"),
    (b"qoif", "QOI"),
    (b"gimp xcf", "XCF"),
    (b"%!PS-Adobe", "EPS"),
)
_BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)
_BRANDS = {
    "AVIF": (b"avif", b"avis"),
    "HEIC": (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1"),
}
_TEXT = 4096


def sniff(data: bytes) -> str | None:
    """Name the format of a picture, video or sticker, or None for anything else."""
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    for test in (_riff, _bitmap, _container, _packed, _drawing):
        if name := test(data):
            return name
    return None


def _riff(data: bytes) -> str:
    if data[:4] != b"RIFF":
        return ""
    return {b"WEBP": "WEBP", b"AVI ": "AVI"}.get(data[8:12], "")


def _bitmap(data: bytes) -> str:
    # Two letters are a weak signature, so the size of the header behind them has a say.
    known = data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_HEADERS
    return "BMP" if known else ""


def _container(data: bytes) -> str:
    """ISO base media files: the brands in the first box tell pictures from videos."""
    if data[4:8] != b"ftyp":
        return ""
    box = data[: max(16, min(int.from_bytes(data[:4]), 256))]
    brands = [box[8:12], *(box[start : start + 4] for start in range(16, len(box), 4))]
    for name, known in _BRANDS.items():
        if any(brand in known for brand in brands):
            return name
    return "MP4"


def _packed(data: bytes) -> str:
    """Telegram's animated stickers and svgz are gzip."""
    if data[:2] != b"\x1f\x8b":
        return ""
    try:
        text = zlib.decompressobj(wbits=31).decompress(data[:_TEXT], _TEXT)
    except zlib.error:
        return ""
    return "TGS" if text.lstrip().startswith(b"{") else _drawing(text)


def _drawing(data: bytes) -> str:
    text = data[:_TEXT].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    page = text.find(b"<html")
    drawing = text.find(b"<svg")
    return "SVG" if text.startswith(b"<") and drawing >= 0 and not 0 <= page < drawing else ""


def declared_size(data: bytes, name: str) -> tuple[int, int] | None:
    """Read width and height of a GIF or WebP file's canvas, which their decoders allocate on opening."""
    if name == "GIF":
        return _little(data, 6, 2), _little(data, 8, 2)
    if name != "WEBP":
        return None
    if data[12:16] == b"VP8X":
        return _little(data, 24, 3) + 1, _little(data, 27, 3) + 1
    if data[12:16] == b"VP8L":
        bits = _little(data, 21, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF


def _little(data: bytes, start: int, length: int) -> int:
    return int.from_bytes(data[start : start + length], "little")
