"""Read the `manifest.csv` of a folder: who drew which file, for which webtoon and episode."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scraper.sources.names import path_fault
from storage.errors import FolderError
from storage.values import title_of

MANIFEST = "manifest.csv"
_NEEDED = ("file", "artist")
_KNOWN = (*_NEEDED, "webtoon", "episode")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file that a manifest names in `line`; `webtoon` and `episode` may be empty."""

    line: int
    file: str
    artist: str
    webtoon: str
    episode: str


def parse_manifest(data: bytes, *, folder: str) -> tuple[Entry, ...]:
    """Read the rows of a manifest; unknown columns are left out, backslashes become slashes.

    Raises `FolderError` about `folder`, naming the line: for text that is not UTF-8, a missing column,
    a broken quotation, a row without file or artist, a file named twice, or a path that leads elsewhere.
    """
    lines = csv.reader(io.StringIO(_text(data, folder), newline=""), strict=True)
    try:
        columns = _columns(next(lines, []), folder)
        entries = tuple(_entries(((lines.line_num, row) for row in lines), columns))
    except csv.Error as error:
        raise _fault(folder, lines.line_num, f"is broken ({error})") from error
    lines_by_file: dict[str, int] = {}
    for entry in entries:
        _check(entry, folder)
        first = lines_by_file.setdefault(entry.file, entry.line)
        if first != entry.line:
            raise _fault(folder, entry.line, f"names {entry.file} again, after line {first}")
    return entries


def _fault(folder: str, line: int, what: str) -> FolderError:
    return FolderError(folder=folder, fault=f"line {line} of {MANIFEST} {what}.")


def _text(data: bytes, folder: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _fault(folder, line, "is not UTF-8 text; save the file as “CSV UTF-8”") from error


def _columns(header: Sequence[str], folder: str) -> dict[str, int]:
    names = [title_of(name).casefold() for name in header]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise _fault(folder, 1, f"has no column “{missing[0]}”")
    return {name: names.index(name) for name in _KNOWN if name in names}


def _entries(rows: Iterator[tuple[int, list[str]]], columns: dict[str, int]) -> Iterator[Entry]:
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: row[index] for name, index in columns.items() if index < len(row)}
        yield Entry(
            line=line,
            file=cells.get("file", "").strip().replace("\\", "/").removeprefix("./"),
            artist=title_of(cells.get("artist", "")),
            webtoon=title_of(cells.get("webtoon", "")),
            episode=title_of(cells.get("episode", "")),
        )


def _check(entry: Entry, folder: str) -> None:
    if not entry.file:
        raise _fault(folder, entry.line, "names no file")
    if not entry.artist:
        raise _fault(folder, entry.line, "names no artist")
    fault = path_fault(entry.file)
    if fault:
        raise _fault(folder, entry.line, f"names {title_of(entry.file)}, which {fault}")
