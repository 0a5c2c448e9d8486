"""The network of 2020."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("keras")

from model.original import LARGE, SMALL, OriginalPlan, build_original, train_original
from tests.model.samples import make_set

pytestmark = pytest.mark.timeout(600)


def test_it_has_as_many_weights_as_the_published_one() -> None:
    """With 33 artists both inputs give the published numbers of weights."""
    assert build_original(LARGE, 33).count_params() == 7_052_961
    assert build_original(SMALL, 33).count_params() == 3_514_017


@pytest.mark.slow
async def test_best_epoch_is_kept(tmp_path: Path) -> None:
    """Training goes on without a gain, tells of each epoch, and reads features and logits of the best."""
    crops = await make_set(tmp_path / "set", 2, episodes=8)
    rows = np.arange(len(crops))
    told = []
    plan = OriginalPlan(size=SMALL, epochs=14)
    made = train_original(crops, rows[::2], validation=rows[1::2], plan=plan, told=told.append)
    assert tuple(told) == made.epochs
    assert len(told) == 14
    features, logits = made.read(crops.crops[:3])
    assert features.shape == (3, 768)
    assert logits.shape == (3, 2)
    assert np.exp(logits).sum(axis=1) == pytest.approx(1, abs=1e-5)
