"""Draw what the service answers; Pillow is loaded where something is drawn, and for most questions not."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from storage.errors import PictureError

if TYPE_CHECKING:
    from PIL.Image import Image

    from bot.texts import Language
    from storage.answers import Answer, Why
    from storage.usage import Figures


def draw_answer(
    answer: "Answer", queries: Sequence[bytes], thumbnails: "Mapping[str, Image]", *, as_jpeg: bool
) -> bytes:
    """Draw an answer to pictures, with the thumbnails that it has by their sha256."""
    from bot import sheet  # noqa: PLC0415  as the module says

    opened = [_opened(data, 800) for data in queries]
    picture = sheet.draw_sheet(answer, queries=opened, thumbnails=thumbnails)
    return sheet.encode_jpeg(picture) if as_jpeg else sheet.encode_png(picture)


def draw_why(why: "Why", query: bytes, thumbnail: bytes, *, as_jpeg: bool) -> bytes:
    """Draw why a thumbnail is like a picture."""
    from bot import sheet, why_sheet  # noqa: PLC0415  as above

    picture = why_sheet.draw_why(why, query=_opened(query, 1200), thumbnail=_opened(thumbnail, 1200))
    return sheet.encode_jpeg(picture) if as_jpeg else sheet.encode_png(picture)


def draw_stats(figures: "Figures", *, since: date, until: date, language: "Language") -> bytes:
    """Draw how much it is used."""
    from bot import sheet, stats_sheet  # noqa: PLC0415  as above

    return sheet.encode_png(stats_sheet.draw_stats(figures, language=language, since=since, until=until))


def find_faulty(pictures: Sequence[bytes]) -> int | None:
    """Tell which picture is the first that cannot be used, counted from 0, if any."""
    from model.decode import decode  # noqa: PLC0415  as above

    for place, data in enumerate(pictures):
        try:
            decode(data)
        except PictureError:
            return place
    return None


def _opened(data: bytes, longest: int) -> "Image":
    """Decode a picture within the limits, reduced towards `longest` pixels a side."""
    from model.opening import open_picture  # noqa: PLC0415  as above

    return open_picture(data, lambda width, height: max(width, height) // longest).image
