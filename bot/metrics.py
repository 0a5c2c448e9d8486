"""The counts of a serving process for Prometheus, made when it asks: nothing is paid for between.

Names begin with `grimche_`; docs/operations.md says what each tells.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.lives import DoorState
from bot.meters import BOUNDS
from bot.process_memory import resident_bytes

if TYPE_CHECKING:
    from bot.observed import Observed
    from storage.records import Counts, Job

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the metrics tell of the database; `jobs` are the last of each kind."""

    version: str
    generation: str
    vectors: int
    counts: "Counts"
    jobs: "tuple[Job, ...]"


def exposition(observed: "Observed", stored: Stored | None) -> bytes:
    """Write all metrics; those of the database only where it could be read."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Families([*_of_process(observed), *(_of_database(stored) if stored else ())]))
    return generate_latest(registry)


class _Families(Collector):
    """Hands over what is there already."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = list(families)

    def collect(self) -> Iterable[Metric]:
        """Give the metrics."""
        return self._families


def _of_process(observed: "Observed") -> Iterator[Metric]:
    yield _ends(observed)
    yield _seconds(observed)
    waiting = GaugeMetricFamily("grimche_queue_waiting", "Questions that wait.", labels=["queue"])
    running = GaugeMetricFamily("grimche_queue_running", "Questions in work.", labels=["queue"])
    for name, queue in observed.queues.items():
        waiting.add_metric([name], queue.waiting)
        running.add_metric([name], queue.running)
    yield from (waiting, running)
    doors = GaugeMetricFamily("grimche_door_open", "1 while the door is open.", labels=["door", "state"])
    for life in observed.lives.all():
        doors.add_metric([life.door, life.state], life.state is DoorState.OPEN)
    yield doors
    errors = observed.faults.count if observed.faults else 0
    yield CounterMetricFamily("grimche_errors", "Errors that were logged.", value=errors)
    yield _gauge("grimche_loop_lag_seconds", "Longest that the loop was held up lately.", observed.lag)
    yield _gauge("grimche_memory_bytes", "Resident memory of the process.", resident_bytes())
    began = observed.started.timestamp()
    yield _gauge("grimche_started_timestamp_seconds", "When the process began.", began)


def _ends(observed: "Observed") -> Metric:
    family = CounterMetricFamily("grimche_queries", "Questions by their end.", labels=["door", "outcome"])
    for (door, outcome), count in sorted(observed.meters.ends.items()):
        family.add_metric([door, outcome], count)
    return family


def _seconds(observed: "Observed") -> Metric:
    family = HistogramMetricFamily(
        "grimche_query_seconds", "Seconds from a question to its answer.", labels=["door"]
    )
    for door, spread in sorted(observed.meters.spreads.items()):
        below, buckets = 0, []
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), spread.counts, strict=True):
            below += count
            buckets.append((bound, float(below)))
        family.add_metric([door], buckets, spread.total)
    return family


def _of_database(stored: Stored) -> Iterator[Metric]:
    yield InfoMetricFamily(
        "grimche", "What serves.", value={"version": stored.version, "generation": stored.generation}
    )
    held = GaugeMetricFamily("grimche_catalogue", "What the catalogue holds.", labels=["what"])
    counts = stored.counts
    for what in ("webtoons", "artists", "episodes", "pictures"):
        held.add_metric([what], getattr(counts, what))
    held.add_metric(["vectors"], stored.vectors)
    yield held
    running = GaugeMetricFamily("grimche_job_running", "1 while a job runs.", labels=["kind"])
    progress = GaugeMetricFamily("grimche_job_progress", "How far the last job is, 0 to 1.", labels=["kind"])
    states = GaugeMetricFamily(
        "grimche_job_state", "1 for how the last job stands.", labels=["kind", "state"]
    )
    ages = GaugeMetricFamily("grimche_job_age_seconds", "Seconds since the last job began.", labels=["kind"])
    now = datetime.now(UTC)
    for job in stored.jobs:
        running.add_metric([job.kind], job.state == "running")
        progress.add_metric([job.kind], job.progress)
        states.add_metric([job.kind, job.state], 1)
        ages.add_metric([job.kind], (now - job.started).total_seconds())
    yield from (running, progress, states, ages)


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(name, what, value=value)
