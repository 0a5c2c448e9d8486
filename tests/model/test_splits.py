"""How a set is divided for a generation that is to serve."""

from dataclasses import replace

import numpy as np

from model.protocol import Part, Table, near_duplicates
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
    """Nobody is left out as unknown, no images are taken at random, and most is trained on."""
    whole = table(10, works=2)
    marks = serving_split(whole).marks(whole)
    assert len(np.unique(whole.artists[marks == Part.TRAINING])) == 10
    assert not np.isin(marks, (Part.IMAGES, Part.ENROLMENT, Part.ARTISTS, Part.WEBTOONS)).any()
    assert (marks == Part.TRAINING).mean() > 0.5


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


def test_every_webtoon_but_the_choosing_ones_holds_episodes_out() -> None:
    """With two to four works an artist, all webtoons that are trained on have held-out episodes."""
    for works in (2, 3, 4):
        whole = table(33, works=works)
        marks = serving_split(whole).marks(whole)
        choosing = np.unique(whole.webtoons[marks == Part.WEBTOONS_VALIDATION])
        assert len(choosing) == 7
        held = np.unique(whole.webtoons[marks == Part.EPISODES])
        assert len(held) + len(choosing) == 33 * works


def test_few_artists_keep_half_of_their_second_webtoons() -> None:
    """A single artist with two webtoons is trained on both."""
    whole = table(1, works=2)
    assert not (serving_split(whole).marks(whole) == Part.WEBTOONS_VALIDATION).any()


def test_sequels_are_trained_on() -> None:
    """Only sequels of webtoons that choose are left out whole: of one artist in five."""
    whole = table(30, works=4)
    whole = replace(whole, groups=whole.webtoons // 2)
    marks = serving_split(whole).marks(whole)
    used = np.unique(whole.webtoons[marks != Part.LEFT_OUT])
    assert len(used) == 120 - 6


def test_copies_of_training_pictures_are_not_held_out() -> None:
    """A webtoon that shows the pictures of another one asks about none that are trained on."""
    whole = table(10, works=2)
    copied = whole.webtoons % 2 == 1
    hashes = whole.hashes.copy()
    hashes[copied] = np.roll(hashes[~copied].reshape(-1, 20), 10, axis=1).ravel()
    whole = replace(whole, hashes=hashes)
    marks = serving_split(whole).marks(whole)
    asked = np.isin(marks, (Part.EPISODES, Part.EPISODES_VALIDATION, Part.WEBTOONS_VALIDATION))
    assert not near_duplicates(whole.hashes[asked], whole.hashes[marks == Part.TRAINING]).any()
