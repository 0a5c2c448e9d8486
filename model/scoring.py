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
_KNOWN_SHARE = 0.95


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
    random = np.random.default_rng(seed)
    even = np.full(len(webtoons), 1 / len(webtoons))
    drawn = random.multinomial(len(webtoons), even, size=_RESAMPLES).astype(np.float64)
    low, high = np.percentile(_macro_means(drawn @ sums, drawn @ counts), (2.5, 97.5))
    value = _macro_means(sums.sum(axis=0), counts.sum(axis=0))
    return Figure(value=float(value), low=float(low), high=float(high))


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


def surprise(chances: FloatArray, artists: IntArray) -> float:
    """Return the negative log-likelihood of the right artists, in nats."""
    right = chances[np.arange(len(artists)), artists]
    return float(np.log(1 / np.clip(right, 1e-12, 1)).mean())


def reliability(chances: FloatArray, artists: IntArray) -> tuple[Bin, ...]:
    """Sort queries by their confidence into 15 bins of one size, and say how often each was right."""
    confidence = chances.max(axis=1)
    right = chances.argmax(axis=1) == artists
    order = np.argsort(confidence, kind="stable")
    return tuple(
        Bin(confidence=float(confidence[own].mean()), accuracy=float(right[own].mean()), queries=len(own))
        for own in np.array_split(order, min(_BINS, len(order)))
        if len(own)
    )


def calibration_error(bins: tuple[Bin, ...]) -> float:
    """Return the expected calibration error: how far confidence and accuracy lie apart on average."""
    total = sum(each.queries for each in bins)
    return sum(each.queries * abs(each.confidence - each.accuracy) for each in bins) / max(total, 1)


def auroc(known: FloatArray, strangers: FloatArray) -> float:
    """Return how often a known query has the higher score than a stranger; a tie counts half."""
    order = np.sort(strangers)
    below = np.searchsorted(order, known, side="left")
    ties = np.searchsorted(order, known, side="right") - below
    return float((below + ties / 2).mean() / len(strangers))


def false_positives(known: FloatArray, strangers: FloatArray) -> float:
    """Return the share of strangers who pass where 95 % of the known do (FPR@95)."""
    threshold = np.quantile(known, 1 - _KNOWN_SHARE, method="lower")
    return float((strangers >= threshold).mean())


def skewness(occurrences: IntArray) -> float:
    """Return the skewness of how often each gallery row is a near neighbour: 0 where none is a hub."""
    spread = occurrences.std()
    return float((((occurrences - occurrences.mean()) / spread) ** 3).mean()) if spread else 0.0


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


def _macro_means(sums: WideArray, counts: WideArray) -> WideArray:
    """Average over the artists that were asked about, along the last axis."""
    there = counts > 0
    means = np.where(there, sums / np.maximum(counts, 1), 0).sum(axis=-1)
    return np.asarray(means / np.maximum(there.sum(axis=-1), 1))
