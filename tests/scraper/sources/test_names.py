import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.sources.names import episode_label, natural, path_fault


def test_natural_order_counts() -> None:
    """Numbers inside names are compared as numbers, whatever their length."""
    names = ["10", "9", "a2", "a10", "A1", "02", "b" + "9" * 5000, "b1"]
    assert sorted(names, key=natural) == ["02", "9", "10", "A1", "a2", "a10", "b1", "b" + "9" * 5000]


@settings(deadline=None)
@given(st.lists(st.text()))
def test_natural_order_is_total(names: list[str]) -> None:
    """Any names can be compared."""
    assert len(sorted(names, key=natural)) == len(names)


@pytest.mark.parametrize(
    ("stem", "label"),
    [("12_3", "12"), ("ch09_p10_2", "ch09_p10"), ("cover", "cover"), ("strip_c0", "strip_c0"), ("_3", "_3")],
)
def test_episode_label(stem: str, label: str) -> None:
    """What stands before the last number is the episode; any other name stands for itself."""
    assert episode_label(stem) == label


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("a/b.jpg", ""),
        ("a/b..c.jpg", ""),
        ("/etc/passwd", "is an absolute path"),
        ("C:/x.jpg", "is an absolute path"),
        ("a/../../x.jpg", "leads out of the folder"),
        ("..", "leads out of the folder"),
        ("a/.hidden/x.jpg", "is a hidden file"),
        ("a/", "is no file name"),
        ("a\0.jpg", "is no file name"),
    ],
)
def test_path_fault(path: str, fault: str) -> None:
    """A path that leads elsewhere is refused with the reason."""
    assert path_fault(path) == fault
