"""Ask a catalogue for what was held out of it: episodes, webtoons, artists, and what nobody drew."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt

from model.arrays import FloatArray, IntArray
from model.index import Index
from model.painters import Painters, painters_of
from model.whitening import Whitening
from storage.records import Credit, Platform, StoredWebtoon, Webtoon

BoolArray = npt.NDArray[np.bool_]

FOLDS = 2
_UNKNOWN = 5  # each fold leaves one of so many painters out
_EPISODES = 5  # and of the others one of so many episodes, the last
_MOST_QUERIES = 500  # of each kind in a fold
_DUPLICATE = 0.999
_SEEN = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Shelf:
    """Rows [n, d] of a catalogue with the webtoon, in rising order, and the episode of each.

    `others` [m, d] are rows of what is no drawing.
    """

    rows: FloatArray
    webtoon_ids: IntArray
    episodes: IntArray
    webtoons: Mapping[int, StoredWebtoon]
    others: FloatArray


def invent_webtoons(
    webtoon_ids: IntArray, artists: IntArray, *, names: Sequence[str]
) -> dict[int, StoredWebtoon]:
    """Invent the webtoons of pictures [n] that stand in no catalogue; `artists` [n] are places in `names`."""
    pairs = dict(zip(webtoon_ids.tolist(), artists.tolist(), strict=True))
    return {number: _invented(number, names[artist]) for number, artist in pairs.items()}


def _invented(number: int, artist: str) -> StoredWebtoon:
    webtoon = Webtoon(
        platform=Platform.FOLDER,
        platform_id=str(number),
        title=str(number),
        credits=(Credit(artist=artist),),
    )
    return StoredWebtoon(id=number, webtoon=webtoon, episodes=0, first_seen=_SEEN, last_seen=_SEEN)


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """What queries found: how alike the nearest styles are and how long their own is, both [q]."""

    similarities: FloatArray
    lengths: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """The scores of queries for all painters [q, painters], and who is the right one [q]."""

    scores: FloatArray
    painters: IntArray


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Trials:
    """What came of all folds: of known painters' pictures, of strangers', of no drawings."""

    known: Nearest
    strangers: Nearest
    others: Nearest
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Fold:
    """What a fold holds out, each [n]; what is in none of them is its catalogue."""

    strangers: BoolArray
    known: BoolArray

    @property
    def catalogue(self) -> BoolArray:
        return ~self.strangers & ~self.known


def run_trials(shelf: Shelf, fit: Callable[[FloatArray], Whitening]) -> Trials | None:
    """Fit to a part of the shelf and ask it for the rest, in several folds; None where nobody is known."""
    found = [
        _ask(shelf, fold, fit=fit) for fold in _folds(shelf) if fold.known.any() and fold.catalogue.any()
    ]
    if not found:
        return None
    known, strangers, others, named = zip(*found, strict=True)
    return Trials(known=_join(known), strangers=_join(strangers), others=_join(others), named=named)


def _folds(shelf: Shelf) -> Iterator[_Fold]:
    """Leave painters out, of some others a whole webtoon, and of all others the last episodes."""
    own = {webtoon: _painters(shelf, webtoon) for webtoon in dict.fromkeys(shelf.webtoon_ids.tolist())}
    known = {webtoon: label for webtoon in own if (label := _label(shelf, webtoon))}
    names = list(dict.fromkeys(name for painters in own.values() for name in painters))
    for turn in range(FOLDS):
        unknown = set(names[turn::_UNKNOWN]) if len(names) > 1 else set()
        strangers = {webtoon for webtoon, painters in own.items() if unknown & set(painters)}
        rest = {webtoon: name for webtoon, name in known.items() if webtoon not in strangers}
        whole = _spare(rest, turn)
        asked = np.isin(shelf.webtoon_ids, [*whole]) | _last(shelf, [*rest])
        yield _Fold(np.isin(shelf.webtoon_ids, [*strangers]), asked)


def _painters(shelf: Shelf, webtoon: int) -> tuple[str, ...]:
    stored = shelf.webtoons.get(webtoon)
    return tuple(stored.webtoon.painters) if stored else ()


def _label(shelf: Shelf, webtoon: int) -> str:
    stored = shelf.webtoons.get(webtoon)
    return stored.webtoon.label if stored else ""


def _spare(painters: Mapping[int, str], turn: int) -> set[int]:
    """Choose a webtoon of every other painter who has another one."""
    works: dict[str, list[int]] = {}
    for webtoon, name in painters.items():
        works.setdefault(name, []).append(webtoon)
    several = [own for own in works.values() if len(own) > 1]
    return {own[turn % len(own)] for own in several[turn % 2 :: 2]}


def _last(shelf: Shelf, webtoons: list[int]) -> BoolArray:
    """Mark the last episodes of webtoons, at least one of those that have two."""
    marks = np.zeros(len(shelf.rows), dtype=np.bool_)
    for webtoon in webtoons:
        rows = slice(*np.searchsorted(shelf.webtoon_ids, (webtoon, webtoon + 1)).tolist())
        numbers = np.unique(shelf.episodes[rows])
        if len(numbers) > 1:
            marks[rows] = shelf.episodes[rows] >= numbers[-max(1, len(numbers) // _EPISODES)]
    return marks


def _ask(
    shelf: Shelf, fold: _Fold, *, fit: Callable[[FloatArray], Whitening]
) -> tuple[Nearest, Nearest, Nearest, Named]:
    rows = np.flatnonzero(fold.catalogue)
    whitening = fit(shelf.rows[rows])
    index = Index(whitening.apply(shelf.rows[rows]), shelf.webtoon_ids[rows], style=whitening.dimensions)
    painters = painters_of(shelf.webtoon_ids[rows], shelf.webtoons)
    places = {name: place for place, name in enumerate(painters.names)}
    labels = [_label(shelf, webtoon) for webtoon in shelf.webtoon_ids.tolist()]
    asked = _some(np.array([row for row in np.flatnonzero(fold.known) if labels[row] in places], np.intp))
    right = np.array([places[labels[row]] for row in asked], np.int64)
    known, named = _known(index, whitening.place(shelf.rows[asked]), painters=painters, right=right)
    unknown = np.array([row for row in np.flatnonzero(fold.strangers) if labels[row]], np.intp)
    strangers = _nearest(index, whitening.place(shelf.rows[_some(unknown)]))
    return known, strangers, _nearest(index, whitening.place(shelf.others)), named


def _known(
    index: Index, placed: tuple[FloatArray, FloatArray], *, painters: Painters, right: IntArray
) -> tuple[Nearest, Named]:
    """Ask for pictures of known painters; one that the catalogue has elsewhere too is no evidence."""
    vectors, lengths = placed
    similarities, alike = index.compare(vectors)
    fresh = (similarities + index.excess).max(axis=1, initial=-1) <= _DUPLICATE
    nearest = Nearest(alike[fresh].max(axis=1, initial=-1), lengths[fresh])
    return nearest, Named(painters.scores(similarities[fresh]), right[fresh])


def _nearest(index: Index, placed: tuple[FloatArray, FloatArray]) -> Nearest:
    vectors, lengths = placed
    return Nearest(index.compare(vectors)[1].max(axis=1, initial=-1), lengths)


def _some(rows: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    if len(rows) <= _MOST_QUERIES:
        return rows
    return rows[np.linspace(0, len(rows) - 1, _MOST_QUERIES).astype(np.intp)]


def _join(parts: tuple[Nearest, ...]) -> Nearest:
    similarities = np.concatenate([part.similarities for part in parts])
    return Nearest(similarities, np.concatenate([part.lengths for part in parts]))
