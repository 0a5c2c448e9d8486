"""Lists of webtoons, judged by whose they are."""

from dataclasses import dataclass

import numpy as np

from model import scoring
from model.arrays import FloatArray
from model.scoring import TOP, BoolArray


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Ranks:
    """Per query [q]: average precision of the first ten, and whether the first, or one of ten, is right."""

    precision: FloatArray
    first: FloatArray
    first_ten: FloatArray


def rank_webtoons(scores: FloatArray, relevant: BoolArray, *, hidden: BoolArray) -> Ranks:
    """Judge lists by `scores` [q, w]; what is `hidden` from a query is neither shown nor wanted.

    Webtoons with a score of -inf are not there either.
    """
    there = np.isfinite(scores) & ~hidden
    order = np.argsort(np.where(there, -scores, np.inf), axis=1, kind="stable")[:, :TOP]
    wanted = relevant & there
    listed = np.take_along_axis(wanted, order, axis=1)
    return Ranks(
        precision=scoring.precision_at(listed, wanted.sum(axis=1)),
        first=scoring.recall_at(listed, 1),
        first_ten=scoring.recall_at(listed, TOP),
    )
