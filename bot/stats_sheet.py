"""Draw how much Grimche is used as one picture: the figures, the days, and the feedback by generation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from bot import fonts
from bot import texts as all_texts
from bot.sheet import GAP, INK, MARGIN, PAPER, TONES, TRACK, WIDTH, Colour, draw_panel, rounded
from bot.texts import Language, Texts
from storage.answers import Familiarity
from storage.usage import DayFigures

if TYPE_CHECKING:
    from storage.usage import Figures, GenerationVerdicts

TILE_HEIGHT = 110
CHART_HEIGHT = 330
ROW_HEIGHT = 46
MOST_GENERATIONS = 5
MOST_DAYS = 62
FAINT: Colour = (104, 112, 132)
GOOD: Colour = TONES[Familiarity.CLOSE].accent
BAD: Colour = (201, 58, 40)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Writes on a sheet, in a language that its font has."""

    sheet: Image.Image
    texts: Texts
    font: Path | None

    def write(
        self, place: tuple[int, int], text: str, *, size: int, fill: Colour = INK, anchor: str = "lm"
    ) -> None:
        """Write at a place, by Pillow's two letters."""
        font = fonts.load(self.font, size=size)
        ImageDraw.Draw(self.sheet).text(place, text, fill=fill, font=font, anchor=anchor)

    def say(self, place: tuple[int, int], key: str, *, size: int = 18, anchor: str = "lm") -> None:
        """Write one of the texts as a label."""
        self.write(place, self.texts.format(key), size=size, fill=FAINT, anchor=anchor)


def draw_stats(
    figures: "Figures",
    *,
    language: Language,
    since: date,
    until: date,
    folders: Sequence[Path] = fonts.FOLDERS,
) -> Image.Image:
    """Draw in RGB, 1200 pixels wide; without a font that has Hangul, the labels are in English."""
    font = fonts.korean_font(folders) if language is Language.KO else None
    spoken = language if font or language is not Language.KO else Language.EN
    generations = figures.generations[:MOST_GENERATIONS]
    chart = MARGIN + TILE_HEIGHT + GAP
    table = chart + CHART_HEIGHT + GAP
    height = table + (ROW_HEIGHT * (len(generations) + 1) + MARGIN if generations else MARGIN - GAP)
    pen = _Pen(Image.new("RGB", (WIDTH, height), PAPER), all_texts.get(spoken), font)
    _draw_tiles(pen, figures)
    _draw_days(pen, _whole(figures.days, since=since, until=until), top=chart)
    if generations:
        _draw_generations(pen, generations, top=table)
    return pen.sheet


def _draw_tiles(pen: _Pen, figures: "Figures") -> None:
    """Draw the figures of the whole time, each on a card."""
    tiles = (
        ("stats-queries", str(figures.queries), INK),
        ("stats-failed", str(figures.failed), BAD if figures.failed else INK),
        ("stats-median", f"{figures.median:.2f}", INK),
        ("stats-p95", f"{figures.p95:.2f}", INK),
        ("stats-up", str(figures.up), GOOD),
        ("stats-down", str(figures.down), BAD if figures.down else INK),
    )
    width = (WIDTH - 2 * MARGIN - GAP * (len(tiles) - 1)) // len(tiles)
    for place, (key, value, colour) in enumerate(tiles):
        left = MARGIN + place * (width + GAP)
        draw_panel(pen.sheet, (left, MARGIN, left + width, MARGIN + TILE_HEIGHT), border=0)
        middle = left + width // 2
        pen.write((middle, MARGIN + 42), value, size=38, fill=colour, anchor="mm")
        pen.say((middle, MARGIN + 86), key, anchor="mm")


def _draw_days(pen: _Pen, days: "Sequence[DayFigures]", *, top: int) -> None:
    """Draw a bar for each day, what failed in red at its foot."""
    draw_panel(pen.sheet, (MARGIN, top, WIDTH - MARGIN, top + CHART_HEIGHT), border=0)
    pen.say((MARGIN + 24, top + 28), "stats-by-day")
    busiest = max((day.queries for day in days), default=0)
    pen.write((WIDTH - MARGIN - 24, top + 28), str(busiest), size=18, fill=FAINT, anchor="rm")
    left, right, floor, tallest = (
        MARGIN + 24,
        WIDTH - MARGIN - 24,
        top + CHART_HEIGHT - 44,
        CHART_HEIGHT - 104,
    )
    ImageDraw.Draw(pen.sheet).line((left, floor, right, floor), fill=TRACK, width=2)
    step = (right - left) / len(days)
    every = -(-len(days) // 10)
    for place, day in enumerate(days):
        start, width = round(left + place * step), max(round(step * 0.7), 2)
        for count, colour in ((day.queries, GOOD), (day.failed, BAD)):
            _draw_column(
                pen.sheet, (start, floor), size=(width, _scaled(count, busiest, tallest)), fill=colour
            )
        if place % every == 0:
            middle = start + width // 2
            pen.write((middle, floor + 22), f"{day.day:%m-%d}", size=16, fill=FAINT, anchor="mm")


def _draw_column(sheet: Image.Image, foot: tuple[int, int], *, size: tuple[int, int], fill: Colour) -> None:
    width, height = size
    if height:
        left, floor = foot
        sheet.paste(fill, (left, floor - height), rounded((width, height), radius=min(4, width // 2)))


def _draw_generations(pen: _Pen, generations: "Sequence[GenerationVerdicts]", *, top: int) -> None:
    """Draw for each generation how its answers were judged, the share of thumbs up as a bar."""
    bottom = top + ROW_HEIGHT * (len(generations) + 1)
    draw_panel(pen.sheet, (MARGIN, top, WIDTH - MARGIN, bottom), border=0)
    pen.say((MARGIN + 24, top + 26), "stats-by-generation")
    for number, each in enumerate(generations, start=1):
        middle = top + ROW_HEIGHT * number + 20
        pen.write((MARGIN + 24, middle), each.generation[:40], size=18)
        pen.write((WIDTH - MARGIN - 24, middle), f"+{each.up}  −{each.down}", size=18, anchor="rm")
        left, width = WIDTH // 2, 380
        judged = each.up + each.down
        pen.sheet.paste(TRACK, (left, middle - 6), rounded((width, 12), radius=6))
        if judged:
            pen.sheet.paste(BAD, (left, middle - 6), rounded((width, 12), radius=6))
        if each.up:
            length = max(round(width * each.up / judged), 12)
            pen.sheet.paste(GOOD, (left, middle - 6), rounded((length, 12), radius=6))


def _scaled(count: int, busiest: int, tallest: int) -> int:
    """Scale a count to pixels; what is not nothing can be seen."""
    return max(round(tallest * count / busiest), 2) if count else 0


def _whole(days: "Sequence[DayFigures]", *, since: date, until: date) -> "list[DayFigures]":
    """Put the days without questions between the others, the last MOST_DAYS of them all."""
    known = {day.day: day for day in days}
    first = max(since, until - timedelta(days=MOST_DAYS - 1))
    moments = [first + timedelta(days=number) for number in range((until - first).days + 1)]
    return [known.get(moment) or DayFigures(day=moment, queries=0, people=0) for moment in moments]
