import os
import subprocess
import sys
from pathlib import Path

import pytest

from storage import processes
from storage.processes import birth, lives
from tests.storage.examples import as_another_user, public_folder


def test_this_process_lives() -> None:
    """A process recognises itself."""
    born = birth(os.getpid())
    assert born
    assert lives(os.getpid(), born)
    assert not lives(os.getpid(), "another time")


def test_an_ended_process_does_not_live() -> None:
    """A process has ended as soon as it has, also while its parent has not looked."""
    with subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE) as child:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert birth(child.pid) is None
    assert birth(child.pid) is None
    assert not lives(child.pid, "")


def test_a_strangers_process_lives() -> None:
    """A process that may not be signalled is there all the same."""
    with as_another_user():
        assert birth(1)


def test_without_proc_a_number_is_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the system does not tell when a process began, one of that number counts."""
    monkeypatch.setattr(processes, "PROC", tmp_path)
    assert birth(os.getpid()) == ""
    assert lives(os.getpid(), "")
    assert lives(os.getpid(), "told elsewhere")


def test_a_name_cannot_deceive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Brackets and spaces in a program's name do not shift the fields."""
    fields = " ".join(str(number) for number in range(4, 53))
    (tmp_path / str(os.getpid())).mkdir()
    (tmp_path / str(os.getpid()) / "stat").write_text(f"1 (a) Z (b)) S {fields}\n")
    monkeypatch.setattr(processes, "PROC", tmp_path)
    assert birth(os.getpid()) == "22"


def _tell(proc: Path, pid: int, *, boot: str = "") -> None:
    """Write what /proc would tell of a process that began at 77."""
    (proc / str(pid)).mkdir(exist_ok=True)
    (proc / str(pid) / "stat").write_text(f"{pid} (a) S {' '.join(['77'] * 49)}\n")
    (proc / "sys/kernel/random").mkdir(parents=True, exist_ok=True)
    (proc / "sys/kernel/random/boot_id").write_text(f"{boot}\n")


def test_an_earlier_start_of_the_machine_is_another_life(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The same number that begins at the same tick after a restart is another process."""
    monkeypatch.setattr(processes, "PROC", tmp_path)
    _tell(tmp_path, os.getpid(), boot="first")
    born = birth(os.getpid())
    assert born
    assert lives(os.getpid(), born)
    _tell(tmp_path, os.getpid(), boot="second")
    assert not lives(os.getpid(), born)


def test_a_record_without_the_machines_start_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What an earlier version recorded, the tick alone, still recognises its process."""
    monkeypatch.setattr(processes, "PROC", tmp_path)
    _tell(tmp_path, os.getpid(), boot="first")
    assert lives(os.getpid(), "77")
    assert not lives(os.getpid(), "78")


def test_a_hidden_stranger_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that another user's process has now, which /proc hides from us, is not the recorded one."""
    with public_folder() as proc:
        _tell(proc, os.getpid())
        with as_another_user():
            monkeypatch.setattr(processes, "PROC", proc)
            assert birth(1) == ""
            assert not lives(1, "77")
