"""How a set is divided."""

from dataclasses import replace

import numpy as np
import pytest

from model.protocol import (
    NEAR,
    Part,
    Rules,
    Split,
    Table,
    answerable,
    draw_split,
    near_duplicates,
    parts_of,
)
from model.records_json import RecordDamaged

ASKED = (Part.EPISODES, Part.WEBTOONS, Part.ARTISTS, Part.EPISODES_VALIDATION, Part.WEBTOONS_VALIDATION)


def make_table(artists: int = 10, *, works: int = 3, episodes: int = 50) -> Table:
    """Make a set in which no picture resembles another."""
    count = artists * works * episodes
    webtoons = np.repeat(np.arange(artists * works), episodes)
    hashes = np.random.default_rng(0).integers(0, 2**63, count).astype(np.uint64)
    return Table(
        artists=webtoons // works,
        webtoons=webtoons,
        groups=webtoons,
        episodes=np.tile(np.arange(1, episodes + 1), artists * works),
        hashes=hashes,
    )


TABLE = make_table()
MARKS = draw_split(TABLE).marks(TABLE)


def test_same_set_gives_the_same_split() -> None:
    """A split depends on nothing but the set and the rules."""
    assert draw_split(make_table()) == draw_split(make_table())
    assert draw_split(TABLE, Rules(seed=1)) != draw_split(TABLE)


def test_split_is_written_down() -> None:
    """What was written gives an equal split with the same marks, and damage is noticed."""
    split = draw_split(TABLE)
    again = Split.from_json(split.to_json())
    assert again == split
    assert again.fingerprint == split.fingerprint
    with pytest.raises(RecordDamaged):
        Split.from_json(split.to_json()[:-9])


def test_unknown_artists_are_never_trained_on() -> None:
    """A fifth of the artists are enrolled with one webtoon, asked with another, and nothing else."""
    unknown = np.unique(TABLE.artists[np.isin(MARKS, (Part.ENROLMENT, Part.ARTISTS))])
    own = np.isin(TABLE.artists, unknown)
    assert len(unknown) == 2
    assert set(MARKS[own]) <= {Part.ENROLMENT, Part.ARTISTS, Part.LEFT_OUT}
    for artist in unknown:
        mine = TABLE.artists == artist
        enrolled, asked = (set(TABLE.webtoons[mine & (p == MARKS)]) for p in (Part.ENROLMENT, Part.ARTISTS))
        assert len(enrolled) == len(asked) == 1
        assert not enrolled & asked


def test_each_known_artist_has_a_webtoon_never_seen() -> None:
    """Of every known artist one whole webtoon asks, and another one teaches."""
    for artist in np.unique(TABLE.artists[MARKS == Part.TRAINING]):
        mine = TABLE.artists == artist
        asked = np.unique(TABLE.webtoons[mine & (MARKS == Part.WEBTOONS)])
        assert len(asked) == 1
        assert set(MARKS[TABLE.webtoons == asked[0]]) == {Part.WEBTOONS}


def test_last_fifth_asks_behind_a_gap() -> None:
    """Later episodes ask, those before choose, and gaps part all three."""
    for webtoon in np.unique(TABLE.webtoons[MARKS == Part.EPISODES]):
        own = TABLE.webtoons == webtoon
        parts = [Part(mark) for mark in MARKS[own]]
        assert parts[40:] == [Part.EPISODES] * 10
        assert parts[39] == Part.LEFT_OUT
        assert parts[34:39] == [Part.EPISODES_VALIDATION] * 5
        assert parts[33] == Part.LEFT_OUT
        assert set(parts[:33]) <= {Part.TRAINING, Part.IMAGES}


def test_a_tenth_of_the_rest_is_random() -> None:
    """E0 is about a tenth of what is neither held out nor asked by others."""
    images, training = (MARKS == Part.IMAGES).sum(), (MARKS == Part.TRAINING).sum()
    assert 0.06 < images / (images + training) < 0.14


