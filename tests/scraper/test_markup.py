"""Parts of untrusted HTML."""

import pytest

from scraper.markup import Element, attribute, read_html, select, select_one, words
from storage.errors import ShapeChanged
from storage.records import Platform

PAGE = b"""<ul id=list><li><a href="/a">One <b>\xed\x99\x94</b></a><li class=none></ul>"""


def page(data: bytes = PAGE) -> Element:
    """Read a page as a platform would send it."""
    return read_html(data, platform=Platform.WEBTOONS, where="list")


def test_parts() -> None:
    """Text and attributes are found by their selectors."""
    link = select_one(page(), "#list a")
    assert (words(link), attribute(link, "href")) == ("One 화", "/a")
    assert words(page(), "#list a b") == "화"
    assert attribute(page(), "href", selector="a") == "/a"
    assert len(select(page(), "li")) == 2


def test_a_missing_part_is_named() -> None:
    """The error names the page and the selectors that led there."""
    entry = select(page(), "li")[1]
    with pytest.raises(ShapeChanged, match=r"li\[1\] a of list"):
        words(entry, "a")
    with pytest.raises(ShapeChanged, match=r"li\[1\] a of list"):
        select_one(entry, "a")
    with pytest.raises(ShapeChanged, match=r"li\[1\] a@href of list"):
        attribute(entry, "href", selector="a")


def test_defaults() -> None:
    """What need not be there may be missing."""
    assert words(page(), "h1", default="") == ""
    assert attribute(page(), "src", selector="a", default="") == ""


def test_scripts_are_no_words() -> None:
    """A script in a title stays a text among others, and none is run or kept as markup."""
    title = words(page(b"<h1>A<script>alert(1)</script>&lt;img src=x&gt;</h1>"), "h1")
    assert title == "A <img src=x>"


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 5_000,
        b"<a " * 200_000,
        b"<!--" * 200_000,
        b"<!-- >" * 200_000,
        b"<![CDATA[" * 100_000,
        b"</a" * 200_000,
        b"<" * 500_000,
        b'<a b="' * 100_000,
        b"<p></p>" * 100_000,
        b" " * (5 << 20),
    ],
    ids=lambda data: repr(data[:9]),
)
def test_pages_that_would_take_for_ever(data: bytes) -> None:
    """Endless nesting and beginnings without ends are refused before they cost minutes."""
    with pytest.raises(ShapeChanged, match="all of it"):
        page(data)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"<![if x]>", b"</b></i><td>x", b"<a b='>"])
def test_broken_pages(data: bytes) -> None:
    """A page may be as broken as it likes, and then has nothing to find."""
    assert select(page(data), "a.title") == []
