"""What an evaluation found: everything that a table or a report shows, without a picture in it.

Pictures are named by `Shown.row`, a row of the evaluated set; whoever draws them is given a function
from rows to crops.  A figure that a method cannot have is None.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Regime(StrEnum):
    """What the queries have in common with what was trained on."""

    IMAGES = "e0"  # pictures taken out at random, as in 2020
    EPISODES = "e1"  # later episodes of known webtoons
    WEBTOONS = "e2"  # other webtoons of known artists
    ARTISTS = "e3"  # artists never trained on, enrolled with a few thumbnails of another webtoon


class Strangers(StrEnum):
    """Who should be told apart from the known artists."""

    ARTISTS = "artists"  # unknown artists' drawings
    IMPOSTORS = "impostors"  # noise, gradients, text: no drawings at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure with its 95 % interval, from a bootstrap over webtoons."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one method did in one regime: a line of a table.

    `grey`: all pictures without their colours.  `pictures` is how many of one webtoon made a query (1
    or 5).  `enrolled` is how many thumbnails each new artist was known by (E3 only).  `top1` and `top5`
    are means over artists, in E3 among the new ones, of whom there are `artists`; `among_all` is E3's top-1
    among all artists, new and known.  `map10`, `recall1` and `recall10` rank webtoons, those of the query's
    own series left out in E2 and E3.  `ece` and `nll` judge the artists' probabilities, as if a picture
    were by one of them; `told` is the calibration error of what the bot tells, which leaves a part for
    somebody else (generations only, not in E3).
    """

    method: str
    regime: Regime
    grey: bool = False
    pictures: int = 1
    enrolled: int | None = None
    queries: int
    top1: Figure
    top5: Figure
    map10: Figure
    recall1: Figure
    recall10: Figure
    ece: Figure | None = None
    nll: Figure | None = None
    told: Figure | None = None
    artists: int = 0
    among_all: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSet:
    """How well a method tells held-out episodes of known artists from strangers.

    `fpr95` is the share of strangers taken for known where 95 % of the known are.
    """

    method: str
    against: Strangers
    grey: bool = False
    strangers: int
    auroc: Figure
    fpr95: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """One epoch of a training; `validation` is what its checkpoint was chosen by, higher is better."""

    seconds: float
    loss: float
    validation: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A line's method: how it was made, its training curve, and how uneven its neighbours are.

    `trained`: in this run; `epochs` may be those of an earlier training.  `seconds` is what training took
    in this run, validation included; `hubness` is the skewness of how often each gallery picture is among
    the ten nearest of a query (0 is even).  `fault` says why it has no scores.
    """

    name: str
    trained: bool = False
    seconds: float = 0.0
    views: int = 0
    parameters: int | None = None
    hubness: float | None = None
    fault: str = ""
    epochs: tuple[Epoch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """Whom `method` took whom for: `counts` [artists][artists], a row per right artist."""

    method: str
    regime: Regime
    artists: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Queries of about one confidence: its mean, and how often they were right."""

    confidence: float
    accuracy: float
    queries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """What the probabilities of `method` are worth, from the least confident queries to the most."""

    method: str
    regime: Regime
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtistScore:
    """How often `method` named an artist right at first, and whom it named most often instead."""

    method: str
    regime: Regime
    artist: str
    queries: int
    top1: float
    mistaken_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture to show: its row in the evaluated set and what it is."""

    row: int
    artist: str
    webtoon: str
    episode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HardPair:
    """A query whose nearest picture is by somebody else; the most similar such pairs are the hardest."""

    method: str
    regime: Regime
    query: Shown
    nearest: Shown
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StylePoint:
    """A picture's place on the style map, in 0..1 from left to right and from top to bottom."""

    shown: Shown
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How much of the set is for what: `name` is a part of the split."""

    name: str
    artists: int
    webtoons: int
    pictures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A program that took part."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything that one run of the protocol found.

    `generation` is the one whose vectors are judged, the starter where all is trained; `main` names the
    method that the confusion, reliability, artists, hard pairs and style map belong to.  `complete` is
    False while the run goes on, or when it was cut off.  `fingerprint` names the data and the split.
    """

    created: datetime
    generation: str
    main: str
    complete: bool
    seconds: float
    fingerprint: str
    parts: tuple[Part, ...]
    methods: tuple[Method, ...] = ()
    scores: tuple[Score, ...] = ()
    open_sets: tuple[OpenSet, ...] = ()
    confusions: tuple[Confusion, ...] = ()
    reliabilities: tuple[Reliability, ...] = ()
    artists: tuple[ArtistScore, ...] = ()
    hard_pairs: tuple[HardPair, ...] = ()
    style_map: tuple[StylePoint, ...] = ()
    tools: tuple[Tool, ...] = field(default_factory=tuple)
