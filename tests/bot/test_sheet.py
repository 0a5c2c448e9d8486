from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from bot.sheet import CARD, CARD_WIDTH, GAP, MARGIN, TONES, draw_sheet, encode_png
from storage.answers import Answer, Duplicate, Familiarity, Match
from storage.records import Platform, StoredWebtoon, Webtoon

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def match(rank: int) -> Match:
    """Make the match of a rank, shown by the picture named after it."""
    webtoon = Webtoon(platform=Platform.SAMPLE, platform_id=str(rank), title="제목")
    stored = StoredWebtoon(id=rank, webtoon=webtoon, episodes=1, first_seen=NOON, last_seen=NOON)
    return Match(rank=rank, stored=stored, score=1 - rank / 20, picture=f"picture-{rank}", episode=1)


def answer(count: int = 10, *, familiarity: Familiarity = Familiarity.CLOSE) -> Answer:
    """Make an answer with `count` matches."""
    matches = tuple(match(rank) for rank in range(1, count + 1))
    return Answer(
        matches=matches, artists=(), familiarity=familiarity, generation="test", crops=1, seconds={}
    )


def thumbnails(count: int = 10) -> Mapping[str, Image.Image]:
    """Make plain thumbnails, each of another colour."""
    return {
        f"picture-{rank}": Image.new("RGB", (202, 120), (rank * 20, 10, 200)) for rank in range(1, count + 1)
    }


def query(size: tuple[int, int] = (300, 200), mode: str = "RGB") -> Image.Image:
    """Make a red query picture."""
    return Image.new("RGB", size, (255, 0, 0)).convert(mode)


def colours(image: Image.Image) -> set[tuple[int, ...]]:
    """Collect the colours of an image."""
    return {colour for _, colour in image.getcolors(image.width * image.height)}


def test_size_and_mode() -> None:
    """A full answer is an RGB picture of about 1200x700 pixels."""
    sheet = draw_sheet(answer(), queries=[query()], thumbnails=thumbnails())
    assert (sheet.mode, sheet.width) == ("RGB", 1200)
    assert 650 <= sheet.height <= 750


def test_shows_the_query_and_every_thumbnail() -> None:
    """The query and each of the ten thumbnails are there."""
    sheet = draw_sheet(answer(), queries=[query()], thumbnails=thumbnails())
    assert {(255, 0, 0), *((rank * 20, 10, 200) for rank in range(1, 11))} <= colours(sheet)


def test_more_than_ten_matches_are_left_out() -> None:
    """The grid holds ten cards; an eleventh match changes nothing."""
    ten = draw_sheet(answer(10), queries=[query()], thumbnails=thumbnails())
    eleven = draw_sheet(answer(11), queries=[query()], thumbnails=thumbnails(11))
    assert ten.tobytes() == eleven.tobytes()


def test_few_matches_need_one_row() -> None:
    """Up to five matches are drawn as one row, on a lower sheet."""
    full = draw_sheet(answer(6), queries=[query()], thumbnails=thumbnails())
    assert draw_sheet(answer(5), queries=[query()], thumbnails=thumbnails()).height < full.height


def test_missing_thumbnail_leaves_a_blank_card() -> None:
    """A thumbnail that is gone from the catalogue does not stop the sheet."""
    sheet = draw_sheet(answer(2), queries=[query()], thumbnails=thumbnails(1))
    assert (40, 10, 200) not in colours(sheet)


def test_without_a_query_there_is_no_band() -> None:
    """Webtoons like one of the catalogue have no query picture, and the grid starts at the top."""
    sheet = draw_sheet(answer(), queries=[], thumbnails=thumbnails())
    assert TONES[Familiarity.CLOSE].band not in colours(sheet)


@pytest.mark.parametrize("familiarity", list(Familiarity))
def test_band_shows_the_familiarity(familiarity: Familiarity) -> None:
    """The band behind the query has the colour of the familiarity."""
    sheet = draw_sheet(answer(familiarity=familiarity), queries=[query()], thumbnails=thumbnails())
    assert sheet.getpixel((2, 2)) == TONES[familiarity].band


@pytest.mark.parametrize("size", [(40, 4000), (4000, 40), (1, 1), (16, 16)], ids=str)
@pytest.mark.parametrize("count", [1, 4, 9])
def test_queries_of_any_shape_stay_inside(size: tuple[int, int], count: int) -> None:
    """Strips and dots are fitted into the band, and the grid below is the same as for any query."""
    usual = draw_sheet(answer(), queries=[query()], thumbnails=thumbnails())
    sheet = draw_sheet(answer(), queries=[query(size)] * count, thumbnails=thumbnails())
    below = (0, 290, 1200, usual.height)
    assert sheet.crop(below).tobytes() == usual.crop(below).tobytes()


def test_bar_is_as_long_as_the_score() -> None:
    """The bar under the first thumbnail is longer than the one under the tenth."""
    sheet = draw_sheet(answer(), queries=[query()], thumbnails=thumbnails())
    accent = TONES[Familiarity.CLOSE].accent
    rows = [[sheet.getpixel((x, y)) for x in range(sheet.width)] for y in (477, 678)]
    first = sum(pixel == accent for pixel in rows[0][36:247])
    tenth = sum(pixel == accent for pixel in rows[1][952:1164])
    assert first > tenth > 0
    assert CARD in rows[0]


def test_png() -> None:
    """A sheet is written as a PNG that opens again with the same pixels."""
    sheet = draw_sheet(answer(), queries=[query(mode="L")], thumbnails=thumbnails())
    with Image.open(BytesIO(encode_png(sheet))) as read:
        assert (read.format, read.tobytes()) == ("PNG", sheet.tobytes())


def test_the_query_itself_is_marked() -> None:
    """A card that shows the query's own picture differs from the same card without a mark, others do not."""
    plain = answer()
    same = Duplicate(place=0, stored=match(2).stored, picture="picture-2", episode=1)
    sheets = [
        draw_sheet(each, queries=[query()], thumbnails=thumbnails())
        for each in (plain, replace(plain, duplicates=(same,)))
    ]
    changed = ImageChops.difference(*sheets).getbbox()
    assert changed is not None
    left = MARGIN + CARD_WIDTH + GAP
    assert left - 4 <= changed[0] < changed[2] <= left + CARD_WIDTH + 4
