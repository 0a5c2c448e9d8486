"""Join the seasons of a webtoon, and what one webtoon is called on several platforms."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from storage.records import Platform, StoredWebtoon
from storage.values import title_of

_REMOTE = {Platform.NAVER, Platform.KAKAOPAGE, Platform.KAKAO, Platform.WEBTOONS}
_OURS = "joined:"  # how the groups begin that are made here; a source may know better
_SEASON = re.compile(
    r"\s*[\[(<:\-~]*\s*(?:제?\s*\d+\s*[부기]|시즌\s*\d+|season\s*\d+|s\d+|외전|후속편)\s*[\])>]*\s*$",
    re.IGNORECASE,
)


def join_series(webtoons: Iterable[StoredWebtoon]) -> Mapping[int, str]:
    """Give each webtoon of the platforms its series group, empty for one that stands alone.

    Webtoons belong together when their titles agree but for the season and somebody worked on both.
    """
    alike: dict[str, list[StoredWebtoon]] = defaultdict(list)
    for stored in webtoons:
        if stored.webtoon.platform in _REMOTE and not _is_given(stored):
            alike[base_title(stored.webtoon.title)].append(stored)
    found: dict[int, str] = {}
    for candidates in alike.values():
        for group in _connected(candidates):
            first = min(f"{each.webtoon.platform}:{each.webtoon.platform_id}" for each in group)
            found |= {each.id: f"{_OURS}{first}" if len(group) > 1 else "" for each in group}
    return found


def base_title(title: str) -> str:
    """Reduce a title to what its seasons share: letters and digits without the season."""
    shown = title_of(title).casefold()
    base = _SEASON.sub("", shown)
    return "".join(sign for sign in base if sign.isalnum()) or shown


def _is_given(stored: StoredWebtoon) -> bool:
    group = stored.webtoon.series_group
    return bool(group) and not group.startswith(_OURS)


def _connected(candidates: Sequence[StoredWebtoon]) -> Iterator[list[StoredWebtoon]]:
    """Part webtoons into groups in which each shares somebody with another one."""
    waiting = list(candidates)
    while waiting:
        group = [waiting.pop(0)]
        people = _people(group[0])
        while near := [each for each in waiting if people & _people(each)]:
            group += near
            people = people.union(*map(_people, near))
            waiting = [each for each in waiting if each not in near]
        yield group


def _people(stored: StoredWebtoon) -> frozenset[str]:
    return frozenset(credit.artist for credit in stored.webtoon.credits)
