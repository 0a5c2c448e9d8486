"""Find which webtoon or artist of the catalogue somebody names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from storage.records import StoredWebtoon

if TYPE_CHECKING:
    from bot.service import Service

TITLES_LOOKED_AT: Final = 30
ARTISTS_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An artist, by a webtoon and the `place` of the name among those of its artists."""

    name: str
    webtoon_id: int
    place: int


def meant(found: Sequence[StoredWebtoon], words: str) -> StoredWebtoon | None:
    """Choose the only webtoon, or the only one with just this title."""
    same = [stored for stored in found if _plain(stored.webtoon.title) == _plain(words)]
    if len(found) == 1:
        return found[0]
    return same[0] if len(same) == 1 else None


async def artists_called(service: "Service", words: str) -> list[Named]:
    """Find the artists whose name contains the words, the shortest first; who has just this name is alone."""
    wanted = _plain(words)
    found = {
        name: Named(name=name, webtoon_id=stored.id, place=place)
        for stored in reversed(await service.search(words, limit=ARTISTS_LOOKED_AT))
        for place, name in enumerate(names_of(stored))
        if wanted in _plain(name)
    }
    same = [named for name, named in found.items() if _plain(name) == wanted]
    return same or sorted(found.values(), key=lambda named: len(named.name))


async def works_of(service: "Service", name: str) -> list[StoredWebtoon]:
    """List the webtoons of an artist."""
    found = await service.search(name, limit=ARTISTS_LOOKED_AT)
    return [stored for stored in found if name in names_of(stored)]


def names_of(stored: StoredWebtoon) -> list[str]:
    """Name everybody who made a webtoon."""
    return list(dict.fromkeys(credit.artist for credit in stored.webtoon.credits))


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
