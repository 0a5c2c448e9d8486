import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from model.decode import decode
from model.panels import MOST_CROPS, choose, reduction
from tests.model.drawings import draw, strip, write


@pytest.mark.parametrize("width", [16, 31, 63, 200, 202, 320, 999])
@pytest.mark.parametrize("height", [16, 29, 120, 333, 1080, 9000])
def test_aspect(width: int, height: int) -> None:
    """Every crop has the aspect 5:3 exactly and lies inside its picture."""
    boxes = choose(np.asarray(draw(width, height)))
    assert 1 <= len(boxes) <= MOST_CROPS
    for box in boxes:
        assert box.width * 3 == box.height * 5
        assert 0 <= box.left < box.right <= width
        assert 0 <= box.top < box.bottom <= height


@pytest.mark.parametrize(
    ("size", "count"), [((202, 120), 1), ((640, 480), 1), ((1280, 720), 1), ((500, 500), 2)]
)
def test_count(size: tuple[int, int], count: int) -> None:
    """A picture of nearly the thumbnails' aspect is one crop, a square two."""
    assert len(decode(write(draw(*size)))) == count


def test_screenshot() -> None:
    """A screenshot of a phone is three crops that cover it."""
    boxes = choose(np.asarray(draw(1080, 1920)))
    assert [box.top for box in boxes] == [0, 636, 1272]
    assert boxes[-1].bottom == 1920


@pytest.mark.parametrize("size", [(300, 300), (300, 420), (300, 700), (1000, 300), (700, 300)])
def test_whole_picture_is_covered(size: tuple[int, int]) -> None:
    """Crops overlap or touch, from one end to the other."""
    width, height = size
    seen = np.zeros((height, width), dtype=bool)
    for box in choose(np.asarray(draw(width, height))):
        seen[box.top : box.bottom, box.left : box.right] = True
    assert seen.mean() > 0.94


@pytest.mark.parametrize("paper", ["white", "black", "#d8e4f0"])
def test_strip(paper: str) -> None:
    """A strip is cut into its panels, on paper of any colour."""
    heights = [200, 180, 210, 190]
    boxes = choose(np.asarray(strip(320, heights, gutter=70, paper=paper)))
    assert len(boxes) == 4
    tops = [70 + sum(heights[:panel]) + 70 * panel for panel in range(4)]
    for box, top, height in zip(boxes, tops, heights, strict=True):
        assert top <= box.top < box.bottom <= top + height


def test_gutters_survive_jpeg() -> None:
    """The noise that JPEG leaves beside drawings does not hide a gutter."""
    image = strip(640, [380, 380, 380, 380], gutter=60)
    assert len(decode(write(image, "JPEG", quality=70))) == 4


def test_panels_with_margins() -> None:
    """The margin beside a narrow panel is no part of the drawing."""
    image = Image.new("RGB", (400, 1400), "white")
    for number in range(3):
        image.paste(draw(250, 150, seed=number), (100, 100 + 450 * number))
    boxes = choose(np.asarray(image))
    assert len(boxes) == 3
    assert all(box.left >= 100 and box.right <= 350 for box in boxes)


def test_lettering_is_left_out() -> None:
    """A panel that is paper with a little lettering is not looked at."""
    image = strip(320, [200, 200, 200])
    blank = Image.new("RGB", (320, 200), "white")
    for column in range(140, 180, 4):
        blank.paste("black", (column, 0, column + 1, 200))
    image.paste(blank, (0, 320))
    assert len(choose(np.asarray(image))) == 2


def lettering(width: int, height: int) -> Image.Image:
    """Write a page of words."""
    page = Image.new("RGB", (width, height), "white")
    font = ImageFont.load_default(16)
    for line in range(10, height - 20, 24):
        ImageDraw.Draw(page).text((20, line), "once upon a time there was", fill="black", font=font)
    return page


def test_screenshot_with_lettering() -> None:
    """Of a screenshot that shows a drawing above a page of words, only the drawing is looked at."""
    image = Image.new("RGB", (480, 860), "white")
    image.paste(draw(440, 264), (20, 80))
    image.paste(lettering(440, 400), (20, 420))
    boxes = choose(np.asarray(image))
    assert len(boxes) == 1
    assert 70 <= boxes[0].top < boxes[0].bottom <= 350


def test_crops_of_lettering_are_left_out() -> None:
    """Of a wide page, the crop with nothing but words does not count."""
    image = Image.new("RGB", (900, 270), "white")
    image.paste(draw(450, 270), (0, 0))
    image.paste(lettering(450, 270), (450, 0))
    assert [box.left for box in choose(np.asarray(image))] == [0]


def test_only_lettering() -> None:
    """Where there is nothing but words, they are looked at."""
    assert len(choose(np.asarray(lettering(300, 900)))) > 0


def test_line_drawings_are_not_lettering() -> None:
    """Thin lines across a page are a drawing."""
    image = Image.new("RGB", (900, 270), "white")
    pen = ImageDraw.Draw(image)
    for left in (0, 450):
        for number in range(12):
            pen.line((left + 20, 10 + 20 * number, left + 430, 250 - 20 * number), fill="black", width=2)
    assert len(choose(np.asarray(image))) == 2


def test_captions_are_left_out() -> None:
    """A low band between panels is a caption, not a panel."""
    assert len(choose(np.asarray(strip(320, [200, 40, 200, 200])))) == 3


def test_blank_strip() -> None:
    """A strip with nothing on it is still answered."""
    assert len(choose(np.full((2000, 200, 3), 255, dtype=np.uint8))) == MOST_CROPS


def test_many_panels() -> None:
    """Of a long strip, panels from all along it are taken."""
    image = strip(320, [190] * 40)
    boxes = choose(np.asarray(image))
    assert len(boxes) == MOST_CROPS
    assert boxes[0].top < 300
    assert boxes[-1].bottom > image.height - 300


def test_tall_strip() -> None:
    """A strip 20,000 pixels tall is read and its panels found."""
    crops = decode(write(strip(690, [900] * 20, gutter=100), "JPEG"))
    assert len(crops) == MOST_CROPS
    assert all(crop.std() > 5 for crop in crops)


@pytest.mark.parametrize(
    ("size", "factor"), [((202, 120), 1), ((1080, 1920), 4), ((690, 20000), 2), ((8000, 600), 4)]
)
def test_reduction(size: tuple[int, int], factor: int) -> None:
    """A picture is reduced as far as its crops stay wide enough."""
    assert reduction(*size) == factor
