"""How well strangers are told from the known: figures with intervals over the webtoons of both."""

from dataclasses import dataclass

import numpy as np

from model.arrays import FloatArray, IntArray
from model.evaluation_records import Figure
from model.scoring import WideArray, draws, figure

_KNOWN_SHARE = 0.95


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Familiar:
    """How familiar pictures are [n], and the webtoons [n] that they come from."""

    values: FloatArray
    webtoons: IntArray

    def apart(self) -> list[FloatArray]:
        """Part the values by webtoon, each sorted."""
        return [np.sort(self.values[self.webtoons == webtoon]) for webtoon in np.unique(self.webtoons)]


def auroc(known: Familiar, strangers: Familiar) -> Figure:
    """Return how often a known picture is more familiar than a stranger's; a tie counts half."""
    ours, theirs = known.apart(), strangers.apart()
    wins = np.array([[_wins(own, other) for other in theirs] for own in ours])
    sizes = np.outer([len(own) for own in ours], [len(other) for other in theirs])
    first, second = draws(len(ours)), draws(len(theirs), seed=1)
    found = ((first @ wins) * second).sum(axis=1) / ((first @ sizes) * second).sum(axis=1)
    return figure(float(wins.sum() / sizes.sum()), found)


def false_positives(known: Familiar, strangers: Familiar) -> Figure:
    """Return the share of strangers who pass where 95 % of the known do (FPR@95)."""
    webtoons, places = np.unique(known.webtoons, return_inverse=True)
    order = np.argsort(known.values, kind="stable")
    theirs = strangers.apart()
    sizes = np.array([len(other) for other in theirs])

    def passing(first: WideArray, second: WideArray) -> WideArray:
        counts = first[:, places[order]].cumsum(axis=1)
        least = np.floor((counts[:, -1:] - 1) * (1 - _KNOWN_SHARE) + 1e-9)
        thresholds = known.values[order][(counts > least).argmax(axis=1)]
        below = np.stack([np.searchsorted(other, thresholds, side="left") for other in theirs], axis=1)
        return np.asarray(((sizes - below) * second).sum(axis=1) / (second @ sizes))

    value = passing(np.ones((1, len(webtoons))), np.ones((1, len(theirs))))
    return figure(float(value[0]), passing(draws(len(webtoons)), draws(len(theirs), seed=1)))


def _wins(own: FloatArray, other: FloatArray) -> float:
    """Count the pairs in which the value of `own` is the higher one; both are sorted."""
    below = np.searchsorted(other, own, side="left")
    return float((below + np.searchsorted(other, own, side="right")).sum() / 2)
