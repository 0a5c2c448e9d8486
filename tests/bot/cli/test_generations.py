"""Training, exporting and bringing generations in from the command line."""

import json
import shutil
from pathlib import Path

import pytest

from bot.__main__ import run
from model.generations import starter

STARTER = Path(__file__).parents[3] / "model" / "starter"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Give a generation that was made elsewhere: the starter under another name."""
    folder = Path(shutil.copytree(STARTER, tmp_path / "made"))
    rename(folder, id="20260301-120000")
    return folder


def rename(folder: Path, **values: object) -> None:
    """Change the manifest of a generation."""
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def grimche(tmp_path: Path, *arguments: str) -> int:
    """Run a command on this test's data."""
    return run(["--data", str(tmp_path / "data"), *arguments])


def test_added_generation_serves(tmp_path: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A generation from elsewhere is copied in, serves where none did, and is in the list."""
    assert grimche(tmp_path, "generations", "add", str(elsewhere)) == 0
    assert "it serves now" in capsys.readouterr().out
    shutil.rmtree(elsewhere)
    assert grimche(tmp_path, "generations", "list") == 0
    lines = {line.split("\t")[0]: line.split("\t") for line in capsys.readouterr().out.splitlines()}
    assert lines["20260301-120000"][1] == "yes"
    assert lines[starter().id][1] == ""


def test_same_name_is_not_added_twice(
    tmp_path: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is there stays as it is."""
    assert grimche(tmp_path, "generations", "add", str(elsewhere)) == 0
    assert grimche(tmp_path, "generations", "add", str(elsewhere)) == 1
    assert "one of this name is here already" in capsys.readouterr().err


def test_generation_of_a_newer_version_is_refused(
    tmp_path: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It does not come in, one sentence says why, and what serves goes on."""
    rename(elsewhere, format=2)
    assert grimche(tmp_path, "generations", "add", str(elsewhere)) == 1
    assert "format 2" in capsys.readouterr().err
    assert not (tmp_path / "data" / "generations").exists()


@pytest.mark.parametrize("name", ["encoder.tflite", "weights.npz"])
def test_damaged_generation_is_refused(
    tmp_path: Path, elsewhere: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is not what the manifest says is named, and nothing is left behind."""
    (elsewhere / name).write_bytes(b"other")
    assert grimche(tmp_path, "generations", "add", str(elsewhere)) == 1
    assert name in capsys.readouterr().err
    assert list((tmp_path / "data" / "generations").iterdir()) == []


def test_damaged_generation_is_listed_with_its_fault(
    tmp_path: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list shows what cannot be used, and why."""
    shutil.copytree(elsewhere, tmp_path / "data" / "generations" / "20260301-120000")
    (tmp_path / "data" / "generations" / "20260301-120000" / "prior.npz").unlink()
    assert grimche(tmp_path, "generations", "list") == 0
    assert "prior.npz is missing" in capsys.readouterr().out


def test_too_small_catalogue_is_not_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without two artists there is no set, and no folder is left."""
    assert grimche(tmp_path, "export-set", str(tmp_path / "set")) == 1
    assert "two artists with 30 thumbnails are needed, 0 found" in capsys.readouterr().err
    assert not (tmp_path / "set").exists()
