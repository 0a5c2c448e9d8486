"""Tell processes apart, also when a number is given to another one later."""

import os
import re
from pathlib import Path

PROC = Path("/proc")
_AFTER_NAME = re.compile(rb"\) (?P<state>\S)(?: \S+){18} (?P<start>\d+)")


def birth(pid: int) -> str | None:
    """Tell when a living process began, in a form to be compared only; None for one that has ended.

    Empty where the system has no /proc to say it.  Source: proc(5), /proc/pid/stat, fields 3 and 22.
    """
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass  # it lives, as another user's
    return _birth_of(pid)


def lives(pid: int, born: str) -> bool:
    """Tell whether the process that `birth` described is still there."""
    now = birth(pid)
    return now is not None and (now == born or "" in {now, born})


def _birth_of(pid: int) -> str | None:
    try:
        stat = (PROC / str(pid) / "stat").read_bytes()
    except OSError:
        return ""
    found = _AFTER_NAME.search(stat, stat.rindex(b")"))
    if found is None or found["state"] in {b"Z", b"X"}:  # ended, and waiting to be noticed
        return None
    return found["start"].decode()
