"""Training, small but real."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

keras = pytest.importorskip("keras")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

from model.machine import Machine  # noqa: E402  # needs Keras
from model.recipe import Recipe  # noqa: E402
from model.training import Course, train  # noqa: E402
from model.watching import Progress  # noqa: E402
from storage.errors import DiskFull, TrainingError  # noqa: E402
from tests.model.samples import make_set  # noqa: E402

SMALL = Recipe(widths=(6, 8), blocks=(1, 1), view=(24, 40), vector=16, hands=4, each=4, steps=10, epochs=3)


async def test_training_learns_to_tell_hands_apart(tmp_path: Path) -> None:
    """The loss falls and every artist has a direction."""
    crops = await make_set(tmp_path / "set", 4)
    trained = train(crops, SMALL)
    assert trained.losses[-1] < trained.losses[0]
    assert trained.directions.shape == (4, 16)
    assert np.allclose(np.linalg.norm(trained.directions, axis=1), 1, atol=1e-5)


async def test_same_seed_trains_the_same_network(tmp_path: Path) -> None:
    """A training can be repeated."""
    crops = await make_set(tmp_path / "set", 2)
    first, second = (train(crops, replace(SMALL, epochs=1)) for _ in range(2))
    pairs = zip(first.encoder.get_weights(), second.encoder.get_weights(), strict=True)
    assert all(np.allclose(one, other, atol=1e-4) for one, other in pairs)


async def test_progress_is_told_step_by_step(tmp_path: Path) -> None:
    """Every step is told, with the number of all of them."""
    crops = await make_set(tmp_path / "set", 2)
    told: list[Progress] = []
    train(crops, SMALL, progress=told.append)
    assert [progress.step for progress in told] == list(range(1, 31))
    assert {progress.total for progress in told} == {30}


async def test_one_artist_is_not_enough(tmp_path: Path) -> None:
    """A single hand has nothing to differ from."""
    crops = await make_set(tmp_path / "set", 1)
    with pytest.raises(TrainingError, match="two artists"):
        train(crops, SMALL)


async def test_artist_without_training_pictures_is_no_class(tmp_path: Path) -> None:
    """Who is wholly held out gets no class, and who has a single picture is trained on with it."""
    crops = await make_set(tmp_path / "set", 4)
    single = np.flatnonzero(crops.artists == 3)[:1]
    rows = np.concatenate([np.flatnonzero((crops.artists == 0) | (crops.artists == 2)), single])
    trained = train(crops, replace(SMALL, steps=2, epochs=1), course=Course(rows=rows))
    assert trained.names == ("artist 0", "artist 2", "artist 3")
    assert trained.directions.shape == (3, 16)


async def test_exploding_loss_is_said(tmp_path: Path) -> None:
    """A loss that is no number ends the training at once with a sentence."""
    crops = await make_set(tmp_path / "set", 2)
    told: list[Progress] = []
    with pytest.raises(TrainingError, match="learning rate"):
        train(crops, replace(SMALL, learning_rate=1e30), progress=told.append)
    assert len(told) < 30


async def test_best_epoch_by_validation_is_kept(tmp_path: Path) -> None:
    """The weights are those of the epoch with the best validation, and without a better one it ends."""
    crops = await make_set(tmp_path / "set", 2)
    seen: list[np.ndarray] = []

    def validate(encoder: "keras.Model", head: "keras.Model") -> float:
        seen.append(np.concatenate([weight.ravel() for weight in encoder.get_weights()]))
        assert head.output_shape[-1] == 16
        return (0.3, 0.9, 0.5, 0.4)[len(seen) - 1]

    recipe = replace(SMALL, steps=4, epochs=9, patience=2)
    trained = train(crops, recipe, course=Course(validate=validate))
    assert [epoch.validation for epoch in trained.epochs] == [0.3, 0.9, 0.5, 0.4]
    kept = np.concatenate([weight.ravel() for weight in trained.encoder.get_weights()])
    assert (kept == seen[1]).all()
    assert not (kept == seen[2]).all()


async def test_killed_training_goes_on(tmp_path: Path) -> None:
    """After a kill the same command takes up the epochs that were done, and gets where it would have."""
    crops = await make_set(tmp_path / "set", 2)
    recipe = replace(SMALL, steps=4, epochs=3)
    whole = train(crops, recipe)
    told: list[Progress] = []

    def killed(progress: Progress) -> None:
        if progress.step == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(crops, recipe, progress=killed, course=Course(backup=tmp_path / "backup"))
    resumed = train(crops, recipe, progress=told.append, course=Course(backup=tmp_path / "backup"))
    assert [progress.step for progress in told] == [9, 10, 11, 12]
    assert len(resumed.losses) == 3
    assert resumed.losses[1] == pytest.approx(whole.losses[1], rel=1e-3)


async def test_full_disk_ends_the_training_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup that finds no space is said so."""
    crops = await make_set(tmp_path / "set", 2)

    def full(*_: object, **__: object) -> None:
        raise OSError("Unable to write file (error message = 'No space left on device')")

    monkeypatch.setattr(keras.Model, "save_weights", full)
    with pytest.raises(DiskFull, match="backup"):
        train(crops, replace(SMALL, steps=2, epochs=1), course=Course(backup=tmp_path / "backup"))


async def test_logs_can_be_looked_at(tmp_path: Path) -> None:
    """TensorBoard finds the losses of a training."""
    crops = await make_set(tmp_path / "set", 2)
    train(crops, replace(SMALL, steps=2, epochs=1), course=Course(logs=tmp_path / "logs"))
    assert list((tmp_path / "logs" / "train").glob("events.*"))


async def test_accelerators_train_in_short_floats(tmp_path: Path) -> None:
    """With 16-bit floats, XLA and resident pictures it trains too; what comes out is float32 again."""
    crops = await make_set(tmp_path / "set", 3)
    machine = Machine(precision="mixed_bfloat16", compile=True, executions=2, resident=True)
    recipe = replace(SMALL, hands=3, steps=4, epochs=2, erase=0.3, cutmix=0.3)
    trained = train(crops, recipe, machine=machine)
    assert np.isfinite(trained.losses).all()
    assert {weight.dtype for weight in trained.encoder.weights} == {"float32"}
    assert trained.encoder.get_layer("stem").dtype_policy.name == "float32"
