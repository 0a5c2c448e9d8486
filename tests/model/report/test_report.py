"""The report of an evaluation."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from model.report import render
from model.report.marks import duration, tag
from tests.model.report.findings import ARTISTS, crop_of, findings

# What an HTML parser need not see closed.
VOID = {"meta", "link", "img", "br"}


class Reader(HTMLParser):
    """Reads a page, and notes what is open and what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and its id."""
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the last one that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note what is written."""
        self.texts.append(data.strip())


def read(page: str) -> Reader:
    """Read a page to its end."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader


@pytest.fixture(scope="module")
def page() -> str:
    """Render something of everything."""
    return render(findings(), crop_of)


def test_every_section_is_there(page: str) -> None:
    """All that was found has its section, and every element is closed."""
    reader = read(page)
    wanted = "summary scores strangers training honesty confusions artists hardest map made"
    assert set(wanted.split()) <= set(reader.ids)
    assert reader.open == []


def test_the_page_needs_nothing_else(page: str) -> None:
    """Nothing is fetched: pictures, style and script are in the page."""
    outside = re.findall(r'(?:src|href)="(?!data:|#)[^"]*"|url\(|@import', page)
    assert outside == []
    assert page.count("data:image/jpeg;base64,") == 6


def test_names_are_text(page: str) -> None:
    """Names come from other people's pages: they are shown, and never run."""
    assert "<script>alert" not in page
    assert {ARTISTS[0], ARTISTS[1], ARTISTS[2]} <= set(read(page).texts)


def test_figures_are_in_their_columns(page: str) -> None:
    """The table of E1 has the method's figures, grey and five pictures at the end."""
    table = page[page.index("</span> Unseen episodes</h3>") :]
    row = table[table.index('<th scope="row" class="ours">recipe') :]
    cells = re.sub(r"<[^>]+>", " ", row[: row.index("</tr>")]).split()
    assert cells == ["recipe", "240", "90.0", "85.0–95.0", *["80.0"] * 4, "–", "–", "77.0", "99.0", "–"]


def test_new_artists_by_their_thumbnails(page: str) -> None:
    """How the score of unseen artists grows with what is known of them stands below their table."""
    texts = read(page).texts
    start = texts.index("Top-1 among the new by thumbnails of each")
    assert [text for text in texts[start + 1 :] if text][:5] == ["1", "10", "recipe", "44.0", "90.0"]


def test_fault_of_a_method_is_said(page: str) -> None:
    """A method that failed says why in place of its figures."""
    assert "it diverged" in read(page).texts


def test_little_was_found() -> None:
    """The stored vectors of a small catalogue need no empty sections."""
    little = replace(
        findings(),
        scores=(),
        open_sets=(),
        confusions=(),
        reliabilities=(),
        artists=(),
        hard_pairs=(),
        style_map=(),
    )
    ids = set(read(render(little, crop_of)).ids)
    assert ids == {"theme", "training", "made"}


def test_unfinished_run_is_marked() -> None:
    """Who reads half a report is told so."""
    assert "not finished" in render(replace(findings(), complete=False), crop_of)


def test_attributes_are_escaped() -> None:
    """Quotes in an attribute stay inside it, and a missing one is left out."""
    assert tag("a", "x<y", title='"', class_=None) == '<a title="&quot;">x&lt;y</a>'


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.5, "0.5 s"), (89, "89 s"), (600, "10 min"), (7200, "2.0 h")]
)
def test_durations(seconds: float, text: str) -> None:
    """A time is written in the unit that fits."""
    assert duration(seconds) == text
