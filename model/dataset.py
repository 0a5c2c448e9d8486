"""The training set: thumbnails decoded once to one array on disk, and batches drawn from it."""

import json
from collections.abc import AsyncIterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from model.collect import HEIGHT, WIDTH, Sample
from storage.errors import TrainingError

_PICTURES, _TABLE, _NAMES = "pictures.u8", "table.npz", "artists.json"

IntArray = npt.NDArray[np.int64]
PictureArray = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSet:
    """Crops uint8 [n, 120, 200, 3], memory-mapped, with the artist, webtoon and episode of each.

    `artists` [n] are positions in `names`; `webtoons` [n] and `episodes` [n] are numbers that only need
    to differ.
    """

    crops: PictureArray
    artists: IntArray
    webtoons: IntArray
    episodes: IntArray
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.artists)


async def write_set(folder: Path, samples: AsyncIterable[Sample]) -> TrainingSet:
    """Stream `samples` into `folder`, which is there, and open the set; one crop at a time is in memory."""
    names: dict[str, int] = {}
    table: list[tuple[int, int, int]] = []
    with (folder / _PICTURES).open("wb") as file:
        async for sample in samples:
            file.write(np.ascontiguousarray(sample.crop, np.uint8).tobytes())
            artist = names.setdefault(sample.artist, len(names))
            table.append((artist, sample.webtoon, sample.episode))
    columns = np.array(table, np.int64).reshape(-1, 3)
    np.savez(folder / _TABLE, artists=columns[:, 0], webtoons=columns[:, 1], episodes=columns[:, 2])
    (folder / _NAMES).write_text(json.dumps(list(names), ensure_ascii=False), encoding="utf-8")
    return open_set(folder)


def open_set(folder: Path) -> TrainingSet:
    """Open the set in `folder` without reading its crops; raise TrainingError when it is not whole."""
    try:
        with np.load(folder / _TABLE, allow_pickle=False) as table:
            columns = {name: table[name] for name in ("artists", "webtoons", "episodes")}
        names = tuple(json.loads((folder / _NAMES).read_text(encoding="utf-8")))
        shape = (len(columns["artists"]), HEIGHT, WIDTH, 3)
        if not shape[0]:
            raise TrainingError(fault=f"the set in {folder} has no pictures")
        crops = np.memmap(folder / _PICTURES, np.uint8, mode="r", shape=shape)
    except (OSError, KeyError, ValueError) as error:
        raise TrainingError(fault=f"the set in {folder} is not whole; make it again") from error
    return TrainingSet(crops=crops, names=names, **columns)


class HandBatches(keras.utils.PyDataset):
    """Draw batches of `hands` artists with `each` crops, from as many of their webtoons as there are.

    Artists are drawn with the square root of how many crops they have, so that long series do not
    drown short ones.  `rows` are those crops of the set that may be used.
    """

    def __init__(
        self, crops: TrainingSet, rows: IntArray, *, hands: int, each: int, steps: int, seed: int
    ) -> None:
        super().__init__()
        self._set = crops
        self._each = each
        self._steps = steps
        self._seed = seed
        self._works = _rows_by_work(crops, rows)
        self._owners = np.array(list(self._works), np.int64)
        self._hands = min(hands, len(self._owners))
        roots = np.sqrt([sum(len(work) for work in works) for works in self._works.values()])
        self._chance = roots / roots.sum()
        self._epoch = 0

    def __len__(self) -> int:
        return self._steps

    def on_epoch_end(self) -> None:
        self._epoch += 1

    def __getitem__(self, step: int) -> tuple[PictureArray, dict[str, Any]]:
        random = np.random.default_rng((self._seed, self._epoch, step))
        drawn = random.choice(self._owners, self._hands, replace=False, p=self._chance)
        rows = np.concatenate([self._draw(random, int(artist)) for artist in drawn])
        labels = np.stack([self._set.artists[rows], self._set.webtoons[rows]], axis=1)
        return self._set.crops[rows], {"artist": labels[:, 0], "vector": labels}

    def _draw(self, random: np.random.Generator, artist: int) -> IntArray:
        works = self._works[artist]
        turns = random.permutation(len(works))
        return np.array([random.choice(works[turns[i % len(works)]]) for i in range(self._each)], np.int64)


def _rows_by_work(crops: TrainingSet, rows: IntArray) -> dict[int, list[IntArray]]:
    works: dict[int, list[IntArray]] = {}
    order = rows[np.lexsort((crops.webtoons[rows], crops.artists[rows]))]
    keys = np.stack([crops.artists[order], crops.webtoons[order]], axis=1)
    borders = np.flatnonzero((keys[1:] != keys[:-1]).any(axis=1)) + 1
    for own in np.split(order, borders):
        works.setdefault(int(crops.artists[own[0]]), []).append(own)
    return works
