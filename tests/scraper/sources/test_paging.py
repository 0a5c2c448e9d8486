"""What came page by page, put together."""

from dataclasses import replace

from scraper.sources.listing import Known, Listing
from scraper.sources.paging import all_known, by_number, keep_known, merge, merge_all
from storage.records import Credit, Episode, Platform, Webtoon, Weekday

WEBTOON = Webtoon(platform=Platform.NAVER, platform_id="1", title="봄", weekdays=(Weekday.SUN,))
CREDITS = (Credit(artist="김"),)


def test_a_webtoon_of_several_lists() -> None:
    """It has the days of all lists in the week's order, and what only one of them says."""
    other = replace(WEBTOON, title="여름", weekdays=(Weekday.MON,), credits=CREDITS)
    first, second = Listing(webtoon=WEBTOON, mark="a"), Listing(webtoon=other, mark="b", updated=True)
    joined = merge(first, second)
    assert joined.webtoon == replace(WEBTOON, weekdays=(Weekday.MON, Weekday.SUN), credits=CREDITS)
    assert (joined.mark, joined.updated, joined.gated) == ("a", True, False)


def test_all_lists() -> None:
    """Webtoons stand where they were met first."""
    second = replace(WEBTOON, platform_id="2")
    listings = [Listing(webtoon=WEBTOON), Listing(webtoon=second), Listing(webtoon=WEBTOON, gated=True)]
    assert [(each.webtoon.platform_id, each.gated) for each in merge_all(listings)] == [
        ("1", True),
        ("2", False),
    ]


def test_a_page_on_which_all_is_known() -> None:
    """An episode is known when its thumbnail is there under the same address."""
    episode = Episode(number=1, thumbnail_url="a")
    known = Known(episodes=[episode], whole=False)
    assert all_known([episode], known)
    assert not all_known([replace(episode, thumbnail_url="b")], known)
    assert not all_known([episode, replace(episode, number=2)], known)


def test_episodes_in_order() -> None:
    """Episodes are sorted, and of two with one number the first stays."""
    episodes = [Episode(number=2), Episode(number=1, title="first"), Episode(number=1, title="again")]
    assert [(each.number, each.title) for each in by_number(episodes)] == [(1, "first"), (2, "")]


def test_what_is_known_does_not_get_lost() -> None:
    """An empty field and a guess do not replace what the platform said before; what it says anew does."""
    before = replace(WEBTOON, credits=CREDITS, synopsis="before", genres=("action",))
    guess = (Credit(artist="김", guessed=True), Credit(artist="이", guessed=True))
    kept = keep_known(replace(WEBTOON, credits=guess, synopsis="after"), Known(webtoon=before))
    assert kept == replace(before, synopsis="after")
    assert keep_known(WEBTOON, Known()) == WEBTOON
    other = replace(before, credits=(Credit(artist="이"),))
    assert keep_known(other, Known(webtoon=before)) == other
