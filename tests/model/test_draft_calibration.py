"""What a new generation says of similarities before a catalogue has told it."""

from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras")
pytestmark = pytest.mark.slow

from model import making  # noqa: E402  # needs Keras
from model.arrays import IntArray  # noqa: E402
from model.calibration import Calibration  # noqa: E402
from model.dataset import TrainingSet  # noqa: E402
from model.draft_calibration import calibration_of  # noqa: E402
from model.encoder import Encoder  # noqa: E402
from model.export import Draft, draft, finish, rows_of  # noqa: E402
from model.making import Plan, make_draft  # noqa: E402
from model.manifest import HeadManifest, Manifest  # noqa: E402
from model.network import build_encoder  # noqa: E402
from model.protocol import Part  # noqa: E402
from model.recipe import Recipe  # noqa: E402
from model.splits import serving_split  # noqa: E402
from model.training import build_head  # noqa: E402
from tests.model.samples import make_set  # noqa: E402

HEAD = HeadManifest(labels=("a", "b"), dimensions=6, temperature=0.1, weight=0.5)
MANIFEST = Manifest(id="tiny", sizes=((24, 40),), channels=(8, 12), palette=0.2, head=HEAD)


@pytest.fixture
async def crops(tmp_path: Path) -> TrainingSet:
    """Give a set of six hands with two webtoons each."""
    return await make_set(tmp_path / "set", 6, episodes=6)


def draft_of(crops: TrainingSet, manifest: Manifest = MANIFEST) -> Draft:
    """Draft a generation of a small random network."""
    keras.utils.set_random_seed(0)
    encoder, head = build_encoder((8, 12), blocks=(1, 1)), build_head(40, 6)
    classes = np.eye(2, 6, dtype=np.float32)
    return draft(manifest, encoder, crops=crops.crops[:24], head=head, classes=classes)


def everything(crops: TrainingSet) -> IntArray:
    """Name all rows, the last first."""
    return np.arange(len(crops))[::-1]


async def test_held_out_pictures_calibrate(crops: TrainingSet) -> None:
    """Pictures that were held out say what similarities are worth; without any the draft's word stands."""
    drafted = draft_of(crops)
    found = calibration_of(drafted, crops, everything(crops))
    assert found.reach > 0
    assert found.temperature != Calibration().temperature
    assert calibration_of(drafted, crops, everything(crops)[:0]) == drafted.manifest.calibration


async def test_rows_are_those_that_serve(crops: TrainingSet, tmp_path: Path) -> None:
    """What is calibrated on is what the generation will store of these pictures."""
    drafted = draft_of(crops)
    rows = rows_of(drafted.network, crops.crops[:4], manifest=MANIFEST, companion=None)
    served = Encoder(finish(tmp_path / "made", drafted)).statistics(list(crops.crops[:4]))
    assert rows.shape == served.shape
    assert np.corrcoef(rows.ravel(), served.ravel())[0, 1] > 0.999


async def test_training_ends_with_a_calibration(
    crops: TrainingSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manifest of a trained generation has what those pictures said that chose, and no others."""
    asked: list[IntArray] = []

    def calibrate(_draft: Draft, _crops: TrainingSet, rows: IntArray, **_: object) -> Calibration:
        asked.append(rows)
        return Calibration(temperature=0.5, close=0.7, loose=0.3)

    monkeypatch.setattr(making, "calibration_of", calibrate)
    recipe = Recipe(widths=(6, 8), blocks=(1, 1), view=(24, 40), vector=8, hands=3, each=4, steps=2, epochs=1)
    plan = Plan(recipe=recipe, sizes=((24, 40),))
    drafted = make_draft(crops, tmp_path, plan=plan, identity="new")
    assert drafted.manifest.calibration.temperature == 0.5
    marks = serving_split(crops.table).marks(crops.table)
    choosing = np.isin(marks, (Part.EPISODES_VALIDATION, Part.WEBTOONS_VALIDATION))
    assert asked[0].tolist() == np.flatnonzero(choosing).tolist() != []
