"""What a process knows of itself while it serves: its doors, its queue, its counts and its last errors."""

import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from bot.lives import Lives
from bot.meters import Meters
from bot.process_memory import resident_bytes

if TYPE_CHECKING:
    from bot.faults import Fault, Faults
    from bot.lives import Life


class Queue(Protocol):
    """What questions wait in."""

    @property
    def running(self) -> int:
        """How many questions run."""
        ...

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """How a serving process stood at the moment `at`; `lag` is the longest its loop was held up, seconds."""

    pid: int
    version: str
    started: datetime
    at: datetime
    doors: "tuple[Life, ...]"
    running: int
    waiting: int
    rejected: int
    memory: int
    lag: float
    faults: "tuple[Fault, ...]"

    @property
    def uptime(self) -> float:
        """Seconds from the start to the beat."""
        return (self.at - self.started).total_seconds()


@dataclass(slots=True, kw_only=True)
class Observed:
    """The one such object of a process; whoever does something notes it here."""

    lives: Lives = field(default_factory=Lives)
    meters: Meters = field(default_factory=Meters)
    faults: "Faults | None" = None
    queues: dict[str, Queue] = field(default_factory=dict)
    started: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    lag: float = 0.0
    ticked: float = field(default_factory=time.monotonic)

    @property
    def is_serving(self) -> bool:
        """Whether any door was opened; a command that asks and ends has none."""
        return bool(self.lives.all())

    @property
    def running(self) -> int:
        """How many questions run; those of chats are in two queues at once while a thread works for them."""
        return max((queue.running for queue in self.queues.values()), default=0)

    @property
    def waiting(self) -> int:
        """How many questions wait, at all doors."""
        return sum(queue.waiting for queue in self.queues.values())

    def beat(self) -> Beat:
        """Tell how it stands now."""
        from importlib.metadata import version  # noqa: PLC0415  it takes 40 ms, and a question needs it not

        return Beat(
            pid=os.getpid(),
            version=version("grimche"),
            started=self.started,
            at=datetime.now(UTC).replace(microsecond=0),
            doors=self.lives.all(),
            running=self.running,
            waiting=self.waiting,
            rejected=self.meters.rejected,
            memory=resident_bytes(),
            lag=round(self.lag, 3),
            faults=self.faults.all() if self.faults else (),
        )
