from datetime import date
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image, ImageChops

from bot.fonts import has_hangul, korean_font
from bot.sheet import WIDTH
from bot.stats_sheet import BAD, draw_stats
from bot.texts import Language
from storage.usage import DayFigures, Figures, GenerationVerdicts

SINCE, UNTIL = date(2026, 3, 1), date(2026, 3, 3)


def a_font(path: Path, signs: str) -> Path:
    """Make a font that draws a box as wide as its place for each sign, and nothing for others."""
    names = [".notdef", *(f"sign{number}" for number in range(len(signs)))]
    glyphs = {}
    for number, name in enumerate(names):
        pen = TTGlyphPen(None)
        if number:
            corners = [(0, 0), (0, 500), (100 + 100 * number, 500), (100 + 100 * number, 0)]
            pen.moveTo(corners[0])
            for corner in corners[1:]:
                pen.lineTo(corner)
            pen.closePath()
        glyphs[name] = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(sign): name for sign, name in zip(signs, names[1:], strict=True)})
    font.setupGlyf(glyphs)
    font.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(path)
    return path


def figures(*, failed: int = 0, generations: int = 1, days: int = 3) -> Figures:
    """Make figures of some days."""
    return Figures(
        queries=30,
        answered=30 - failed,
        failed=failed,
        people=3,
        median=0.4,
        p95=1.5,
        up=3,
        down=0,
        days=tuple(
            DayFigures(day=date(2026, 3, day), queries=10 * day, people=1, failed=failed)
            for day in range(1, days + 1)
        ),
        generations=tuple(
            GenerationVerdicts(generation=f"g{number}", answers=9, up=3, down=0)
            for number in range(generations)
        ),
    )


def draw(of: Figures, language: Language = Language.EN, folders: tuple[Path, ...] = ()) -> Image.Image:
    """Draw the days around the figures."""
    return draw_stats(of, language=language, since=SINCE, until=UNTIL, folders=folders)


def differ(one: Image.Image, other: Image.Image) -> bool:
    """Tell whether two pictures of one size differ anywhere."""
    return ImageChops.difference(one, other).getbbox() is not None


def test_bars_follow_the_days() -> None:
    """Each day has a bar as high as its questions."""
    picture = draw(figures())
    heights = [
        sum(picture.getpixel((x, y)) == (24, 138, 84) for y in range(200, 460)) for x in (180, 550, 920)
    ]
    assert heights[0] < heights[1] < heights[2]
    assert heights[2] == pytest.approx(3 * heights[0], abs=12)


def test_failures_are_red() -> None:
    """What failed is seen in red, and only where something did."""
    reds = [
        sum(colour == BAD for colour in draw(of).get_flattened_data())
        for of in (figures(), figures(failed=5))
    ]
    assert reds[0] == 0
    assert reds[1] > 1000


def test_nothing_yet() -> None:
    """Without any question there is a picture without bars and generations."""
    empty = Figures(queries=0, answered=0, failed=0, people=0, median=0, p95=0, up=0, down=0, days=())
    assert draw(empty).size == (WIDTH, draw(figures(generations=0)).height)


def test_generations_are_listed() -> None:
    """Each generation adds a row, up to five."""
    heights = [draw(figures(generations=number)).height for number in (1, 2, 5, 6)]
    assert heights[1] - heights[0] == 46
    assert heights[3] == heights[2]


def test_long_time_keeps_the_last_days() -> None:
    """Of a year the last two months are drawn."""
    early, late = (
        draw_stats(figures(), language=Language.EN, since=since, until=UNTIL)
        for since in (date(2025, 3, 1), date(2024, 3, 1))
    )
    assert not differ(early, late)


def test_korean_needs_a_font(tmp_path: Path) -> None:
    """Labels are Korean where a font has Hangul, and English where none has."""
    english = draw(figures())
    assert not differ(draw(figures(), Language.KO, (tmp_path,)), english)
    a_font(tmp_path / "NanumGothic.ttf", "그림체질문실패0123456789")
    assert differ(draw(figures(), Language.KO, (tmp_path / "..", tmp_path)), english)


def test_font_without_hangul_is_passed_over(tmp_path: Path) -> None:
    """A font is taken for what it draws, not for its name."""
    (tmp_path / "NotoSansKR.otf").write_bytes(b"no font")
    assert not has_hangul(a_font(tmp_path / "NanumGothic.ttf", "abc"))
    good = a_font(tmp_path / "UnDotum.ttf", "그림체")
    assert korean_font((tmp_path,)) == good
