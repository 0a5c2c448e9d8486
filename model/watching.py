"""What watches a training: tells how far it is, stops what goes wrong, and keeps what was best."""

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import keras
import numpy as np

from model.arrays import FloatArray, pack
from model.batches import HandBatches
from model.evaluation_records import Epoch
from storage.errors import TrainingError

_BEST, _EPOCHS = "best.npz", "epochs.json"

Validate = Callable[[keras.Model, keras.Model], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a training is: steps done of `total`, the loss of the epoch so far, the last one's score."""

    step: int
    total: int
    loss: float
    epoch: int
    epochs: int
    score: float | None


class Teller(keras.callbacks.Callback):
    """Tell `progress` after every step, and end a training whose loss is no number."""

    def __init__(
        self, progress: Callable[[Progress], None] | None, *, steps: int, epochs: int, keeper: "Keeper"
    ) -> None:
        super().__init__()
        self._progress = progress
        self._steps = steps
        self._epochs = epochs
        self._keeper = keeper
        self._epoch = 0

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        del logs
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        loss = float((logs or {}).get("loss", float("nan")))
        if not math.isfinite(loss):
            raise TrainingError(fault="the loss is no longer a number; lower the learning rate (--rate)")
        if self._progress is not None:
            step = self._epoch * self._steps + min(batch + 1, self._steps)
            self._progress(
                Progress(
                    step=step,
                    total=self._epochs * self._steps,
                    loss=loss,
                    epoch=self._epoch + 1,
                    epochs=self._epochs,
                    score=self._keeper.epochs[-1].validation if self._keeper.epochs else None,
                )
            )


class Resuming(keras.callbacks.Callback):
    """Let the batches go on where the restored training was."""

    def __init__(self, batches: HandBatches) -> None:
        super().__init__()
        self._batches = batches

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        del logs
        self._batches.first = int(self.model.optimizer.iterations)


class Keeper(keras.callbacks.Callback):
    """Keep the weights of the best epoch by `validate`, of the last one without it.

    `parts` are encoder, head and what else has weights to be kept.  With a `folder` a training that
    goes on after a kill knows what was best before.  After `patience` epochs without a better
    one the training ends.
    """

    def __init__(
        self,
        parts: Sequence[keras.layers.Layer],
        *,
        validate: Validate | None,
        patience: int | None,
        folder: Path | None,
    ) -> None:
        super().__init__()
        self.epochs: list[Epoch] = []
        self._parts = parts
        self._validate = validate
        self._patience = patience
        self._folder = folder
        self._best: list[list[FloatArray]] = []
        self._start = 0.0

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        del logs
        begun = int(self.model.optimizer.iterations) > 0
        if self._folder is not None and begun and (self._folder / _EPOCHS).exists():
            self.epochs = [Epoch(**epoch) for epoch in json.loads((self._folder / _EPOCHS).read_text())]
            with np.load(self._folder / _BEST) as arrays:
                self._best = [
                    [arrays[f"{part}.{place}"] for place in range(len(layer.weights))]
                    for part, layer in enumerate(self._parts)
                ]

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        del epoch, logs
        self._start = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        del epoch
        score = None if self._validate is None else self._validate(self._parts[0], self._parts[1])
        score = None if score is None or math.isnan(score) else score
        seconds = time.perf_counter() - self._start
        self.epochs.append(Epoch(seconds=seconds, loss=float((logs or {})["loss"]), validation=score))
        if self._since_best() == 0:
            self._best = [layer.get_weights() for layer in self._parts]
        self._save()
        if self._patience is not None and self._since_best() >= self._patience:
            self.model.stop_training = True

    def restore(self) -> None:
        """Give the parts their best weights."""
        for layer, weights in zip(self._parts, self._best, strict=True):
            layer.set_weights(weights)

    def _since_best(self) -> int:
        scores = [-math.inf if epoch.validation is None else epoch.validation for epoch in self.epochs]
        best = max(range(len(scores)), key=lambda place: (scores[place], place))
        return len(scores) - 1 - best

    def _save(self) -> None:
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        arrays = {
            f"{part}.{place}": weight
            for part, weights in enumerate(self._best)
            for place, weight in enumerate(weights)
        }
        (self._folder / f"new-{_BEST}").write_bytes(pack(arrays))
        (self._folder / f"new-{_BEST}").replace(self._folder / _BEST)
        (self._folder / _EPOCHS).write_text(json.dumps([asdict(epoch) for epoch in self.epochs]))
