"""How a method names artists: by its logits, by its neighbours, or by both as validation says."""

from dataclasses import dataclass

import numpy as np

from model.arrays import FloatArray, IntArray
from model.evaluation import fit_temperature
from model.scoring import probabilities, surprise

NEAR = 0.08  # the temperature of similarities where there is nothing to fit it on


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Clues:
    """What speaks for the known artists: similarities [n, a] and perhaps log-probabilities [n, a]."""

    near: FloatArray
    head: FloatArray | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Weights of both clues, inverse temperatures as it were; one of them may be 0."""

    near: float
    head: float

    def chances(self, clues: Clues) -> FloatArray:
        """Return the probabilities of the artists [n, a]."""
        logits = self.near * clues.near
        return probabilities(logits if clues.head is None else logits + self.head * clues.head)


def fit_naming(clues: Clues, artists: IntArray, *, blends: bool, fitting: IntArray) -> Naming:
    """Choose the naming that finds the right `artists` [n] likeliest.

    Temperatures are fitted on the rows `fitting`, which are like what will be asked; all rows choose.
    """
    candidates = [(1.0, 0.0)] if clues.head is None or blends else []
    if clues.head is not None:
        candidates.append((0.0, 1.0))
    if len(candidates) > 1:
        candidates += [(near, 1.0) for near in (4.0, 8.0, 16.0, 32.0)]
    fitted = [_fit(clues, artists, weights=weights, fitting=fitting) for weights in candidates]
    if len(fitted) == 1 or not len(artists):
        return fitted[0]
    return min(fitted, key=lambda naming: surprise(naming.chances(clues), artists))


def log_chances(logits: FloatArray) -> FloatArray:
    """Return log-probabilities of logits [n, a]."""
    lowered = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(lowered - np.log(np.exp(lowered).sum(axis=1, keepdims=True)), np.float32)


def _fit(clues: Clues, artists: IntArray, *, weights: tuple[float, float], fitting: IntArray) -> Naming:
    near, head = weights
    if not len(fitting):
        return Naming(near=near / NEAR, head=head)
    logits = near * clues.near[fitting]
    if clues.head is not None:
        logits = logits + head * clues.head[fitting]
    temperature = fit_temperature(logits, artists[fitting])
    return Naming(near=near / temperature, head=head / temperature)
