"""A round through platforms: bring in what is new on each, one after the other, and embed it."""

import logging
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.platform_jobs import Tour, scrape_platform
from storage import catalogue, database, jobs
from storage.errors import AlreadyRunning, BudgetSpent, GrimcheError, ShapeChanged, Stopped
from storage.records import JobKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.catalogue_jobs import Outcome
    from bot.progress import Step
    from bot.settings import Settings
    from storage.records import Job, Platform

log = logging.getLogger(__name__)

KIND = JobKind.SCRAPE
_INDEX = re.compile(r"\[[0-9]+\]")
_LOOK = 1.0  # seconds between two looks whether another process has ended its scrape


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """What came of one platform; `error` is what kept it from its end, and `evidence` a file about it."""

    platform: "Platform"
    webtoons: int = 0
    episodes: int = 0
    skipped: int = 0
    artists: int = 0
    embedded: int = 0
    error: GrimcheError | None = None
    evidence: str = ""

    @property
    def fault(self) -> str:
        """Name what is wrong, in a form to be compared only; empty where nothing is.

        The same change is met in another element of a list, or another webtoon, every night.
        """
        if self.error is None:
            return ""
        field, host = (str(self.error.values.get(name, "")) for name in ("field", "host"))
        return ":".join((self.error.key, _INDEX.sub("", field), host))

    @property
    def is_refused(self) -> bool:
        """Whether it has not begun, for another process scrapes."""
        return isinstance(self.error, AlreadyRunning)

    @property
    def tells_nothing(self) -> bool:
        """Whether it ended before it could be known that the platform is as it was."""
        return self.is_refused or isinstance(self.error, BudgetSpent)

    @property
    def is_degraded(self) -> bool:
        """Whether the platform is not as it was."""
        return isinstance(self.error, ShapeChanged)


@dataclass(slots=True, kw_only=True)
class Round:
    """A round, as far as it is; `jobs` are the numbers of its records, one for each platform.

    `platform` is the one in work, None when all are through.
    """

    platforms: "Sequence[Platform]"
    who: str
    begun: datetime = field(default_factory=lambda: datetime.now(UTC))
    legs: "list[Leg]" = field(default_factory=list)
    platform: "Platform | None" = None
    step: "Step | None" = None
    jobs: list[int] = field(default_factory=list)
    has_ended: bool = False
    is_stopped: bool = False

    @property
    def job(self) -> int:
        """The latest of its jobs, 0 before the first."""
        return self.jobs[-1] if self.jobs else 0


async def running(settings: "Settings") -> "Job | None":
    """Return the scrape that a living process does, whichever it is; raises StorageError."""
    async with database.connect(settings.database, read_only=True) as connection:
        return await jobs.running(connection, KIND)


async def until_free(settings: "Settings") -> None:
    """Wait until no process scrapes; raises StorageError."""
    async with database.connect(settings.database, read_only=True) as connection:
        await jobs.until_free(connection, KIND, every=_LOOK)


async def stop(settings: "Settings") -> "Job | None":
    """Ask the scrape that runs to end, which it does within seconds; None without any.

    Raises StorageError.
    """
    await database.prepare(settings.database)
    async with database.connect(settings.database) as connection, database.transaction(connection):
        return await jobs.ask_to_stop(connection, KIND)


async def run_round(settings: "Settings", this: Round, *, began: "Callable[[], None]") -> None:
    """Go from platform to platform; what is wrong with one keeps none of the others from its turn.

    Where another process asks for that, the round ends, and so it does where another one scrapes before it
    has begun; one that begins between two platforms is waited for.  `began` is called whenever another job
    is recorded.
    """

    def tell(step: "Step") -> None:
        this.step = step
        if step.job and step.job != this.job:
            this.jobs.append(step.job)
            began()

    for platform in this.platforms:
        this.platform, this.step = platform, None
        try:
            leg = await _go(settings, platform, tell=tell, who=this.who)
            while this.legs and leg.is_refused:
                await until_free(settings)
                leg = await _go(settings, platform, tell=tell, who=this.who)
        except Stopped:
            this.is_stopped = True
            break
        this.legs.append(leg)
        if leg.is_refused:
            break
    this.platform = this.step = None


async def _go(settings: "Settings", platform: "Platform", *, tell: "Callable[[Step], None]", who: str) -> Leg:
    """Scrape one platform, and say what came of it, whatever it is; raises Stopped."""
    try:
        before = await _count_artists(settings)
        outcome = await scrape_platform(settings, platform, tour=Tour(), report=tell, who=who)
        return _leg(platform, outcome, artists=await _count_artists(settings) - before)
    except Stopped:
        raise
    except GrimcheError as error:
        return Leg(platform=platform, error=error)
    except Exception:
        log.exception("the scrape of %s broke (reference %s)", platform, secrets.token_hex(4))
        return Leg(platform=platform, error=GrimcheError())


def _leg(platform: "Platform", outcome: "Outcome", *, artists: int) -> Leg:
    report = outcome.refresh
    return Leg(
        platform=platform,
        webtoons=report.new_webtoons,
        episodes=report.new_episodes,
        skipped=len(report.skipped),
        artists=artists,
        embedded=outcome.embed.embedded if outcome.embed else 0,
        error=report.ended,
        evidence=report.evidence.name if report.evidence else "",
    )


async def _count_artists(settings: "Settings") -> int:
    async with database.connect(settings.database, read_only=True) as connection:
        return (await catalogue.count(connection)).artists
