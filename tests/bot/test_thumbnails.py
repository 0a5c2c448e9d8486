from io import BytesIO

from PIL import Image

from bot.sheet import CARD_WIDTH, THUMBNAIL_HEIGHT
from bot.thumbnails import Thumbnails

ONE = 4 * CARD_WIDTH * THUMBNAIL_HEIGHT


def picture(size: tuple[int, int] = (202, 120)) -> bytes:
    """Write a plain picture."""
    data = BytesIO()
    Image.new("RGB", size, (200, 10, 20)).save(data, "PNG")
    return data.getvalue()


def test_keeps_what_was_added() -> None:
    """A thumbnail is scaled to a card once and known by its name from then on."""
    thumbnails = Thumbnails()
    added = thumbnails.add({"a": picture((500, 300))})
    assert thumbnails.known(["a", "b"]) == added
    assert added["a"].size == (CARD_WIDTH, THUMBNAIL_HEIGHT)


def test_forgets_what_was_not_used_for_longest() -> None:
    """Where there is room for two, the third takes the place of the one that nobody asked for."""
    thumbnails = Thumbnails(2 * ONE)
    thumbnails.add({"a": picture(), "b": picture()})
    thumbnails.known(["a"])
    thumbnails.add({"c": picture()})
    assert set(thumbnails.known(["a", "b", "c"])) == {"a", "c"}


def test_the_same_one_counts_once() -> None:
    """A thumbnail that two threads added takes the room of one."""
    thumbnails = Thumbnails(2 * ONE)
    for _ in range(3):
        thumbnails.add({"a": picture()})
    thumbnails.add({"b": picture()})
    assert set(thumbnails.known(["a", "b"])) == {"a", "b"}


def test_forgets_all() -> None:
    """After a change of the catalogue nothing is known, and there is room again."""
    thumbnails = Thumbnails(ONE)
    thumbnails.add({"a": picture()})
    thumbnails.clear()
    thumbnails.add({"b": picture()})
    assert set(thumbnails.known(["a", "b"])) == {"b"}


def test_added_ones_are_given_even_without_room() -> None:
    """What there is no room to keep is still given to who added it."""
    thumbnails = Thumbnails(0)
    assert set(thumbnails.add({"a": picture()})) == {"a"}
    assert not thumbnails.known(["a"])
