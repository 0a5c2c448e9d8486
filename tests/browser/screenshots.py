"""Take the README's screenshots of the web chat: `python -m tests.browser.screenshots`.

The catalogue is the one that `grimche demo` made (`--data`, by default `data`); the pictures go to
`docs/images`.  With `--report FILE` the report of an evaluation is photographed instead.  Chromium must be
installed, and a Korean font for the titles (`fonts-noto-cjk`).
"""

import argparse
import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from bot.settings import load_settings
from scraper.studio import draw_jpeg
from tests.browser.real_browser import CHROMIUM_ARGUMENTS, serve_in_thread

SEED = 2020
ARTIST = 4
UNSEEN_EPISODE = 900
COLOURS = 256


def main() -> None:
    """Take both pictures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=Path("data"))
    arguments.add_argument("--out", type=Path, default=Path("docs/images"))
    arguments.add_argument("--artist", type=int, default=ARTIST, help="whose picture is sent")
    arguments.add_argument("--report", type=Path, help="the page that `grimche evaluate` wrote")
    given = arguments.parse_args()
    chromium = shutil.which("chromium") or sys.exit("chromium is not installed (apt-get install chromium)")
    if given.report is not None:
        photograph(chromium, given.report, target=given.out / "report.png")
        return
    settings = load_settings({"data": given.data, "web_port": 0})
    with tempfile.TemporaryDirectory() as folder, serve_in_thread(settings) as address:
        drawing = Path(folder) / "drawing.jpg"
        drawing.write_bytes(draw_jpeg(SEED, given.artist, webtoon=0, episode=UNSEEN_EPISODE))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
            take(desk(browser), address, drawing=drawing, target=given.out / "web-chat.png")
            take(phone(browser), address, drawing=drawing, target=given.out / "web-chat-phone-dark.png")
            browser.close()


def photograph(chromium: str, report: Path, *, target: Path) -> None:
    """Take the head of a report and its style map, one below the other."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        page = desk(browser)
        page.goto(report.resolve().as_uri())
        head = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
        points = Image.open(io.BytesIO(page.locator("#map").screenshot(animations="disabled")))
        browser.close()
    both = Image.new("RGB", (head.width, head.height + points.height), head.getpixel((0, 0)))
    both.paste(head, (0, 0))
    both.paste(points, ((head.width - points.width) // 2, head.height))
    out = io.BytesIO()
    both.save(out, "PNG")
    save(out.getvalue(), target)


def desk(browser: Browser) -> Page:
    """Open an empty page on a desk, in light colours."""
    return browser.new_context(viewport={"width": 1280, "height": 1080}).new_page()


def phone(browser: Browser) -> Page:
    """Open an empty page on a phone, in dark colours."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        color_scheme="dark",
        device_scale_factor=2,
        has_touch=True,
        is_mobile=True,
    )
    return context.new_page()


def take(page: Page, address: str, *, drawing: Path, target: Path) -> None:
    """Send the drawing, and photograph the answer."""
    page.goto(address)
    page.wait_for_selector("body[data-ready]")
    page.set_input_files("#files", drawing)
    page.click("#send")
    page.wait_for_selector(".card")
    page.wait_for_load_state("networkidle")
    page.wait_for_function(
        "document.getAnimations().every((animation) => animation.playState === 'finished')"
    )
    save(page.screenshot(animations="disabled"), target)


def save(screenshot: bytes, target: Path) -> None:
    """Write a screenshot with few colours, so that the README loads fast."""
    target.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.FLOYDSTEINBERG).save(target, optimize=True)
    sys.stdout.write(f"{target}: {target.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    main()
