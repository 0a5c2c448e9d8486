"""Find out on a catalogue itself what a similarity is worth there."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from model.arrays import FloatArray
from model.calibration import COVERAGE, Calibration
from model.painters import shares
from model.trials import Named, Nearest, Trials

WideArray = npt.NDArray[np.float64]

# A default counts as this many queries beside those of the catalogue.
_DEFAULT_QUERIES = 20.0
_TEMPERATURES = np.geomspace(0.004, 1.0, 49)
# Three of four new episodes of a known webtoon shall be close, but only one of ten strangers; nine of
# ten strangers who draw webtoons shall be loose at the least, and of no drawings one of four.
_OWN_PERCENTILE = 25
_STRANGER_PERCENTILES = (10, 90)
_OTHERS_PERCENTILE = 75
# How often people send what: an artist of the catalogue, another one, no drawing at all.
_WEIGHTS = (0.5, 0.35, 0.15)
_RIDGE = 1e-3
_STEPS = 50
_LEAST_WIDTH = 0.01
_MOST_PULL = 3.0
_LEAST_QUERIES = 30  # from which a set of artists can be promised


def calibrate(trials: Trials | None, default: Calibration) -> Calibration:
    """Read off the trials what they tell; what a small catalogue cannot tell comes from the default."""
    if trials is None or not len(trials.known.similarities):
        return default
    temperature = _temperature(trials.named, default.temperature)
    fitted = _chances(trials, default)
    close, loose = _thresholds(trials, fitted)
    reach = _reach(trials.named, temperature)
    return replace(fitted, temperature=temperature, close=close, loose=min(loose, close), reach=reach)


def _thresholds(trials: Trials, fitted: Calibration) -> tuple[float, float]:
    low, high = _STRANGER_PERCENTILES
    known, strangers, others = (
        _nearness(part, fitted) for part in (trials.known, trials.strangers, trials.others)
    )
    own = _percentile(known, _OWN_PERCENTILE, default=fitted.close)
    stranger = _percentile(strangers, high, default=fitted.close)
    nothing = float(np.percentile(others, _OTHERS_PERCENTILE)) if len(others) else fitted.loose
    return max(own, stranger), max(_percentile(strangers, low, default=fitted.loose), nothing)


def _nearness(part: Nearest, fitted: Calibration) -> FloatArray:
    pairs = zip(part.similarities.tolist(), part.lengths.tolist(), strict=True)
    return np.array([fitted.nearness(*pair) for pair in pairs], dtype=np.float32)


def _percentile(values: FloatArray, percentile: float, *, default: float) -> float:
    if not len(values):
        return default
    share = _share(len(values))
    return share * float(np.percentile(values, percentile)) + (1 - share) * default


def _share(queries: int) -> float:
    """Say how much so many queries count beside the default."""
    return queries / (queries + _DEFAULT_QUERIES)


def _chances(trials: Trials, default: Calibration) -> Calibration:
    """Fit how likely a picture is by anybody of the catalogue: a logistic curve of nearness and length."""
    parts = [trials.known, trials.strangers, trials.others]
    if not all(len(part.similarities) for part in parts):
        return default
    usual = float(np.median(np.log(np.maximum(trials.known.lengths, 1e-12))))
    features = np.concatenate([_features(part, usual) for part in parts])
    weights = np.concatenate(
        [np.full(len(p.lengths), w / len(p.lengths)) for p, w in zip(parts, _WEIGHTS, strict=True)]
    )
    known = np.arange(len(features)) < len(trials.known.lengths)
    bias, slope, outward = _logistic(features, known, weights=weights).tolist()
    slope = min(max(slope, 1.0), 1 / _LEAST_WIDTH)
    share = _share(min(len(part.similarities) for part in parts[:2]))
    return replace(
        default,
        usual=usual,
        pull=share * min(max(-outward / slope, 0.0), _MOST_PULL),
        middle=share * (-bias / slope) + (1 - share) * default.middle,
        width=share / slope + (1 - share) * default.width,
    )


def _features(part: Nearest, usual: float) -> WideArray:
    outward = np.maximum(np.log(np.maximum(part.lengths, 1e-12)) - usual, 0)
    return np.stack([np.ones(len(outward)), part.similarities, outward], axis=1).astype(np.float64)


def _logistic(features: WideArray, known: npt.NDArray[np.bool_], *, weights: WideArray) -> WideArray:
    """Fit a weighted logistic regression by Newton's method, with a little ridge against endless slopes."""
    found = np.zeros(features.shape[1])
    ridge = _RIDGE * np.diag([0.0, 1e-2, 1e-2])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(features @ found, -30, 30)))
        slope = features.T @ (weights * (chances - known)) + ridge @ found
        bend = (features * (weights * chances * (1 - chances))[:, None]).T @ features + ridge
        step = np.linalg.solve(bend + 1e-9 * np.eye(len(found)), slope)
        found -= step * min(1.0, 10.0 / max(float(np.abs(step).max()), 1e-12))
    return found


def _temperature(named: tuple[Named, ...], default: float) -> float:
    """Choose what makes the right painters likeliest (Guo et al. 2017, one parameter)."""
    usable = [part for part in named if part.scores.shape[1] > 1 and len(part.painters)]
    if not usable:
        return default
    losses = [
        -np.log(np.maximum(np.concatenate([_right(part, float(warm)) for part in usable]), 1e-9)).mean()
        for warm in _TEMPERATURES
    ]
    share = _share(sum(len(part.painters) for part in usable))
    found = float(_TEMPERATURES[int(np.argmin(losses))])
    return float(found**share * default ** (1 - share))


def _right(part: Named, temperature: float) -> FloatArray:
    """Return what share the right painters get."""
    return shares(part.scores, temperature)[np.arange(len(part.painters)), part.painters]


def _reach(named: tuple[Named, ...], temperature: float) -> float:
    """Find the share that COVERAGE of the right painters have (split conformal; Sadinle et al. 2019)."""
    right = np.sort(np.concatenate([_right(part, temperature) for part in named]))
    place = int(np.floor((len(right) + 1) * (1 - COVERAGE))) - 1
    return float(right[place]) if len(right) >= _LEAST_QUERIES else 0.0
