"""The network of 2020 as it was published, to measure how far its recipe goes on the same split."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np

from model.arrays import FloatArray, IntArray, UInt8Array, unit
from model.dataset import TrainingSet
from model.evaluation_records import Epoch
from storage.errors import TrainingError

LARGE, SMALL = (64, 80), (21, 35)
_STAGES = (64, 96, 128, 256)
_DENSE = (768,) * 4
_DECAY = 0.01
_BATCH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalPlan:
    """How long the original trains: until the epoch that passes `seconds`, whether it still gains or not.

    `epochs` ends it sooner, for a trial.
    `lenient` leaves out dropout and weight decay, under which it hardly learns within minutes: in 2020 an
    epoch was 330,000 augmented pictures.
    """

    size: tuple[int, int] = LARGE
    lenient: bool = False
    epochs: int | None = None
    seconds: float = 1200.0
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The trained network, its layer before the softmax, and how its training went."""

    network: keras.Model
    features: keras.Model
    epochs: tuple[Epoch, ...]

    def read(self, crops: UInt8Array) -> tuple[FloatArray, FloatArray]:
        """Return unit features [n, 768] and logits [n, artists] of crops."""
        small = shrink(crops, self.network.input_shape[1:3])
        features = keras.ops.convert_to_numpy(self.features(small, training=False))
        named = keras.ops.convert_to_numpy(self.network(small, training=False))
        return unit(features), np.log(np.maximum(named, 1e-12)).astype(np.float32)


def build_original(size: tuple[int, int], artists: int, *, lenient: bool = False) -> keras.Model:
    """Build it: pictures [n, h, w, 3] in 0..1 to probabilities [n, artists]."""
    decay = None if lenient else keras.regularizers.L2(_DECAY)
    drop = 0.0 if lenient else 1.0
    pictures = keras.Input((*size, 3))
    values = pictures
    for width in _STAGES:
        for _ in range(2):
            values = keras.layers.Conv2D(width, 3, padding="same", activation="relu")(values)
        values = keras.layers.BatchNormalization()(values)
        values = keras.layers.MaxPooling2D()(values)
        values = keras.layers.Dropout(0.5 * drop)(values)
    values = keras.layers.Flatten()(values)
    for width in _DENSE:
        values = keras.layers.Dense(width, activation="relu", kernel_regularizer=decay)(values)
        values = keras.layers.Dropout(0.8 * drop)(values)
    named = keras.layers.Dense(artists, activation="softmax", dtype="float32")(values)
    return keras.Model(pictures, named, name="original")


def build_augmentation(size: tuple[int, int], seed: int) -> keras.Model:
    """Build its augmentation: rotation by 30 degrees, shifts and zoom of 0.05, mirror images."""
    pictures = keras.Input((*size, 3))
    values = keras.layers.RandomFlip("horizontal", seed=seed)(pictures)
    values = keras.layers.RandomRotation(30 / 360, fill_mode="nearest", seed=seed + 1)(values)
    values = keras.layers.RandomTranslation(0.05, 0.05, fill_mode="nearest", seed=seed + 2)(values)
    values = keras.layers.RandomZoom(0.05, 0.05, fill_mode="nearest", seed=seed + 3)(values)
    return keras.Model(pictures, values, name="augmentation")


def train_original(
    crops: TrainingSet,
    rows: IntArray,
    *,
    validation: IntArray,
    plan: OriginalPlan,
    told: Callable[[Epoch], None] = lambda _epoch: None,
) -> Original:
    """Train on `rows` and keep the weights of the epoch that names most of `validation` right.

    Without `validation`, most of what it is trained on.  `crops.artists` are the classes.  `told` hears of
    every epoch.  Raises TrainingError when the loss is no number.
    """
    keras.utils.set_random_seed(plan.seed)
    network = build_original(plan.size, len(crops.names), lenient=plan.lenient)
    pictures = keras.Input((*plan.size, 3))
    trainer = keras.Model(pictures, network(build_augmentation(plan.size, plan.seed)(pictures)))
    trainer.compile("adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=False)
    watch = _Watch(plan, told)
    asked = (shrink_rows(crops, validation, plan.size), crops.artists[validation])
    trainer.fit(
        shrink_rows(crops, rows, plan.size),
        crops.artists[rows],
        batch_size=_BATCH,
        epochs=plan.epochs or sys.maxsize,
        validation_data=asked if len(validation) else None,
        callbacks=[watch],
        verbose=0,
    )
    if watch.best is None:
        raise TrainingError(fault="the loss is no longer a number; lower the learning rate")
    trainer.set_weights(watch.best)
    features = keras.Model(network.input, network.layers[-2].output)
    return Original(network=network, features=features, epochs=tuple(watch.epochs))


def shrink_rows(crops: TrainingSet, rows: IntArray, size: tuple[int, int], *, batch: int = 256) -> FloatArray:
    """Bring the crops of `rows` to `size`, in 0..1; only these are in memory."""
    parts = [shrink(crops.crops[rows[start : start + batch]], size) for start in range(0, len(rows), batch)]
    return np.concatenate(parts) if parts else np.zeros((0, *size, 3), np.float32)


def shrink(crops: UInt8Array, size: tuple[int, int]) -> FloatArray:
    """Bring crops [n, h, w, 3] to `size`, in 0..1, without keeping their aspect."""
    small = keras.ops.image.resize(crops.astype(np.float32) / 255, size, antialias=True)
    return np.asarray(keras.ops.convert_to_numpy(small), np.float32)


class _Watch(keras.callbacks.Callback):  # type: ignore[misc]  # Keras ships no types
    """Keep the best weights, tell of epochs, and end when the time is up."""

    def __init__(self, plan: OriginalPlan, told: Callable[[Epoch], None]) -> None:
        super().__init__()
        self.best: list[FloatArray] | None = None
        self.epochs: list[Epoch] = []
        self._plan = plan
        self._told = told
        self._highest = -1.0
        self._start = self._begin = time.perf_counter()

    def on_epoch_begin(self, _epoch: int, _logs: dict[str, float] | None = None) -> None:
        self._begin = time.perf_counter()

    def on_epoch_end(self, _epoch: int, logs: dict[str, float] | None = None) -> None:
        figures = logs or {}
        now = time.perf_counter()
        loss, score = float(figures["loss"]), float(figures.get("val_accuracy", figures["accuracy"]))
        self.epochs.append(Epoch(seconds=now - self._begin, loss=loss, validation=score))
        self._told(self.epochs[-1])
        if not np.isfinite(loss):
            self.model.stop_training = True
            return
        if score > self._highest:
            self._highest, self.best = score, self.model.get_weights()
        self.model.stop_training = now - self._start >= self._plan.seconds
