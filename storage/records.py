"""The values that cross module borders: what a catalogue holds."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Platform(StrEnum):
    """Where a webtoon is published."""

    NAVER = "naver"
    KAKAOPAGE = "kakaopage"
    KAKAO = "kakao"
    WEBTOONS = "webtoons"
    DAUM = "daum"
    FOLDER = "folder"
    SAMPLE = "sample"


class Role(StrEnum):
    """What an artist did for a webtoon; the painter is the label."""

    WRITER = "writer"
    PAINTER = "painter"
    ORIGINAL = "original"


class Status(StrEnum):
    """How a webtoon's serialisation stands."""

    ONGOING = "ongoing"
    HIATUS = "hiatus"
    FINISHED = "finished"
    GONE = "gone"


class AgeGrade(StrEnum):
    """From what age a webtoon may be read."""

    ALL = "all"
    TWELVE = "12"
    FIFTEEN = "15"
    ADULT = "adult"


class Weekday(StrEnum):
    """A day on which episodes appear."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class JobKind(StrEnum):
    """A long piece of work that is recorded."""

    SCRAPE = "scrape"
    RETRAIN = "retrain"
    EMBED = "embed"
    ADOPT = "adopt"  # embed with a generation that does not serve yet
    PROMOTE = "promote"
    DISCARD = "discard"
    BACKUP = "backup"


class JobState(StrEnum):
    """How a job stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    DEGRADED = "degraded"  # a platform has changed its interface; what is there was kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One artist's part in a webtoon; `guessed` when the platform names people without their roles.

    `artist_id` is what the platform calls the person, for names are not unique.
    """

    artist: str
    role: Role = Role.PAINTER
    guessed: bool = False
    artist_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webtoon:
    """One work as its platform lists it, without an id of ours."""

    platform: Platform
    platform_id: str
    title: str
    credits: tuple[Credit, ...] = ()
    synopsis: str = ""
    genres: tuple[str, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    age_grade: AgeGrade = AgeGrade.ALL
    status: Status = Status.ONGOING
    url: str = ""
    series_group: str = ""

    @property
    def painters(self) -> tuple[str, ...]:
        """The names of those who drew it, in order."""
        return tuple(c.artist for c in self.credits if c.role is Role.PAINTER)

    @property
    def label(self) -> str:
        """Whose hand it is learned and scored as: the first painter's; empty where that is a guess."""
        first = next((credit for credit in self.credits if credit.role is Role.PAINTER), None)
        return first.artist if first and not first.guessed else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredWebtoon:
    """A webtoon of the catalogue with its id and how much of it is there."""

    id: int
    webtoon: Webtoon
    episodes: int
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One instalment; its thumbnail is fetched apart."""

    number: int
    title: str = ""
    published: date | None = None
    thumbnail_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEpisode:
    """An episode of the catalogue; `picture` is the sha256 of its thumbnail, when it is there."""

    id: int
    webtoon_id: int
    episode: Episode
    picture: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image's bytes, checked, and named by their sha256.

    `phash` is a 64-bit perceptual hash, as an unsigned number.
    """

    sha256: str
    data: bytes = field(repr=False)
    format: str
    width: int
    height: int
    phash: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A scrape, a retrain or an embed run; `figures` are its counts by name, `wish` what was asked for."""

    id: int
    kind: JobKind
    who: str
    state: JobState
    progress: float
    figures: dict[str, int | float | str]
    error: str
    pid: int
    started: datetime
    finished: datetime | None
    wish: dict[str, int | float | str] = field(default_factory=dict)
    stop_asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """When a webtoon of the catalogue was asked about last, and what the platform's list said then.

    `seen` is when the list showed it, `visited` when its newest episodes were there without a fault, and
    `surveyed` when all of its episodes were.
    """

    webtoon_id: int
    platform_id: str
    status: Status
    seen: datetime
    mark: str = ""
    visited: datetime | None = None
    surveyed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtistCount:
    """How many thumbnails by an artist can be learned from, and in how many webtoons."""

    artist: str
    webtoons: int
    thumbnails: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much the catalogue holds."""

    webtoons: int
    artists: int
    episodes: int
    pictures: int
    picture_bytes: int
