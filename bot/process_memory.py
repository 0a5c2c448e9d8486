"""How much memory this process holds, and how much the machine has."""

import ctypes
import os
import resource
import sys
from pathlib import Path

_STATM = Path("/proc/self/statm")
_MEMINFO = Path("/proc/meminfo")
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_LARGE = 4 << 20  # bytes; smaller ones, which each question needs, are kept for the next


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


def keep_little() -> None:
    """Let large blocks go back to the system as soon as they are freed, from now on.

    The C library of Linux learns otherwise to keep up to 64 MB free for each thread: what held 48 MB after
    a catalogue was fitted to four times held 171.

    Source: mallopt(3), M_MMAP_THRESHOLD and M_TRIM_THRESHOLD; numbers from malloc.h.
    """
    change = getattr(ctypes.CDLL(None), "mallopt", None)
    if change is not None:
        change(_MMAP_THRESHOLD, _LARGE)
        change(_TRIM_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give freed memory back to the system; the C library of Linux keeps it for itself otherwise.

    Source: malloc_trim(3), which other C libraries do not have and do not need.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
