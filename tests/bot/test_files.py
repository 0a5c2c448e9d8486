import os
from pathlib import Path

import pytest

from bot.files import open_beside, write_file
from storage.errors import DiskFull, FileNotWritable


def test_writes_the_bytes(tmp_path: Path) -> None:
    """The file holds the bytes, and nothing is left beside it."""
    write_file(tmp_path / "out", b"bytes")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"out": b"bytes"}


def test_failure_leaves_the_old_file(tmp_path: Path) -> None:
    """When writing fails half-way the old file is still whole, and nothing is left beside it."""
    target = tmp_path / "out"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), open_beside(target) as file:
        file.write(bytes(1 // 0))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"out": b"old"}


def test_rights_are_the_usual_ones(tmp_path: Path) -> None:
    """The file may be read by whom the user's umask lets."""
    write_file(tmp_path / "out", b"")
    (tmp_path / "usual").touch()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is named in the error."""
    with pytest.raises(FileNotWritable, match="no/out cannot be written: No such file or directory"):
        write_file(tmp_path / "no" / "out", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk() -> None:
    """A full disk has its own error, and a device is written in place, not replaced."""
    with pytest.raises(DiskFull, match="holds /dev/full is full"):
        write_file(Path("/dev/full"), b"bytes")
    assert Path("/dev/full").is_char_device()


def test_pipe_is_written_in_place(tmp_path: Path) -> None:
    """A named pipe gets the bytes and stays a pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(pipe, b"bytes")
        assert os.read(reader, 10) == b"bytes"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
