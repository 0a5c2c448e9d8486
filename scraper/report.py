"""What a refresh says while it runs and when it has ended."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from storage.errors import GrimcheError, SourceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a refresh has come.

    `webtoons` of `total` are done and `title` is the one in work; `pictures` have been fetched, of
    `size` bytes together; `share` is the part of all the work that is done, in 0..1.  `job` is the number
    of its record, 0 where nothing is written.
    """

    webtoons: int
    total: int
    title: str
    pictures: int
    bytes: int
    share: float
    job: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A thumbnail or a webtoon that could not be had: `what`, and the `error` that says why."""

    what: str
    error: GrimcheError

    @property
    def reason(self) -> str:
        """The error's sentence in English."""
        return str(self.error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A webtoon with new `episodes` (or none, when it is `new` itself)."""

    title: str
    new: bool
    episodes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshReport:
    """What a refresh brought, or what it would bring when `dry_run`.

    `webtoons` were listed and `visited` of them asked about; `arrived` names those that brought something;
    `new_pictures` counts those whose bytes the catalogue did not hold, `bytes` what was fetched for the
    new episodes and for the `replaced` ones; `unchanged` episodes were there already.

    `gated` webtoons are only for readers who log in, `gone` ones have vanished, and `left` ones are for the
    next run.  `requests` counts what each origin was asked.  `ended` is what kept the run from its end: a
    `ShapeChanged` when it is degraded, and `evidence` is then the file that shows how.
    """

    webtoons: int
    arrived: tuple[Arrived, ...]
    new_webtoons: int
    new_episodes: int
    new_pictures: int
    bytes: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    dry_run: bool
    visited: int = 0
    replaced: int = 0
    gated: int = 0
    gone: int = 0
    left: int = 0
    placeholders: int = 0
    requests: Mapping[str, int] = field(default_factory=dict)
    ended: SourceError | None = None
    evidence: Path | None = None


@dataclass(slots=True)
class Tally:
    """The counts of a refresh under way."""

    source: str = ""
    job: int = 0
    listed: int = 0
    total: int = 0
    done: int = 0
    title: str = ""
    missing: int = 0
    looked_at: int = 0
    fetched: int = 0
    fetched_bytes: int = 0
    new_episodes: int = 0
    new_pictures: int = 0
    bytes: int = 0
    unchanged: int = 0
    replaced: int = 0
    gated: int = 0
    gone: int = 0
    left: int = 0
    placeholders: int = 0
    requests: Mapping[str, int] = field(default_factory=dict)
    ended: SourceError | None = None
    evidence: Path | None = None
    arrived: list[Arrived] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def begin(self, title: str) -> None:
        """Turn to the next webtoon."""
        self.title, self.missing, self.looked_at = title, 0, 0

    def plan(self, *, unchanged: int, missing: int) -> None:
        """Note what is there of the webtoon in work, and what is to be fetched."""
        self.unchanged += unchanged
        self.missing = missing

    def look_at(self, size: int) -> None:
        """Count a thumbnail of `size` bytes, 0 when it was skipped."""
        self.looked_at += 1
        self.fetched += 1 if size else 0
        self.fetched_bytes += size

    def wrote(self, sizes: Sequence[int], *, new_pictures: int, replaced: int) -> None:
        """Count episodes by the sizes of their thumbnails; `replaced` of them had another one before."""
        self.new_episodes += len(sizes) - replaced
        self.replaced += replaced
        self.bytes += sum(sizes)
        self.new_pictures += new_pictures

    def conclude(self, *, new: bool, episodes: int) -> None:
        """Name the webtoon in work when it brought something."""
        if new or episodes:
            self.arrived.append(Arrived(title=self.title, new=new, episodes=episodes))

    def finish(self) -> None:
        """Leave the webtoon in work."""
        self.done += 1
        self.begin(self.title)

    @property
    def new_webtoons(self) -> int:
        """How many webtoons the catalogue did not hold before."""
        return sum(1 for webtoon in self.arrived if webtoon.new)

    def progress(self) -> Progress:
        """Say how far it has come; the webtoon in work counts by its thumbnails."""
        part = self.looked_at / self.missing if self.missing else 0.0
        return Progress(
            webtoons=self.done,
            total=self.total,
            title=self.title,
            pictures=self.fetched,
            bytes=self.fetched_bytes,
            share=(self.done + part) / self.total if self.total else 0.0,
            job=self.job,
        )

    def figures(self) -> Mapping[str, int | float | str]:
        """Name the counts for the job's record; what is zero and unusual is left out."""
        reasons = Counter(f"skipped {type(skipped.error).__name__}" for skipped in self.skipped)
        unusual: dict[str, int | str] = {
            "visited": self.done,
            "replaced": self.replaced,
            "gated": self.gated,
            "gone": self.gone,
            "left": self.left,
            "placeholders": self.placeholders,
            "requests": sum(self.requests.values()),
            "evidence": self.evidence.name if self.evidence else "",
            **reasons,
        }
        return {
            "source": self.source,
            "webtoons": self.listed,
            "new_webtoons": self.new_webtoons,
            "new_episodes": self.new_episodes,
            "new_pictures": self.new_pictures,
            "bytes": self.bytes,
            "unchanged": self.unchanged,
            "skipped": len(self.skipped),
            **{name: figure for name, figure in unusual.items() if figure},
        }

    def report(self, *, dry_run: bool) -> RefreshReport:
        """Freeze the counts."""
        return RefreshReport(
            webtoons=self.listed,
            arrived=tuple(self.arrived),
            new_webtoons=self.new_webtoons,
            new_episodes=self.new_episodes,
            new_pictures=self.new_pictures,
            bytes=self.bytes,
            unchanged=self.unchanged,
            skipped=tuple(self.skipped),
            dry_run=dry_run,
            visited=self.done,
            replaced=self.replaced,
            gated=self.gated,
            gone=self.gone,
            left=self.left,
            placeholders=self.placeholders,
            requests=self.requests,
            ended=self.ended,
            evidence=self.evidence,
        )
