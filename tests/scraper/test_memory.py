"""What is remembered of answers."""

import pytest

from scraper.memory import Body, Memory, Remembered


def answer(size: int = 1, *, kind: str = "application/json", etag: str = '"1"') -> Remembered:
    """Make an answer of so many bytes."""
    return Remembered(body=Body(data=bytes(size), content_type=kind, url="x"), etag=etag)


def test_the_last_answer() -> None:
    """Of each address the last answer is there."""
    memory = Memory()
    memory.keep("a", answer())
    memory.keep("a", answer(2))
    memory.keep("b", answer(3))
    recalled = [memory.recall(url) for url in ("a", "b")]
    assert [len(each.body.data) for each in recalled if each] == [2, 3]


def test_the_oldest_go_first() -> None:
    """No more bytes are held than may be, and what is too large is not held at all."""
    memory = Memory(largest=10)
    for url in ("a", "b", "c"):
        memory.keep(url, answer(4))
    assert [memory.recall(url) is not None for url in ("a", "b", "c")] == [False, True, True]
    memory.keep("d", answer(11))
    assert memory.recall("d") is None
    assert memory.recall("c") is not None


@pytest.mark.parametrize("useless", [answer(kind="image/jpeg"), answer(etag="")])
def test_what_is_not_remembered(useless: Remembered) -> None:
    """Pictures, and answers that cannot be asked about, are left out, and make what was there void."""
    memory = Memory()
    memory.keep("a", answer())
    memory.keep("a", useless)
    assert memory.recall("a") is None
