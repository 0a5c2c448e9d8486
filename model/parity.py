"""Whether what was converted still says what the network said."""

import os

import numpy as np

from model.arrays import ArraysDamaged, FloatArray, UInt8Array, pack, unit, unpack
from model.generations import Generation, alone
from storage.errors import GenerationCorrupt, GenerationMismatch, TrainingError

PARITY = "parity.npz"

# With full weights, and with those that serve: measured at 1.00000 and 0.99998.
REFERENCE, SERVED = 0.9999, 0.999
_MATCHES, _SAME = 10, 0.9
_FLOOR = 1e-6
_PATCHES = (8, 24, 40, 3)


def check_parity(rows: FloatArray, expected: FloatArray, *, least: float = SERVED) -> None:
    """Compare rows [n, d] with Keras's.

    Raises TrainingError when one points elsewhere (a cosine below `least`) and when, standardised, less
    than nine of ten nearest neighbours are the same.
    """
    scale = np.linalg.norm(rows, axis=1) * np.linalg.norm(expected, axis=1)
    cosine = float(((rows * expected).sum(axis=1) / scale).min())
    if not cosine >= least:
        raise TrainingError(fault=f"the exported network differs from the trained one ({cosine:.5f})")
    same = same_matches(rows, expected)
    if not same >= _SAME:
        raise TrainingError(fault=f"the exported network finds other matches ({same:.0%} the same)")


def draw_patches() -> UInt8Array:
    """Draw pictures [n, h, w, 3] of random colours: anybody may have them, unlike those of a training set."""
    return np.random.default_rng(2020).integers(0, 256, _PATCHES, np.uint8)


def pack_answers(pictures: UInt8Array, rows: FloatArray) -> bytes:
    """Write what Keras says of pictures [n, h, w, 3], rows [n, d], for `check_answers`."""
    return pack({"pictures": pictures.astype(np.float16), "rows": rows.astype(np.float32)})


def check_answers(generation: Generation, data: bytes) -> None:
    """Ask an encoder what Keras was asked, by what pack_answers wrote.

    Raises GenerationMismatch where the answers differ, and GenerationCorrupt for other bytes.
    """
    from model.encoder import Encoder  # noqa: PLC0415  # a machine that only trains has no LiteRT

    try:
        arrays = unpack(data, {"pictures": 4, "rows": 2})
    except ArraysDamaged as error:
        raise GenerationCorrupt(generation=generation.id, file=PARITY) from error
    pictures = np.clip(arrays["pictures"], 0, 255).astype(np.uint8)
    rows = Encoder(alone(generation), threads=os.cpu_count() or 1).statistics(list(pictures))
    if rows.shape != arrays["rows"].shape:
        raise GenerationCorrupt(generation=generation.id, file=PARITY)
    try:
        check_parity(rows, arrays["rows"])
    except TrainingError as error:
        fault = "its encoder says something else than its network did"
        raise GenerationMismatch(generation=generation.id, fault=fault) from error


def same_matches(rows: FloatArray, expected: FloatArray) -> float:
    """Return how many of each row's ten nearest are the same in both, as a share."""
    count = min(_MATCHES, len(rows) - 1)
    if count < 1:
        return 1.0
    found, right = _nearest(rows, count), _nearest(expected, count)
    return float(np.mean([len(np.intersect1d(*pair)) / count for pair in zip(found, right, strict=True)]))


def _nearest(rows: FloatArray, count: int) -> np.ndarray[tuple[int, int], np.dtype[np.intp]]:
    centred = unit((rows - rows.mean(axis=0)) / (rows.std(axis=0) + _FLOOR))
    similar = centred @ centred.T
    np.fill_diagonal(similar, -np.inf)
    return np.argsort(-similar, axis=1)[:, :count]
