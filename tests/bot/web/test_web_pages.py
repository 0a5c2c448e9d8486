import re
from html.parser import HTMLParser
from importlib.resources import files

import pytest

from bot import texts
from bot.texts import Language
from bot.web_pages import FILES, choose_language, index_page, page_texts, static_file

SCRIPTS = [name for name in FILES if name.endswith(".js")]


class Elements(HTMLParser):
    """Collect the elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        self.found.append((tag, dict(attrs)))


def page(language: Language = Language.EN) -> str:
    """Render the page."""
    return index_page(language, pictures=10, megabytes=64).data.decode()


def read(name: str) -> str:
    """Read a file of the page."""
    return files("bot").joinpath("web", name).read_text(encoding="utf-8")


def used_ids() -> set[str]:
    """List the ids of the texts that the page and its scripts name in full."""
    code = read("index.html") + "".join(read(name) for name in SCRIPTS)
    return set(re.findall(r"""["{]((?:web|answer|error|match)-[a-z-]+)["}]""", code))


def test_every_text_of_the_page_exists() -> None:
    """No text is named that the Fluent files lack."""
    assert used_ids() <= page_texts(Language.EN).keys()


def test_every_text_for_the_page_is_used() -> None:
    """No text for the page alone is left over."""
    spoken = {f"web-stage-{stage}" for stage in ("decode", "encode", "search")}
    ours = {message for message in page_texts(Language.EN) if message.startswith("web-")}
    assert ours - used_ids() - spoken == set()


@pytest.mark.parametrize("language", list(Language))
def test_page_is_filled_in(language: Language) -> None:
    """The page speaks its language before any script has run."""
    assert f'<html lang="{language}">' in page(language)
    assert texts.get(language).format("web-greeting-title") in page(language)
    assert "{{" not in page(language)


def test_texts_in_the_page_can_be_changed() -> None:
    """Each text of the page is named beside it, so that the language switch finds it."""
    source = read("index.html")
    filled = re.findall(r'data-t="([\w-]+)"[^>]*>\{\{([\w-]+)\}\}<', source)
    assert len(filled) == source.count("data-t=")
    assert all(named == shown for named, shown in filled)
    for _, attributes in Elements(source).found:
        for name in ("title", "aria-label", "placeholder"):
            named = attributes.get(f"data-t-{name}")
            assert named is None or attributes[name] == f"{{{{{named}}}}}"
            assert named is not None or not (attributes.get(name) or "").startswith("{{")


def test_nothing_stands_inline() -> None:
    """The page has no script, style or handler of its own: the content security policy forbids them."""
    for tag, attributes in Elements(page()).found:
        assert tag != "style"
        assert tag != "script" or attributes.get("src")
        assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_everything_comes_from_here() -> None:
    """The page and its files name no other site, and every file that they name is served."""
    for tag, attributes in Elements(page()).found:
        for name in ("src", "href"):
            address = attributes.get(name)
            if address and not address.startswith("#"):
                assert address.partition("#")[0].removeprefix("/") in FILES, (tag, address)
    for name in (*SCRIPTS, *(name for name in FILES if name.endswith(".css"))):
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", read(name))
        assert all(wanted in FILES for wanted in re.findall(r'from "/([\w.]+)"', read(name)))


def test_every_icon_exists() -> None:
    """Every icon that is named is drawn in icons.svg."""
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', read("icons.svg")))
    code = read("index.html") + "".join(read(name) for name in SCRIPTS)
    named = set(re.findall(r'icons\.svg#([\w-]+)"', code)) | set(re.findall(r'icon\("([\w-]+)"\)', code))
    assert named <= drawn
    assert drawn - named == {"close-match", "loose-match", "no-match"}


def test_every_control_has_a_name() -> None:
    """Each button that shows only an icon has a label for screen readers."""
    for tag, attributes in Elements(page()).found:
        if tag == "button" and "icon-button" in (attributes.get("class") or ""):
            assert attributes.get("aria-label")
        if tag == "img":
            assert attributes.get("alt") is not None


def test_every_file_is_served() -> None:
    """Every file in the folder is served, and every served file is there."""
    there = {entry.name for entry in files("bot").joinpath("web").iterdir()} - {"index.html"}
    assert there == set(FILES)


def test_tags_follow_the_bytes() -> None:
    """Different files have different tags, so that a browser notices a change."""
    assert len({static_file(name).tag for name in FILES}) == len(FILES)


def test_variables_stay_open() -> None:
    """A text for the page keeps its variables, to be filled by the page."""
    assert page_texts(Language.EN)["web-sample-label"] == "Sample picture {number}"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ko-KR,ko;q=0.9,en-US;q=0.8", Language.KO),
        ("en-US,en;q=0.9,ko;q=0.8", Language.EN),
        ("fr,ko;q=0.5,en;q=0.4", Language.KO),
        ("en;q=0.2,ko;q=0.7", Language.KO),
        ("ko;q=0,en", Language.EN),
        ("KO", Language.KO),
    ],
)
def test_language_is_negotiated(accepted: str, language: Language) -> None:
    """The language that the browser likes best is spoken."""
    other = Language.EN if language is Language.KO else Language.KO
    assert choose_language(accepted, default=other) is language


@pytest.mark.parametrize("accepted", ["", "fr-FR", "*", ";;;q=,", "ko;q=much"])
def test_language_falls_back(accepted: str) -> None:
    """Without a language that we speak, or with nonsense, the default is spoken."""
    assert choose_language(accepted, default=Language.EN) is Language.EN
