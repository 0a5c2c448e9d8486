"""Drive the web chat as people do, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from scraper.studio import webtoon_title
from tests.browser.conftest import SAMPLE, OpenPage
from tests.browser.gestures import ask_why, carry, choose, expect_ten_cards, press_send, see_pictures, take

pytestmark = pytest.mark.slow

SEED = SAMPLE.seed


def test_drop_a_picture(page: Page, drawings: list[Path]) -> None:
    """A picture that is dropped anywhere is answered with ten cards, without another click."""
    carried = carry(page, drawings[0])
    page.dispatch_event("body", "dragenter", {"dataTransfer": carried})
    expect(page.locator("#drop")).to_be_visible()
    page.dispatch_event("body", "drop", {"dataTransfer": carried})
    expect(page.locator("#drop")).to_be_hidden()
    expect_ten_cards(page)
    expect(page.locator(".banner")).to_be_visible()
    expect(page.locator(".artists li").first).to_contain_text("%")


def test_escape_puts_the_drop_sign_away(page: Page, drawings: list[Path]) -> None:
    """Escape closes the sign when somebody thinks better of it."""
    page.dispatch_event("body", "dragenter", {"dataTransfer": carry(page, drawings[0])})
    page.keyboard.press("Escape")
    expect(page.locator("#drop")).to_be_hidden()


def test_drop_something_else(page: Page) -> None:
    """A dropped address gets a sentence."""
    address = page.evaluate_handle(
        """() => {
            const carried = new DataTransfer();
            carried.setData("text/uri-list", "https://comic.example/1.jpg");
            return carried;
        }"""
    )
    page.dispatch_event("body", "drop", {"dataTransfer": address})
    expect(page.locator(".error")).to_contain_text("no picture file")


def test_choose_a_picture(page: Page, drawings: list[Path]) -> None:
    """A picture that is chosen waits in the tray until it is sent."""
    choose(page, drawings[0])
    expect(page.locator("#tray li")).to_have_count(1)
    expect(page.locator(".answer")).to_have_count(0)
    press_send(page)
    expect(page.locator("#tray")).to_be_hidden()
    expect_ten_cards(page)


def test_three_at_once(page: Page, drawings: list[Path]) -> None:
    """Three pictures are one question and get one answer."""
    choose(page, *drawings)
    press_send(page)
    expect_ten_cards(page)
    expect(page.locator(".query")).to_have_count(1)
    expect(page.locator(".query img")).to_have_count(3)
    page.locator(".details summary").click()
    expect(page.locator(".details")).to_contain_text("Parts looked at3")


def test_remove_before_sending(page: Page, drawings: list[Path]) -> None:
    """A picture can be taken out of the tray again."""
    choose(page, *drawings)
    page.get_by_role("button", name="Remove: drawing 1.jpg").click()
    press_send(page)
    expect(page.locator(".query img")).to_have_count(2)
    expect_ten_cards(page)


def test_paste_a_picture(page: Page, drawings: list[Path]) -> None:
    """A pasted picture goes into the tray, and Enter sends it."""
    page.evaluate(
        "clipboardData => document.body.dispatchEvent("
        "new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))",
        carry(page, drawings[0]),
    )
    expect(page.locator("#tray li")).to_have_count(1)
    page.keyboard.press("Enter")
    expect_ten_cards(page)


def test_broken_file(page: Page, tmp_path: Path, troubles: list[str]) -> None:
    """A file that is no picture gets a clear sentence."""
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"this is no picture")
    choose(page, broken)
    press_send(page)
    expect(page.locator(".error .sentence")).to_contain_text("This is not a picture")
    take(troubles, "415")


def test_broken_file_among_others(
    page: Page, drawings: list[Path], tmp_path: Path, troubles: list[str]
) -> None:
    """Among several files the sentence names the broken one."""
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"this is no picture")
    choose(page, drawings[0], broken)
    press_send(page)
    expect(page.locator(".error .sentence")).to_contain_text("broken.jpg: This is not a picture")
    take(troubles, "415")


def test_file_over_the_limit(page: Page, tmp_path: Path) -> None:
    """A file over the limit is refused at once, and not sent."""
    large = tmp_path / "large.jpg"
    large.write_bytes(bytes(1_200_000))
    choose(page, large)
    expect(page.locator(".error .sentence")).to_have_text(
        "large.jpg: The file is too large (2 MB); 1 MB are the limit."
    )
    expect(page.locator("#tray")).to_be_hidden()


def test_more_like_this(page: Page, drawings: list[Path]) -> None:
    """A card leads to the webtoons most like it, and the answer before stays."""
    choose(page, drawings[0])
    press_send(page)
    title = page.locator(".card h4").first.get_attribute("title")
    page.get_by_role("button", name=f"More like this: {title}").click()
    answer = page.locator(".answer").nth(1)
    expect(answer.locator(".answer-title")).to_contain_text(str(title))
    expect(answer.locator(".card")).to_have_count(10)
    titles = answer.locator(".card h4").evaluate_all("cards => cards.map((card) => card.title)")
    assert title not in titles
    expect(page.locator(".answer")).to_have_count(2)


def test_address_of_a_picture(page: Page, drawings: list[Path]) -> None:
    """An address in the box is a query: its picture is brought, shown, compared and explained."""
    address = f"https://pictures.example.org/{'long' * 60}/a.jpg"
    page.route("**/api/fetch", lambda route: route.fulfill(body=drawings[0].read_bytes()))
    page.get_by_label("Send a picture or a title").fill(address)
    page.keyboard.press("Enter")
    expect_ten_cards(page)
    expect(page.locator(".query img")).to_have_js_property("naturalWidth", 202)
    ask_why(page, 0)


def test_address_of_nothing(page: Page, troubles: list[str]) -> None:
    """An address that is not opened gets its sentence below it, and can be tried again."""
    page.get_by_label("Send a picture or a title").fill("http://127.0.0.1/a.jpg")
    page.keyboard.press("Enter")
    expect(page.locator(".query")).to_contain_text("http://127.0.0.1/a.jpg")
    expect(page.locator(".error .sentence")).to_contain_text("This address is not opened")
    expect(page.locator(".error").get_by_role("button")).to_be_visible()
    take(troubles, "400")


def test_search_by_a_part_of_a_word(page: Page) -> None:
    """Two syllables out of a Korean title find the webtoon, and lead on from there."""
    title = webtoon_title(SEED, 0, 0)
    page.get_by_label("Send a picture or a title").fill(title[1:3].strip())
    page.keyboard.press("Enter")
    found = page.locator(".webtoon", has_text=title)
    expect(found).to_be_visible()
    found.get_by_role("button").click()
    expect_ten_cards(page)


def test_search_finds_nothing(page: Page) -> None:
    """A search without a hit says so."""
    page.get_by_label("Send a picture or a title").fill("없는제목없는제목")
    page.keyboard.press("Enter")
    expect(page.locator(".found")).to_contain_text("No title or artist like")


def test_switch_the_language(page: Page, drawings: list[Path]) -> None:
    """The switch changes every text, keeps the conversation, and is remembered."""
    choose(page, drawings[0])
    press_send(page)
    expect_ten_cards(page)
    page.get_by_role("button", name="한국어").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator(".answer-title")).to_have_text("그림체가 비슷한 웹툰")
    expect_ten_cards(page)
    expect(page.get_by_role("button", name="보내기", exact=True)).to_be_visible()
    see_pictures(page)
    page.reload()
    expect(page.locator("#greeting-title")).to_have_text("그림을 보여 주세요!")


def test_korean_browser(open_page: OpenPage) -> None:
    """A Korean browser is greeted in Korean."""
    expect(open_page(language="ko-KR").locator("#greeting-title")).to_have_text("그림을 보여 주세요!")


def test_sample_picture(page: Page) -> None:
    """A first visitor has pictures to try at hand."""
    expect(page.get_by_text("Nothing is stored")).to_be_visible()
    page.get_by_role("button", name="Sample picture 1").click()
    expect_ten_cards(page)


def test_keyboard_alone(page: Page) -> None:
    """Everything can be done with the keyboard, and the focus goes where the eye goes."""
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the message box")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_focused()
    page.keyboard.type(webtoon_title(SEED, 0, 0))
    page.keyboard.press("Enter")
    expect(page.locator(".webtoon")).not_to_have_count(0)
    page.locator(".webtoon button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".answer .answer-title")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".card .thumbnail").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator("#compare-title")).to_contain_text("No. 1")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#compare-title")).to_contain_text("No. 2")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".card .thumbnail").first).to_be_focused()


def test_screen_reader_is_told(page: Page, drawings: list[Path]) -> None:
    """What has arrived is announced, and each control and picture has a name."""
    choose(page, drawings[0])
    press_send(page)
    expect_ten_cards(page)
    expect(page.get_by_role("status")).to_contain_text(
        str(page.locator(".card h4").first.get_attribute("title"))
    )
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, a, input:not([hidden]), img")].filter((element) => {
            const pictured = element.querySelector("img[alt]:not([alt=''])");
            const label = element.labels?.[0]?.textContent ?? element.textContent;
            const named = element.hasAttribute("aria-label") || "alt" in element || pictured;
            return !named && label.trim() === "";
        }).map((element) => element.outerHTML)"""
    )
    assert nameless == []


