"""From Keras to what serves."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

from model import export as exporting  # noqa: E402  # needs Keras
from model.conversion import Weights, to_litert  # noqa: E402
from model.drafts import read_draft, write_draft  # noqa: E402
from model.encoder import Encoder  # noqa: E402
from model.encoding import encode_with_keras  # noqa: E402
from model.generations import Generation, load  # noqa: E402
from model.lite import WIDTHS as LITE_WIDTHS  # noqa: E402
from model.lite import build_lite  # noqa: E402
from model.manifest import HeadManifest, Manifest  # noqa: E402
from model.network import build_encoder  # noqa: E402
from model.parity import PARITY, check_answers, check_parity  # noqa: E402
from model.recipe import Body  # noqa: E402
from model.training import build_head  # noqa: E402
from storage.errors import TrainingError  # noqa: E402
from tests.model.samples import hatching  # noqa: E402

WIDTHS = (8, 12)


@pytest.fixture
def crops() -> np.ndarray:
    """Give twelve crops of three hands."""
    return np.stack([hatching(number % 3, number) for number in range(12)])


@pytest.fixture
def encoder() -> "keras.Model":
    """Build a small random encoder."""
    keras.utils.set_random_seed(0)
    return build_encoder(WIDTHS, blocks=(1, 1))


def manifest(**values: object) -> Manifest:
    """Describe that encoder."""
    return Manifest(id="tiny", sizes=((24, 40), (48, 80)), channels=WIDTHS, **values)


def export(
    folder: Path,
    described: Manifest,
    *,
    encoder: "keras.Model",
    crops: np.ndarray,
    head: "keras.Model | None" = None,
    classes: np.ndarray | None = None,
) -> Generation:
    """Make a generation of a network at once."""
    drafted = exporting.draft(described, encoder, crops=crops, head=head, classes=classes)
    return exporting.finish(folder, drafted)


def test_generation_serves_what_keras_computes(
    tmp_path: Path, encoder: "keras.Model", crops: np.ndarray
) -> None:
    """The loaded generation gives the statistics of the Keras network, sizes and mirror included."""
    export(tmp_path / "tiny", manifest(), encoder=encoder, crops=crops)
    rows = Encoder(load(tmp_path / "tiny")).statistics(list(crops[:3]))
    expected = encode_with_keras(encoder, crops[:3], manifest=manifest())
    assert rows.shape == (3, manifest().statistics)
    assert np.corrcoef(rows.ravel(), expected.ravel())[0, 1] > 0.9999


def test_head_is_exported_behind_the_statistics(
    tmp_path: Path, encoder: "keras.Model", crops: np.ndarray
) -> None:
    """With a head, rows end with its unit vector and the generation knows its classes."""
    head = build_head(2 * sum(WIDTHS), 6)
    named = manifest(head=HeadManifest(labels=("a", "b"), dimensions=6, temperature=0.1, weight=0.5))
    classes = np.eye(2, 6, dtype=np.float32)
    generation = export(tmp_path / "tiny", named, encoder=encoder, crops=crops, head=head, classes=classes)
    rows = Encoder(generation).statistics([crops[0]])
    assert rows.shape == (1, named.row)
    assert np.linalg.norm(rows[0, named.statistics :]) == pytest.approx(1, abs=1e-4)
    assert generation.classes is not None
    assert (generation.classes == classes).all()


def test_other_network_is_refused(
    tmp_path: Path, encoder: "keras.Model", crops: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A conversion that says something else than Keras makes no generation."""
    keras.utils.set_random_seed(1)
    other = to_litert(build_encoder(WIDTHS, blocks=(1, 1)))
    monkeypatch.setattr(exporting, "to_litert", lambda *_: other)
    with pytest.raises(TrainingError, match="differs"):
        export(tmp_path / "tiny", manifest(), encoder=encoder, crops=crops)
    assert list(tmp_path.iterdir()) == []


