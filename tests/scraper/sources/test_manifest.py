import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.sources.manifest import Entry, parse_manifest
from storage.errors import FolderError


def parse(text: str) -> tuple[Entry, ...]:
    """Parse a manifest of the folder “pictures”."""
    return parse_manifest(text.encode(), folder="pictures")


def test_all_columns() -> None:
    """File, artist, webtoon and episode are read, other columns are left out."""
    (entry,) = parse("file,artist,licence,webtoon,episode\nkim/1.jpg,김,CC0,봄,12화\n")
    assert entry == Entry(line=2, file="kim/1.jpg", artist="김", webtoon="봄", episode="12화")


def test_needed_columns_alone() -> None:
    """Webtoon and episode may be missing, as columns or in a row."""
    assert parse("file,artist\na.jpg,kim\n") == (
        Entry(line=2, file="a.jpg", artist="kim", webtoon="", episode=""),
    )
    assert parse("webtoon,file,artist,episode\n,a.jpg,kim\n")[0].episode == ""


@pytest.mark.parametrize("data", [b"\xef\xbb\xbffile,artist\r\na.jpg,kim\r\n", b" File , ARTIST\na.jpg,kim"])
def test_what_spreadsheets_write(data: bytes) -> None:
    """A byte order mark, Windows line ends, capitals and blanks in the header do not matter."""
    assert parse_manifest(data, folder="pictures")[0].file == "a.jpg"


def test_windows_paths() -> None:
    """Backslashes and a leading dot name the same file."""
    assert [e.file for e in parse("file,artist\nkim\\1.jpg,kim\n./kim/2.jpg,kim\n")] == [
        "kim/1.jpg",
        "kim/2.jpg",
    ]


def test_blank_lines() -> None:
    """Lines without anything in them are no rows."""
    assert len(parse("file,artist\n\n,\na.jpg,kim\n")) == 1


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1 of manifest.csv has no column “file”"),
        ("file;artist\n", "line 1 of manifest.csv has no column “file”"),
        ("file,webtoon\n", "line 1 of manifest.csv has no column “artist”"),
        ("file,artist\na.jpg,kim\n,kim\n", "line 3 of manifest.csv names no file"),
        ("file,artist\na.jpg, \n", "line 2 of manifest.csv names no artist"),
        ("file,artist\na.jpg\n", "line 2 of manifest.csv names no artist"),
        ("file,artist\n/a.jpg,kim\n", "line 2 of manifest.csv names /a.jpg, which is an absolute path"),
        (
            "file,artist\n..\\a.jpg,kim\n",
            "line 2 of manifest.csv names ../a.jpg, which leads out of the folder",
        ),
        (
            "file,artist\na.jpg,kim\nb.jpg,lee\na.jpg,kim\n",
            "line 4 of manifest.csv names a.jpg again, after line 2",
        ),
        ('file,artist\n"a.jpg,kim\n', "line 2 of manifest.csv is broken (unexpected end of data)"),
        ("file,artist\n" + "a" * 200_000 + ",kim\n", "line 2 of manifest.csv is broken (field larger"),
    ],
)
def test_faults_name_the_line(text: str, fault: str) -> None:
    """A faulty manifest is refused with one sentence that names the line."""
    with pytest.raises(FolderError) as caught:
        parse(text)
    assert str(caught.value).startswith(f"pictures cannot be imported: {fault}")


def test_other_encodings() -> None:
    """Text in Excel's Korean encoding is refused, naming the line, with what to do."""
    with pytest.raises(FolderError, match=r"line 2 of .* is not UTF-8 text; save the file as “CSV UTF-8”"):
        parse_manifest("file,artist\na.jpg,김\n".encode("cp949"), folder="pictures")


cells = st.text() | st.sampled_from(["file", "artist", "webtoon", "a.jpg", "../a.jpg", "/a", '"', "\0", "\r"])


def _written(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["file", "artist", "episode"], *rows])
    return text.getvalue().encode("utf-8", "replace")


@settings(deadline=None)
@given(st.binary() | st.text().map(str.encode) | st.lists(st.lists(cells, max_size=4)).map(_written))
def test_any_bytes_are_rows_or_a_fault(data: bytes) -> None:
    """Whatever a manifest holds, it gives usable rows or a FolderError."""
    try:
        entries = parse_manifest(data, folder="pictures")
    except FolderError:
        return
    assert all(e.file and e.artist and ".." not in e.file.split("/") for e in entries)
