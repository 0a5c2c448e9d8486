from pathlib import Path

import numpy as np

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
