import pytest

from bot.plain import cut
from bot.telegram.html import escape, length, link


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ("Tom & Jerry", "Tom &amp; Jerry"),
        ('say "hi"', "say &quot;hi&quot;"),
        ("a\u202eb", "ab"),
        ("그림체", "그림체"),
    ],
)
def test_text_is_shown_as_it_stands(text: str, marked: str) -> None:
    """No sign of a title becomes markup, and none turns the direction of what follows it."""
    assert escape(text) == marked


def test_cutting_comes_before_escaping() -> None:
    """A sign that is cut off is cut off whole, and never half an entity."""
    assert escape(cut("&" * 10, 4)) == "&amp;&amp;&amp;…"


def test_addresses_cannot_leave_their_attribute() -> None:
    """A quotation mark in an address does not end the address."""
    assert link("A", 'https://a.example/"onx="') == '<a href="https://a.example/&quot;onx=&quot;">A</a>'


def test_a_link_without_an_address_is_text() -> None:
    """Where there is no address, the text is there all the same."""
    assert link("<A>", "") == "&lt;A&gt;"


@pytest.mark.parametrize(
    ("marked", "units"), [("<b>&lt;b&gt;</b>", 3), ('<a href="https://x">y</a>', 1), ("😀", 2), ("가", 1)]
)
def test_length_is_counted_as_telegram_does(marked: str, units: int) -> None:
    """Markup does not count, entities count once, and signs beyond the basic plane twice."""
    assert length(marked) == units
