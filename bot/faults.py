"""Remember the last errors that were logged under a reference: when, where and in which sentence."""

import logging
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

KEPT: Final = 20
OURS: Final = frozenset({"bot", "model", "scraper", "storage"})

_REFERENCE = re.compile(r" ?\(reference (?P<reference>[0-9a-f]{8})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An error that was logged; `reference` is empty where nobody was told one."""

    when: datetime
    reference: str
    sentence: str


class Faults(logging.Handler):
    """Keeps the last errors of a process; only Grimche's own, whose sentences hold nothing of a user.

    Of an exception its kind is kept, for its text may repeat what somebody wrote.
    """

    def __init__(self, before: Iterable[Fault] = ()) -> None:
        super().__init__(logging.ERROR)
        self._kept: deque[Fault] = deque(before, maxlen=KEPT)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Keep an error; the log has cleaned its message of secrets before."""
        if record.name.partition(".")[0] not in OURS:
            return
        message = record.getMessage()
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        sentence = _REFERENCE.sub("", message) + (f": {kind}" if kind else "")
        moment = datetime.fromtimestamp(record.created, UTC).replace(microsecond=0)
        self._kept.append(Fault(when=moment, reference=reference_of(message), sentence=sentence))
        self.count += 1

    def recall(self, before: Iterable[Fault]) -> None:
        """Take over what an earlier process kept, as older than all of ours."""
        self._kept = deque([*before, *self._kept], maxlen=KEPT)

    def all(self) -> tuple[Fault, ...]:
        """List the errors, the oldest first."""
        return tuple(self._kept)


def reference_of(message: str) -> str:
    """Find the reference in a line of the log; empty where there is none."""
    found = _REFERENCE.search(message)
    return found["reference"] if found else ""
