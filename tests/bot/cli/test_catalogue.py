import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.__main__ import run

Captured = pytest.CaptureFixture[str]

SCRAPE = ["scrape", "--source", "sample", "--artists", "2", "--webtoons", "2", "--episodes", "3"]


def counts(data: Path, capsys: Captured) -> dict[str, int]:
    """Ask the status for the counts of the catalogue and of the vectors."""
    capsys.readouterr()
    assert run(["--data", str(data), "status", "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    return {**status["counts"], "vectors": status["vectors"]}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Make a folder of two artists with three pictures each, and a file that is no picture."""
    folder = tmp_path / "collection"
    for artist in range(2):
        (folder / f"artist{artist}").mkdir(parents=True)
        for number in range(3):
            image = Image.effect_mandelbrot((202, 120), (-3 + artist, -2.5, 2, 2.5 - number / 2), 60 + number)
            image.convert("RGB").save(folder / f"artist{artist}" / f"{number}_0.png")
    (folder / "artist0" / "notes.jpg").write_text("no picture")
    return folder


def test_import_is_embedded_at_once(collection: Path, tmp_path: Path, capsys: Captured) -> None:
    """Imported pictures have vectors when the command ends, and what cannot be read is listed."""
    assert run(["--data", str(tmp_path / "data"), "import", str(collection)]) == 0
    captured = capsys.readouterr()
    assert captured.out == "2 webtoons: 2 new, 6 episodes new, 0 unchanged, 1 skipped\n"
    assert "skipped artist0/notes.jpg: This is not a picture" in captured.err
    found = counts(tmp_path / "data", capsys)
    assert (found["episodes"], found["vectors"]) == (6, 6)


def test_importing_twice_changes_nothing(collection: Path, tmp_path: Path, capsys: Captured) -> None:
    """A second import of the same folder adds nothing."""
    arguments = ["--data", str(tmp_path / "data"), "import", str(collection)]
    assert run(arguments) == 0
    first = counts(tmp_path / "data", capsys)
    assert run(arguments) == 0
    assert "0 new, 0 episodes new, 6 unchanged" in capsys.readouterr().out
    assert counts(tmp_path / "data", capsys) == first


def test_dry_run(collection: Path, tmp_path: Path, capsys: Captured) -> None:
    """A dry run tells what would come and brings nothing."""
    assert run(["--data", str(tmp_path / "data"), "import", "--dry-run", str(collection)]) == 0
    assert "2 would be new" in capsys.readouterr().out
    assert counts(tmp_path / "data", capsys)["episodes"] == 0


@pytest.mark.parametrize("options", [[], ["--quiet"]], ids=["usual", "quiet"])
def test_quiet(options: list[str], collection: Path, tmp_path: Path, capsys: Captured) -> None:
    """`--quiet` leaves the result and drops the notes."""
    assert run([*options, "--data", str(tmp_path / "data"), "import", str(collection)]) == 0
    captured = capsys.readouterr()
    assert captured.out
    assert bool(captured.err) is not bool(options)


def test_missing_folder(tmp_path: Path, capsys: Captured) -> None:
    """A folder that is not there ends with 1 and one sentence."""
    assert run(["--data", str(tmp_path / "data"), "import", str(tmp_path / "nowhere")]) == 1
    assert "nowhere cannot be imported: " in capsys.readouterr().err


def test_scrape(tmp_path: Path, capsys: Captured) -> None:
    """The sample platform comes in, as much of it as was asked for, and is embedded."""
    assert run(["--data", str(tmp_path / "data"), *SCRAPE]) == 0
    found = counts(tmp_path / "data", capsys)
    assert (found["webtoons"], found["episodes"], found["vectors"]) == (2, 6, 6)


def test_backup(own_data: Path, tmp_path: Path, capsys: Captured) -> None:
    """A backup can take the database's place."""
    before = counts(own_data, capsys)
    assert run(["--data", str(own_data), "backup", str(tmp_path / "copy.db")]) == 0
    restored = tmp_path / "restored"
    restored.mkdir()
    (tmp_path / "copy.db").rename(restored / "grimche.db")
    assert counts(restored, capsys) == before


def test_backup_brings_nothing_up_to_date(own_data: Path, tmp_path: Path) -> None:
    """A database of an older version is copied as it is, and stays so: it is there to go back to."""
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(own_data / "grimche.db")) as connection:
        connection.execute("PRAGMA user_version = 1")
    assert run(["--data", str(own_data), "backup", str(copy)]) == 0
    for path in (own_data / "grimche.db", copy):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_backup_of_nothing(tmp_path: Path, capsys: Captured) -> None:
    """Where there is no database, none is made and copied."""
    assert run(["--data", str(tmp_path), "backup", str(tmp_path / "copy.db")]) == 1
    assert "there is no such file" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_backup_onto_a_full_disk(own_data: Path, capsys: Captured) -> None:
    """A backup that cannot be written ends with 1 and one sentence."""
    assert run(["--data", str(own_data), "backup", "/nowhere/copy.db"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def jpeg(shade: int) -> bytes:
    """Make a picture of one shade."""
    out = BytesIO()
    Image.new("RGB", (202, 120), (shade, shade, shade)).save(out, "JPEG")
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killed_scrape_goes_on(tmp_path: Path, capsys: Captured) -> None:
    """A scrape killed half-way is completed by the next one: nothing is lost, nothing comes twice."""
    arguments = ["scrape", "--source", "sample", "--artists", "4", "--episodes", "20"]
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    assert run(["--data", str(whole), *arguments]) == 0
    expected = counts(whole, capsys)

    command = [sys.executable, "-m", "bot", "--data", str(broken), *arguments]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if episodes_in(broken):
                break
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
    assert 0 < episodes_in(broken) < expected["episodes"]

    assert run(["--data", str(broken), *arguments]) == 0
    assert counts(broken, capsys) == expected


def episodes_in(data: Path) -> int:
    """Count the episodes of a database that another process may be making."""
    import sqlite3  # noqa: PLC0415  only here, beside the process under test

    try:
        with sqlite3.connect(f"file:{data / 'grimche.db'}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM episodes").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
