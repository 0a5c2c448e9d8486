import json
from pathlib import Path

import pytest
from PIL import Image

from bot.__main__ import run
from scraper.studio import webtoon_title
from storage.answers import Trait

Captured = pytest.CaptureFixture[str]
TITLE = webtoon_title(2020, 0, 0)


@pytest.fixture
def picture(thumbnail: bytes, tmp_path: Path) -> str:
    """Write a thumbnail of the catalogue to a file, and name it."""
    path = tmp_path / "query.jpg"
    path.write_bytes(thumbnail)
    return str(path)


@pytest.fixture
def command(filled_data: Path, picture: str) -> list[str]:
    """Give the command up to the title."""
    return ["--data", str(filled_data), "why", picture]


def test_rows(command: list[str], capsys: Captured) -> None:
    """Every trait is a row with both percentiles, the palettes stand last, the similarity above."""
    assert run([*command, TITLE]) == 0
    lines = capsys.readouterr().out.splitlines()
    remarks = [line for line in lines if line.startswith("# ")]
    rows = [line.split("\t") for line in lines if not line.startswith("# ")]
    assert TITLE in remarks[0]
    assert "% alike" in remarks[1]
    assert [len(row) for row in rows] == [3] * (len(Trait) + 1)
    assert all(0 <= int(cell) <= 100 for row in rows[:-1] for cell in row[1:])
    assert rows[-1][1].startswith("#")


def test_korean(command: list[str], capsys: Captured) -> None:
    """The rows are in the language asked for."""
    assert run(["--language", "ko", *command, TITLE]) == 0
    assert "선 굵기" in capsys.readouterr().out


def test_out(command: list[str], tmp_path: Path) -> None:
    """`--out` draws it."""
    out = tmp_path / "why.png"
    assert run([*command, TITLE, "--out", str(out)]) == 0
    with Image.open(out) as sheet:
        assert (sheet.format, sheet.width) == ("PNG", 1200)


def test_json(command: list[str], capsys: Captured) -> None:
    """The JSON has both sides, whose maps add up to the similarity."""
    assert run([*command, "--id", "2", "--json"]) == 0
    why = json.loads(capsys.readouterr().out)
    assert why["match"]["id"] == 2
    for side in ("query", "thumbnail"):
        assert sum(map(sum, why[side]["heat"])) == pytest.approx(why["similarity"], abs=1e-3)
        assert set(why[side]["traits"]) == set(Trait)


@pytest.mark.parametrize("arguments", [["없는제목없는제목"], ["--id", "999"], ["--id", "x"]])
def test_unknown_title(command: list[str], arguments: list[str], capsys: Captured) -> None:
    """A webtoon that is not there is a user's mistake with a sentence."""
    assert run([*command, *arguments]) == 1
    assert capsys.readouterr().err.count("\n") >= 1


def test_candidates(command: list[str], capsys: Captured) -> None:
    """A part that several titles have lists them."""
    assert run([*command, " "]) == 1
    assert run([*command, TITLE[0]]) in {0, 1}
    assert "Traceback" not in capsys.readouterr().err


def test_no_picture(filled_data: Path, tmp_path: Path, capsys: Captured) -> None:
    """A file that is no picture says so."""
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    assert run(["--data", str(filled_data), "why", str(broken), TITLE]) == 1
    assert "not a picture" in capsys.readouterr().err
