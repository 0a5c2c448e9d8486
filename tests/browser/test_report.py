"""Open the report of an evaluation in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from model.report import render
from tests.model.report.findings import crop_of, findings

pytestmark = pytest.mark.slow


@pytest.fixture
def report(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Write a report and open it as a file; nothing may be complained about."""
    path = tmp_path / "report.html"
    path.write_text(render(findings(), crop_of), encoding="utf-8")
    troubles: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page.on("console", lambda line: troubles.append(line.text) if line.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("requestfailed", lambda request: troubles.append(request.url))
    page.goto(path.as_uri())
    yield page
    page.close()
    assert troubles == []


def test_opens_with_all_its_pictures(report: Page) -> None:
    """The page opens without a complaint, and every picture in it can be seen."""
    expect(report.get_by_role("heading", name="Evaluation of starter-9")).to_be_visible()
    sizes = report.locator("img").evaluate_all("images => images.map((image) => image.naturalWidth)")
    assert len(sizes) == 6
    assert min(sizes) > 0


def test_dark_and_light(report: Page) -> None:
    """The switch turns the page dark and light again."""
    colour = "getComputedStyle(document.body).backgroundColor"
    light = report.evaluate(colour)
    report.get_by_role("button", name="Switch between light and dark").click()
    assert report.evaluate(colour) != light
    report.get_by_role("button", name="Switch between light and dark").click()
    assert report.evaluate(colour) == light


def test_artist_on_the_style_map(report: Page) -> None:
    """Choosing an artist brings out their pictures; choosing again puts all back."""
    name = report.get_by_role("button", name="김민서")
    name.click()
    expect(report.locator(".map .lit")).to_have_count(2)
    name.click()
    expect(report.locator(".map .lit")).to_have_count(0)


def test_narrow_screens(report: Page) -> None:
    """On a phone nothing but the tables scrolls sideways."""
    report.set_viewport_size({"width": 360, "height": 800})
    assert report.evaluate("document.documentElement.scrollWidth") == 360
