"""Strangers told from the known."""

import numpy as np
import pytest

from model.open_set import Familiar, auroc, false_positives


def familiar(values: list[float], webtoons: list[int] | None = None) -> Familiar:
    """Say how familiar pictures are, each of a webtoon of its own unless given."""
    return Familiar(values=np.array(values, np.float32), webtoons=np.array(webtoons or range(len(values))))


KNOWN, STRANGERS = familiar([float(n) for n in range(100)]), familiar([-1.0, 50.5])


def test_strangers_are_ranked() -> None:
    """AUROC is how often the known score higher; FPR@95 who of the strangers passes with 95 % of them."""
    assert auroc(KNOWN, STRANGERS).value == pytest.approx((1 + 0.49) / 2)
    assert false_positives(KNOWN, STRANGERS).value == 0.5
    assert auroc(familiar([0.0]), familiar([0.0])).value == 0.5


def test_intervals_are_over_webtoons() -> None:
    """Strangers of one webtoon are drawn together: one of them alone leaves all or nothing."""
    apart = auroc(KNOWN, familiar([-1.0, -1.0, 200.0, 200.0], [1, 1, 2, 2]))
    assert (apart.low, apart.value, apart.high) == (0, 0.5, 1)
    passing = false_positives(KNOWN, familiar([-1.0, -1.0, 200.0, 200.0], [1, 1, 2, 2]))
    assert (passing.low, passing.value, passing.high) == (0, 0.5, 1)
