"""Put together what came page by page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scraper.sources.listing import Known, Listing
from storage.records import Episode, Webtoon, Weekday

PAGES = 400  # of one list; a list that does not end is not followed for ever


def merge(first: Listing, second: Listing) -> Listing:
    """Join what two lists say of one webtoon; the first counts where they differ."""
    one, other = first.webtoon, second.webtoon
    webtoon = replace(
        one,
        credits=one.credits or other.credits,
        synopsis=one.synopsis or other.synopsis,
        genres=one.genres or other.genres,
        weekdays=tuple(day for day in Weekday if day in {*one.weekdays, *other.weekdays}),
    )
    return Listing(
        webtoon=webtoon,
        mark=first.mark or second.mark,
        updated=first.updated or second.updated,
        gated=first.gated or second.gated,
    )


def merge_all(listings: Iterable[Listing]) -> list[Listing]:
    """Join what stands in several lists, in the order in which it was met first."""
    found: dict[str, Listing] = {}
    for listing in listings:
        key = listing.webtoon.platform_id
        found[key] = merge(found[key], listing) if key in found else listing
    return list(found.values())


def keep_known(webtoon: Webtoon, known: Known) -> Webtoon:
    """Let nothing get lost that a platform said once: empty fields, and roles where now we only guess."""
    before = known.webtoon
    if before is None:
        return webtoon
    guessed = all(credit.guessed for credit in webtoon.credits)
    return replace(
        webtoon,
        credits=before.credits if guessed and before.credits else webtoon.credits,
        synopsis=webtoon.synopsis or before.synopsis,
        genres=webtoon.genres or before.genres,
    )


def all_known(page: Sequence[Episode], known: Known) -> bool:
    """Say whether nothing on a page is new: all of its thumbnails are there, under the same addresses."""
    held = {(episode.number, episode.thumbnail_url) for episode in known.episodes}
    return all((episode.number, episode.thumbnail_url) in held for episode in page)


def by_number(episodes: Iterable[Episode]) -> list[Episode]:
    """Sort episodes; of two with the same number, the one that came first is kept."""
    first: dict[int, Episode] = {}
    for episode in episodes:
        first.setdefault(episode.number, episode)
    return [first[number] for number in sorted(first)]
