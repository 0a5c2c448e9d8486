"""Score vectors on what training did not see."""

import numpy as np
import numpy.typing as npt

from model.arrays import FloatArray

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_TEMPERATURES = np.geomspace(0.002, 20.0, 161)


def held_out(webtoons: IntArray, episodes: IntArray, *, share: float = 0.2) -> BoolArray:
    """Mark the last `share` of each webtoon's episodes in time [n], which training must not see."""
    marks = np.zeros(len(webtoons), np.bool_)
    for webtoon in np.unique(webtoons):
        own = webtoons == webtoon
        numbers = np.unique(episodes[own])
        last = numbers[len(numbers) - int(len(numbers) * share) :]
        marks |= own & np.isin(episodes, last)
    return marks


def top1(vectors: FloatArray, artists: IntArray, *, queries: BoolArray) -> float:
    """Return how often the nearest of the other vectors is by the query's artist: macro mean, 0 to 1.

    `vectors` [n, d] are of unit length; `queries` [n] marks those that ask, the rest are asked.
    Queries of artists who are not among the asked are left out; without any the score is NaN.
    """
    known = queries & np.isin(artists, artists[~queries])
    if not known.any():
        return float("nan")
    nearest = artists[~queries][(vectors[known] @ vectors[~queries].T).argmax(axis=1)]
    right = nearest == artists[known]
    return float(np.mean([right[artists[known] == artist].mean() for artist in np.unique(artists[known])]))


def fit_temperature(scores: FloatArray, artists: IntArray) -> float:
    """Return the temperature that makes softmax(scores / it) likeliest (Guo 2017): [n, artists] and [n]."""
    rows = np.arange(len(artists))

    def surprise(temperature: float) -> float:
        logits = scores / temperature
        logits = logits - logits.max(axis=1, keepdims=True)
        likelihood = logits[rows, artists] - np.log(np.exp(logits).sum(axis=1))
        return float(-likelihood.mean())

    return float(min(_TEMPERATURES, key=surprise))
