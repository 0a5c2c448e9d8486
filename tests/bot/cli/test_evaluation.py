"""`grimche evaluate`."""

import json
from pathlib import Path

import pytest

from bot.__main__ import run

PARTS = {"e0", "e1", "e2", "e3"}


def test_stored_vectors_are_scored(own_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without training the serving generation is compared with chance, as lines with tabs."""
    out = own_data / "found"
    assert run(["--data", str(own_data), "evaluate", "--out", str(out)]) == 0
    said = capsys.readouterr()
    rows = [line.split("\t") for line in said.out.splitlines() if not line.startswith("#")]
    assert {row[0] for row in rows} <= PARTS
    assert {row[1] for row in rows} == {"chance", json.loads((out / "evaluation.json").read_bytes())["main"]}
    assert str(out) in said.err
    assert json.loads((out / "split.json").read_bytes())["spans"]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--quick", "--epochs", "3"], "--epochs, --quick"),
        (["--train", "--generation", "starter-1"], "--generation"),
    ],
)
def test_options_without_effect_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], named: str
) -> None:
    """An option that would be ignored is named instead."""
    assert run(["--data", str(tmp_path), "evaluate", *options]) == 1
    assert named in capsys.readouterr().err


def test_folder_that_cannot_be_made(own_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in the place of the folder is the user's mistake, told in one sentence."""
    (own_data / "found").write_text("taken")
    assert run(["--data", str(own_data), "evaluate", "--out", str(own_data / "found" / "here")]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_nothing_to_evaluate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty catalogue is said to be empty."""
    assert run(["--data", str(tmp_path / "data"), "evaluate"]) == 1
    assert "The catalogue is empty" in capsys.readouterr().err


def test_one_artist_is_too_little(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A catalogue by one artist cannot be scored, and nobody is told of training who wanted none."""
    data = ["--data", str(tmp_path / "data")]
    assert run([*data, "scrape", "--source", "sample", "--artists", "1", "--episodes", "6"]) == 0
    assert run([*data, "evaluate"]) == 1
    said = capsys.readouterr().err
    assert "There is too little to score" in said
    assert "raining" not in said


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_whole_protocol_at_small_size(own_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every method learns and is scored in one run, progress is told, and nothing is left behind."""
    pytest.importorskip("keras")
    out = own_data / "found"
    options = ["--train", "--quick", "--minimum", "6", "--out", str(out)]
    assert run(["--data", str(own_data), "evaluate", *options]) == 0
    found = json.loads((out / "evaluation.json").read_bytes())
    names = [method["name"] for method in found["methods"]]
    assert names[:3] == ["chance", "colour histogram", "HOG"]
    assert {"recipe", "random weights", "original 35x21"} <= set(names)
    assert not any(method["fault"] for method in found["methods"])
    assert {score["method"] for score in found["scores"]} == set(names)
    assert found["complete"]
    assert "recipe: training" in capsys.readouterr().err
    assert not list(own_data.glob(".evaluating-*"))
