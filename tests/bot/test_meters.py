import pytest

from bot.meters import BOUNDS, Meters, Outcome, Spread
from storage.errors import Banned, Busy, NotAPicture, SlowDown


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Busy(), Outcome.REJECTED),
        (SlowDown(seconds=3), Outcome.REJECTED),
        (Banned(), Outcome.REJECTED),
        (NotAPicture(), Outcome.REFUSED),
        (ValueError(), Outcome.FAILED),
        (KeyboardInterrupt(), Outcome.GIVEN_UP),
    ],
    ids=["busy", "too often", "banned", "no picture", "a bug", "asker left"],
)
def test_end(error: BaseException, outcome: Outcome) -> None:
    """A question counts by how it ended, and the error goes on."""
    meters = Meters()
    with pytest.raises(type(error)), meters.asking("web"):
        raise error
    assert dict(meters.ends) == {("web", outcome): 1}
    assert meters.rejected == (1 if outcome is Outcome.REJECTED else 0)


def test_answers_have_durations() -> None:
    """An answered question counts with its duration."""
    meters = Meters()
    with meters.asking("web"):
        pass
    assert meters.ends["web", Outcome.ANSWERED] == 1
    assert sum(meters.spreads["web"].counts) == 1


@pytest.mark.parametrize(("seconds", "place"), [(0, 0), (0.01, 0), (0.011, 1), (30, 10), (31, 11)])
def test_spread(seconds: float, place: int) -> None:
    """A duration counts under the first bound that is not below it, or beyond all."""
    spread = Spread()
    spread.add(seconds)
    assert spread.counts.index(1) == place
    assert len(spread.counts) == len(BOUNDS) + 1
