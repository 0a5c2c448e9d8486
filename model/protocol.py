"""The protocol: which rows of a set are for training and which for which question, written down.

A split is drawn once from the set and a seed, before anything is tuned, and names what it decides by
webtoon and episode, so that it can be stored beside a generation and found again.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from model.arrays import IntArray
from model.evaluation_records import Part as PartRecord
from model.records_json import from_json, to_json

HashArray = npt.NDArray[np.uint64]
MarkArray = npt.NDArray[np.int8]
BoolArray = npt.NDArray[np.bool_]

# Pictures whose perceptual hashes differ in so few of 64 bits are one picture, saved twice.
NEAR = 6
_MOST_PAIRS = 16_000_000


class Part(IntEnum):
    """What a row is for; `LEFT_OUT` are gaps, near-duplicates and what an unknown artist has to spare."""

    LEFT_OUT = 0
    TRAINING = 1
    IMAGES = 2  # E0
    EPISODES = 3  # E1
    WEBTOONS = 4  # E2
    ENROLMENT = 5  # E3: what the new artists are known by
    ARTISTS = 6  # E3: what they are asked with
    EPISODES_VALIDATION = 7  # like E1 and E2, for choosing checkpoints, weights and temperatures
    WEBTOONS_VALIDATION = 8


_ASK_FOR_KNOWN = (
    Part.IMAGES,
    Part.EPISODES,
    Part.WEBTOONS,
    Part.EPISODES_VALIDATION,
    Part.WEBTOONS_VALIDATION,
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Table:
    """What is known of the rows of a set: all [n].

    `artists` are 0.. without a gap; `groups` joins webtoons of one series; `hashes` are perceptual.
    """

    artists: IntArray
    webtoons: IntArray
    groups: IntArray
    episodes: IntArray
    hashes: HashArray

    def __len__(self) -> int:
        return len(self.artists)

    def take(self, rows: IntArray) -> "Table":
        """Choose some rows."""
        return Table(
            artists=self.artists[rows],
            webtoons=self.webtoons[rows],
            groups=self.groups[rows],
            episodes=self.episodes[rows],
            hashes=self.hashes[rows],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a split is drawn; shares are of what is there at that step.

    `unknown` of the artists with two webtoons are E3; of each other artist with two, one is E2, and of
    `spared` of those with three another one is for validation.  Of every remaining webtoon the last
    `episodes` are E1, the `validation` before them choose, and `gap` of its episodes part them from
    training, one at least.  `images` of what remains are E0.
    """

    unknown: float = 0.2
    spared: float = 0.4
    episodes: float = 0.2
    validation: float = 0.1
    gap: float = 0.02
    images: float = 0.1
    seed: int = 2020


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Episodes of a webtoon, first to last of them, that are one part; single images are spans too."""

    webtoon: int
    part: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What each episode of each webtoon is for; what no span names is left out."""

    rules: Rules
    spans: tuple[Span, ...]

    def marks(self, table: Table) -> MarkArray:
        """Say of each row [n] which Part it is."""
        marks = np.zeros(len(table), np.int8)
        spans: dict[int, list[Span]] = {}
        for span in self.spans:
            spans.setdefault(span.webtoon, []).append(span)
        for webtoon, own in spans.items():
            rows = np.flatnonzero(table.webtoons == webtoon)
            for span in own:
                inside = (table.episodes[rows] >= span.first) & (table.episodes[rows] <= span.last)
                marks[rows[inside]] = span.part
        return marks

    def to_json(self) -> str:
        """Write, so that from_json gives an equal one."""
        return to_json(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Split":
        """Read what to_json wrote; raises RecordDamaged for anything else."""
        return from_json(cls, text)

    @property
    def fingerprint(self) -> str:
        """Name this split: twelve hexadecimal digits."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:12]


def draw_split(table: Table, rules: Rules | None = None) -> Split:
    """Divide a set: the same table and rules give the same split."""
    rules = rules or Rules()
    random = np.random.default_rng(rules.seed)
    marks = np.full(len(table), Part.TRAINING, np.int8)
    unknown = _take_artists(table, marks, rules=rules, random=random)
    _take_webtoons(table, marks, rules=rules, random=random, unknown=unknown)
    for webtoon in np.unique(table.webtoons[marks == Part.TRAINING]):
        _take_episodes(table, marks, webtoon=int(webtoon), rules=rules)
    _take_images(table, marks, rules=rules, random=random)
    _drop_duplicates(table, marks)
    return Split(rules=rules, spans=tuple(spans_of(table, answerable(table, marks))))


def draw_serving_split(table: Table, rules: Rules) -> Split:
    """Divide a set for a generation that is to serve.

    Of `rules.spared` of the artists with two webtoons, and never of more than half of them, one webtoon
    chooses the checkpoint.  Of all others episodes are held out as ever.
    """
    random = np.random.default_rng(rules.seed)
    marks = np.full(len(table), Part.TRAINING, np.int8)
    several = _several(table, np.unique(table.artists), 2)
    for artist in _share(several, rules.spared, random=random)[: len(several) // 2]:
        webtoon = int(random.choice(_works(table, artist)))
        _take_series(table, marks, webtoon=webtoon, part=Part.WEBTOONS_VALIDATION)
    for webtoon in np.unique(table.webtoons[marks == Part.TRAINING]):
        _take_episodes(table, marks, webtoon=int(webtoon), rules=rules)
    _drop_duplicates(table, marks)
    return Split(rules=rules, spans=tuple(spans_of(table, answerable(table, marks))))


def answerable(table: Table, marks: MarkArray) -> MarkArray:
    """Leave out of marks [n] the questions whose artist is not trained on: nobody could know the answer."""
    known = np.isin(table.artists, table.artists[marks == Part.TRAINING])
    asked = np.isin(marks, _ASK_FOR_KNOWN)
    return np.where(asked & ~known, np.int8(Part.LEFT_OUT), marks)


def parts_of(table: Table, marks: MarkArray) -> tuple[PartRecord, ...]:
    """Count what each part holds."""
    return tuple(
        PartRecord(
            name=part.name.lower(),
            artists=len(np.unique(table.artists[marks == part])),
            webtoons=len(np.unique(table.webtoons[marks == part])),
            pictures=int((marks == part).sum()),
        )
        for part in Part
    )


def _works(table: Table, artist: int) -> list[int]:
    """Name one webtoon for each series of an artist, the longest of each, in order."""
    own = table.artists == artist
    works: dict[int, int] = {}
    for webtoon in np.unique(table.webtoons[own]):
        group = int(table.groups[own & (table.webtoons == webtoon)][0])
        best = works.get(group)
        if best is None or (table.webtoons == webtoon).sum() > (table.webtoons == best).sum():
            works[group] = int(webtoon)
    return sorted(works.values())


def _several(table: Table, artists: IntArray, least: int) -> list[int]:
    return [int(artist) for artist in artists if len(_works(table, int(artist))) >= least]


def _share(chosen: list[int], share: float, *, random: np.random.Generator) -> list[int]:
    count = int(np.ceil(len(chosen) * share - 1e-9))
    return sorted(int(chosen[place]) for place in random.permutation(len(chosen))[:count])


def _take_artists(table: Table, marks: MarkArray, *, rules: Rules, random: np.random.Generator) -> list[int]:
    artists = np.unique(table.artists)
    several = _several(table, artists, 2)
    most = max(len(artists) - 2, 0)  # two must be left to train on
    unknown = _share(several, rules.unknown * len(artists) / max(len(several), 1), random=random)[:most]
    for artist in unknown:
        enrolled, asked = (_works(table, artist)[place] for place in random.permutation(2))
        marks[table.artists == artist] = Part.LEFT_OUT
        marks[table.webtoons == enrolled] = Part.ENROLMENT
        marks[table.webtoons == asked] = Part.ARTISTS
    return unknown


def _take_webtoons(
    table: Table, marks: MarkArray, *, rules: Rules, random: np.random.Generator, unknown: list[int]
) -> None:
    known = np.setdiff1d(np.unique(table.artists), unknown)
    spared = _share(_several(table, known, 3), rules.spared, random=random)
    for artist in _several(table, known, 2):
        works = _works(table, artist)
        order = random.permutation(len(works))
        _take_series(table, marks, webtoon=works[order[0]], part=Part.WEBTOONS)
        if artist in spared:
            _take_series(table, marks, webtoon=works[order[1]], part=Part.WEBTOONS_VALIDATION)


def _take_series(table: Table, marks: MarkArray, *, webtoon: int, part: Part) -> None:
    """Give a webtoon to a part; its sequels would give its heroes away, so they are left out."""
    own = table.webtoons == webtoon
    marks[np.isin(table.groups, table.groups[own])] = Part.LEFT_OUT
    marks[own] = part


def _take_episodes(table: Table, marks: MarkArray, *, webtoon: int, rules: Rules) -> None:
    own = table.webtoons == webtoon
    numbers = np.unique(table.episodes[own])
    held = int(len(numbers) * rules.episodes)
    if not held:
        return
    gap = max(1, round(len(numbers) * rules.gap))
    chosen = int(len(numbers) * rules.validation)
    lengths = ((Part.EPISODES, held), (Part.LEFT_OUT, gap), (Part.EPISODES_VALIDATION, chosen))
    end = len(numbers)
    for part, length in (*lengths, (Part.LEFT_OUT, gap if chosen else 0)):
        start = max(end - length, 0)
        marks[own & np.isin(table.episodes, numbers[start:end])] = part
        end = start


def _take_images(table: Table, marks: MarkArray, *, rules: Rules, random: np.random.Generator) -> None:
    """Take episodes at random, but never an artist's last; crops of one picture go together."""
    rows = np.flatnonzero(marks == Part.TRAINING)
    keys = np.unique(np.stack([table.webtoons[rows], table.episodes[rows]], axis=1), axis=0)
    for webtoon, episode in keys[random.random(len(keys)) < rules.images]:
        own = (table.webtoons == webtoon) & (table.episodes == episode)
        artists = table.artists[own]
        if (np.isin(table.artists, artists) & (marks == Part.TRAINING) & ~own).any():
            marks[own] = Part.IMAGES


def _drop_duplicates(table: Table, marks: MarkArray) -> None:
    """Leave out of the questions what near-duplicates, by anybody, are trained on or enrolled with.

    E0 keeps them, for the random split of 2020 did.
    """
    asked = np.isin(
        marks,
        (Part.EPISODES, Part.WEBTOONS, Part.ARTISTS, Part.EPISODES_VALIDATION, Part.WEBTOONS_VALIDATION),
    )
    known = np.isin(marks, (Part.TRAINING, Part.ENROLMENT))
    doubled = near_duplicates(table.hashes[asked], table.hashes[known])
    marks[np.flatnonzero(asked)[doubled]] = Part.LEFT_OUT


def near_duplicates(hashes: HashArray, others: HashArray) -> BoolArray:
    """Mark those of `hashes` [n] that some of `others` [m] nearly equal."""
    if not len(others):
        return np.zeros(len(hashes), np.bool_)
    step = max(1, _MOST_PAIRS // len(others))
    parts = [
        (np.bitwise_count(hashes[start : start + step, None] ^ others) <= NEAR).any(axis=1)
        for start in range(0, len(hashes), step)
    ]
    return np.concatenate(parts) if parts else np.zeros(0, np.bool_)


def spans_of(table: Table, marks: MarkArray) -> Iterator[Span]:
    """Write marks [n] down: neighbouring episodes of one part; one whose crops differ is left out."""
    for webtoon in np.unique(table.webtoons):
        own = table.webtoons == webtoon
        numbers = np.unique(table.episodes[own])
        parts = [_part_of(marks[own & (table.episodes == number)]) for number in numbers]
        start = 0
        for place in range(1, len(numbers) + 1):
            if place == len(numbers) or parts[place] != parts[start]:
                if parts[start] != Part.LEFT_OUT:
                    first, last = int(numbers[start]), int(numbers[place - 1])
                    yield Span(webtoon=int(webtoon), part=parts[start], first=first, last=last)
                start = place


def _part_of(marks: MarkArray) -> int:
    return int(marks[0]) if (marks == marks[0]).all() else int(Part.LEFT_OUT)
