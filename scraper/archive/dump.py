"""Look through a folder of saved pages and answers, and put together what they say."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scraper.archive.daum import parse_daum
from scraper.archive.nhn import parse_nhn
from scraper.archive.work import Work, join
from scraper.files import below, read_inside, shown
from storage.errors import FileTooLarge, FolderError, Gated, SourceError
from storage.records import Platform

_HEAD = 512
_MEGABYTES = 32
_MARKS = b" \t\r\n\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A saved file that gave nothing: its `name` below the folder, and why."""

    name: str
    error: SourceError | FileTooLarge


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """What a folder holds: `works` by platform and id, and `others`, the files that may be pictures."""

    folder: Path
    works: Mapping[Platform, Mapping[str, Work]]
    others: Sequence[Path] = field(repr=False)
    unread: Sequence[Unread]


def read_dump(folder: Path) -> Dump:
    """Read everything in `folder`; raises `FolderError` when there is nothing to read.

    What a file is, is seen by how it begins: with "{" an answer, with "<" a page, else it may be a picture.
    """
    works: dict[Platform, dict[str, Work]] = defaultdict(dict)
    unread: list[Unread] = []
    pages, others = _sorted_out(folder)
    for path in pages:
        try:
            found = _read(folder, path)
        except (SourceError, FileTooLarge) as error:
            unread.append(Unread(name=_name(folder, path), error=error))
            continue
        for work in found:
            known = works[work.webtoon.platform]
            key = work.webtoon.platform_id
            known[key] = join(known[key], work) if key in known else work
    if not works:
        raise _fault(folder, "it holds no saved page of Naver Webtoon and no saved answer of Daum Webtoon.")
    return _with_gates(Dump(folder=folder, works=works, others=others, unread=unread))


def _sorted_out(folder: Path) -> tuple[list[Path], list[Path]]:
    """Tell documents from files that may be pictures."""
    if not folder.is_dir():
        raise _fault(folder, "there is no such folder.")
    pages: list[Path] = []
    others: list[Path] = []
    try:
        for path in sorted(below(folder)):
            (pages if _is_document(path) else others).append(path)
    except OSError as error:
        raise _fault(folder, f"{error.strerror}: {error.filename}.") from error
    return pages, others


def _is_document(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(_HEAD).lstrip(_MARKS).startswith((b"{", b"<"))


def _read(folder: Path, path: Path) -> Sequence[Work]:
    data = read_inside(folder, path, megabytes=_MEGABYTES)
    parse = parse_daum if data.lstrip(_MARKS).startswith(b"{") else parse_nhn
    return parse(data, where=_name(folder, path))


def _with_gates(dump: Dump) -> Dump:
    """Find out which of Daum's webtoons were only for adults: those answers were saved under their names."""
    works = dict(dump.works.get(Platform.DAUM, {}))
    unread = []
    for each in dump.unread:
        key = Path(each.name).name.partition("?")[0].removesuffix(".json")
        if isinstance(each.error, Gated) and key in works:
            works[key] = replace(works[key], gated=True)
        else:
            unread.append(each)
    found = {**dump.works, Platform.DAUM: works} if works else dump.works
    return replace(dump, works=found, unread=unread)


def _name(folder: Path, path: Path) -> str:
    return shown(path.relative_to(folder).as_posix())


def _fault(folder: Path, fault: str) -> FolderError:
    return FolderError(folder=shown(str(folder)), fault=fault)


def all_works(dump: Dump) -> Iterator[Work]:
    """Go through the works of all platforms."""
    for works in dump.works.values():
        yield from works.values()
