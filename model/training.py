"""Train the network on a set: know the hand, not the hero."""

import math
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import keras
import numpy as np

from model.arrays import FloatArray, IntArray
from model.augment import RandomView
from model.batches import HandBatches
from model.bodies import build_body
from model.dataset import TrainingSet
from model.evaluation import held_out
from model.evaluation_records import Epoch
from model.losses import CosineClassifier, CosineSoftmax, CrossWorkContrast
from model.machine import Machine, find_machine, working_on
from model.patches import Erasing, HandCutMix
from model.recipe import Recipe
from model.resident import Resident
from model.sample import HEIGHT, WIDTH
from model.space import space_at
from model.watching import Keeper, Progress, Resuming, Teller, Validate
from storage.errors import TrainingError

# The averaged weights must have forgotten the first ones when a short training ends.
_EMA_MEMORY = 10


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Course:
    """What goes with a training beside its recipe.

    `rows` of the set may be trained on; None leaves the last fifth of each webtoon out.  `validate` is
    given encoder and head after each epoch, and the best are kept.  In `backup` a killed training is
    taken up again; `logs` are written for TensorBoard.
    """

    rows: IntArray | None = None
    validate: Validate | None = None
    backup: Path | None = None
    logs: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A trained encoder, the head on its statistics, and the directions [artists, vector] of `names`."""

    encoder: keras.Model
    head: keras.Model
    directions: FloatArray
    names: tuple[str, ...]
    epochs: tuple[Epoch, ...]

    @property
    def losses(self) -> tuple[float, ...]:
        """The loss of each epoch."""
        return tuple(epoch.loss for epoch in self.epochs)


def train(
    crops: TrainingSet,
    recipe: Recipe,
    *,
    weights: Sequence[FloatArray] | None = None,
    progress: Callable[[Progress], None] | None = None,
    course: Course | None = None,
    machine: Machine | None = None,
) -> Trained:
    """Train a network on `crops`, from scratch or from an encoder's `weights`.

    Raises TrainingError for a set with fewer than two artists and for a loss that is no number, and
    DiskFull.
    """
    course, machine = course or Course(), machine or find_machine(crops.crops.nbytes)
    keras.utils.set_random_seed(recipe.seed)
    rows = training_rows(crops) if course.rows is None else _teaching(crops, course.rows)
    crops = _known_first(crops, rows)
    if min(recipe.hands, len(crops.names)) * recipe.each % machine.devices:
        machine = replace(machine, devices=1)  # a batch must be shared evenly
    with working_on(machine):
        network = _build(crops, recipe, weights=weights, machine=machine)
        epochs = _fit(network, crops, rows, recipe=recipe, course=course, progress=progress)
    directions = keras.ops.convert_to_numpy(keras.ops.normalize(network.classifier.directions, axis=0))
    encoder, head = build_body(recipe), build_head(network.head.input_shape[-1], recipe.vector)
    encoder.set_weights(network.encoder.get_weights())
    head.set_weights(network.head.get_weights())
    return Trained(encoder=encoder, head=head, directions=directions.T, names=crops.names, epochs=epochs)


def training_rows(crops: TrainingSet) -> IntArray:
    """Return the rows of `crops` that may be trained on; raise TrainingError when they cannot teach."""
    return _teaching(crops, np.flatnonzero(~held_out(crops.webtoons, crops.episodes)))


def build_head(statistics: int, vector: int) -> keras.Model:
    """Build the head: statistics [n, d] to unit vectors [n, vector] that tell trained artists apart."""
    inputs = keras.Input((statistics,), name="statistics")
    values = keras.layers.BatchNormalization(momentum=0.97, dtype="float32", name="head_norm")(inputs)
    values = keras.layers.Dense(512, activation="relu", name="head_hidden")(values)
    values = keras.layers.Dense(vector, dtype="float32", name="head_project")(values)
    return keras.Model(inputs, keras.layers.UnitNormalization(dtype="float32")(values), name="head")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Network:
    trainer: keras.Model
    encoder: keras.Model
    head: keras.Model
    classifier: CosineClassifier
    machine: Machine


def _teaching(crops: TrainingSet, rows: IntArray) -> IntArray:
    if len(np.unique(crops.artists[rows])) < 2:  # noqa: PLR2004  # one hand has nothing to differ from
        raise TrainingError(fault="at least two artists are needed; import more")
    return rows


def _known_first(crops: TrainingSet, rows: IntArray) -> TrainingSet:
    """Give numbers from 0 to the artists of `rows`, and name no others: who is not trained on is no class."""
    known = np.unique(crops.artists[rows])
    numbers = np.full(len(crops.names), -1, np.int64)
    numbers[known] = np.arange(len(known))
    names = tuple(crops.names[int(artist)] for artist in known)
    return replace(crops, artists=numbers[crops.artists], names=names)


def _build(
    crops: TrainingSet, recipe: Recipe, *, weights: Sequence[FloatArray] | None, machine: Machine
) -> _Network:
    encoder = build_body(recipe)
    if weights is not None:
        encoder.set_weights(weights)
    head = build_head(encoder.output_shape[-1], recipe.vector)
    if machine.resident:
        given = keras.Input((), dtype="int32", name="rows")
        pictures = Resident(crops.crops)(given)
    else:
        given = pictures = keras.Input((HEIGHT, WIDTH, 3), dtype="uint8", name="pictures")
    vectors = head(encoder(_vary(pictures, recipe)))
    vectors = keras.layers.Identity(name="vector", dtype="float32")(vectors)
    classifier = CosineClassifier(len(crops.names), name="artist")
    trainer = keras.Model(given, {"artist": classifier(vectors), "vector": vectors})
    trainer.compile(
        _optimizer(recipe),
        loss={
            "artist": CosineSoftmax(scale=recipe.scale, margin=recipe.margin),
            "vector": CrossWorkContrast(),
        },
        loss_weights={"artist": 1.0, "vector": recipe.contrast},
        jit_compile="auto" if machine.compile is None else machine.compile,
        steps_per_execution=math.gcd(machine.executions, recipe.steps),
    )
    return _Network(trainer=trainer, encoder=encoder, head=head, classifier=classifier, machine=machine)


def _vary(pictures: keras.KerasTensor, recipe: Recipe) -> keras.KerasTensor:
    views = RandomView(recipe.view, grey=recipe.grey, jitter=recipe.jitter, seed=recipe.seed)(pictures)
    if recipe.cutmix:
        views = HandCutMix(recipe.cutmix, each=recipe.each, seed=recipe.seed + 1)(views)
    if recipe.erase:
        views = Erasing(recipe.erase, seed=recipe.seed + 2)(views)
    return views


def _optimizer(recipe: Recipe) -> keras.Optimizer:
    steps = recipe.steps * recipe.epochs
    warmup = max(1, steps // 20)
    schedule = keras.optimizers.schedules.CosineDecay(
        recipe.learning_rate / 20,
        max(1, steps - warmup),
        warmup_target=recipe.learning_rate,
        warmup_steps=warmup,
    )
    optimizer = keras.optimizers.AdamW(
        schedule,
        weight_decay=recipe.weight_decay,
        clipnorm=5.0,
        use_ema=True,
        ema_momentum=min(recipe.ema, 1 - min(1.0, _EMA_MEMORY / steps)),
    )
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    return optimizer


def _fit(
    network: _Network,
    crops: TrainingSet,
    rows: IntArray,
    *,
    recipe: Recipe,
    course: Course,
    progress: Callable[[Progress], None] | None,
) -> tuple[Epoch, ...]:
    batches = HandBatches(crops, rows, recipe=recipe, resident=network.machine.resident)
    keeper = Keeper(
        (network.encoder, network.head, network.classifier),
        validate=course.validate,
        patience=recipe.patience,
        folder=course.backup,
    )
    # The order counts: what is backed up are the weights that are trained, what is kept their average.
    callbacks: list[keras.callbacks.Callback] = [
        Teller(progress, steps=recipe.steps, epochs=recipe.epochs, keeper=keeper),
        Resuming(batches),
        keras.callbacks.SwapEMAWeights(swap_on_epoch=True),
        keeper,
    ]
    with ExitStack() as stack:
        if course.backup is not None:
            stack.enter_context(space_at(course.backup))
            # It stays when all is learned: what follows may be killed, too.
            restored = keras.callbacks.BackupAndRestore(
                course.backup / "state", double_checkpoint=True, delete_checkpoint=False
            )
            callbacks.insert(0, restored)
        if course.logs is not None:
            callbacks.append(_tensorboard(course.logs))
        network.trainer.fit(
            batches,
            epochs=recipe.epochs,
            steps_per_epoch=recipe.steps,
            shuffle=False,
            callbacks=callbacks,
            verbose=0,
        )
    keeper.restore()
    return tuple(keeper.epochs)


def _tensorboard(folder: Path) -> keras.callbacks.Callback:
    for package in ("tensorflow", "tensorboard"):
        if find_spec(package) is None:
            raise TrainingError(fault=f"logs for TensorBoard need {package}; run pip install {package}")
    return keras.callbacks.TensorBoard(folder, write_graph=False)