def test_near_duplicates_do_not_ask() -> None:
    """A picture that nearly equals one for training is left out of the questions, whoever drew it."""
    hashes = TABLE.hashes.copy()
    first = np.flatnonzero(MARKS == Part.TRAINING)[0]
    for part in ASKED:
        hashes[np.flatnonzero(part == MARKS)[3]] = hashes[first] ^ np.uint64(0b101)
    marks = draw_split(replace(TABLE, hashes=hashes)).marks(TABLE)
    for part in ASKED:
        assert marks[np.flatnonzero(part == MARKS)[3]] == Part.LEFT_OUT


def test_near_is_a_few_bits() -> None:
    """Hashes count as one picture up to so many different bits, and not beyond."""
    zero = np.zeros(1, np.uint64)
    hashes = np.array([2**NEAR - 1, 2 ** (NEAR + 1) - 1], np.uint64)
    assert near_duplicates(hashes, zero).tolist() == [True, False]
    assert not near_duplicates(hashes, zero[:0]).any()


def test_sequels_stay_on_one_side() -> None:
    """The seasons of a series that asks are not trained on, nor do they enrol."""
    groups = TABLE.groups // 2 * 2  # each two neighbouring webtoons are one series
    table = replace(TABLE, groups=groups, artists=groups // 4, webtoons=TABLE.webtoons)
    marks = draw_split(table).marks(table)
    for part, other in ((Part.WEBTOONS, Part.TRAINING), (Part.ARTISTS, Part.ENROLMENT)):
        assert (marks == part).any()
        assert not set(groups[marks == part]) & set(groups[marks == other])


def test_small_sets_keep_two_artists_to_train_on() -> None:
    """However few artists there are, two are left, and webtoons of four episodes hold nothing out."""
    table = make_table(2, works=2, episodes=4)
    marks = draw_split(table).marks(table)
    assert len(np.unique(table.artists[marks == Part.TRAINING])) == 2
    assert not (marks == Part.EPISODES).any()


def test_parts_are_counted() -> None:
    """The counts of all parts add up to the set."""
    assert sum(part.pictures for part in parts_of(TABLE, MARKS)) == len(TABLE)


@pytest.mark.parametrize("single", [6, 30])
def test_every_asked_artist_is_trained_on(single: int) -> None:
    """An artist's only picture stays for training, however many such artists there are."""
    episodes = [20] * 5 + [1] * single
    artists = np.repeat(np.arange(len(episodes)), episodes)
    table = Table(
        artists=artists,
        webtoons=artists,
        groups=artists,
        episodes=np.concatenate([np.arange(count) for count in episodes]),
        hashes=np.random.default_rng(0).integers(0, 2**63, len(artists)).astype(np.uint64),
    )
    marks = draw_split(table).marks(table)
    assert set(artists[marks != Part.LEFT_OUT]) == set(artists[marks == Part.TRAINING])


def test_nobody_asks_for_artists_without_training() -> None:
    """Where a series that asks has all that an artist drew, that artist's pictures do not ask."""
    table = make_table(3, works=2)
    groups = np.where(table.artists == 2, 0, table.groups)  # the third artist drew sequels only
    groups[table.artists == 1] = 1
    table = replace(table, groups=groups)
    marks = draw_split(table, Rules(unknown=0.0)).marks(table)
    asked = table.artists[np.isin(marks, ASKED)]
    assert set(asked) <= set(table.artists[marks == Part.TRAINING])


def test_marks_of_a_grown_set_are_filtered() -> None:
    """Marks that were stored ask for nobody whose training pictures are gone."""
    artist = TABLE.artists[MARKS == Part.EPISODES][0]
    gone = np.where((TABLE.artists == artist) & (MARKS == Part.TRAINING), Part.LEFT_OUT, MARKS)
    found = answerable(TABLE, gone.astype(np.int8))
    assert not (found[TABLE.artists == artist]).any()
    assert (found[TABLE.artists != artist] == MARKS[TABLE.artists != artist]).all()
