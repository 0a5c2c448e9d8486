import pytest

from bot.plain import cut, straight


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [("short", 5, "short"), ("longer", 5, "long…"), ("one two", 5, "one…"), ("a\n b", 9, "a b")],
)
def test_text_is_cut_to_a_line(text: str, most: int, shown: str) -> None:
    """What is too long ends in an ellipsis, and lines become one."""
    assert cut(text, most) == shown


def test_no_sign_turns_the_direction_of_a_text() -> None:
    """A title cannot turn what is written after it."""
    assert straight("a\u202eb\u2067c") == "abc"
