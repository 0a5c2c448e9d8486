from pathlib import Path

import pytest

from bot.crash import write_report


def caught() -> Exception:
    """Return an error with a traceback."""
    with pytest.raises(RuntimeError) as caught:
        raise RuntimeError("그림")
    return caught.value


def test_report_holds_what_helps(tmp_path: Path) -> None:
    """The report names its reference, the command and the traceback."""
    report = write_report(caught(), folder=tmp_path / "logs", command=["grimche", "status"])
    assert report.path is not None
    text = report.path.read_text(encoding="utf-8")
    assert report.reference in text
    assert "grimche status" in text
    assert "RuntimeError: 그림" in text


def test_report_lies_in_the_folder(tmp_path: Path) -> None:
    """The folder is made when it is missing."""
    report = write_report(caught(), folder=tmp_path / "logs", command=[])
    assert report.path is not None
    assert report.path.parent == tmp_path / "logs"


def test_unwritable_folder(tmp_path: Path) -> None:
    """Where the folder cannot be written the report goes to the temporary files."""
    (tmp_path / "file").touch()
    report = write_report(caught(), folder=tmp_path / "file" / "logs", command=[])
    assert report.path is not None
    assert report.path.is_file()
    report.path.unlink()
