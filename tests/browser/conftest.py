import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.catalogue_jobs import Sample, scrape_sample
from bot.progress import ignore
from bot.settings import Settings, load_settings
from scraper.studio import draw_jpeg
from tests.browser.gestures import see_pictures
from tests.browser.real_browser import CHROMIUM_ARGUMENTS, serve_in_thread

# A small limit, so that a test need not make a large file to pass it.
UPLOAD_MB = 1
SAMPLE = Sample(artists=6, webtoons=14, episodes=6)
OpenPage = Callable[..., Page]

expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def chromium() -> str:
    """Find Debian's Chromium; without it the tests are skipped, but never where CI runs them."""
    path = shutil.which("chromium")
    if path is None and os.environ.get("CI") == "true":
        pytest.fail("chromium is not installed (apt-get install chromium)")
    if path is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    return path


@pytest.fixture(scope="session")
def catalogue_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Fill a data folder with 14 webtoons of 6 artists, so that an answer has all its ten cards."""
    data = tmp_path_factory.mktemp("browser") / "data"
    settings = load_settings({"data": data, "web_port": 0, "web_upload_mb": UPLOAD_MB})
    asyncio.run(scrape_sample(settings, SAMPLE, report=ignore))
    return settings


@pytest.fixture(scope="module")
def address(chromium: str, catalogue_settings: Settings) -> Iterator[str]:  # noqa: ARG001  skips first
    """Run the real server."""
    with serve_in_thread(catalogue_settings) as url:
        yield url


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Start Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def troubles() -> list[str]:
    """Collect what the browser complains about; whoever expects a complaint takes it out."""
    return []


@pytest.fixture
def open_page(browser: Browser, address: str, troubles: list[str]) -> Iterator[OpenPage]:
    """Open the chat; in the end no error may be left in the console, and no request may have failed."""
    contexts = []

    def open_page(*, width: int = 1280, language: str = "en-US", touch: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=language, has_touch=touch, is_mobile=touch
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("requestfailed", lambda request: troubles.append(f"{request.url}: {request.failure}"))
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        see_pictures(page)
        return page

    yield open_page
    found = list(troubles)  # before closing the page makes trouble for what still loads
    for context in contexts:
        context.close()
    assert found == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """Open the chat on a desk."""
    return open_page()


@pytest.fixture
def drawings(tmp_path: Path) -> list[Path]:
    """Draw three pictures by an artist of the catalogue that are not in it."""
    paths = [tmp_path / f"drawing {number}.jpg" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_bytes(draw_jpeg(SAMPLE.seed, 0, webtoon=0, episode=900 + number))
    return paths
