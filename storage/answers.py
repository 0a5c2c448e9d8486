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
class Answer:
    """What a query gets: best matches, likeliest artists, and how far to trust both.

    `seconds` maps each stage (decode, encode, search) to the time it took; `crops` counts the parts
    of the pictures that were looked at.
    """

    matches: tuple[Match, ...]
    artists: tuple[ArtistShare, ...]
    familiarity: Familiarity
    generation: str
    crops: int
    seconds: Mapping[str, float]
