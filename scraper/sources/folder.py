"""Serve the pictures of a folder like a platform."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import ClassVar

from scraper.files import below, read_inside, shown, visible
from scraper.sources.manifest import MANIFEST, Entry, parse_manifest
from scraper.sources.names import episode_label, natural
from scraper.threads import in_thread
from storage.errors import FolderError
from storage.records import Credit, Episode, Platform, Webtoon
from storage.values import title_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    path: Path
    url: str
    artist: str
    webtoon: str
    label: str


class FolderSource:
    """Serve the pictures under `directory`: one folder per artist, with folders per webtoon if wanted.

    A file lies in `artist/` or `artist/webtoon/`; folders below that name the episode, else its own
    name does (`<episode>_<n>.<ext>`, or any name).  A `manifest.csv` speaks for every artist folder
    of which it names a file: there, what it does not name is left out.

    Each file becomes one episode: numbered by the natural order of (episode, path), titled with the
    episode's label, so that all files of one episode share their title.  What identifies a file later
    is its path below `directory` (`thumbnail_url` is "folder:artist/webtoon/12_1.jpg", NFC); a
    webtoon's `platform_id` is "artist" or "artist/webtoon".  So folders imported from two places join
    where artist and webtoon agree, and a file whose path is known already is not read again.
    """

    platform: ClassVar[Platform] = Platform.FOLDER
    keeps_numbers: ClassVar[bool] = False

    def __init__(self, directory: Path, *, megabytes: int = 20) -> None:
        """Refuse files of more than `megabytes`; nothing is read before `webtoons`."""
        self._directory = directory
        self._megabytes = megabytes
        self._files: dict[str, list[_File]] = {}
        self._paths: dict[str, Path] = {}

    async def webtoons(self) -> Sequence[Webtoon]:
        """Look through the folder; raises `FolderError` when it is missing, empty or faulty."""
        try:
            files = await in_thread(self._look)
        except OSError as error:
            raise self._fault(f"{error.strerror}: {error.filename}.") from error
        if not files:
            raise self._fault("it holds no pictures; make one folder per artist and put them there.")
        webtoons = {_platform_id(file): _webtoon(file) for file in files}
        self._paths = {file.url: file.path for file in files}
        grouped: dict[str, list[_File]] = defaultdict(list)
        for file in files:
            grouped[_platform_id(file)].append(file)
        self._files = dict(grouped)
        return [webtoons[key] for key in sorted(webtoons, key=lambda key: (natural(key), key))]

    async def episodes(self, webtoon: Webtoon) -> Sequence[Episode]:
        """Count through the files of `webtoon`, one of those that `webtoons` found."""
        files = sorted(
            self._files[webtoon.platform_id],
            key=lambda file: (natural(file.label), natural(file.url), file.url),
        )
        return [
            Episode(number=number, title=file.label, thumbnail_url=file.url)
            for number, file in enumerate(files, start=1)
        ]

    async def thumbnail(self, webtoon: Webtoon, *, episode: Episode) -> bytes:
        """Read the file; raises `SourceError` or `FileTooLarge`."""
        del webtoon
        path = self._paths[episode.thumbnail_url]
        return await in_thread(read_inside, self._directory, path, megabytes=self._megabytes)

    def _fault(self, fault: str) -> FolderError:
        return FolderError(folder=shown(str(self._directory)), fault=fault)

    def _look(self) -> list[_File]:
        if not self._directory.exists():
            raise self._fault("there is no such folder.")
        if not self._directory.is_dir():
            raise self._fault("it is a file, not a folder.")
        manifest = self._directory / MANIFEST
        files: list[_File] = []
        if manifest.is_file():
            entries = parse_manifest(manifest.read_bytes(), folder=shown(str(self._directory)))
            files = [self._named(entry) for entry in entries]
        spoken_for = {file.path.relative_to(self._directory).parts[0] for file in files}
        files += (
            _placed(path.relative_to(self._directory), path)
            for artist in visible(self._directory)
            if artist.name not in spoken_for and artist.is_dir()
            for path in below(artist)
        )
        return files

    def _named(self, entry: Entry) -> _File:
        for form in ("NFC", "NFD"):
            # A folder that came from macOS has decomposed names, its manifest perhaps composed ones.
            path = self._directory / unicodedata.normalize(form, entry.file)
            if _exists(path):
                break
        else:
            path = self._directory / entry.file
            if not _exists(path):
                fault = f"line {entry.line} of {MANIFEST} names {title_of(entry.file)}, which is not there."
                raise self._fault(fault)
        relative = PurePosixPath(entry.file)
        return _File(
            path=path,
            url=_url(relative),
            artist=entry.artist,
            webtoon=entry.webtoon,
            label=entry.episode or title_of(episode_label(relative.stem)),
        )


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have
        return False


def _placed(relative: Path, path: Path) -> _File:
    names = [title_of(shown(part)) or "?" for part in relative.parts]
    label = "/".join(names[2:-1]) or title_of(episode_label(shown(relative.stem))) or "?"
    return _File(
        path=path,
        url=_url(relative),
        artist=names[0],
        webtoon=names[1] if len(names) > 2 else "",  # noqa: PLR2004 -- artist/webtoon/file
        label=label,
    )


def _url(relative: PurePath) -> str:
    return f"{Platform.FOLDER}:{unicodedata.normalize('NFC', shown(relative.as_posix()))}"


def _platform_id(file: _File) -> str:
    names = (file.artist, file.webtoon) if file.webtoon else (file.artist,)
    # A manifest may name an artist "a/b", which must not become webtoon "b" of artist "a".
    return "/".join(name.replace("%", "%25").replace("/", "%2F") for name in names)


def _webtoon(file: _File) -> Webtoon:
    return Webtoon(
        platform=Platform.FOLDER,
        platform_id=_platform_id(file),
        title=file.webtoon or file.artist,
        credits=(Credit(artist=file.artist),),
    )
