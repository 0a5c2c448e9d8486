"""The values that an answer is made of; every door renders these."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from storage.records import StoredWebtoon


class Familiarity(StrEnum):
    """How near the query lies to anything known."""

    CLOSE = "close"
    LOOSE = "loose"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A webtoon in an answer.

    `score` is the hub-corrected cosine similarity, in 0..1 and falling with the rank; `picture` is the
    sha256 of the thumbnail that shows why, of the episode numbered `episode`.
    """

    rank: int
    stored: StoredWebtoon
    score: float
    picture: str
    episode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtistShare:
    """How likely an artist drew the query; what the shares lack to 1 is left for strangers.

    `trained` says whether the network was trained on this artist (a calibrated probability) or the
    share comes from the similarity to the artist's thumbnails.
    """

    artist: str
    probability: float
    trained: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """A picture of the query, by its place from 0, that is one of the catalogue, saved anew perhaps."""

    place: int
    stored: StoredWebtoon
    picture: str
    episode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtistSet:
    """Artists, the likeliest first, one of whom drew the query in `coverage` of all cases, 0 to 1.

    This is measured on pictures by artists of the catalogue; of others' pictures it says nothing.
    """

    artists: tuple[str, ...]
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a query gets: best matches, likeliest artists, and how far to trust both.

    `seconds` maps each stage (decode, encode, search) to the time it took; `crops` counts the parts
    of the `pictures` that were looked at.  `one_of` is None where no short set of artists can be promised.
    """

    matches: tuple[Match, ...]
    artists: tuple[ArtistShare, ...]
    familiarity: Familiarity
    generation: str
    crops: int
    seconds: Mapping[str, float]
    pictures: int = 1
    one_of: ArtistSet | None = None
    duplicates: tuple[Duplicate, ...] = ()


class Trait(StrEnum):
    """Something about a drawing that a reader can check by eye."""

    LINE_WEIGHT = "line-weight"
    DARK_LINE = "dark-line"
    FLATNESS = "flatness"
    CONTRAST = "contrast"
    SATURATION = "saturation"
    TEXTURE = "texture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle, in shares of what it lies in: 0 is left or top, 1 right or bottom."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """One of the colours that stand for a picture, 0 to 255, and how much of the picture it stands for."""

    red: int
    green: int
    blue: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How much of a trait a picture has: `percentile` is the share of the catalogue that has less, 0 to 1."""

    trait: Trait
    percentile: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two compared pictures.

    `area` is the part of it that was looked at; `heat` says, row by row, what each cell of a grid over that
    part adds to the similarity, below 0 what speaks against it.
    """

    area: Area
    heat: tuple[tuple[float, ...], ...]
    palette: tuple[Colour, ...]
    measured: tuple[Measured, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikePatches:
    """Two patches that agree, each in shares of its side's area, and what they add to the similarity."""

    query: Area
    thumbnail: Area
    part: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a webtoon is a match: the query's picture number `picture` beside the match's thumbnail.

    `similarity` is the cosine of the two as they were looked at; the cells of either heat map add up to
    it.  Where the generation cannot say where it looked, the maps and `patches` are empty.  Traits are
    compared with `sample` thumbnails of the catalogue.  `asked` is the sha256 of the query's picture where
    that is one of the catalogue.
    """

    match: Match
    picture: int
    asked: str = ""
    similarity: float
    query: Side
    thumbnail: Side
    patches: tuple[AlikePatches, ...]
    sample: int