def test_weights_that_err_give_way_to_larger_ones(
    tmp_path: Path, encoder: "keras.Model", crops: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where 8-bit weights say something else than Keras, 16-bit ones serve."""
    keras.utils.set_random_seed(1)
    other = build_encoder(WIDTHS, blocks=(1, 1))

    def convert(network: "keras.Model", weights: Weights) -> bytes:
        return to_litert(other if weights is Weights.BYTE else network, weights)

    monkeypatch.setattr(exporting, "to_litert", convert)
    made = export(tmp_path / "tiny", manifest(), encoder=encoder, crops=crops)
    assert made.encoder == to_litert(encoder, Weights.HALF)


def test_what_waits_for_its_conversion_can_be_finished(
    tmp_path: Path, encoder: "keras.Model", crops: np.ndarray
) -> None:
    """A draft that was written and read again makes the same generation as one made at once."""
    head = build_head(2 * sum(WIDTHS), 6)
    named = manifest(head=HeadManifest(labels=("a", "b"), dimensions=6, temperature=0.1, weight=0.5))
    drafted = exporting.draft(named, encoder, crops=crops, head=head, classes=np.eye(2, 6, dtype=np.float32))
    write_draft(tmp_path / "draft", replace(drafted, extra={"recipe.json": b"{}"}))
    made = exporting.finish(tmp_path / "tiny", read_draft(tmp_path / "draft"))
    again = exporting.finish(tmp_path / "again", drafted)
    check_answers(made, (tmp_path / "tiny" / PARITY).read_bytes())
    rows, others = (Encoder(each).statistics(list(crops)) for each in (made, again))
    assert np.allclose(rows, others, atol=1e-4)
    assert {"recipe.json", "network.keras", "reference.tflite"} <= set(made.manifest.files)
    assert "samples.npz" not in made.manifest.files


def test_network_comes_back_whole(tmp_path: Path, encoder: "keras.Model", crops: np.ndarray) -> None:
    """The Keras network in the folder computes what the generation serves."""
    head = build_head(2 * sum(WIDTHS), 6)
    named = manifest(head=HeadManifest(labels=("a", "b"), dimensions=6, temperature=0.1, weight=0.5))
    classes = np.eye(2, 6, dtype=np.float32)
    export(tmp_path / "tiny", named, encoder=encoder, crops=crops, head=head, classes=classes)
    network = keras.saving.load_model(tmp_path / "tiny" / exporting.NETWORK)
    rows = Encoder(load(tmp_path / "tiny")).statistics(list(crops[:3]))
    check_parity(rows, encode_with_keras(network, crops[:3], manifest=named))


def test_starter_is_slim(tmp_path: Path, encoder: "keras.Model", crops: np.ndarray) -> None:
    """Without a head only what serves and what can be trained on is kept."""
    made = export(tmp_path / "tiny", manifest(), encoder=encoder, crops=crops)
    assert set(made.manifest.files) == {"encoder.tflite", "prior.npz", "weights.npz"}


def test_weights_come_back_for_a_later_training(
    tmp_path: Path, encoder: "keras.Model", crops: np.ndarray
) -> None:
    """The weights in the folder are the encoder's, in half precision."""
    export(tmp_path / "tiny", manifest(), encoder=encoder, crops=crops)
    weights = exporting.unpack_weights((tmp_path / "tiny" / exporting.WEIGHTS).read_bytes())
    assert all(np.allclose(*pair, atol=1e-3) for pair in zip(weights, encoder.get_weights(), strict=True))


def test_lite_body_keeps_what_keras_computes(tmp_path: Path, crops: np.ndarray) -> None:
    """The lite body's 16-bit weights agree with Keras almost exactly, without mirror images too."""
    keras.utils.set_random_seed(0)
    lite = build_lite()
    described = Manifest(id="lite", sizes=((48, 80),), channels=LITE_WIDTHS, mirror=False, body=Body.LITE)
    export(tmp_path / "lite", described, encoder=lite, crops=crops)
    rows = Encoder(load(tmp_path / "lite")).statistics(list(crops[:3]))
    expected = encode_with_keras(lite, crops[:3], manifest=described)
    cosines = (rows * expected).sum(1) / np.linalg.norm(rows, axis=1) / np.linalg.norm(expected, axis=1)
    assert cosines.min() > 0.9999
