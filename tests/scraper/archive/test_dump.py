"""A folder of saved pages and answers, looked through."""

import json
from pathlib import Path

import pytest

from scraper.archive.dump import read_dump
from storage.errors import FolderError, ShapeChanged, SourceError
from storage.records import Platform, Weekday
from tests.scraper.archive.shelf import CASES, put, save


def test_lists_and_pages_are_joined(tmp_path: Path) -> None:
    """What a week's page and a list page say of webtoons comes together, wherever they lie."""
    save(tmp_path, "week.html", "nhn/week")
    save(tmp_path, "pages/1.html", "nhn/list")
    save(tmp_path, "pages/2.html", "nhn/list-one-artist")
    works = read_dump(tmp_path).works[Platform.NAVER]
    assert sorted(works) == ["183559", "25455", "675554"]
    assert [episode.number for episode in works["25455"].episodes] == [1, 541, 543, 544]
    assert works["25455"].webtoon.credits[0].artist == "손제호"
    assert works["675554"].webtoon.weekdays == (Weekday.MON, Weekday.TUE)


def test_answers_of_daum(tmp_path: Path) -> None:
    """A view adds its episodes to what the list says."""
    save(tmp_path, "list_serialized/wed", "daum/list")
    save(tmp_path, "view/TheHook?timeStamp=1588399433358", "daum/view")
    works = read_dump(tmp_path).works[Platform.DAUM]
    assert [episode.number for episode in works["TheHook"].episodes] == [6, 7, 8]
    assert works["older"].episodes == ()


def test_a_refused_view_is_a_gate(tmp_path: Path) -> None:
    """The refusal that was saved under a webtoon's name says that it was for adults; another is unread."""
    save(tmp_path, "list.json", "daum/list")
    save(tmp_path, "view/older.json", "daum/view-adult")
    save(tmp_path, "view/somebody.json", "daum/view-adult")
    dump = read_dump(tmp_path)
    assert [key for key, work in dump.works[Platform.DAUM].items() if work.gated] == ["older"]
    assert [each.name for each in dump.unread] == ["view/somebody.json"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """A document of another kind is named, and the others are read; what is no document may be a picture."""
    save(tmp_path, "week.html", "nhn/week")
    put(tmp_path, "notes.json", json.dumps({"to": "do"}).encode())
    put(tmp_path, "1.png", b"\x89PNG")
    (tmp_path / "link.html").symlink_to(CASES / "nhn/week/body.html")
    dump = read_dump(tmp_path)
    assert [(each.name, type(each.error)) for each in dump.unread] == [("notes.json", ShapeChanged)]
    assert [path.name for path in dump.others] == ["1.png", "link.html"]


def test_a_document_behind_a_mark(tmp_path: Path) -> None:
    """A mark of the byte order and blank lines before a document do not hide it."""
    body = (CASES / "daum/list/body.json").read_bytes()
    put(tmp_path, "x", b"\xef\xbb\xbf\r\n" + body)
    assert len(read_dump(tmp_path).works[Platform.DAUM]) == 2


@pytest.mark.parametrize("names", [(), ("a.png",)], ids=["empty", "pictures only"])
def test_nothing_to_read(tmp_path: Path, names: tuple[str, ...]) -> None:
    """A folder without any saved page says what it lacks."""
    for name in names:
        put(tmp_path, name, b"picture")
    with pytest.raises(FolderError, match="it holds no saved page"):
        read_dump(tmp_path)


def test_a_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is refused."""
    with pytest.raises(FolderError, match="there is no such folder"):
        read_dump(tmp_path / "none")


def test_a_broken_answer_says_its_status(tmp_path: Path) -> None:
    """What the platform itself said was wrong is passed on."""
    save(tmp_path, "list.json", "daum/list")
    save(tmp_path, "x.json", "daum/view-broken")
    (unread,) = read_dump(tmp_path).unread
    assert isinstance(unread.error, SourceError)
    assert str(unread.error) == "daum cannot be read: x.json says status 500."
