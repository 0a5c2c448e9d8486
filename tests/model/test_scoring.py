"""The figures of the protocol, on small numbers."""

import numpy as np
import pytest

from model import scoring
from model.scoring import Queries


def queries(artists: list[int], webtoons: list[int]) -> Queries:
    """Make queries of some artists."""
    return Queries(artists=np.array(artists), webtoons=np.array(webtoons))


def test_macro_counts_artists_and_not_queries() -> None:
    """An artist with many queries counts no more than one with a single query."""
    figure = scoring.macro(np.array([0, 0, 0, 1], np.float32), queries([1, 1, 1, 2], [1, 1, 2, 3]))
    assert figure.value == pytest.approx(0.5)
    assert figure.low <= figure.value <= figure.high


def test_queries_without_an_answer_do_not_count() -> None:
    """What is no number is left out, and nothing at all scores nothing."""
    asked = queries([1, 1, 2], [1, 1, 2])
    assert scoring.macro(np.array([1, np.nan, 0], np.float32), asked).value == pytest.approx(0.5)
    assert scoring.macro(np.full(3, np.nan, np.float32), asked).value == 0


def test_interval_widens_when_pictures_depend_on_their_webtoon() -> None:
    """Webtoons that are wholly right or wholly wrong say less than as many independent pictures."""
    right = np.repeat([1.0, 0.0], 50).astype(np.float32)
    owner = np.zeros(100, np.int64)
    whole = scoring.macro(right, Queries(artists=owner, webtoons=np.repeat(np.arange(4), 25)))
    apart = scoring.macro(right, Queries(artists=owner, webtoons=np.arange(100)))
    assert whole.high - whole.low > 2 * (apart.high - apart.low)


def test_tie_is_no_hit() -> None:
    """A method that says the same of everybody is never right."""
    scores = np.array([[0.5, 0.5, 0.5], [0.1, 0.9, 0.2]], np.float32)
    assert scoring.is_among_first(scores, np.array([0, 1]), count=1).tolist() == [0, 1]


def test_precision_rewards_early_hits() -> None:
    """Average precision is that of the textbook, over at most ten places."""
    relevant = np.array([[True, False, True], [False, False, True], [False] * 3])
    found = scoring.precision_at(relevant, np.array([2, 1, 0]))
    assert found[:2] == pytest.approx([(1 + 2 / 3) / 2, 1 / 3])
    assert np.isnan(found[2])


def test_recall_looks_at_the_first() -> None:
    """One relevant webtoon among the first is enough."""
    relevant = np.array([[False, True], [True, False]])
    assert scoring.recall_at(relevant, 1).tolist() == [0, 1]
    assert scoring.recall_at(relevant, 2).tolist() == [1, 1]


def test_honest_probabilities_have_no_calibration_error() -> None:
    """Where 70 % sure is right seven times of ten the error is small; where it is always right it is 0.3."""
    chances = np.tile(np.array([0.7, 0.3], np.float32), (1000, 1))
    honest, webtoons = (np.arange(1000) % 10 >= 7).astype(np.int64), np.arange(1000) // 50
    assert scoring.calibration_error(chances, honest, webtoons=webtoons).value < 0.05
    always = scoring.calibration_error(chances, np.zeros(1000, np.int64), webtoons=webtoons)
    assert (always.value, always.low, always.high) == pytest.approx((0.3, 0.3, 0.3), abs=1e-6)
    assert sum(one.queries for one in scoring.reliability(chances, honest)) == 1000


def test_surprise_is_in_nats() -> None:
    """An even guess among four surprises by the logarithm of four."""
    found = scoring.surprise(np.full((3, 4), 0.25, np.float32), np.zeros(3, np.int64), webtoons=np.arange(3))
    assert found.value == pytest.approx(np.log(4))


def test_unlike_webtoons_make_the_interval_wide() -> None:
    """The surprise over webtoons of which one is named wrong has an interval that says so."""
    chances = np.tile(np.array([0.9, 0.1], np.float32), (40, 1))
    right, webtoons = np.repeat([0, 0, 0, 1], 10), np.repeat(np.arange(4), 10)
    found = scoring.surprise(chances, right, webtoons=webtoons)
    assert found.low == pytest.approx(-np.log(0.9))
    assert found.low < found.value < found.high


def test_hubs_skew() -> None:
    """One row near to everybody makes the occurrences skew; even ones do not."""
    assert scoring.skewness(np.array([0] * 20 + [200])) > 3
    assert scoring.skewness(np.full(10, 7)) == 0


def test_pictures_of_one_webtoon_are_fused() -> None:
    """Groups hold different queries of one webtoon, and every webtoon has one at least."""
    asked = queries([1] * 11 + [2] * 3, [5] * 11 + [6] * 3)
    groups, fused = scoring.fuse(asked, 5)
    assert fused.webtoons.tolist() == [5, 5, 6]
    assert fused.artists.tolist() == [1, 1, 2]
    assert len(set(groups[:2].ravel())) == 10
    assert set(groups[2]) == {11, 12, 13}
