"""The methods of the protocol that need Keras: recipe, original, random weights."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import keras
import numpy as np

from model import whitening
from model.arrays import FloatArray, UInt8Array, unit
from model.bodies import build_body
from model.contenders import Material, Reading, Tell
from model.dataset import TrainingSet
from model.evaluation import top1
from model.evaluation_records import Epoch, Method
from model.original import Original, OriginalPlan, train_original
from model.protocol import Part
from model.recipe import Recipe
from model.training import Course, Trained, train
from model.validating import validation_of
from model.watching import Progress
from model.whitening import Whitening

_SCALE = 20.0  # of the cosines to the artists' directions; validation puts it right
_LEAST_TIMES = 3.0
_HEAD_WEIGHTS = (0.0, 0.25, 0.5, 0.75)
_CHOOSING = (Part.EPISODES_VALIDATION, Part.WEBTOONS_VALIDATION)


class RandomWeights:
    """Compare whitened statistics of the recipe's body before any training."""

    blends = False

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
        self._whitening = fit_whitening(rows[material.rows(Part.TRAINING)])

    def read(self, rows: FloatArray) -> Reading:
        """Whiten."""
        return Reading(vectors=_settled(self._whitening).apply(rows))


class RecipeContender:
    """Train as `grimche train` does, and read vectors and artists from statistics and head together."""

    blends = True

    def __init__(
        self,
        recipe: Recipe,
        *,
        sizes: Sequence[tuple[int, int]],
        weights: Sequence[FloatArray] | None = None,
        name: str = "recipe",
    ) -> None:
        """Keep what to do; `weights` are those of an encoder to begin with, None for random ones."""
        self.name = name
        self._recipe = recipe
        self._sizes = sizes
        self._weights = weights
        self.seconds = 0.0
        self._trained: Trained | None = None
        self._whitening: Whitening | None = None

    def learn(self, material: Material, *, tell: Tell) -> Method:
        """Train on what is for training; `seconds` says from then on how long that took."""
        recipe, crops = self._recipe, training_set(material)
        course = Course(
            rows=material.rows(Part.TRAINING),
            validate=validation_of(crops, material.marks, size=recipe.view),
        )
        begin = time.perf_counter()
        self._trained = train(
            crops, recipe, weights=self._weights, progress=_by_epoch(recipe.steps, tell), course=course
        )
        trained = self._trained
        self.seconds = time.perf_counter() - begin
        return Method(
            name=self.name,
            trained=True,
            seconds=self.seconds,
            views=len(trained.epochs) * recipe.steps * min(recipe.hands, len(crops.names)) * recipe.each,
            parameters=trained.encoder.count_params() + trained.head.count_params(),
            epochs=trained.epochs,
        )

    def encode(self, crops: UInt8Array) -> FloatArray:
        """Return the statistics of all sizes, and the head's vector behind them."""
        trained = self._learnt()
        parts = statistics_of(trained.encoder, crops, sizes=self._sizes)
        heads = [np.asarray(trained.head.predict_on_batch(part), np.float32) for part in parts]
        return np.concatenate([*parts, unit(np.mean(heads, axis=0))], axis=1)

    def settle(self, rows: FloatArray, material: Material) -> None:
        """Fit the whitening to the pictures for training, and choose the head's weight by validation."""
        statistics = rows.shape[1] - self._learnt().directions.shape[1]
        own = rows[material.rows(Part.TRAINING), :statistics]
        fitted = [fit_whitening(own, head_weight=weight) for weight in _HEAD_WEIGHTS]
        chosen = material.rows(Part.TRAINING, *_CHOOSING)
        asking = np.isin(material.marks[chosen], _CHOOSING)
        artists = material.table.artists[chosen]
        if not asking.any():
            self._whitening = fitted[-1]
            return
        self._whitening = max(
            fitted, key=lambda whitened: top1(whitened.apply(rows[chosen]), artists, queries=asking)
        )

    def read(self, rows: FloatArray) -> Reading:
        """Whiten, and compare the head's vectors with the artists' directions."""
        directions = self._learnt().directions
        heads = unit(rows[:, -directions.shape[1] :])
        fitted = _settled(self._whitening)
        return Reading(
            vectors=fitted.apply(rows), logits=heads @ directions.T * _SCALE, style=fitted.dimensions
        )

    def _learnt(self) -> Trained:
        if self._trained is None:
            raise RuntimeError("learn comes first")
        return self._trained


class OriginalContender:
    """The network of 2020: artists by its softmax, vectors from the layer before.

    It may train at least three times as long as its rival did.
    """

    blends = False

    def __init__(self, plan: OriginalPlan, *, rival: RecipeContender | None = None) -> None:
        """Keep what to do; the rival learns first."""
        height, width = plan.size
        self.name = f"original {width}x{height}" + (", lenient" if plan.lenient else "")
        self._plan = plan
        self._rival = rival
        self._original: Original | None = None

    def learn(self, material: Material, *, tell: Tell) -> Method:
        """Train on what is for training, until validation gains no more."""
        crops = training_set(material)
        rows, validation = material.rows(Part.TRAINING), material.rows(*_CHOOSING)
        epochs: list[Epoch] = []
        plan = self._plan
        if self._rival is not None:
            plan = replace(plan, seconds=max(plan.seconds, _LEAST_TIMES * self._rival.seconds))

        def told(epoch: Epoch) -> None:
            epochs.append(epoch)
            figures = f"epoch {len(epochs)}, {epoch.seconds:.0f} s, loss {epoch.loss:.3f}"
            tell(
                f"training, {figures}, validation {epoch.validation or 0:.3f}",
                len(epochs) / plan.epochs,
            )

        begin = time.perf_counter()
        original = train_original(crops, rows, validation=validation, plan=plan, told=told)
        self._original = original
        return Method(
            name=self.name,
            trained=True,
            seconds=time.perf_counter() - begin,
            views=len(rows) * len(epochs),
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


def fit_whitening(statistics: FloatArray, *, head_weight: float = 0.0) -> Whitening:
    """Fit the whitening of pictures for training, with nothing to lean on but themselves."""
    prior = whitening.fit_prior(statistics, weight=0.0)
    return whitening.fit(statistics, prior, head_weight=head_weight)


def _settled(fitted: Whitening | None) -> Whitening:
    if fitted is None:
        raise RuntimeError("settle comes first")
    return fitted


def _by_epoch(steps: int, tell: Tell) -> Callable[[Progress], None]:
    """Tell of each epoch with its loss."""

    def told(progress: Progress) -> None:
        if progress.step % steps == 0:
            what = f"training, epoch {progress.step // steps}, loss {progress.loss:.3f}"
            tell(what, progress.step / progress.total)

    return told
