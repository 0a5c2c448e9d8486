"""The training set: thumbnails decoded once to one array on disk."""

import hashlib
import json
from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from model.arrays import IntArray, UInt8Array
from model.protocol import HashArray, Table
from model.sample import HEIGHT, WIDTH, Sample
from model.space import space_at
from storage.errors import TrainingError

PICTURES, TABLE, NAMES = "pictures.u8", "table.npz", "names.json"
_COLUMNS = ("artists", "webtoons", "groups", "episodes")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TrainingSet:
    """Crops uint8 [n, 120, 200, 3], memory-mapped, with the artist, webtoon and episode of each.

    `artists` [n] are positions in `names`; `webtoons` [n] and `episodes` [n] are numbers that only need
    to differ, and `titles` the names of the former.  `groups` [n] joins webtoons of one series and
    `hashes` [n] are perceptual; without them webtoons stand alone and no two pictures are alike.
    """

    crops: UInt8Array
    artists: IntArray
    webtoons: IntArray
    episodes: IntArray
    names: tuple[str, ...]
    groups: IntArray | None = None
    hashes: HashArray | None = None
    titles: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.artists)

    @property
    def table(self) -> Table:
        """What the protocol divides the set by."""
        alone = np.arange(len(self), dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        return Table(
            artists=self.artists,
            webtoons=self.webtoons,
            groups=self.webtoons if self.groups is None else self.groups,
            episodes=self.episodes,
            hashes=alone if self.hashes is None else self.hashes,
        )

    @property
    def fingerprint(self) -> str:
        """Name these pictures and whose they are: sixteen hexadecimal digits."""
        table = self.table
        digest = hashlib.sha256("\n".join(self.names).encode())
        for column in (table.artists, table.webtoons, table.groups, table.episodes, table.hashes):
            digest.update(np.ascontiguousarray(column).tobytes())
        return digest.hexdigest()[:16]


async def write_set(folder: Path, samples: AsyncIterable[Sample]) -> TrainingSet:
    """Stream `samples` into `folder`, which is there, and open the set; one crop at a time is in memory.

    Raises DiskFull.
    """
    from model.decode import perceptual_hash  # noqa: PLC0415  # a machine that only trains need not decode

    names: dict[str, int] = {}
    groups: dict[str, int] = {}
    titles: dict[int, str] = {}
    rows: list[tuple[int, int, int, int]] = []
    hashes: list[int] = []
    with space_at(folder):
        digest = hashlib.sha256()
        with (folder / PICTURES).open("wb") as file:
            async for sample in samples:
                crop = np.ascontiguousarray(sample.crop, np.uint8).tobytes()
                file.write(crop)
                digest.update(crop)
                artist = names.setdefault(sample.artist, len(names))
                group = groups.setdefault(sample.group or f"\0{sample.webtoon}", len(groups))
                titles[sample.webtoon] = sample.title
                rows.append((artist, sample.webtoon, group, sample.episode))
                hashes.append(perceptual_hash(Image.fromarray(sample.crop)))
        artists, webtoons, series, episodes = np.array(rows, np.int64).reshape(-1, len(_COLUMNS)).T
        np.savez(
            folder / TABLE,
            artists=artists,
            webtoons=webtoons,
            groups=series,
            episodes=episodes,
            hashes=np.array(hashes, np.uint64),
        )
        document = {"artists": list(names), "titles": titles, "sha256": digest.hexdigest()}
        (folder / NAMES).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return open_set(folder)


def open_set(folder: Path, *, checked: bool = False) -> TrainingSet:
    """Open the set in `folder`; only where it is to be `checked` are all its crops read, for their sha256.

    Raises TrainingError when it is not whole.
    """
    if not any((folder / name).exists() for name in (PICTURES, TABLE, NAMES)):
        raise TrainingError(fault=f"there is no set in {folder}; `grimche export-set` writes one")
    try:
        with np.load(folder / TABLE, allow_pickle=False) as table:
            columns = {name: table[name] for name in (*_COLUMNS, "hashes")}
        document = json.loads((folder / NAMES).read_text(encoding="utf-8"))
        names = tuple(map(str, document["artists"]))
        titles = {int(webtoon): str(title) for webtoon, title in document["titles"].items()}
        crops = _map(folder / PICTURES, len(columns["artists"]))
        if checked:
            _compare(folder / PICTURES, str(document["sha256"]))
        _check(columns, names)
    except (OSError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise TrainingError(fault=f"the set in {folder} is not whole; make it again") from error
    return TrainingSet(crops=crops, names=names, titles=titles, **columns)


def _map(file: Path, pictures: int) -> npt.NDArray[np.uint8]:
    if not pictures:
        raise TrainingError(fault=f"the set in {file.parent} has no pictures")
    if file.stat().st_size != pictures * HEIGHT * WIDTH * 3:
        raise ValueError("pictures are missing")
    return np.memmap(file, np.uint8, mode="r", shape=(pictures, HEIGHT, WIDTH, 3))


def _compare(file: Path, digest: str) -> None:
    with file.open("rb") as opened:
        if hashlib.file_digest(opened, "sha256").hexdigest() != digest:
            raise ValueError("pictures have changed")


def _check(columns: Mapping[str, npt.NDArray[np.int64]], names: tuple[str, ...]) -> None:
    if len({len(column) for column in columns.values()}) > 1:
        raise ValueError("the table's columns differ in length")
    if columns["artists"].min() < 0 or columns["artists"].max() >= len(names):
        raise ValueError("an artist has no name")
