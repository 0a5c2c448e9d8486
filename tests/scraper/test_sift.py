"""A few broken entries of a list, and many."""

import pytest

from scraper.sift import sift
from storage.errors import ShapeChanged


def read(entry: int) -> int:
    """Read an entry, unless it is negative."""
    if entry < 0:
        raise ShapeChanged(platform="naver", field=f"list[{entry}]", where="here")
    return entry


@pytest.mark.parametrize(
    ("good", "broken"), [(0, 0), (1, 1), (4, 2), (95, 5)], ids=["none", "half", "a few", "one in twenty"]
)
def test_a_few_are_left_out(good: int, broken: int) -> None:
    """A few broken entries are left out, and the others stay in order."""
    entries = [*range(good), *([-1] * broken)]
    assert sift(entries, read) == tuple(range(good))


@pytest.mark.parametrize(
    ("good", "broken"), [(0, 1), (1, 2), (10, 3), (90, 6)], ids=["all", "most", "three", "too large a share"]
)
def test_many_mean_a_change(good: int, broken: int) -> None:
    """More than a few, or more than half, end with the first fault."""
    entries = [*range(good), *range(-5, -5 + broken)] if broken <= 5 else [*range(good), *([-5] * broken)]
    with pytest.raises(ShapeChanged, match=r"list\[-5\]"):
        sift(entries, read)
