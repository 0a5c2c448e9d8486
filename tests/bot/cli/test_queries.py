import json
import shutil
import sqlite3
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from PIL import Image

from bot.__main__ import run

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def picture(thumbnail: bytes, tmp_path: Path) -> str:
    """Write a thumbnail of the catalogue to a file, and name it."""
    path = tmp_path / "query.jpg"
    path.write_bytes(thumbnail)
    return str(path)


@pytest.fixture
def data(filled_data: Path) -> list[str]:
    """Give the option that names the filled data folder."""
    return ["--data", str(filled_data)]


def lines(captured: Captured) -> list[list[str]]:
    """Split the printed rows into cells, without the remarks."""
    rows = captured.readouterr().out.splitlines()
    return [row.split("\t") for row in rows if not row.startswith("# ")]


def test_rows(data: list[str], picture: str, capsys: Captured) -> None:
    """Each match is a line of seven cells, by rank, and the first is the webtoon that the picture is of."""
    assert run([*data, "similar", picture]) == 0
    rows = lines(capsys)
    assert {len(row) for row in rows} == {7}
    assert [row[0] for row in rows] == [str(rank + 1) for rank in range(len(rows))]
    assert rows[0][4] == "sample"


def test_remarks(data: list[str], picture: str, capsys: Captured) -> None:
    """Above the rows stand familiarity, the likeliest artists with their shares, and whose picture it is."""
    assert run([*data, "similar", picture]) == 0
    remarks = [line for line in capsys.readouterr().out.splitlines() if line.startswith("# ")]
    assert len(remarks) == 3
    assert remarks[1].startswith("# Likeliest artists: ")
    assert "%" in remarks[1]


def test_korean(data: list[str], picture: str, capsys: Captured) -> None:
    """The remarks are in the language asked for."""
    assert run([*data, "--language", "ko", "similar", picture]) == 0
    assert "작가" in capsys.readouterr().out.splitlines()[1]


