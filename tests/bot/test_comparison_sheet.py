from io import BytesIO

import pytest
from PIL import Image

from bot.comparison_sheet import BEFORE, BETTER, EVEN, LEFT, LENGTH, WORSE, colour_of, draw_comparison
from storage.comparisons import Comparison, Measure, Verdict


def measure(*, low: float = 0.05, high: float = 0.15, after: float = 0.7) -> Measure:
    """Make a measure of a new generation beside one that found 60 %."""
    return Measure(regime="episodes", asked=100, before=0.6, after=after, low=low, high=high)


def drawn(*measures: Measure) -> Image.Image:
    """Draw a comparison of some measures."""
    comparison = Comparison(generation="new", against="old", verdict=Verdict.KEPT, measures=measures)
    return Image.open(BytesIO(draw_comparison(comparison)))


@pytest.mark.parametrize(
    ("low", "high", "colour"), [(0.01, 0.2, BETTER), (-0.1, 0.1, EVEN), (-0.2, -0.01, WORSE)]
)
def test_the_colour_says_which_is_better(low: float, high: float, colour: tuple[int, int, int]) -> None:
    """Green and red mean that chance does not explain the difference."""
    assert colour_of(measure(low=low, high=high)) == colour


def test_bars_are_as_long_as_their_shares() -> None:
    """The bar of before ends at 60 % of the scale, and that of after at 70 %."""
    sheet = drawn(measure())
    for share, colour in ((0.6, BEFORE), (0.7, BETTER)):
        ends = [
            x for x in range(LEFT, LEFT + LENGTH) if colour in {sheet.getpixel((x, y)) for y in (80, 156)}
        ]
        assert abs(max(ends) - (LEFT + share * LENGTH)) < 10


def test_each_measure_has_a_panel() -> None:
    """Two measures make the picture taller by one panel, at the same width."""
    one, two = drawn(measure()), drawn(measure(), measure())
    assert one.width == two.width == 1200
    assert two.height > one.height + 180


@pytest.mark.parametrize("after", [0.0, 1.0])
def test_extremes_stay_inside(after: float) -> None:
    """Nothing and everything can be drawn, with intervals beyond the scale."""
    assert drawn(measure(after=after, low=-0.9, high=0.9)).width == 1200