def test_save_as_one_picture(page: Page, drawings: list[Path]) -> None:
    """The answer can be saved as one picture."""
    choose(page, drawings[0])
    press_send(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as one picture").click()
    assert download.value.suggested_filename == "grimche.png"
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_try_again(page: Page, drawings: list[Path], troubles: list[str]) -> None:
    """When the server is away it is said, and the same question can be asked again."""

    def hang_up(route: Route) -> None:
        route.abort()

    page.route("**/api/similar", hang_up)
    choose(page, drawings[0])
    press_send(page)
    expect(page.locator(".error .sentence")).to_contain_text("cannot be reached")
    page.unroute("**/api/similar", hang_up)
    page.get_by_role("button", name="Try again").click()
    expect_ten_cards(page)
    expect(page.locator(".error")).to_have_count(0)
    take(troubles, "/api/similar: ")
    take(troubles, "ERR_FAILED")


def test_start_over(page: Page, drawings: list[Path]) -> None:
    """The conversation can be cleared."""
    choose(page, drawings[0])
    press_send(page)
    expect_ten_cards(page)
    page.get_by_role("button", name="Start over").click()
    expect(page.locator(".turn")).to_have_count(1)


def test_dark_and_light(page: Page) -> None:
    """The switch turns the page dark, and is remembered."""
    page.get_by_role("button", name="Switch between light and dark").click()
    page.reload()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark == "rgb(21, 20, 23)"


@pytest.mark.parametrize("language", ["en-US", "ko-KR"])
@pytest.mark.parametrize("width", [360, 768])
def test_narrow_screens(open_page: OpenPage, drawings: list[Path], width: int, language: str) -> None:
    """On a phone and a tablet nothing needs scrolling sideways."""
    page = open_page(width=width, language=language, touch=True)
    page.locator("#files").set_input_files(drawings)
    page.locator("#send").click()
    expect_ten_cards(page)
    page.locator(".details summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.locator(".card .thumbnail").first.click()
    assert page.locator("#compare").evaluate("box => box.scrollWidth <= box.clientWidth")
