"""What people do with the page, and what they wait for."""

import base64
from pathlib import Path

from playwright.sync_api import JSHandle, Page, expect


def carry(page: Page, *paths: Path) -> JSHandle:
    """Put files into a DataTransfer, as a drag or the clipboard does."""
    contents = [[path.name, base64.b64encode(path.read_bytes()).decode()] for path in paths]
    return page.evaluate_handle(
        """files => {
            const carried = new DataTransfer();
            for (const [name, text] of files) {
                const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
                carried.items.add(new File([bytes], name, { type: "image/jpeg" }));
            }
            return carried;
        }""",
        contents,
    )


def choose(page: Page, *paths: Path) -> None:
    """Choose files with the button."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose pictures").click()
    chooser.value.set_files(paths)


def press_send(page: Page) -> None:
    """Send what is in the tray and the box."""
    page.get_by_role("button", name="Send", exact=True).click()


def see_pictures(page: Page) -> None:
    """Wait until no picture is still loading: a page that is left breaks such requests off."""
    page.wait_for_function("() => [...document.images].every((image) => image.complete)")


def expect_ten_cards(page: Page) -> None:
    """Expect one answer with ten cards, each with its thumbnail loaded."""
    expect(page.locator(".answer")).to_have_count(1)
    expect(page.locator(".card")).to_have_count(10)
    thumbnails = page.locator(".card img")
    for place in range(10):
        expect(thumbnails.nth(place)).to_have_js_property("naturalWidth", 202)


def take(troubles: list[str], part: str) -> None:
    """Take an expected complaint out of the troubles."""
    (expected,) = [trouble for trouble in troubles if part in trouble]
    troubles.remove(expected)


def ask_why(page: Page, place: int) -> None:
    """Ask why one of the cards is there, and wait until it is said."""
    page.locator(".card").nth(place).get_by_role("button", name="Why?").click()
    expect(page.locator("#why .why-similarity")).to_be_visible(timeout=60_000)  # a sample is measured first
