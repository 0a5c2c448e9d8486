"""Compare what a source lists with what the catalogue holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from storage.records import Episode, StoredEpisode
from storage.values import title_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do about a webtoon's episodes, each with the number it has or gets in the catalogue.

    The thumbnails of `missing` are to be fetched; those of `changed` are there, but something said
    about them is new.
    """

    missing: tuple[Episode, ...]
    changed: tuple[Episode, ...]
    unchanged: int


def plan_episodes(known: Sequence[StoredEpisode], listed: Sequence[Episode], *, keeps_numbers: bool) -> Plan:
    """Plan a webtoon's refresh; with `keeps_numbers` false, `listed` numbers only say the order."""
    if not keeps_numbers:
        listed = _renumbered(known, listed)
    held = {stored.episode.number: stored for stored in known}
    # As the catalogue writes titles; else a blank too many would be a change at every run.
    listed = [replace(episode, title=title_of(episode.title)) for episode in listed]
    listed = list({episode.number: episode for episode in reversed(listed)}.values())[::-1]
    missing = tuple(e for e in listed if not _is_held(held.get(e.number), e))
    there = [e for e in listed if _is_held(held.get(e.number), e)]
    changed = tuple(e for e in there if held[e.number].episode != e)
    return Plan(missing=missing, changed=changed, unchanged=len(there) - len(changed))


def _is_held(stored: StoredEpisode | None, episode: Episode) -> bool:
    """Say whether the thumbnail need not be fetched; one with another address was uploaded anew."""
    if stored is None or stored.picture is None:
        return False
    return stored.episode.thumbnail_url == episode.thumbnail_url


def _renumbered(known: Sequence[StoredEpisode], listed: Sequence[Episode]) -> list[Episode]:
    """Give addresses that are known their old number, and no number that is taken to new ones.

    New ones keep the number they are listed with where it is free; the others follow after all
    numbers, in order.  So a run that was interrupted, with some files skipped, gives the same numbers
    when it is continued.
    """
    numbers = {stored.episode.thumbnail_url: stored.episode.number for stored in known}
    taken = set(numbers.values())
    for episode in _once(listed):
        if episode.thumbnail_url not in numbers and episode.number not in taken:
            numbers[episode.thumbnail_url] = episode.number
    following = max(numbers.values(), default=0) + 1
    for episode in _once(listed):
        if episode.thumbnail_url not in numbers:
            numbers[episode.thumbnail_url] = following
            following += 1
    return [replace(e, number=numbers[e.thumbnail_url]) for e in _once(listed)]


def _once(episodes: Iterable[Episode]) -> list[Episode]:
    """Leave out those whose address came before."""
    return list({episode.thumbnail_url: episode for episode in reversed(list(episodes))}.values())[::-1]
