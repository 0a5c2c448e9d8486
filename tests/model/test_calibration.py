import json
import math

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
    """The chance that the artist is known rises with the nearness, from few to nearly all."""
    calibration = Calibration(middle=0.4, width=0.1)
    chances = [calibration.known(nearness) for nearness in (-1e9, 0.2, 0.4, 0.6, 1)]
    assert chances == sorted(chances)
    assert chances[1:4] == pytest.approx([0.119, 0.5, 0.881], abs=1e-3)
    assert 0 <= chances[0] < 0.01
    assert 0.99 < chances[4] < 1


def test_nearness() -> None:
    """A style that lies farther out than usual loses nearness, one farther in gains none."""
    calibration = Calibration(usual=1.0, pull=0.5)
    assert calibration.nearness(0.8, math.e) == pytest.approx(0.8)
    assert calibration.nearness(0.8, math.e**2) == pytest.approx(0.3)
    assert calibration.nearness(0.8, 0.0) == 0.8


def test_round_trip() -> None:
    """What was written is read."""
    calibration = Calibration(temperature=0.01, close=0.5, loose=-0.2, usual=2.5, pull=0.4, reach=0.3)
    assert Calibration.from_json(calibration.to_json()) == calibration


def test_earlier_calibration() -> None:
    """What an earlier Grimche wrote is read, its chances made of the thresholds."""
    earlier = Calibration.from_json(json.dumps(GOOD))
    assert (earlier.pull, earlier.reach) == (0, 0)
    assert [earlier.known(0.2), earlier.known(0.5)] == pytest.approx([0.119, 0.881], abs=1e-3)
    assert Calibration.from_json(json.dumps(GOOD | {"close": 0.2})).known(-1e9) < 0.01


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
        {"width": 0.0},
        {"pull": -0.1},
        {"reach": 1.5},
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
