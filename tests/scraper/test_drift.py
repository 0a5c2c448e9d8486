from datetime import UTC, datetime
from pathlib import Path

from scraper.drift import Watch, outline, save_body
from storage.errors import Gated, NotThere, ShapeChanged

FAULT = ShapeChanged(platform="naver", field="../a[3].no", where="here")
NOW = datetime(2026, 10, 1, tzinfo=UTC)


def test_a_few_faults_are_borne() -> None:
    """Two faults say nothing yet, three do, and of many items one in twenty is borne."""
    watch = Watch()
    assert [watch.note(FAULT, asked=3) for _ in range(3)] == [None, None, FAULT]
    watch = Watch()
    assert [watch.note(FAULT, asked=100) for _ in range(6)] == [None] * 5 + [FAULT]


def test_other_faults_do_not_count() -> None:
    """That a work is not there is no change of the interface; that all need a login is one."""
    watch = Watch()
    assert watch.note(NotThere(platform="naver", where="x"), asked=1) is None
    gated = [watch.note(Gated(platform="naver", where="x"), asked=1) for _ in range(3)]
    assert "access of x" in str(gated[-1])


def test_half_is_too_much() -> None:
    """In the end, a fault in more than half of the items counts, however few they were."""
    watch = Watch()
    watch.note(FAULT, asked=1)
    assert watch.sum_up(asked=2) is None
    assert watch.sum_up(asked=1) is FAULT


def test_an_outline_has_no_words() -> None:
    """Keys, codes, hosts and small numbers stay; names, texts, paths and ids do not."""
    told = outline(
        '{"name": "김", "pen": "SIU", "kind": "ARTIST_PAINTER", "id": 406909, "n": 3, "up": true,'
        ' "url": "https://a.example:8080/secret", "list": [1, 2, 3, 4, 5]}'.encode()
    )
    assert "ARTIST_PAINTER" in told
    assert "https://a.example/..." in told
    assert "and 2 more" in told
    assert not any(word in told for word in ("김", "SIU", "406909", "secret"))


def test_an_outline_of_a_page_has_tags_only() -> None:
    """Of a page, tags with their classes are kept."""
    told = outline('<a class="x" href="/secret" title="김">이름</a>'.encode())
    assert told == '<a class="x">\n</a>'


def test_the_file_stays_in_its_folder(tmp_path: Path) -> None:
    """A field's name makes no path, and a folder that cannot be written is no error."""
    path = save_body(tmp_path / "drift", FAULT, body=b"{}", now=NOW)
    assert path is not None
    assert path.parent == tmp_path / "drift"
    (tmp_path / "file").touch()
    assert save_body(tmp_path / "file", FAULT, body=b"{}", now=NOW) is None
