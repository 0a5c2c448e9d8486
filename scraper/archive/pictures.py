"""Find the saved thumbnails of episodes, whose addresses lead nowhere any more.

They are looked for in two ways.  A mirror keeps an address's parts as folders.  Others named each file
after its webtoon and episode, "title_episode" or "title, artist&artist_episode", with "&" for slashes.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from scraper.archive.work import Work
from scraper.files import shown
from storage.records import Episode

_PARTS = 3  # of an address that have to agree: webtoon, episode and name
_UNIQUE = re.compile(r"[0-9a-f-]{16,}$", re.IGNORECASE)  # no two pictures are named alike
_LEFT_OUT = re.compile(r"[\s&,/_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Saved files by their name in addresses and by what they are called, as far as that tells them apart."""

    by_stem: Mapping[str, Sequence[Path]]
    by_title: Mapping[str, Path]


def sort_pictures(files: Iterable[Path], works: Iterable[Work]) -> Pictures:
    """Sort files by name; names that several episodes of `works` would have say nothing."""
    by_stem: dict[str, list[Path]] = defaultdict(list)
    by_title: dict[str, Path] = {}
    claims = Counter(title for work in works for episode in work.episodes for title in _titles(work, episode))
    for path in files:
        by_stem[_stem(path.name)].append(path)
        title = _folded(shown(path.stem))
        if claims[title] == 1:
            by_title.setdefault(title, path)
    return Pictures(by_stem=by_stem, by_title=by_title)


def find_picture(pictures: Pictures, work: Work, *, episode: Episode) -> Path | None:
    """Find an episode's thumbnail."""
    mirrored = _mirrored(pictures, episode.thumbnail_url)
    named = (pictures.by_title.get(title) for title in _titles(work, episode))
    return mirrored or next(filter(None, named), None)


def _mirrored(pictures: Pictures, address: str) -> Path | None:
    parts = _parts(address)
    candidates = pictures.by_stem.get(_stem(parts[-1]), ()) if parts else ()
    agreeing = [(_agreement(path, parts), path) for path in candidates]
    most = max((agreement for agreement, _ in agreeing), default=0)
    telling = most >= _PARTS or (most > 0 and _UNIQUE.search(_stem(parts[-1])))
    return next((path for agreement, path in agreeing if agreement == most), None) if telling else None


def _parts(address: str) -> Sequence[str]:
    try:
        split = urlsplit(address)
    except ValueError:  # half a bracket
        return ()
    return [part for part in (split.netloc, *unquote(split.path).split("/")) if part]


def _agreement(path: Path, parts: Sequence[str]) -> int:
    """Count how many parts agree, from the end on; the name's own ending does not count."""
    own = [*path.parts[:-1], _stem(path.name)]
    wanted = [*parts[:-1], _stem(parts[-1])]
    agreement = 0
    for mine, theirs in zip(reversed(own), reversed(wanted), strict=False):
        if mine != theirs:
            break
        agreement += 1
    return agreement


def _stem(name: str) -> str:
    """Take the ending off a name, which may have been added when it was saved."""
    return PurePosixPath(name.partition("?")[0]).stem


def _titles(work: Work, episode: Episode) -> set[str]:
    """Say what an episode's file may be called."""
    webtoon = work.webtoon
    artists = "".join(dict.fromkeys(credit.artist for credit in webtoon.credits))
    return {_folded(f"{webtoon.title}{episode.title}"), _folded(f"{webtoon.title}{artists}{episode.title}")}


def _folded(name: str) -> str:
    return _LEFT_OUT.sub("", unicodedata.normalize("NFC", name))
