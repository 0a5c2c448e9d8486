import json
from pathlib import Path

import pytest

from bot.__main__ import run

Captured = pytest.CaptureFixture[str]


def test_figures(filled_data: Path, capsys: Captured) -> None:
    """The figures of the catalogue are lines of a name and a value."""
    assert run(["--data", str(filled_data), "status"]) == 0
    figures = dict(line.split("\t")[:2] for line in capsys.readouterr().out.splitlines())
    assert (figures["webtoons"], figures["episodes"], figures["vectors"]) == ("6", "36", "36")
    assert figures["generation"]


def test_json(filled_data: Path, capsys: Captured) -> None:
    """The JSON has the documented names."""
    assert run(["--data", str(filled_data), "status", "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    places = {"data", "data_bytes", "disk_free", "disk_total"}
    assert set(status) == {"version", "generation", "vectors", "counts", "jobs", "serving", *places}
    assert set(status["counts"]) == {"webtoons", "artists", "episodes", "pictures", "picture_bytes"}
    assert {job["state"] for job in status["jobs"]} == {"done"}


def test_nothing_yet(tmp_path: Path, capsys: Captured) -> None:
    """A data folder that is new has zeros and no generation."""
    assert run(["--data", str(tmp_path / "data"), "status"]) == 0
    figures = dict(line.split("\t")[:2] for line in capsys.readouterr().out.splitlines())
    assert (figures["webtoons"], figures["generation"]) == ("0", "none yet")
