"""What a report shows of the pictures: the hardest confusions side by side, and the style map."""

import base64
import io
from collections.abc import Callable, Sequence

from PIL import Image

from model.arrays import UInt8Array
from model.evaluation_records import Evaluation, HardPair, Regime, Shown, StylePoint
from model.report.marks import Markup, join, tag
from model.report.tables import heading

CropOf = Callable[[int], UInt8Array | None]

_LARGE, _SMALL = (200, 120), (44, 26)
_KEPT = (120, 72)  # of a small picture, which grows under the pointer
_MAP = (1120, 800)
_PAIRS = 12  # of each regime
_GOLDEN = 137.508  # degrees between the hues of artists, so that neighbours in the list differ


def hard_pairs(evaluation: Evaluation, crop_of: CropOf) -> Markup:
    """Show the queries that lay nearest to somebody else's picture, most similar first."""
    parts = []
    for regime in Regime:
        pairs = [pair for pair in evaluation.hard_pairs if pair.regime is regime][:_PAIRS]
        if pairs:
            parts += [heading(regime), tag("ol", *(_pair(pair, crop_of) for pair in pairs), class_="pairs")]
    return join(parts)


def _pair(pair: HardPair, crop_of: CropOf) -> Markup:
    return tag(
        "li",
        tag("div", _side(pair.query, crop_of), _side(pair.nearest, crop_of), class_="sides"),
        tag("p", f"{pair.similarity:.0%} alike", class_="alike"),
    )


def _side(shown: Shown, crop_of: CropOf) -> Markup:
    title = f"{shown.webtoon}, episode {shown.episode}"
    return tag(
        "figure",
        _picture(crop_of(shown.row), _LARGE, alt=f"{shown.artist}: {title}"),
        tag("figcaption", tag("b", shown.artist), tag("span", title)),
    )


def style_map(points: Sequence[StylePoint], crop_of: CropOf) -> Markup:
    """Lay the thumbnails out where the style map has them; a list of artists brings out one's own."""
    artists = sorted({point.shown.artist for point in points})
    hues = {artist: round(place * _GOLDEN % 360) for place, artist in enumerate(artists)}
    items = [_point(point, crop_of, hue=hues[point.shown.artist]) for point in points]
    names = [
        tag("button", artist, type="button", data_artist=artist, style=f"--hue:{hues[artist]}")
        for artist in artists
    ]
    return join([tag("div", *items, class_="map"), tag("div", *names, class_="names", role="group")])


def _point(point: StylePoint, crop_of: CropOf, *, hue: int) -> Markup:
    width, height = _MAP
    left = point.x * (width - _SMALL[0]) / width
    top = point.y * (height - _SMALL[1]) / height
    shown = point.shown
    return tag(
        "span",
        _picture(crop_of(shown.row), _SMALL, alt=""),
        title=f"{shown.artist} · {shown.webtoon}, episode {shown.episode}",
        data_artist=shown.artist,
        style=f"left:{left:.2%};top:{top:.2%};--hue:{hue}",
    )


def _picture(crop: UInt8Array | None, size: tuple[int, int], *, alt: str) -> Markup:
    """Put a crop into the page itself, or an empty place where it is gone."""
    if crop is None:
        return tag("i", class_="missing")
    image = Image.fromarray(crop)
    image.thumbnail(_KEPT if size == _SMALL else size, Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=78)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return Markup(
        tag(
            "img",
            src=f"data:image/jpeg;base64,{data}",
            alt=alt,
            width=size[0],
            height=size[1],
        ).removesuffix("</img>")
    )
