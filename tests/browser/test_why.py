"""Ask in a real browser why an answer is what it is."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scraper.studio import webtoon_title
from tests.browser.conftest import SAMPLE, OpenPage
from tests.browser.gestures import ask_why, choose, expect_ten_cards, press_send

pytestmark = pytest.mark.slow


def expect_painted(page: Page) -> None:
    """Wait until each picture of the explanation has more than a hundred colours: they are decoded first."""
    page.wait_for_function(
        """() => {
            const drawings = [...document.querySelectorAll("#why .drawing")];
            return drawings.length && drawings.every((canvas) => {
                const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                return new Set(new Uint32Array(data.buffer)).size > 100;
            });
        }"""
    )


def test_why_a_picture_matches(page: Page, drawings: list[Path]) -> None:
    """Behind a card both pictures are drawn, with three pairs of patches, heat maps and six traits."""
    choose(page, *drawings)
    press_send(page)
    expect_ten_cards(page)
    ask_why(page, 1)
    expect(page.locator("#why .patch")).to_have_count(6)
    expect(page.locator("#why .heat")).to_have_count(2)
    expect(page.locator("#why .traits li")).to_have_count(6)
    page.wait_for_load_state("networkidle")
    expect_painted(page)
    page.locator("#why .patch").first.hover()
    expect(page.locator("#why .patch.faint")).to_have_count(4)
    page.get_by_label("Show the heat map").uncheck()
    expect(page.locator("#why .heated")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_why_a_webtoon_matches(page: Page) -> None:
    """The answer to a webtoon is explained, too, by a thumbnail of that webtoon."""
    title = webtoon_title(SAMPLE.seed, 0, 0)
    page.get_by_label("Send a picture or a title").fill(title)
    page.keyboard.press("Enter")
    page.locator(".webtoon", has_text=title).get_by_role("button").click()
    expect_ten_cards(page)
    ask_why(page, 0)
    expect(page.locator("#why figcaption").first).to_have_text(title)
    page.wait_for_load_state("networkidle")
    expect_painted(page)


@pytest.mark.parametrize("language", ["en-US", "ko-KR"])
def test_why_on_a_phone(open_page: OpenPage, drawings: list[Path], language: str) -> None:
    """On a phone the explanation needs no scrolling sideways."""
    page = open_page(width=360, language=language, touch=True)
    page.locator("#files").set_input_files(drawings[0])
    page.locator("#send").click()
    expect_ten_cards(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator(".card .ask-why").first.click()
    expect(page.locator("#why .traits li")).to_have_count(6, timeout=60_000)
    assert page.locator("#why").evaluate("box => box.scrollWidth <= box.clientWidth")
