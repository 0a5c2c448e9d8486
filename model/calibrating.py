"""Find out on a catalogue itself what a similarity is worth there."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model.arrays import FloatArray, IntArray
from model.calibration import Calibration
from model.index import Index, Rows
from model.painters import Painters, shares

_MOST_QUERIES = 1_500
_COMPARISONS = 40_000_000  # pairs of vectors at most, so that a large catalogue takes seconds too
_BLOCK = 64
# A default counts as this many queries beside those of the catalogue.
_DEFAULT_QUERIES = 20.0
_TEMPERATURES = np.geomspace(0.004, 1.0, 49)
_DUPLICATE = 0.999
# Three of four new episodes of a known webtoon shall be close, but only one of ten strangers; nine of
# ten strangers who draw webtoons shall be loose at the least.
_OWN_PERCENTILE = 25
_STRANGER_PERCENTILES = (10, 90)


@dataclass(frozen=True, slots=True, eq=False)
class _Trials:
    """What the queries found: best similarity to the own painter, to strangers, scores of painters."""

    own: FloatArray
    strangers: FloatArray
    scores: FloatArray
    painters: IntArray


def calibrate(index: Index, episodes: IntArray, *, painters: Painters, default: Calibration) -> Calibration:
    """Ask the index for pictures of its own, each time without the episode that it comes from.

    Every other query also does without the whole webtoon where its painter has another one, for people
    send both.  What a small catalogue cannot tell comes from the default.
    """
    label = _labels(len(index), painters)
    if not len(label) or len(painters.names) == 0:
        return default
    trials = _ask(index, episodes, label=label, painters=painters)
    close, loose = _thresholds(trials, default)
    temperature = _temperature(trials, default.temperature)
    return replace(default, temperature=temperature, close=close, loose=min(loose, close))


def _labels(count: int, painters: Painters) -> IntArray:
    """Name one painter for each row, -1 where none is known."""
    label = np.full(count, -1, dtype=np.int64)
    lengths = np.diff(np.append(painters.starts, len(painters.rows)))
    label[painters.rows] = np.repeat(np.arange(len(painters.names)), lengths)
    return label


def _ask(index: Index, episodes: IntArray, *, label: IntArray, painters: Painters) -> _Trials:
    group = np.repeat(np.arange(len(index.groups)), np.diff(np.append(index.starts, len(index))))
    known = np.flatnonzero(label >= 0)
    count = min(len(known), _MOST_QUERIES, max(_BLOCK, _COMPARISONS // len(index)))
    queries = known[np.linspace(0, len(known) - 1, count).astype(np.intp)]
    parts = []
    for start in range(0, count, _BLOCK):
        rows = queries[start : start + _BLOCK]
        similarities = index.similarities(index.vectors[rows])
        same = (group[rows, None] == group) & (episodes[rows, None] == episodes)
        similarities[same | (similarities + index.excess > _DUPLICATE)] = -np.inf
        parts.append(_trial(similarities, rows, group=group, label=label, painters=painters))
    return _Trials(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def _trial(
    similarities: FloatArray, rows: Rows, *, group: NDArray[np.intp], label: IntArray, painters: Painters
) -> tuple[FloatArray, FloatArray, FloatArray, IntArray]:
    mine = label[rows, None] == label
    own = np.where(mine, similarities, -np.inf).max(axis=1)
    strangers = np.where(mine | (label < 0), -np.inf, similarities).max(axis=1)
    webtoon = group[rows, None] == group
    elsewhere = (mine & ~webtoon).any(axis=1) & (np.arange(len(rows)) % 2 == 1)
    scores = painters.scores(np.where(webtoon & elsewhere[:, None], -np.inf, similarities))
    return own, strangers, scores, label[rows]


def _thresholds(trials: _Trials, default: Calibration) -> tuple[float, float]:
    low, high = _STRANGER_PERCENTILES
    own = _percentile(trials.own, _OWN_PERCENTILE, default=default.close)
    stranger = _percentile(trials.strangers, high, default=default.close)
    return max(own, stranger), _percentile(trials.strangers, low, default=default.loose)


def _percentile(values: FloatArray, percentile: float, *, default: float) -> float:
    values = values[np.isfinite(values)]
    if not len(values):
        return default
    share = len(values) / (len(values) + _DEFAULT_QUERIES)
    return share * float(np.percentile(values, percentile)) + (1 - share) * default


def _temperature(trials: _Trials, default: float) -> float:
    """Choose what makes the right painters likeliest (Guo et al. 2017, one parameter)."""
    right = trials.scores[np.arange(len(trials.painters)), trials.painters]
    sound = np.isfinite(right) & (np.isfinite(trials.scores).sum(axis=1) > 1)
    scores, painters = trials.scores[sound], trials.painters[sound]
    if not len(scores):
        return default
    losses = [
        -np.log(np.maximum(shares(scores, warm)[np.arange(len(scores)), painters], 1e-9)).mean()
        for warm in _TEMPERATURES
    ]
    share = len(scores) / (len(scores) + _DEFAULT_QUERIES)
    found = float(_TEMPERATURES[int(np.argmin(losses))])
    return float(found**share * default ** (1 - share))
