"""The figures of the protocol: pure arithmetic on scores, ranks and similarities."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.arrays import FloatArray, IntArray
from model.evaluation_records import Bin, Figure

BoolArray = npt.NDArray[np.bool_]
WideArray = npt.NDArray[np.float64]

TOP = 10
_RESAMPLES = 1_000
_BINS = 15


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Queries:
    """Whose the queries are: `artists` [n] by number, and the `webtoons` [n] that they come from."""

    artists: IntArray
    webtoons: IntArray


def macro(values: FloatArray, queries: Queries, *, seed: int = 0) -> Figure:
    """Average `values` [n] over each artist's queries, then over artists.

    The interval is the middle 95 % of what 1,000 draws of the webtoons with replacement give: pictures
    of one webtoon are not independent.  Values that are no numbers are left out; 0 without any other.
    """
    sound = np.isfinite(values)
    if not sound.any():
        return Figure(value=0.0, low=0.0, high=0.0)
    values, queries = values[sound], Queries(artists=queries.artists[sound], webtoons=queries.webtoons[sound])
    webtoons, places = np.unique(queries.webtoons, return_inverse=True)
    artists = np.unique(queries.artists, return_inverse=True)[1]
    sums = np.zeros((len(webtoons), artists.max() + 1))
    counts = np.zeros_like(sums)
    np.add.at(sums, (places, artists), values)
    np.add.at(counts, (places, artists), 1)
    drawn = draws(len(webtoons), seed=seed)
    value = _macro_means(sums.sum(axis=0), counts.sum(axis=0))
    return figure(float(value), _macro_means(drawn @ sums, drawn @ counts))


def is_among_first(scores: FloatArray, artists: IntArray, *, count: int) -> FloatArray:
    """Say of each row of `scores` [n, artists] whether the right one is among its `count` best: 1 or 0.

    A tie counts against it, so that a method that says nothing is never right.
    """
    right = scores[np.arange(len(artists)), artists]
    better = (scores >= right[:, None]).sum(axis=1) - 1
    return np.asarray(better < count, np.float32)


def precision_at(relevant: BoolArray, totals: IntArray) -> FloatArray:
    """Return the average precision of each query's first TOP webtoons [n, k], best first.

    `totals` [n] is how many relevant ones there are; a query without any gets NaN.
    """
    first = relevant[:, :TOP].astype(np.float64)
    precisions = first.cumsum(axis=1) / np.arange(1, first.shape[1] + 1)
    most = np.minimum(totals, TOP)
    found = (precisions * first).sum(axis=1)
    return np.asarray(np.where(most > 0, found / np.maximum(most, 1), np.nan), np.float32)


def recall_at(relevant: BoolArray, count: int) -> FloatArray:
    """Say of each query whether one of its first `count` webtoons [n, k] is relevant: 1 or 0."""
    return np.asarray(relevant[:, :count].any(axis=1), np.float32)


def probabilities(logits: FloatArray) -> FloatArray:
    """Return the softmax of each row [n, artists]."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def surprise(chances: FloatArray, artists: IntArray, *, webtoons: IntArray) -> Figure:
    """Return the negative log-likelihood of the right artists, in nats, with its interval over webtoons."""
    right = chances[np.arange(len(artists)), artists]
    losses = np.log(1 / np.clip(right.astype(np.float64), 1e-12, 1))
    places = np.unique(webtoons, return_inverse=True)[1]
    sums, counts = np.bincount(places, losses), np.bincount(places)
    drawn = draws(len(sums))
    return figure(float(losses.mean()), (drawn @ sums) / (drawn @ counts))


def reliability(chances: FloatArray, artists: IntArray) -> tuple[Bin, ...]:
    """Sort queries by their confidence into 15 bins of one size, and say how often each was right."""
    confidence = chances.max(axis=1)
    right = chances.argmax(axis=1) == artists
    return tuple(
        Bin(confidence=float(confidence[own].mean()), accuracy=float(right[own].mean()), queries=len(own))
        for own in _bins(confidence)
    )


def calibration_error(chances: FloatArray, artists: IntArray, *, webtoons: IntArray) -> Figure:
    """Return the expected calibration error: how far confidence and accuracy lie apart on average.

    It has its interval over webtoons, whose pictures stay in the bins that all of them make.
    """
    confidence = chances.max(axis=1).astype(np.float64)
    gaps = confidence - (chances.argmax(axis=1) == artists)
    places = np.unique(webtoons, return_inverse=True)[1]
    bins = np.empty(len(gaps), np.int64)
    for number, own in enumerate(_bins(confidence)):
        bins[own] = number
    sums = np.zeros((places.max() + 1, bins.max() + 1))
    np.add.at(sums, (places, bins), gaps)
    drawn = draws(len(sums))
    errors = np.abs(drawn @ sums).sum(axis=1) / (drawn @ np.bincount(places))
    return figure(float(np.abs(sums.sum(axis=0)).sum() / len(gaps)), errors)


def skewness(occurrences: IntArray) -> float:
    """Return the skewness of how often each gallery row is a near neighbour: 0 where none is a hub."""
    spread = occurrences.std()
    return float((((occurrences - occurrences.mean()) / spread) ** 3).mean()) if spread else 0.0


def draws(count: int, *, seed: int = 0) -> WideArray:
    """Draw so many webtoons with replacement, 1,000 times: how often each is among them [1000, count]."""
    even = np.full(count, 1 / count)
    return np.random.default_rng(seed).multinomial(count, even, size=_RESAMPLES).astype(np.float64)


def figure(value: float, drawn: WideArray) -> Figure:
    """Give a value the middle 95 % of what the draws gave."""
    low, high = np.percentile(drawn, (2.5, 97.5))
    return Figure(value=value, low=float(low), high=float(high))


def fuse(queries: Queries, count: int, *, seed: int = 0) -> tuple[IntArray, Queries]:
    """Draw groups [m, count] of different queries of one webtoon, without remainders, and say whose they are.

    A webtoon with fewer pictures makes one group, in which some occur twice.
    """
    random = np.random.default_rng(seed)
    groups = []
    for webtoon in np.unique(queries.webtoons):
        own = random.permutation(np.flatnonzero(queries.webtoons == webtoon))
        whole = np.resize(own, (max(len(own) // count, 1), count))
        groups.append(whole)
    drawn = np.concatenate(groups).astype(np.int64) if groups else np.zeros((0, count), np.int64)
    first = drawn[:, 0]
    return drawn, Queries(artists=queries.artists[first], webtoons=queries.webtoons[first])


def _bins(confidence: FloatArray | WideArray) -> list[npt.NDArray[np.intp]]:
    """Sort queries by their confidence into as many bins of one size as there are, 15 at most."""
    order = np.argsort(confidence, kind="stable")
    return np.array_split(order, min(_BINS, len(order))) if len(order) else []


def _macro_means(sums: WideArray, counts: WideArray) -> WideArray:
    """Average over the artists that were asked about, along the last axis."""
    there = counts > 0
    means = np.where(there, sums / np.maximum(counts, 1), 0).sum(axis=-1)
    return np.asarray(means / np.maximum(there.sum(axis=-1), 1))
