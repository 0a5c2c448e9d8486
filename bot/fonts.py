"""Find a font on this machine that has Hangul; the one that Pillow carries has none."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

FOLDERS: Final = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
)
# In the order of liking; those of Debian's fonts-nanum and fonts-noto-cjk, and of macOS.
NAMES: Final = ("NanumGothic.", "NotoSansKR", "NotoSansCJK-Regular", "AppleSDGothicNeo", "UnDotum")

_HANGUL = "그림체"
_MISSING = "\U0010ffff"  # no font has it, so it shows what stands for what is not there


def korean_font(folders: Sequence[Path] = FOLDERS) -> Path | None:
    """Find a font with Hangul, None where there is none."""
    return _find(tuple(folders))


@lru_cache(maxsize=8)
def _find(folders: tuple[Path, ...]) -> Path | None:
    return next((path for path in _candidates(folders) if has_hangul(path)), None)


def has_hangul(path: Path) -> bool:
    """Tell whether a font can be read and draws Hangul as something of its own."""
    try:
        font = ImageFont.truetype(path, 20)
    except OSError:
        return False
    missing = bytes(font.getmask(_MISSING))
    return all(bytes(font.getmask(sign)) != missing for sign in _HANGUL)


@lru_cache(maxsize=32)
def load(path: Path | None, *, size: int) -> Font:
    """Load a font in a size, Pillow's own for None."""
    return ImageFont.load_default(size) if path is None else ImageFont.truetype(path, size)


def _candidates(folders: Sequence[Path]) -> Iterator[Path]:
    """List font files whose name says that they have Hangul, the likeliest first."""
    found = [path for folder in folders for path in folder.rglob("*.[to]t[fc]")]
    for name in NAMES:
        yield from sorted(path for path in found if path.name.startswith(name))
