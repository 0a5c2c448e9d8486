"""What a reader can check by eye."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from model.plain import palette, traits, usual
from storage.answers import Trait

STRIPES = [(220, 40, 40), (40, 160, 60), (30, 60, 190), (240, 220, 60), (20, 20, 24)]


def lines(width: int, *, ink: str = "black") -> np.ndarray:
    """Draw slanted lines of a width on white."""
    image = Image.new("RGB", (200, 120), "white")
    pen = ImageDraw.Draw(image)
    for x in range(-60, 200, 30):
        pen.line((x, 0, x + 60, 120), fill=ink, width=width)
    return np.asarray(image)


def plain(colour: tuple[int, int, int]) -> np.ndarray:
    """Fill a picture with one colour."""
    return np.full((120, 200, 3), colour, np.uint8)


def noise() -> np.ndarray:
    """Draw fine grain on grey."""
    grain = np.random.default_rng(0).integers(-6, 7, (120, 200, 1))
    return (plain((150, 150, 150)) + grain).astype(np.uint8)


def ramp() -> np.ndarray:
    """Draw a soft change from dark to bright."""
    values = np.linspace(0, 255, 40).repeat(5)[None, :, None]
    return np.broadcast_to(values, (120, 200, 3)).astype(np.uint8)


@pytest.mark.parametrize(
    ("trait", "less", "more"),
    [
        (Trait.LINE_WEIGHT, lines(1), lines(5)),
        (Trait.DARK_LINE, lines(2, ink="#a0a0a0"), lines(2)),
        (Trait.FLATNESS, ramp(), plain((90, 120, 200))),
        (Trait.CONTRAST, plain((128, 128, 128)), lines(5)),
        (Trait.SATURATION, plain((128, 128, 128)), plain((220, 40, 40))),
        (Trait.TEXTURE, plain((150, 150, 150)), noise()),
    ],
)
def test_traits_tell_little_from_much(trait: Trait, less: np.ndarray, more: np.ndarray) -> None:
    """Each trait is larger where an eye would say so."""
    assert traits(less)[trait] < traits(more)[trait]


def test_thicker_lines_weigh_more() -> None:
    """Line weight grows with every pixel of width."""
    weights = [traits(lines(width))[Trait.LINE_WEIGHT] for width in (1, 2, 3, 4, 5)]
    assert weights == sorted(set(weights))


def test_size_does_not_matter() -> None:
    """A larger scan of the same drawing lies where the drawing lies, and not among other drawings."""
    large = np.asarray(Image.fromarray(lines(4)).resize((600, 360), Image.Resampling.BICUBIC))
    weights = [traits(crop)[Trait.LINE_WEIGHT] for crop in (lines(2), large, lines(6))]
    assert weights == sorted(weights)


def test_palette_finds_the_colours_and_their_shares() -> None:
    """Five stripes are the five colours, each with its share, the largest first."""
    crop = np.concatenate(
        [
            np.full((120, width, 3), colour, np.uint8)
            for width, colour in zip((80, 50, 40, 20, 10), STRIPES, strict=True)
        ],
        axis=1,
    )
    found = palette(crop)
    assert [(tone.red, tone.green, tone.blue) for tone in found] == STRIPES
    assert [tone.share for tone in found] == pytest.approx([0.4, 0.25, 0.2, 0.1, 0.05])


def test_one_colour_is_one_colour() -> None:
    """A blank picture has no five colours."""
    (tone,) = palette(plain((10, 200, 30)))
    assert (tone.red, tone.green, tone.blue, tone.share) == (10, 200, 30, 1)


def test_soft_picture_has_five_colours_that_fill_it() -> None:
    """Of a picture in many colours five remain, and together they stand for all of it."""
    grain = np.random.default_rng(1).integers(0, 256, (120, 200, 3), dtype=np.uint8)
    found = palette(np.asarray(Image.fromarray(grain).filter(ImageFilter.GaussianBlur(6))))
    assert len(found) <= 5
    assert sum(tone.share for tone in found) == pytest.approx(1, abs=0.01)


def test_percentile_is_the_share_that_has_less() -> None:
    """The thickest of four lines lies above the others, the thinnest below; equals count half."""
    known = usual([lines(width) for width in (1, 2, 3, 5)])
    places = {one.trait: one.percentile for one in known.place(lines(5))}
    assert places[Trait.LINE_WEIGHT] == 0.875
    assert {one.trait: one.percentile for one in known.place(lines(1))}[Trait.LINE_WEIGHT] == 0.125


def test_without_a_sample_everything_is_middling() -> None:
    """An empty sample says nothing."""
    assert {one.percentile for one in usual([]).place(lines(2))} == {0.5}
