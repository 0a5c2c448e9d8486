from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from scraper.errands import plan_round
from scraper.sources.listing import Listing
from storage.records import Platform, Status, Visited, Webtoon

NOW = datetime(2026, 10, 1, tzinfo=UTC)


def listing(
    name: str = "a", *, mark: str = "m", updated: bool = False, status: Status = Status.ONGOING
) -> Listing:
    """Make a webtoon as a list shows it."""
    webtoon = Webtoon(platform=Platform.NAVER, platform_id=name, title=name, status=status)
    return Listing(webtoon=webtoon, mark=mark, updated=updated)


def visited(
    name: str = "a", *, days: float = 1, surveyed: float = 1, status: Status = Status.ONGOING
) -> dict[str, Visited]:
    """Make the record of a visit some days ago."""
    one = Visited(
        webtoon_id=1,
        platform_id=name,
        status=status,
        seen=NOW,
        mark="m",
        visited=NOW - timedelta(days=days),
        surveyed=NOW - timedelta(days=surveyed),
    )
    return {name: one}


@pytest.mark.parametrize(
    ("listed", "held", "asked"),
    [
        (listing(), {}, True),
        (listing(), visited(), None),
        (listing(updated=True), visited(), False),
        (listing(mark="n"), visited(), False),
        (listing(mark=""), visited(), False),
        (listing(), visited(days=9), False),
        (listing(status=Status.FINISHED), visited(days=9, status=Status.FINISHED), None),
        (listing(), visited(surveyed=80), True),
        (listing(status=Status.FINISHED), visited(days=80, surveyed=80, status=Status.FINISHED), None),
        (listing(), visited(status=Status.GONE), True),
    ],
)
def test_what_is_asked(listed: Listing, held: dict[str, Visited], asked: bool | None) -> None:  # noqa: FBT001
    """A webtoon is asked about when something may be new, and about everything when that is due."""
    planned = plan_round([listed], held, now=NOW, lists_all=True)
    assert [errand.whole for errand in planned.errands] == ([] if asked is None else [asked])
    assert len(planned.unchanged) == (asked is None)


@pytest.mark.parametrize(
    ("held", "missed"),
    [
        (visited(), 1),
        (visited(status=Status.FINISHED), 0),
        (visited(status=Status.GONE), 0),
        (visited(status=Status.HIATUS), 0),
        (visited(status=Status.HIATUS, days=9), 1),
    ],
)
def test_what_is_missed(held: dict[str, Visited], missed: int) -> None:
    """What is not listed is looked up, unless it is known why, and only where lists are complete."""
    assert len(plan_round([], held, now=NOW, lists_all=True).missed) == missed
    assert plan_round([], held, now=NOW, lists_all=False).missed == ()


def test_news_come_first() -> None:
    """What has a badge for new episodes comes before the others, which keep their order."""
    planned = plan_round(
        [listing("a"), listing("b"), listing("c", updated=True)], {}, now=NOW, lists_all=True
    )
    assert [errand.listing.webtoon.title for errand in planned.errands] == ["c", "a", "b"]


def test_surveys_are_spread() -> None:
    """What was surveyed on one day does not fall due on one day."""
    names = [str(number) for number in range(200)]
    due = []
    for days in range(40, 80):
        held = {name: one for each in names for name, one in visited(each, surveyed=days).items()}
        due.append(len(plan_round([listing(n) for n in names], held, now=NOW, lists_all=True).errands))
    assert (due[0], due[-1]) == (0, 200)
    assert max(later - earlier for earlier, later in pairwise(due)) < 30
