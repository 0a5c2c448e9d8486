"""The methods of the protocol that need Keras: recipe, original, random weights."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import keras
import numpy as np

from model import whitening
from model.arrays import FloatArray, UInt8Array
from model.bodies import build_body
from model.contenders import Material, Reading, Tell
from model.dataset import TrainingSet
from model.evaluation_records import Epoch, Method
from model.export import finish
from model.making import DIMENSIONS, Plan, make_draft, plan_from
from model.original import Original, OriginalPlan, train_original
from model.protocol import Part
from model.recipe import EPOCHS, Recipe
from model.served import Served, load
from model.stages import Stage
from model.whitening import Whitening

_LEAST_TIMES = 3.0
_IDENTITY = "recipe"
_CHOOSING = (Part.EPISODES_VALIDATION, Part.WEBTOONS_VALIDATION)


class RandomWeights:
    """Compare whitened statistics of the recipe's body before any training, read as a generation's are."""

    def __init__(self, recipe: Recipe, *, sizes: Sequence[tuple[int, int]]) -> None:
        """Build the body, with weights by the recipe's seed."""
        self.name = "random weights"
        keras.utils.set_random_seed(recipe.seed)
        self._encoder = build_body(recipe)
        self._sizes = sizes
        self._whitening: Whitening | None = None

    def learn(self, material: Material, *, tell: Tell) -> Method:
        """Learn nothing."""
        del material, tell
        return Method(name=self.name, parameters=self._encoder.count_params())

    def encode(self, crops: UInt8Array) -> FloatArray:
        """Return the statistics of all sizes."""
        return np.concatenate(statistics_of(self._encoder, crops, sizes=self._sizes), axis=1)

    def settle(self, rows: FloatArray, material: Material) -> None:
        """Fit the whitening to the pictures for training."""
        self._whitening = whitening.fit_alone(rows[material.rows(Part.TRAINING)], dimensions=DIMENSIONS)

    def read(self, rows: FloatArray) -> Reading:
        """Whiten."""
        return Reading(vectors=_settled(self._whitening).apply(rows))


class RecipeContender(Served):
    """Make a generation as `grimche train` does, which is read and asked as the bot does."""

    def __init__(self, plan: Plan, *, name: str = "recipe") -> None:
        """Keep what to do; a plan may start from the shipped generation, or from nothing."""
        super().__init__(name)
        self.seconds = 0.0
        self._plan = plan

    def learn(self, material: Material, *, tell: Tell) -> Method:
        """Train on what is for training; `seconds` says from then on how long that took, export and all."""
        crops, begin = training_set(material), time.perf_counter()
        with TemporaryDirectory() as work:
            plan = plan_from(Path(work), replace(self._plan, split=material.split))
            drafted = make_draft(crops, Path(work), plan=plan, identity=_IDENTITY, progress=_by_epoch(tell))
            generation = finish(Path(work) / _IDENTITY, drafted)
        self.seconds = time.perf_counter() - begin
        self._encoder = load(generation)
        epochs = tuple(Epoch(**epoch) for epoch in json.loads(drafted.extra[EPOCHS]))
        recipe = plan.recipe
        return Method(
            name=self.name,
            trained=True,
            seconds=self.seconds,
            views=len(epochs) * recipe.steps * min(recipe.hands, len(crops.names)) * recipe.each,
            parameters=drafted.network.count_params(),
            epochs=epochs,
        )


class OriginalContender:
    """The network of 2020: artists by its softmax, vectors from the layer before.

    It trains at least three times as long as its rival did, export and all.
    """

    def __init__(self, plan: OriginalPlan, *, rival: RecipeContender | None = None) -> None:
        """Keep what to do; the rival learns first."""
        height, width = plan.size
        self.name = f"original {width}x{height}" + (", lenient" if plan.lenient else "")
        self._plan = plan
        self._rival = rival
        self._original: Original | None = None

    def learn(self, material: Material, *, tell: Tell) -> Method:
        """Train on what is for training, as long as it may."""
        crops = training_set(material)
        rows, validation = material.rows(Part.TRAINING), material.rows(*_CHOOSING)
        plan, begin = self._plan, time.perf_counter()
        if self._rival is not None:
            plan = replace(plan, seconds=max(plan.seconds, _LEAST_TIMES * self._rival.seconds))

        def told(epoch: Epoch) -> None:
            share = (time.perf_counter() - begin) / max(plan.seconds, 1e-9)
            figures = f"{epoch.seconds:.0f} s, loss {epoch.loss:.3f}, validation {epoch.validation or 0:.3f}"
            tell(f"training, an epoch of {figures}", min(share, 1.0))

        original = train_original(crops, rows, validation=validation, plan=plan, told=told)
        self._original = original
        return Method(
            name=self.name,
            trained=True,
            seconds=time.perf_counter() - begin,
            views=len(rows) * len(original.epochs),
            parameters=original.network.count_params(),
            epochs=original.epochs,
        )

    def encode(self, crops: UInt8Array) -> FloatArray:
        """Return features and logits side by side."""
        if self._original is None:
            raise RuntimeError("learn comes first")
        return np.concatenate(self._original.read(crops), axis=1)

    def settle(self, rows: FloatArray, material: Material) -> None:
        """Fit nothing."""

    def read(self, rows: FloatArray) -> Reading:
        """Part features from logits."""
        if self._original is None:
            raise RuntimeError("learn comes first")
        artists = self._original.network.output_shape[-1]
        return Reading(vectors=rows[:, :-artists], logits=rows[:, -artists:])


def training_set(material: Material) -> TrainingSet:
    """Return the set with its known artists numbered anew; rows of others must not be used."""
    if material.crops is None:
        raise RuntimeError("only stored vectors can be judged without pictures")
    table, known = material.table, material.known
    places = np.searchsorted(known, table.artists)
    return TrainingSet(
        crops=material.crops,
        artists=np.minimum(places, len(known) - 1).astype(np.int64),
        webtoons=table.webtoons,
        episodes=table.episodes,
        names=tuple(material.names[int(artist)] for artist in known),
    )


def statistics_of(
    encoder: keras.Model, crops: UInt8Array, *, sizes: Sequence[tuple[int, int]]
) -> list[FloatArray]:
    """Return the statistics [n, d] of crops at each size, averaged over them and their mirror images."""
    pictures = crops.astype(np.float32)
    parts = []
    for size in sizes:
        small = keras.ops.image.resize(pictures, size, antialias=True)
        both = (encoder.predict_on_batch(small), encoder.predict_on_batch(keras.ops.flip(small, axis=2)))
        parts.append(np.asarray(np.mean(both, axis=0), np.float32))
    return parts


def _settled(fitted: Whitening | None) -> Whitening:
    if fitted is None:
        raise RuntimeError("settle comes first")
    return fitted


def _by_epoch(tell: Tell) -> Callable[[Stage], None]:
    """Tell of each epoch with its loss, and of the export."""

    def told(stage: Stage) -> None:
        if stage.name != "train":
            tell(stage.name, 1.0)
        elif stage.done * stage.epochs % stage.total == 0:
            loss = f"loss {stage.loss:.3f}" if stage.loss is not None else "no loss"
            tell(
                f"training, epoch {stage.done * stage.epochs // stage.total}, {loss}",
                stage.done / stage.total,
            )

    return told
