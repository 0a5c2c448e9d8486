"""Batches of a training set, drawn without end."""

from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from model.arrays import IntArray
from model.dataset import TrainingSet
from model.recipe import Recipe


class HandBatches(keras.utils.PyDataset):
    """Draw batches of `hands` artists with `each` crops, from as many of their webtoons as there are.

    Artists are drawn by a power of how many crops they have, the square root unless the recipe says
    otherwise, so that long series do not drown short ones.  `rows` are those crops of the set that may
    be used.  A batch holds the crops, or with `resident` only their rows.

    There is no end to them: where Keras knows of one, it makes the pipeline anew after each epoch,
    twice, and throws away what the old ones have prepared.  `first` is the step that comes first.
    """

    num_batches = None

    def __init__(self, crops: TrainingSet, rows: IntArray, *, recipe: Recipe, resident: bool = False) -> None:
        super().__init__()
        self.first = 0
        self._set = crops
        self._each = recipe.each
        self._seed = recipe.seed
        self._resident = resident
        self._works = _rows_by_work(crops, rows)
        self._owners = np.array(list(self._works), np.int64)
        self._hands = min(recipe.hands, len(self._owners))
        counts = np.array([sum(len(work) for work in works) for works in self._works.values()])
        weights = counts**recipe.sampling
        self._chance = weights / weights.sum()

    def __getitem__(self, step: int) -> tuple[npt.NDArray[Any], dict[str, Any]]:
        random = np.random.default_rng((self._seed, self.first + step))
        drawn = random.choice(self._owners, self._hands, replace=False, p=self._chance)
        rows = np.concatenate([self._draw(random, int(artist)) for artist in drawn])
        labels = np.stack([self._set.artists[rows], self._set.webtoons[rows]], axis=1)
        pictures = rows.astype(np.int32) if self._resident else self._set.crops[rows]
        return pictures, {"artist": labels[:, 0], "vector": labels}

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
