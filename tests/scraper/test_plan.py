from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.plan import plan_episodes
from storage.records import Episode, StoredEpisode


def listed(*urls: str) -> list[Episode]:
    """Make episodes as a source lists them."""
    return [Episode(number=n, thumbnail_url=url) for n, url in enumerate(urls, start=1)]


def held(episodes: list[Episode], picture: str | None = "sha") -> list[StoredEpisode]:
    """Put episodes into the catalogue."""
    return [
        StoredEpisode(id=n, webtoon_id=1, episode=episode, picture=picture)
        for n, episode in enumerate(episodes, start=1)
    ]


def numbers(episodes: tuple[Episode, ...]) -> dict[str, int]:
    """Map addresses to numbers."""
    return {episode.thumbnail_url: episode.number for episode in episodes}


def test_everything_is_missing_at_first() -> None:
    """A webtoon that is not there yet gets all its episodes, numbered as listed."""
    plan = plan_episodes([], listed("a", "b"), keeps_numbers=False)
    assert (numbers(plan.missing), plan.changed, plan.unchanged) == ({"a": 1, "b": 2}, (), 0)


def test_nothing_is_missing_later() -> None:
    """What is there is not fetched again."""
    plan = plan_episodes(held(listed("a", "b")), listed("a", "b"), keeps_numbers=True)
    assert (plan.missing, plan.changed, plan.unchanged) == ((), (), 2)


def test_a_new_title_needs_no_fetching() -> None:
    """An episode that was renamed is written, but its thumbnail stays."""
    renamed = [Episode(number=1, title="new", thumbnail_url="a")]
    plan = plan_episodes(held(listed("a")), renamed, keeps_numbers=True)
    assert (plan.missing, plan.changed, plan.unchanged) == ((), tuple(renamed), 0)


def test_blanks_in_a_title_are_no_change() -> None:
    """A title that the catalogue writes otherwise than the platform is not new at every run."""
    untidy = [Episode(number=1, title=" one  blank ", thumbnail_url="a")]
    stored = held([Episode(number=1, title="one blank", thumbnail_url="a")])
    assert plan_episodes(stored, untidy, keeps_numbers=True).unchanged == 1


def test_a_thumbnail_that_was_never_had_is_missing() -> None:
    """An episode without a picture is fetched."""
    plan = plan_episodes(held(listed("a"), picture=None), listed("a"), keeps_numbers=True)
    assert numbers(plan.missing) == {"a": 1}


def test_a_platform_replaces_a_thumbnail() -> None:
    """Where numbers stay, another address under the same number is fetched."""
    plan = plan_episodes(held(listed("a", "b")), listed("a", "c"), keeps_numbers=True)
    assert (numbers(plan.missing), plan.unchanged) == ({"c": 2}, 1)


def test_a_number_listed_twice_counts_once() -> None:
    """Of two episodes with one number, the first one counts."""
    twice = [*listed("a"), Episode(number=1, thumbnail_url="b")]
    assert numbers(plan_episodes([], twice, keeps_numbers=True).missing) == {"a": 1}


def test_files_keep_their_numbers() -> None:
    """A file that comes later, between others, gets a number after theirs; none is renumbered."""
    plan = plan_episodes(held(listed("a", "c")), listed("a", "b", "c", "d"), keeps_numbers=False)
    assert (numbers(plan.missing), plan.unchanged) == ({"b": 5, "d": 4}, 2)


def test_files_of_another_folder_follow() -> None:
    """Files of the same artist from another folder come after those that are there."""
    plan = plan_episodes(held(listed("a", "b")), listed("x", "y", "z"), keeps_numbers=False)
    assert sorted(numbers(plan.missing).values()) == [3, 4, 5]


def test_a_file_listed_twice_counts_once() -> None:
    """One address is one episode."""
    assert numbers(plan_episodes([], listed("a", "b", "a"), keeps_numbers=False).missing) == {"a": 1, "b": 2}


urls = st.lists(st.sampled_from("abcdefghijkl"), unique=True)


@settings(deadline=None)
@given(before=urls, now=urls, cut=st.integers(0, 12))
def test_an_interrupted_run_continues_with_the_same_numbers(
    before: list[str], now: list[str], cut: int
) -> None:
    """Whatever was there, and wherever the run was cut off, the numbers come out the same, once each."""
    there = held(listed(*before))
    whole = plan_episodes(there, listed(*now), keeps_numbers=False).missing
    rest = plan_episodes([*there, *held(list(whole[:cut]))], listed(*now), keeps_numbers=False).missing
    assert whole[:cut] + rest == whole
    assert not {e.number for e in whole} & {stored.episode.number for stored in there}
