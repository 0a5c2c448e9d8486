"""Decide which webtoons of a platform are to be asked about, and which are to be left alone."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.sources.listing import Listing
from storage.records import Status, Visited
from storage.values import exact

# A badge for new episodes may have come and gone between two runs; a weekly webtoon has news after a week.
_LOOK_AGAIN = timedelta(days=8)
# Thumbnails of old episodes are uploaded anew without a sign; these are found by asking for everything.
_SURVEY = timedelta(days=60)
_SURVEY_FINISHED = timedelta(days=240)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A webtoon to ask about, all of it when `whole`; `visited` is None for one that is new."""

    listing: Listing
    visited: Visited | None
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What a run is to do: `errands`, those with a badge for new episodes first.

    `unchanged` webtoons are only noted as seen, `gated` of them can be read after a login only; the
    `missed` ones are not listed any more and are to be looked up.
    """

    errands: tuple[Errand, ...]
    unchanged: tuple[Visited, ...]
    gated: int
    missed: tuple[Visited, ...]


def plan_round(
    listed: Sequence[Listing], held: Mapping[str, Visited], *, now: datetime, lists_all: bool
) -> Round:
    """Compare the list of a platform with what is held of it, by the platform's ids."""
    pairs = [(listing, held.get(exact(listing.webtoon.platform_id))) for listing in listed]
    errands = [
        Errand(listing=listing, visited=visited, whole=_wants_all(visited, now))
        for listing, visited in pairs
        if _has_news(listing, visited, now)
    ]
    asked = {id(errand.listing) for errand in errands}
    left = [(listing, visited) for listing, visited in pairs if id(listing) not in asked and visited]
    there = {exact(listing.webtoon.platform_id) for listing in listed}
    missed = [one for key, one in held.items() if key not in there and _is_missed(one, now)]
    return Round(
        errands=tuple(sorted(errands, key=lambda errand: not errand.listing.updated)),
        unchanged=tuple(visited for _, visited in left),
        gated=sum(1 for listing, _ in left if listing.gated),
        missed=tuple(missed) if lists_all else (),
    )


def _has_news(listing: Listing, visited: Visited | None, now: datetime) -> bool:
    if visited is None or visited.visited is None or not listing.mark:
        return True
    mark_is_new = exact(listing.mark) != visited.mark
    if listing.gated:
        return mark_is_new
    rests = listing.webtoon.status is not Status.ONGOING
    waited = now - visited.visited > _LOOK_AGAIN
    changed = listing.updated or mark_is_new or visited.status is Status.GONE
    return changed or (waited and not rests) or _wants_all(visited, now)


def _wants_all(visited: Visited | None, now: datetime) -> bool:
    if visited is None or visited.surveyed is None or visited.status is Status.GONE:
        return True
    period = _SURVEY_FINISHED if visited.status is Status.FINISHED else _SURVEY
    # Between three and five quarters of the period, so that not all fall due on one day.
    share = 0.75 + zlib.crc32(visited.platform_id.encode()) / 2**33
    return now - visited.surveyed > period * share


def _is_missed(visited: Visited, now: datetime) -> bool:
    """Say whether to look a webtoon up that is not listed; those that rest are looked up now and then."""
    if visited.status in {Status.GONE, Status.FINISHED}:
        return False
    rests = visited.status is Status.HIATUS
    return not rests or visited.visited is None or now - visited.visited > _LOOK_AGAIN
