"""Tell processes apart, also when a number is given to another one later."""

import os
import re
from pathlib import Path

PROC = Path("/proc")
_AFTER_NAME = re.compile(rb"\) (?P<state>\S)(?: \S+){18} (?P<start>\d+)")


def birth(pid: int) -> str | None:
    """Tell when a living process began, in a form to be compared only; None for one that has ended.

    Empty where the system has no /proc to say it, or hides this process.  Source: proc(5),
    /proc/pid/stat, fields 3 and 22, and proc_sys_kernel(5), random/boot_id, for the numbers begin anew
    with each start of the machine.
    """
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass  # it lives, as another user's
    return _birth_of(pid)


def lives(pid: int, born: str) -> bool:
    """Tell whether the process that `birth` described is still there.

    One that hides from us, where we see ourselves, is a stranger that was given the number.
    """
    now = birth(pid)
    if now is None:
        return False
    if now and born:
        return _agree(now, born)
    return not born or not _birth_of(os.getpid())


def _agree(now: str, born: str) -> bool:
    """Compare two births; records of earlier versions say nothing of the machine's start."""
    (boot, _, start), (other_boot, _, other_start) = now.rpartition(" "), born.rpartition(" ")
    return start == other_start and (boot == other_boot or "" in {boot, other_boot})


def _birth_of(pid: int) -> str | None:
    try:
        stat = (PROC / str(pid) / "stat").read_bytes()
    except OSError:
        return ""
    found = _AFTER_NAME.search(stat, stat.rindex(b")"))
    if found is None or found["state"] in {b"Z", b"X"}:  # ended, and waiting to be noticed
        return None
    return f"{_boot()} {found['start'].decode()}".strip()


def _boot() -> str:
    try:
        return (PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
