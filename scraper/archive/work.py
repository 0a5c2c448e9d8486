"""What one saved page or answer says about one webtoon."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from storage.records import Episode, Webtoon


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A webtoon with those of its `episodes` that were on one page; `gated` when a login was asked for."""

    webtoon: Webtoon
    episodes: tuple[Episode, ...] = ()
    gated: bool = False


def join(first: Work, second: Work) -> Work:
    """Put two pages of one webtoon together; what the fuller one says of it counts."""
    fuller, other = (second, first) if _fullness(second) > _fullness(first) else (first, second)
    weekdays = tuple(dict.fromkeys((*fuller.webtoon.weekdays, *other.webtoon.weekdays)))
    return Work(
        webtoon=replace(fuller.webtoon, weekdays=weekdays),
        episodes=in_order((*other.episodes, *fuller.episodes)),
        gated=first.gated or second.gated,
    )


def in_order(episodes: Iterable[Episode]) -> tuple[Episode, ...]:
    """Sort by number; of two with the same number the later one is kept."""
    by_number = {episode.number: episode for episode in episodes}
    return tuple(by_number[number] for number in sorted(by_number))


def _fullness(work: Work) -> tuple[int, int]:
    webtoon = work.webtoon
    return len(work.episodes), sum(map(bool, (webtoon.credits, webtoon.synopsis, webtoon.genres)))
