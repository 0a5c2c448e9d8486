"""Names, titles and what else a platform tells."""

import re

import pytest

from scraper.studio import artist_name, webtoon_count, webtoon_details, webtoon_title
from scraper.studio.names import _NOUNS, _QUALITIES
from storage.records import AgeGrade, Status


def test_names_are_unique() -> None:
    """No two of three thousand artists share a name."""
    assert len({artist_name(0, artist) for artist in range(3000)}) == 3000


def test_names_are_korean() -> None:
    """A name is three Korean syllables."""
    assert all(re.fullmatch("[가-힣]{3}", artist_name(1, artist)) for artist in range(500))


def test_titles_are_unique() -> None:
    """No two webtoons of three thousand artists share a title."""
    titles = {webtoon_title(0, artist, webtoon) for artist in range(3000) for webtoon in range(4)}
    assert len(titles) == 12000


def test_words_are_not_repeated() -> None:
    """The lists that titles are made of hold nothing twice."""
    assert len(set(_QUALITIES)) == len(_QUALITIES)
    assert len(set(_NOUNS)) == len(_NOUNS)


def test_particles_agree() -> None:
    """와 follows a vowel and 과 a consonant."""
    titles = [webtoon_title(0, artist, 0) for artist in range(2000)]
    pairs = [match for title in titles if (match := re.search("([가-힣])([와과]) 나$", title))]
    assert pairs
    assert all(((ord(pair[1]) - 0xAC00) % 28 > 0) == (pair[2] == "과") for pair in pairs)


def test_another_seed_has_other_artists() -> None:
    """Names and titles follow the seed."""
    assert [artist_name(0, k) for k in range(10)] != [artist_name(1, k) for k in range(10)]


@pytest.mark.parametrize("artist", range(40))
def test_counts(artist: int) -> None:
    """An artist has two to four webtoons."""
    assert 2 <= webtoon_count(0, artist) <= 4


def test_details() -> None:
    """A webtoon has a Korean synopsis, genres and weekdays; every grade but adult, every state but gone."""
    details = [webtoon_details(0, artist, 0) for artist in range(200)]
    assert all(re.search("[가-힣]", one.synopsis) and one.genres and one.weekdays for one in details)
    assert {one.age_grade for one in details} == set(AgeGrade) - {AgeGrade.ADULT}
    assert {one.status for one in details} == set(Status) - {Status.GONE}
    assert webtoon_details(0, 1, 0) == webtoon_details(0, 1, 0)