def test_no_escape_codes(
    data: list[str], picture: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a terminal nothing but text is printed, even when colours are forced."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run([*data, "similar", picture]) == 0
    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err


def test_top(data: list[str], picture: str, capsys: Captured) -> None:
    """`--top` bounds the number of matches."""
    assert run([*data, "similar", "--top", "2", picture]) == 0
    assert len(lines(capsys)) == 2


def test_json(data: list[str], picture: str, capsys: Captured) -> None:
    """The JSON has the documented names with the documented types."""
    assert run([*data, "similar", "--json", picture]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {name: type(value) for name, value in answer.items()} == {
        "generation": str,
        "familiarity": str,
        "crops": int,
        "seconds": dict,
        "artists": list,
        "matches": list,
        "one_of": type(answer["one_of"]),
        "duplicates": list,
    }
    assert answer["one_of"] is None or set(answer["one_of"]) == {"artists", "coverage"}
    assert {name: type(value) for name, value in answer["artists"][0].items()} == {
        "artist": str,
        "probability": float,
        "trained": bool,
    }
    assert {name: type(value) for name, value in answer["matches"][0].items()} == {
        "rank": int,
        "score": float,
        "id": int,
        "title": str,
        "artists": list,
        "platform": str,
        "platform_id": str,
        "episode": int,
        "url": str,
        "picture": str,
    }


def test_a_picture_of_the_catalogue(
    data: list[str], filled_data: Path, tmp_path: Path, capsys: Captured
) -> None:
    """A picture that the catalogue holds is named with its episode, in words and in JSON."""
    with sqlite3.connect(filled_data / "grimche.db") as connection:
        own, title, number = connection.execute(
            "SELECT pictures.data, webtoons.title, episodes.number FROM episodes"
            " JOIN pictures ON pictures.sha256 = picture JOIN webtoons ON webtoons.id = webtoon_id LIMIT 1"
        ).fetchone()
    (tmp_path / "own.jpg").write_bytes(own)
    assert run([*data, "similar", str(tmp_path / "own.jpg")]) == 0
    assert f"# This is the thumbnail of episode {number} of “{title}”." in capsys.readouterr().out
    assert run([*data, "similar", "--json", str(tmp_path / "own.jpg")]) == 0
    (found,) = json.loads(capsys.readouterr().out)["duplicates"]
    assert (found["place"], found["title"], found["episode"]) == (0, title, number)


@pytest.mark.slow
def test_older_starter(own_data: Path, picture: str, capsys: Captured) -> None:
    """A catalogue of an older starter moves to the one that is shipped, which is told, and answers."""
    with sqlite3.connect(own_data / "grimche.db") as connection:
        connection.execute("UPDATE generations SET id = 'starter-of-old'")
    assert run(["--data", str(own_data), "similar", picture]) == 0
    captured = capsys.readouterr()
    assert "looked at anew" in captured.err
    assert captured.out.startswith("# ")
    assert run(["--data", str(own_data), "similar", picture]) == 0
    assert capsys.readouterr().err == ""


def test_standard_input(
    data: list[str], thumbnail: bytes, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-` reads the picture from standard input."""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(thumbnail)))
    assert run([*data, "similar", "-"]) == 0
    assert lines(capsys)


def test_sheet(data: list[str], picture: str, tmp_path: Path) -> None:
    """`--sheet` draws the answer too."""
    out = tmp_path / "sheet.png"
    assert run([*data, "similar", picture, "--sheet", str(out)]) == 0
    with Image.open(out) as sheet:
        assert (sheet.format, sheet.width) == ("PNG", 1200)


def test_sheet_that_cannot_be_written(
    data: list[str], picture: str, tmp_path: Path, capsys: Captured
) -> None:
    """A sheet whose folder is missing ends with 1 and one sentence."""
    assert run([*data, "similar", picture, "--sheet", str(tmp_path / "no" / "sheet.png")]) == 1
    assert capsys.readouterr().err.endswith("cannot be written: No such file or directory\n")


def test_missing_file(data: list[str], capsys: Captured) -> None:
    """A file that is not there is named."""
    assert run([*data, "similar", "nowhere.jpg"]) == 1
    assert "nowhere.jpg" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "is empty"), (b"no picture at all", "not a picture")], ids=["empty", "text"]
)
def test_faulty_picture(content: bytes, said: str, data: list[str], tmp_path: Path, capsys: Captured) -> None:
    """A faulty picture ends with 1 and its own sentence."""
    (tmp_path / "faulty").write_bytes(content)
    assert run([*data, "similar", str(tmp_path / "faulty")]) == 1
    assert said in capsys.readouterr().err


def test_faulty_picture_among_several(
    data: list[str], picture: str, tmp_path: Path, capsys: Captured
) -> None:
    """Among several pictures the faulty one is named."""
    (tmp_path / "faulty").write_bytes(b"no picture at all")
    assert run([*data, "similar", picture, str(tmp_path / "faulty"), picture]) == 1
    assert f"{tmp_path / 'faulty'}: " in capsys.readouterr().err


def test_empty_catalogue(picture: str, tmp_path: Path, capsys: Captured) -> None:
    """An empty catalogue ends with 1 and says how to fill it."""
    assert run(["--data", str(tmp_path / "empty"), "similar", picture]) == 1
    assert "grimche import" in capsys.readouterr().err


@pytest.fixture
def titles(data: list[str], picture: str, capsys: Captured) -> list[str]:
    """List the titles of the whole catalogue."""
    run([*data, "similar", "--top", "100", picture])
    return [row[2] for row in lines(capsys)]


def test_like_by_title(data: list[str], titles: list[str], capsys: Captured) -> None:
    """A whole title asks for what is like that webtoon, which is not among the matches itself."""
    assert run([*data, "like", titles[0]]) == 0
    found = [row[2] for row in lines(capsys)]
    assert found
    assert titles[0] not in found


def test_like_without_such_a_title(data: list[str], capsys: Captured) -> None:
    """A title that nothing has ends with 1 and repeats it."""
    assert run([*data, "like", "없는 웹툰 제목"]) == 1
    assert "없는 웹툰 제목" in capsys.readouterr().err


def test_like_with_candidates(data: list[str], titles: list[str], capsys: Captured) -> None:
    """When several webtoons fit they are listed with their ids, and it ends with 1."""
    part = shared_part(titles)
    assert run([*data, "like", part]) == 1
    rows = lines(capsys)
    assert len(rows) > 1
    assert all(row[0].isdecimal() for row in rows)


def test_like_by_id(data: list[str], picture: str, capsys: Captured) -> None:
    """A webtoon is chosen by its id like by its title."""
    run([*data, "similar", "--json", picture])
    first = json.loads(capsys.readouterr().out)["matches"][0]
    found = []
    for arguments in ([first["title"]], ["--id", str(first["id"])]):
        assert run([*data, "like", "--json", *arguments]) == 0
        found.append(json.loads(capsys.readouterr().out)["matches"])
    assert found[0] == found[1]


@pytest.mark.parametrize("identity", ["x", "-1", "999999"])
def test_like_by_wrong_id(identity: str, data: list[str], capsys: Captured) -> None:
    """What is no id, or the id of nothing, ends with 1."""
    assert run([*data, "like", "--id", "--", identity]) == 1
    assert capsys.readouterr().err


def shared_part(titles: list[str]) -> str:
    """Find a syllable that several titles, but not as a whole, share."""
    syllables = {syllable for title in titles for syllable in title if syllable.strip()}
    return next(s for s in sorted(syllables) if sum(s in title for title in titles) > 1 and s not in titles)


def test_embed(data: list[str], thumbnail: bytes, tmp_path: Path, capsys: Captured) -> None:
    """`embed` writes the names and unit vectors of what can be read, and lists what cannot."""
    import numpy as np  # noqa: PLC0415  only this test reads arrays

    folder = tmp_path / "pictures"
    (folder / "sub").mkdir(parents=True)
    for name in ("b.jpg", "sub/a.jpg"):
        (folder / name).write_bytes(thumbnail)
    (folder / "notes.txt").write_text("no picture")
    assert run([*data, "embed", str(folder), "--out", str(tmp_path / "out.npz")]) == 0
    with np.load(tmp_path / "out.npz") as arrays:
        names, vectors = arrays["names"].tolist(), arrays["vectors"]
    assert names == ["b.jpg", "sub/a.jpg"]
    assert (vectors.dtype, vectors.shape[0]) == (np.float32, 2)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert "skipped notes.txt: " in capsys.readouterr().err


def test_embed_of_nothing(data: list[str], tmp_path: Path, capsys: Captured) -> None:
    """A folder without pictures ends with 1."""
    (tmp_path / "none").mkdir()
    assert run([*data, "embed", str(tmp_path / "none"), "--out", str(tmp_path / "out.npz")]) == 1
    assert "no pictures" in capsys.readouterr().err
    assert not (tmp_path / "out.npz").exists()


def test_own_copy_is_left_alone(filled_data: Path, tmp_path: Path) -> None:
    """The shared data folder can be copied and the copy answers."""
    copy = shutil.copytree(filled_data, tmp_path / "copy")
    assert run(["--data", str(copy), "status"]) == 0
