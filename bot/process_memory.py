"""How much memory this process holds, and how much the machine has."""

import ctypes
import os
import resource
import sys
from pathlib import Path

_STATM = Path("/proc/self/statm")
_MEMINFO = Path("/proc/meminfo")


def resident_bytes() -> int:
    """Tell the resident memory of this process; where there is no /proc, the most that it ever was.

    Source: proc(5), /proc/pid/statm, second field, in pages.
    """
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def available_bytes(meminfo: Path = _MEMINFO) -> int | None:
    """Tell how much memory a new process could use; None where the system does not say."""
    try:
        lines = meminfo.read_text().splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return None


def give_back() -> None:
    """Give freed memory back to the system; the C library of Linux keeps it for itself otherwise.

    Source: malloc_trim(3), which other C libraries do not have and do not need.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
