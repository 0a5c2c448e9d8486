"""Scores on held-out episodes."""

import numpy as np
import pytest

from model.evaluation import fit_temperature, held_out, top1


def test_last_fifth_of_each_webtoon_is_held_out() -> None:
    """The last fifth of every webtoon's episodes is marked, however many crops an episode has."""
    webtoons = np.repeat([1, 2], [10, 6])
    episodes = np.array([*range(10), 1, 2, 3, 4, 5, 5])
    marks = held_out(webtoons, episodes)
    assert marks.tolist() == [False] * 8 + [True] * 2 + [False] * 4 + [True] * 2


def test_short_webtoons_keep_all_their_episodes() -> None:
    """A webtoon of fewer than five episodes has none to spare."""
    assert not held_out(np.ones(4, np.int64), np.arange(4)).any()


def test_top1_is_the_mean_over_artists() -> None:
    """An artist with many queries counts no more than one with a single query."""
    vectors = np.eye(2, dtype=np.float32)[[0, 1, 0, 0, 0, 0]]
    artists = np.array([0, 1, 0, 0, 0, 1])
    queries = np.array([False, False, True, True, True, True])
    assert top1(vectors, artists, queries=queries) == pytest.approx(0.5)


def test_top1_leaves_out_artists_nobody_knows() -> None:
    """A query by an artist without other pictures has no right answer and is not counted."""
    vectors = np.eye(2, dtype=np.float32)[[0, 1, 0, 1]]
    queries = np.array([False, False, True, True])
    assert top1(vectors, np.array([0, 1, 0, 7]), queries=queries) == 1.0


def test_top1_of_nothing_is_no_number() -> None:
    """Without queries there is no score."""
    assert np.isnan(top1(np.eye(2, dtype=np.float32), np.array([0, 1]), queries=np.zeros(2, np.bool_)))


def test_temperature_makes_probabilities_honest() -> None:
    """The temperature that fits labels drawn from a softmax is that softmax's own."""
    random = np.random.default_rng(0)
    cosines = random.uniform(-1, 1, (4000, 8)).astype(np.float32)
    logits = np.exp(cosines / 0.25)
    drawn = (logits.cumsum(axis=1) / logits.sum(axis=1, keepdims=True) > random.random((4000, 1))).argmax(
        axis=1
    )
    assert fit_temperature(cosines, drawn) == pytest.approx(0.25, rel=0.15)
