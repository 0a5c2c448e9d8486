import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.process_memory import available_bytes, resident_bytes


def test_resident_memory_grows_with_what_is_held() -> None:
    """What is held is counted."""
    before = resident_bytes()
    held = np.ones(50_000_000, dtype=np.uint8)
    assert resident_bytes() - before > 0.8 * held.nbytes


def test_available_memory(tmp_path: Path) -> None:
    """The system's word is read in bytes; where it says nothing, there is none to tell."""
    meminfo = tmp_path / "meminfo"
    assert available_bytes(meminfo) is None
    meminfo.write_text("MemTotal: 9 kB\nMemAvailable:    2048 kB\n")
    assert available_bytes(meminfo) == 2 << 20
    meminfo.write_text("MemTotal: 9 kB\n")
    assert available_bytes(meminfo) is None


WORKED = """
import sys, threading
from bot.process_memory import keep_little, resident_bytes

def work():
    del [bytearray(24 << 20), bytearray(24 << 20)][:]  # the C library learns from these how large blocks are
    held = bytearray(20 << 20)

if "little" in sys.argv:
    keep_little()
before = resident_bytes()
for _ in range(2):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
print((resident_bytes() - before) >> 20)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other C libraries keep less")
def test_what_was_large_is_not_kept() -> None:
    """Large blocks that a thread has freed are given back at once, where they were kept otherwise."""
    kept, little = (
        int(subprocess.run([sys.executable, "-c", WORKED, word], check=True, capture_output=True).stdout)
        for word in ("much", "little")
    )
    assert kept >= 15
    assert little <= 5
