import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.calibration import Calibration
from storage.answers import Familiarity


@pytest.mark.parametrize(
    ("similarity", "expected"),
    [
        (0.9, Familiarity.CLOSE),
        (0.6, Familiarity.CLOSE),
        (0.59, Familiarity.LOOSE),
        (0.3, Familiarity.LOOSE),
        (0.29, Familiarity.NONE),
        (-1, Familiarity.NONE),
    ],
)
def test_familiarity(similarity: float, expected: Familiarity) -> None:
    """The thresholds belong to the nearer side."""
    assert Calibration(close=0.6, loose=0.3).familiarity(similarity) is expected


def test_known() -> None:
    """The chance that the artist is known rises with the similarity, from few to nearly all."""
    calibration = Calibration(close=0.6, loose=0.2)
    chances = [calibration.known(similarity) for similarity in (-1, 0.2, 0.4, 0.6, 1)]
    assert chances == sorted(chances)
    assert chances[1:4] == pytest.approx([0.119, 0.5, 0.881], abs=1e-3)
    assert 0 < chances[0] < 0.01
    assert 0.99 < chances[4] < 1


def test_known_without_distance() -> None:
    """Where strangers and friends are equally near, the chance is still a number."""
    assert Calibration(close=0.5, loose=0.5).known(-1e9) < 0.01


def test_round_trip() -> None:
    """What was written is read."""
    calibration = Calibration(temperature=0.01, close=0.5, loose=-0.2)
    assert Calibration.from_json(calibration.to_json()) == calibration


GOOD = {"temperature": 0.1, "close": 0.5, "loose": 0.2}


@pytest.mark.parametrize(
    "change",
    [
        {"temperature": 0},
        {"temperature": -1},
        {"temperature": True},
        {"temperature": "1"},
        {"close": None},
        {"close": 0.1},
        {"close": float("nan")},
        {"close": float("inf")},
        {"close": 10**400},
        {"more": 1},
    ],
)
def test_wrong_values(change: dict[str, object]) -> None:
    """What no calibration can be is refused."""
    with pytest.raises(ValueError, match=r"."):
        Calibration.from_json(json.dumps(GOOD | change))


@given(st.text() | st.integers(0, 100_000).map(lambda depth: "[" * depth))
def test_any_text(text: str) -> None:
    """Any other text is refused with ValueError."""
    with pytest.raises(ValueError, match=r"."):
        Calibration.from_json(text)
