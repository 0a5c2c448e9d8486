"""How a set is divided for a generation that is to serve."""

import numpy as np

from model.protocol import Part, Table
from model.splits import serving_split


def table(artists: int, *, works: int, episodes: int = 20) -> Table:
    """Describe a set of artists with some webtoons of some episodes."""
    count = artists * works * episodes
    webtoons = np.arange(count) // episodes
    return Table(
        artists=webtoons // works,
        webtoons=webtoons,
        groups=webtoons,
        episodes=np.arange(count) % episodes,
        hashes=np.random.default_rng(0).integers(0, 1 << 63, count).astype(np.uint64),
    )


def test_every_artist_is_trained_on() -> None:
    """Nobody is left out as unknown, no images are taken at random, and little is held out."""
    whole = table(10, works=2)
    marks = serving_split(whole).marks(whole)
    assert len(np.unique(whole.artists[marks == Part.TRAINING])) == 10
    assert not np.isin(marks, (Part.IMAGES, Part.ENROLMENT, Part.ARTISTS, Part.WEBTOONS)).any()
    assert (marks == Part.TRAINING).mean() >= 0.7


def test_other_webtoons_choose_the_checkpoint() -> None:
    """With two works each, some artists' second one is for validation; with one work episodes are."""
    two, one = table(10, works=2), table(10, works=1)
    assert len(np.unique(two.webtoons[serving_split(two).marks(two) == Part.WEBTOONS_VALIDATION])) == 2
    marks = serving_split(one).marks(one)
    assert not (marks == Part.WEBTOONS_VALIDATION).any()
    assert (marks == Part.EPISODES_VALIDATION).any()


def test_last_episodes_are_held_out() -> None:
    """They compare generations, so they are the latest and not trained on."""
    whole = table(6, works=1)
    marks = serving_split(whole).marks(whole)
    assert whole.episodes[marks == Part.EPISODES].min() > whole.episodes[marks == Part.TRAINING].max()
