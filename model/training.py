"""Train the network on a set: know the hand, not the hero."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import keras
import numpy as np
import numpy.typing as npt

from model.augment import RandomView
from model.bodies import build_body
from model.collect import HEIGHT, WIDTH
from model.dataset import HandBatches, IntArray, TrainingSet
from model.evaluation import held_out
from model.losses import CosineClassifier, CosineSoftmax, CrossWorkContrast
from model.recipe import Recipe
from storage.errors import TrainingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a training is: steps done of `total`, the loss of the epoch so far."""

    step: int
    total: int
    loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A trained encoder, the head on its statistics, and the directions [artists, vector] of `names`."""

    encoder: keras.Model
    head: keras.Model
    directions: npt.NDArray[np.float32]
    names: tuple[str, ...]
    losses: tuple[float, ...]


def train(
    crops: TrainingSet,
    recipe: Recipe,
    *,
    weights: Sequence[npt.NDArray[np.float32]] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Trained:
    """Train a network on what is not held out of `crops`, from scratch or from an encoder's `weights`.

    Raises TrainingError for a set with fewer than two artists and for a loss that is no number.
    """
    keras.utils.set_random_seed(recipe.seed)
    rows = training_rows(crops)
    encoder = build_body(recipe)
    if weights is not None:
        encoder.set_weights(weights)
    head = build_head(encoder.output_shape[-1], recipe.vector)
    trainer = _build_trainer(encoder, head, recipe=recipe, artists=len(crops.names))
    batches = HandBatches(
        crops, rows, hands=recipe.hands, each=recipe.each, steps=recipe.steps, seed=recipe.seed
    )
    callbacks = [keras.callbacks.TerminateOnNaN()]
    if progress is not None:
        callbacks.append(_ProgressCallback(progress, recipe.steps * recipe.epochs))
    history = trainer.fit(batches, epochs=recipe.epochs, callbacks=callbacks, verbose=0)
    losses = tuple(float(loss) for loss in history.history["loss"])
    if not losses or not np.isfinite(losses).all():
        raise TrainingError(fault="the loss is no longer a number; lower the learning rate")
    directions = keras.ops.convert_to_numpy(
        keras.ops.normalize(trainer.get_layer("artist").directions, axis=0)
    )
    return Trained(encoder=encoder, head=head, directions=directions.T, names=crops.names, losses=losses)


def training_rows(crops: TrainingSet) -> IntArray:
    """Return the rows of `crops` that may be trained on; raise TrainingError when they cannot teach."""
    rows = np.flatnonzero(~held_out(crops.webtoons, crops.episodes))
    if len(np.unique(crops.artists[rows])) < 2:  # noqa: PLR2004  # one hand has nothing to differ from
        raise TrainingError(fault="at least two artists are needed; import more")
    return rows


def build_head(statistics: int, vector: int) -> keras.Model:
    """Build the head: statistics [n, d] to unit vectors [n, vector] that tell trained artists apart."""
    inputs = keras.Input((statistics,), name="statistics")
    values = keras.layers.BatchNormalization(momentum=0.97, dtype="float32", name="head_norm")(inputs)
    values = keras.layers.Dense(512, activation="relu", name="head_hidden")(values)
    values = keras.layers.Dense(vector, dtype="float32", name="head_project")(values)
    return keras.Model(inputs, keras.layers.UnitNormalization(dtype="float32")(values), name="head")


def _build_trainer(encoder: keras.Model, head: keras.Model, *, recipe: Recipe, artists: int) -> keras.Model:
    pictures = keras.Input((HEIGHT, WIDTH, 3), dtype="uint8")
    views = RandomView(recipe.view, seed=recipe.seed)(pictures)
    vectors = keras.layers.Identity(name="vector", dtype="float32")(head(encoder(views)))
    cosines = CosineClassifier(artists, name="artist")(vectors)
    trainer = keras.Model(pictures, {"artist": cosines, "vector": vectors})
    steps = recipe.steps * recipe.epochs
    warmup = max(1, steps // 20)
    schedule = keras.optimizers.schedules.CosineDecay(
        recipe.learning_rate / 20, steps - warmup, warmup_target=recipe.learning_rate, warmup_steps=warmup
    )
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=recipe.weight_decay, clipnorm=5.0)
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    trainer.compile(
        optimizer,
        loss={"artist": CosineSoftmax(), "vector": CrossWorkContrast()},
        loss_weights={"artist": 1.0, "vector": recipe.contrast},
    )
    return trainer


class _ProgressCallback(keras.callbacks.Callback):
    """Tell `progress` after every step."""

    def __init__(self, progress: Callable[[Progress], None], total: int) -> None:
        super().__init__()
        self._progress = progress
        self._total = total
        self._step = 0

    def on_train_batch_end(self, _batch: int, logs: dict[str, float] | None = None) -> None:
        self._step += 1
        loss = float((logs or {}).get("loss", float("nan")))
        self._progress(Progress(step=self._step, total=self._total, loss=loss))
