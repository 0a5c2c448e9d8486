"""Records to JSON and back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from model.evaluation_records import (
    Evaluation,
    Figure,
    HardPair,
    Method,
    Regime,
    Score,
    Shown,
)
from model.records_json import RecordDamaged, from_json, to_json

SHOWN = Shown(row=3, artist="김화가", webtoon="첫눈", episode=7)
FIGURE = Figure(value=0.5, low=0.25, high=1.0)
EVALUATION = Evaluation(
    created=datetime(2026, 1, 2, tzinfo=UTC),
    generation="starter-1",
    main="recipe",
    complete=True,
    seconds=12,
    fingerprint="abc",
    parts=(),
    methods=(Method(name="recipe", trained=True, hubness=None),),
    scores=(
        Score(
            method="recipe",
            regime=Regime.EPISODES,
            queries=4,
            top1=FIGURE,
            top5=FIGURE,
            map10=FIGURE,
            recall1=FIGURE,
            recall10=FIGURE,
            ece=FIGURE,
        ),
    ),
    hard_pairs=(
        HardPair(method="recipe", regime=Regime.EPISODES, query=SHOWN, nearest=SHOWN, similarity=0.9),
    ),
)


def test_everything_comes_back() -> None:
    """What was written is read as an equal record: names, enums, times, None and nested ones."""
    text = to_json(EVALUATION)
    assert from_json(Evaluation, text) == EVALUATION
    assert "김화가" in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"e1"', '"e9"'),
        ('"queries": 4', '"queries": 4.5'),
        ('"queries": 4', '"queries": true'),
        ('"methods": [', '"methods": {'),
        ('"generation"', '"generations"'),
        ('"2026-01-02', '"tomorrow'),
        ('"seconds": 12', '"seconds": null'),
    ],
)
def test_damage_is_noticed(old: str, new: str) -> None:
    """A value of another kind, a name that nobody knows and a missing one are refused."""
    text = to_json(EVALUATION)
    assert old in text
    with pytest.raises(RecordDamaged):
        from_json(Evaluation, text.replace(old, new))


def test_figures_that_are_no_numbers_are_not_written() -> None:
    """NaN is not JSON: what cannot be had is None."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(replace(EVALUATION, seconds=float("nan")))


def test_only_records_are_written() -> None:
    """A dict is none."""
    with pytest.raises(TypeError):
        to_json({})
