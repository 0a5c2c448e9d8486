"""`grimche import-archive`."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from bot.__main__ import run
from tests.scraper.archive.shelf import put, save

Captured = pytest.CaptureFixture[str]


def drawn(number: int) -> bytes:
    """Draw a thumbnail."""
    file = io.BytesIO()
    Image.effect_mandelbrot((202, 120), (-3, -2.5, 2, 2.5 - number / 3), 60 + number).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Save pages of Naver and answers of Daum with some thumbnails."""
    folder = tmp_path / "archive"
    save(folder, "list.nhn", "nhn/list")
    save(folder, "serialized.json", "daum/list")
    save(folder, "TheHook.json", "daum/view")
    save(folder, "older.json", "daum/view-adult")
    save(folder, "package.json", "daum/naver-answer")
    put(folder, "imgs/노블레스, 손제호&이광수_마지막화.png", drawn(1))
    put(folder, "t1.daumcdn.net/cartoon/59AE727F01181E0008", drawn(2))
    put(folder, "t1.daumcdn.net/cartoon/59AE727F01181E0006", drawn(3))
    return folder


def import_it(archive: Path, data: Path, *options: str) -> int:
    """Run the command."""
    return run(["--data", str(data), "import-archive", str(archive), *options])


def test_an_archive_comes_in(archive: Path, tmp_path: Path, capsys: Captured) -> None:
    """Webtoons of both platforms come with the thumbnails that were saved; the rest is named."""
    assert import_it(archive, tmp_path / "data") == 0
    captured = capsys.readouterr()
    assert captured.out == (
        "daum: 2 webtoons with something new, 2 new, 2 episodes new, 2 skipped\n"
        "naver: 1 webtoons with something new, 1 new, 1 episodes new, 2 skipped\n"
    )
    assert re.search(r"unread package\.json: .*data of package\.json", captured.err)
    assert "skipped 어른: daum shows 어른 only to readers who log in." in captured.err
    assert "제 543화, is not there." in captured.err


def test_importing_twice_changes_nothing(archive: Path, tmp_path: Path, capsys: Captured) -> None:
    """A second import brings nothing, and still names what is not there."""
    assert import_it(archive, tmp_path / "data") == 0
    capsys.readouterr()
    assert import_it(archive, tmp_path / "data") == 0
    assert re.findall(r"(\d+) new, (\d+) episodes new", capsys.readouterr().out) == [("0", "0"), ("0", "0")]


def test_a_dry_run(archive: Path, tmp_path: Path, capsys: Captured) -> None:
    """A dry run tells what would come in and leaves nothing behind."""
    assert import_it(archive, tmp_path / "data", "--dry-run") == 0
    assert "1 would be new" in capsys.readouterr().out
    assert run(["--data", str(tmp_path / "data"), "status"]) == 0
    assert re.search(r"webtoons\s+0", capsys.readouterr().out)


def test_a_missing_folder(tmp_path: Path, capsys: Captured) -> None:
    """A folder that is not there is the user's mistake, said in a sentence."""
    assert import_it(tmp_path / "none", tmp_path / "data") == 1
    assert capsys.readouterr().err.endswith("none cannot be imported: there is no such folder.\n")
