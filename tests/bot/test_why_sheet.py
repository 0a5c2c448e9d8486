from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image

from bot.sheet import TRACK
from bot.why_sheet import FOR, PAIRS, QUERY, SIDE_HEIGHT, SIDE_WIDTH, THUMBNAIL, draw_why
from bot.why_signs import signs
from storage.answers import AlikePatches, Area, Colour, Match, Measured, Side, Trait, Why
from storage.records import Platform, StoredWebtoon, Webtoon

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
LEFT, RIGHT = Image.new("RGB", (400, 240), (250, 240, 200)), Image.new("RGB", (400, 240), (200, 220, 250))


def side(heat: float, *, percentile: float) -> Side:
    """Make a side whose left half adds to the similarity."""
    return Side(
        area=Area(left=0, top=0, right=1, bottom=1),
        heat=tuple((heat,) * 10 + (0.0,) * 10 for _ in range(12)),
        palette=(Colour(red=1, green=2, blue=3, share=0.75), Colour(red=9, green=90, blue=9, share=0.25)),
        measured=tuple(Measured(trait=trait, percentile=percentile) for trait in Trait),
    )


@pytest.fixture
def why() -> Why:
    """Make an explanation with one pair of patches."""
    webtoon = Webtoon(platform=Platform.SAMPLE, platform_id="1", title="제목")
    stored = StoredWebtoon(id=1, webtoon=webtoon, episodes=1, first_seen=NOON, last_seen=NOON)
    patch = Area(left=0.6, top=0.5, right=0.75, bottom=0.75)
    return Why(
        match=Match(rank=1, stored=stored, score=0.5, picture="picture", episode=1),
        picture=0,
        similarity=0.61,
        query=side(0.004, percentile=0.1),
        thumbnail=side(0.004, percentile=0.9),
        patches=(AlikePatches(query=patch, thumbnail=patch, part=0.02),),
        sample=10,
    )


def count(image: Image.Image, colour: tuple[int, int, int]) -> int:
    """Count the pixels of a colour."""
    return sum(pixels for pixels, found in image.getcolors(image.width * image.height) if found == colour)


def halves(image: Image.Image) -> Iterator[Image.Image]:
    """Cut a drawing into its left and its right half."""
    yield image.crop((0, 0, image.width // 2, image.height))
    yield image.crop((image.width // 2, 0, image.width, image.height))


def test_both_pictures_stand_side_by_side(why: Why) -> None:
    """The query stands at the left, the thumbnail at the right, both as they are."""
    left, right = halves(draw_why(why, query=LEFT, thumbnail=RIGHT))
    assert count(left, (250, 240, 200)) > SIDE_WIDTH * SIDE_HEIGHT * 0.8
    assert count(right, (200, 220, 250)) > SIDE_WIDTH * SIDE_HEIGHT * 0.8


def test_the_pair_is_framed_in_both(why: Why) -> None:
    """The same frame stands in both pictures."""
    left, right = halves(draw_why(why, query=LEFT, thumbnail=RIGHT))
    assert count(left, PAIRS[0]) > 800
    assert count(left, PAIRS[1]) == 0
    assert count(right, PAIRS[0]) > 800


def test_what_adds_is_warm(why: Why) -> None:
    """Below the pictures the half that adds to the similarity is coloured, the other is not."""
    sheet = draw_why(why, query=LEFT, thumbnail=RIGHT)
    middle = 36 + SIDE_HEIGHT + 24 + SIDE_HEIGHT // 2
    warm, plain = sheet.getpixel((150, middle)), sheet.getpixel((500, middle))
    assert warm[0] - warm[2] > 60 < FOR[0] - FOR[2]
    assert abs(plain[0] - plain[2]) < 5


def test_without_heat_the_sheet_is_lower(why: Why) -> None:
    """A generation that cannot say where it looked gets no empty maps."""
    bare = replace(
        why, query=replace(why.query, heat=()), thumbnail=replace(why.thumbnail, heat=()), patches=()
    )
    usual, lower = (draw_why(one, query=LEFT, thumbnail=RIGHT) for one in (why, bare))
    assert usual.height - lower.height == SIDE_HEIGHT + 24


def test_only_what_was_looked_at_is_shown(why: Why) -> None:
    """Of a strip the part is shown that was compared."""
    strip = Image.new("RGB", (400, 2400), "black")
    strip.paste((10, 200, 30), (0, 1200, 400, 1440))
    query = replace(why.query, area=Area(left=0, top=0.5, right=1, bottom=0.6))
    left, _ = halves(draw_why(replace(why, query=query), query=strip, thumbnail=RIGHT))
    assert count(left, (10, 200, 30)) > SIDE_WIDTH * SIDE_HEIGHT * 0.8


def test_colours_are_as_wide_as_their_shares(why: Why) -> None:
    """A colour of three quarters is three times as wide as the other."""
    left, _ = halves(draw_why(why, query=LEFT, thumbnail=RIGHT))
    assert count(left, (1, 2, 3)) == pytest.approx(3 * count(left, (9, 90, 9)), rel=0.05)


def test_marks_stand_at_their_percentiles(why: Why) -> None:
    """On every scale the query's dot stands near the left end, the thumbnail's ring near the right."""
    sheet = draw_why(why, query=LEFT, thumbnail=RIGHT)
    scales = sheet.crop((36, sheet.height - 36 - 3 * 46, 36 + SIDE_WIDTH, sheet.height - 36))
    assert count(scales, TRACK) > 0
    inner = scales.crop((60, 0, scales.width - 60, scales.height))
    west, east = halves(inner)
    assert count(west, QUERY) > 200
    assert count(east, QUERY) == 0
    assert count(east, THUMBNAIL) > 200
    assert count(west, THUMBNAIL) == 0


@pytest.mark.parametrize("trait", list(Trait))
def test_little_and_much_have_different_signs(trait: Trait) -> None:
    """Each scale has two signs that differ."""
    little, much = signs(trait)
    assert little.tobytes() != much.tobytes()
