"""Whitening: the encoder's statistics become vectors that a user's own catalogue has shaped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.arrays import ArraysDamaged, FloatArray, pack, unit, unpack
from model.colours import COLOURS
from storage.errors import GenerationCorrupt

DIMENSIONS = 128
FIT_ROWS = 8_000

# A mean is known after a few pictures, a covariance only after hundreds: the prior's weight counts in
# full for the covariance, but at most as this many pictures for the mean and the deviation.
_MEAN_PICTURES = 5.0
_DEVIATION_PICTURES = 20.0
# Above this side an exact decomposition takes seconds; subspace iteration finds the same leading part.
_EXACT_SIDE = 500
_FLOOR = 1e-6
# By what power of its variance a coordinate is divided; 0.5 would whiten it wholly.
_EXPONENT = 0.2


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Prior:
    """What the training pictures say about statistics, for catalogues too small to say it.

    `mean` and `deviation` [d]; `basis` [d, r] with orthonormal columns and `eigenvalues` [r] of the
    standardised statistics, largest first; `weight` is how many pictures the prior counts for.
    """

    mean: FloatArray
    deviation: FloatArray
    basis: FloatArray
    eigenvalues: FloatArray
    weight: float

    def to_bytes(self) -> bytes:
        """Write as npz; the basis in half precision."""
        return pack(
            {
                "mean": self.mean.astype(np.float32),
                "deviation": self.deviation.astype(np.float32),
                "basis": self.basis.astype(np.float16),
                "eigenvalues": self.eigenvalues.astype(np.float32),
                "weight": np.array([self.weight], np.float32),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "Prior":
        """Read what to_bytes wrote; raises ArraysDamaged for anything else."""
        arrays = unpack(data, {"mean": 1, "deviation": 1, "basis": 2, "eigenvalues": 1, "weight": 1})
        size, rank = arrays["basis"].shape
        _check_lengths(arrays, size, names=("mean", "deviation"))
        _check_lengths(arrays, rank, names=("eigenvalues",))
        _check_lengths(arrays, 1, names=("weight",))
        weight = arrays.pop("weight")
        if arrays["deviation"].min(initial=1.0) <= 0 or arrays["eigenvalues"].min(initial=0.0) < 0:
            raise ArraysDamaged("the prior has a deviation or an eigenvalue that none can be")
        return cls(weight=max(float(weight[0]), 0.0), **arrays)


def fit_prior(statistics: FloatArray, *, weight: float, rank: int = DIMENSIONS) -> Prior:
    """Sum up the statistics [n, d] of training pictures."""
    rows = _sample(np.asarray(statistics, dtype=np.float32))
    mean, deviation = rows.mean(axis=0), np.maximum(rows.std(axis=0), _FLOOR)
    scaled = (rows - mean) / deviation / np.float32(np.sqrt(len(rows)))
    basis, eigenvalues = _principal(scaled, rank)
    return Prior(mean=mean, deviation=deviation, basis=basis, eigenvalues=eigenvalues, weight=weight)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Whitening:
    """An affine map from statistics [n, d] to style coordinates [n, k].

    Where the generation has a head, or keeps colours, their unit vectors stand behind the statistics in
    rows [n, d + e + 64] and behind the coordinates in vectors [n, k + e + 64], whose squared length is by
    `head_weight` and `palette_weight` theirs.  A head of no weight is left out of vectors.
    """

    mean: FloatArray
    scale: FloatArray
    basis: FloatArray
    head_weight: float = 0.0
    palette_weight: float = 0.0

    @property
    def style_weight(self) -> float:
        """The part of a vector's squared length that is the style's."""
        return 1 - self.head_weight - self.palette_weight

    @property
    def dimensions(self) -> int:
        """How many values of a vector, the first ones, are the style's."""
        return int(self.basis.shape[1])

    def apply(self, rows: FloatArray) -> FloatArray:
        """Turn rows into unit vectors."""
        return self.place(rows)[0]

    def place(self, rows: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Turn rows into unit vectors, and say how far they lie from the catalogue's mean [n]."""
        size = len(self.mean)
        end = rows.shape[1] - (COLOURS if self.palette_weight > 0 else 0)
        places = (((rows[:, :size] - self.mean) * self.scale) @ self.basis).astype(np.float32)
        parts = [(self.style_weight, places)]
        if self.head_weight > 0 and end > size:
            parts.append((self.head_weight, rows[:, size:end]))
        if self.palette_weight > 0:
            parts.append((self.palette_weight, rows[:, end:]))
        weighed = [unit(part) * np.float32(np.sqrt(weight)) for weight, part in parts]
        return unit(np.concatenate(weighed, axis=1)), np.linalg.norm(places, axis=1)

    def to_bytes(self) -> bytes:
        """Write as npz, in float32."""
        return pack(
            {
                "mean": self.mean,
                "scale": self.scale,
                "basis": self.basis,
                "head_weight": np.array([self.head_weight], np.float32),
                "palette_weight": np.array([self.palette_weight], np.float32),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes, *, generation: str) -> "Whitening":
        """Read what to_bytes wrote; raises GenerationCorrupt for anything else."""
        try:
            # Fits of generations before the third starter know of no palette.
            arrays = unpack(
                data, {"mean": 1, "scale": 1, "basis": 2, "head_weight": 1}, optional={"palette_weight": 1}
            )
            _check_lengths(arrays, arrays["basis"].shape[0], names=("mean", "scale"))
            weights = {name: arrays[name] for name in arrays if name.endswith("_weight")}
            _check_lengths(weights, 1, names=[*weights])
        except ArraysDamaged as error:
            raise GenerationCorrupt(generation=generation, file="transform") from error
        return cls(
            mean=arrays["mean"],
            scale=arrays["scale"],
            basis=arrays["basis"],
            head_weight=float(weights["head_weight"][0]),
            palette_weight=float(weights["palette_weight"][0]) if "palette_weight" in weights else 0.0,
        )


def fit(
    statistics: FloatArray,
    prior: Prior,
    *,
    dimensions: int = DIMENSIONS,
    head_weight: float = 0.0,
    palette_weight: float = 0.0,
) -> Whitening:
    """Fit to a catalogue's statistics [n, d], the prior standing in for what a small one cannot say.

    Statistics are standardised, turned to their principal components and nearly half whitened (divided by
    the deviation to the power of 0.4), which was measured to serve strangers better than more whitening
    or none.  The prior joins as pseudo-pictures; n = 0 gives the prior's own whitening.
    """
    rows = _sample(np.asarray(statistics, dtype=np.float32)[:, : len(prior.mean)])
    mean, deviation = _blend_moments(rows, prior)
    share = np.float32(_share(len(rows), prior.weight))
    pictures = (rows - mean) / deviation * np.sqrt(share / max(len(rows), 1))
    pseudo = (prior.basis * np.sqrt(prior.eigenvalues * (1 - share))).T * (prior.deviation / deviation)
    basis, eigenvalues = _principal(np.concatenate([pictures, pseudo]), dimensions)
    # A prior of few directions is silent about all others, which are not as still as a few pictures look.
    unseen = prior.eigenvalues.min() if len(prior.eigenvalues) else np.float32(0)
    eigenvalues = np.maximum(eigenvalues, (1 - share) * unseen)
    return Whitening(
        mean=mean,
        scale=np.float32(1) / deviation,
        basis=np.asarray(basis / eigenvalues**_EXPONENT, dtype=np.float32),
        head_weight=head_weight,
        palette_weight=palette_weight,
    )


def fit_alone(statistics: FloatArray, *, dimensions: int = DIMENSIONS) -> Whitening:
    """Fit to statistics [n, d] with nothing to lean on but themselves."""
    return fit(statistics, fit_prior(statistics, weight=0.0), dimensions=dimensions)


def _check_lengths(arrays: Mapping[str, FloatArray], length: int, *, names: Sequence[str]) -> None:
    for name in names:
        if arrays[name].shape != (length,):
            raise ArraysDamaged(f"{name} has not the length {length}")


def _share(pictures: int, weight: float) -> float:
    """Say how much the catalogue counts beside a prior of this weight; 0 to 1."""
    return pictures / (pictures + weight) if pictures else 0.0


def _blend_moments(rows: FloatArray, prior: Prior) -> tuple[FloatArray, FloatArray]:
    if not len(rows):
        return prior.mean, prior.deviation
    share = np.float32(_share(len(rows), min(prior.weight, _MEAN_PICTURES)))
    mean = share * rows.mean(axis=0) + (1 - share) * prior.mean
    share = np.float32(_share(len(rows), min(prior.weight, _DEVIATION_PICTURES)))
    variance = share * rows.var(axis=0) + (1 - share) * prior.deviation**2
    # A channel that is silent in this catalogue must not become a loud one by its rounding errors.
    floor = np.maximum(np.float32(1e-2) * prior.deviation, np.float32(_FLOOR))
    return mean, np.maximum(np.sqrt(variance), floor)


def _sample(rows: FloatArray) -> FloatArray:
    """Take at most FIT_ROWS rows, evenly spread."""
    if len(rows) <= FIT_ROWS:
        return rows
    return rows[np.linspace(0, len(rows) - 1, FIT_ROWS).astype(np.intp)]


def _principal(rows: FloatArray, count: int) -> tuple[FloatArray, FloatArray]:
    """Find the leading eigenvectors [d, k] and eigenvalues [k] of rows^T rows; k is `count` or the rank."""
    if min(rows.shape) > max(_EXACT_SIDE, 2 * count):
        rows = _sketch(rows, count)
    eigenvalues, directions = _decomposed(rows)
    sound = max(1, int((eigenvalues[:count] > eigenvalues[:1] * _FLOOR).sum()))
    found = np.maximum(eigenvalues[:sound], np.float32(1e-12))
    return np.ascontiguousarray(directions[:, :sound]), found


def _decomposed(rows: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Decompose rows^T rows by way of its smaller side, largest eigenvalue first.

    A singular value decomposition gives the same, but its many small steps take a hundred times as
    long where other programs use the processors that the linear algebra counts on.
    """
    wide = len(rows) < rows.shape[1]
    square = (rows @ rows.T if wide else rows.T @ rows).astype(np.float64)
    eigenvalues, vectors = (side[..., ::-1] for side in np.linalg.eigh(square))
    eigenvalues = np.maximum(eigenvalues, 0)
    if wide:
        vectors = rows.T @ (vectors / np.sqrt(np.maximum(eigenvalues, 1e-12))).astype(np.float32)
    return eigenvalues.astype(np.float32), vectors.astype(np.float32)


def _sketch(rows: FloatArray, count: int) -> FloatArray:
    """Turn rows [n, d] to the few [k, d] that say the same about the leading directions.

    Randomised subspace iteration (Halko, Martinsson and Tropp 2011, algorithm 4.4).
    """
    generator = np.random.default_rng(0)
    basis = rows @ generator.standard_normal((rows.shape[1], count + 32), dtype=np.float32)
    for _ in range(4):
        basis = rows @ (rows.T @ _orthonormal(basis))
    return _orthonormal(basis).T @ rows


def _orthonormal(columns: FloatArray) -> FloatArray:
    """Make columns orthonormal that span the same space."""
    square = (columns.T @ columns).astype(np.float64)
    eigenvalues, vectors = np.linalg.eigh(square)
    sound = eigenvalues > eigenvalues[-1] * 1e-10
    turned = vectors[:, sound] / np.sqrt(eigenvalues[sound])
    return np.asarray(columns @ turned.astype(np.float32), dtype=np.float32)
