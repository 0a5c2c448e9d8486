"""From a trained Keras network to a generation folder that the serving process can load."""

import io
import os
import platform
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import keras
import numpy as np

from model.arrays import FloatArray, UInt8Array
from model.colours import colour_roots
from model.conversion import Weights, to_litert, weights_for
from model.encoding import encode_with_keras, join
from model.generations import COMPANION, Generation, alone, save
from model.manifest import Manifest
from model.parity import PARITY, REFERENCE, SERVED, check_parity, draw_patches, pack_answers
from model.whitening import Prior, fit_prior
from storage.errors import TrainingError

WEIGHTS, NETWORK, FULL = "weights.npz", "network.keras", "reference.tflite"
# How many pictures the training set counts for when a catalogue's own whitening is fitted: measured by
# benchmarks/whitening.py from 20 to 2,500 real drawings, of which 500 cost a point and 0 five at the start.
PRIOR_WEIGHT = 100.0
_COMPARED = 64


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Draft:
    """A generation whose network is still Keras's.

    `weights` are the encoder's, packed; `samples` uint8 [n, h, w, 3] are pictures by which the converted
    network is compared, and `expected` [n, d] what Keras says of them, of the companion and of colours
    nothing; `extra` are more files.
    """

    manifest: Manifest
    network: keras.Model = field(repr=False)
    weights: bytes = field(repr=False)
    prior: Prior = field(repr=False)
    samples: UInt8Array = field(repr=False)
    expected: FloatArray = field(repr=False)
    classes: FloatArray | None = field(repr=False, default=None)
    extra: Mapping[str, bytes] = field(repr=False, default_factory=dict)


def draft(
    manifest: Manifest,
    encoder: keras.Model,
    *,
    crops: UInt8Array,
    head: keras.Model | None = None,
    classes: FloatArray | None = None,
    companion: Generation | None = None,
) -> Draft:
    """Sum up `encoder`, and `head` where given, by training pictures `crops` uint8 [n, h, w, 3].

    `companion` is by itself what looks at the same pictures beside them.
    """
    network = join(encoder, head)
    rows = encode_with_keras(network, crops, manifest=manifest)
    statistics = rows[:, : len(manifest.sizes) * manifest.outputs]
    if companion is not None:
        statistics = np.concatenate([statistics, _beside(companion, crops, manifest=manifest)], axis=1)
    chosen = np.linspace(0, len(crops) - 1, min(len(crops), _COMPARED)).astype(np.int64)
    return Draft(
        manifest=manifest,
        network=network,
        weights=pack_weights(encoder),
        prior=fit_prior(statistics, weight=PRIOR_WEIGHT, rank=manifest.dimensions),
        samples=np.asarray(crops[chosen]),
        expected=rows[chosen],
        classes=classes,
        extra={} if companion is None else {COMPANION: companion.encoder},
    )


def rows_of(
    network: keras.Model, crops: UInt8Array, *, manifest: Manifest, companion: Generation | None
) -> FloatArray:
    """Return the rows [n, d] of `crops` [n, h, w, 3] that the generation will store for them."""
    rows = encode_with_keras(network, crops, manifest=manifest)
    parts = [rows[:, : len(manifest.sizes) * manifest.outputs]]
    if companion is not None:
        parts.append(_beside(companion, crops, manifest=manifest))
    parts.append(rows[:, parts[0].shape[1] :])
    if manifest.palette > 0:
        parts.append(np.stack([colour_roots(crop) for crop in crops]))
    return np.concatenate(parts, axis=1)


def finish(folder: Path, drafted: Draft) -> Generation:
    """Convert and write to `folder` what serves.

    Converted with full weights and with those that serve, the network must agree with Keras, or
    TrainingError refuses the generation.  One with a head keeps the Keras network and the reference, and
    what Keras says of a few pictures, so that it can be compared where there is no Keras.
    """
    full = to_litert(drafted.network, Weights.FULL)
    _compare(drafted, full, least=REFERENCE)
    patches = draw_patches()
    answers = encode_with_keras(drafted.network, patches, manifest=drafted.manifest)
    encoder = _convert(drafted, replace(drafted, samples=patches, expected=answers))
    extra = {**drafted.extra, WEIGHTS: drafted.weights}
    if drafted.classes is not None:
        known = pack_answers(patches, answers)
        extra |= {NETWORK: pack_network(drafted.network), FULL: full, PARITY: known}
    return save(
        folder,
        replace(drafted.manifest, tools={**tools(), **drafted.manifest.tools}),
        encoder=encoder,
        prior=drafted.prior,
        classes=drafted.classes,
        extra=extra,
    )


def pack_weights(encoder: keras.Model) -> bytes:
    """Write the encoder's weights in half precision, for a later training to start from."""
    buffer = io.BytesIO()
    weights = {f"{i:03}": weight.astype(np.float16) for i, weight in enumerate(encoder.get_weights())}
    np.savez_compressed(buffer, **weights)
    return buffer.getvalue()


def unpack_weights(data: bytes) -> list[FloatArray]:
    """Read what pack_weights wrote."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return [arrays[name].astype(np.float32) for name in sorted(arrays.files)]


def pack_network(network: keras.Model) -> bytes:
    """Write a whole network as Keras does."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / NETWORK
        network.save(file)
        return file.read_bytes()


def tools() -> dict[str, str]:
    """Return the versions of what trains and exports, as far as it is here."""
    found = {"python": platform.python_version(), "backend": keras.backend.backend()}
    for name in ("keras", "tensorflow", "jax", "numpy", "ai-edge-litert"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _convert(*drafts: Draft) -> bytes:
    """Convert with the smallest weights with which the network says what it said in all `drafts`.

    They differ in their samples only.  Raises TrainingError.
    """
    network = drafts[0].network
    *smaller, last = weights_for(drafts[0].manifest.body)
    for weights in smaller:
        encoder = to_litert(network, weights)
        with suppress(TrainingError):
            _compare_all(drafts, encoder)
            return encoder
    encoder = to_litert(network, last)
    _compare_all(drafts, encoder)
    return encoder


def _compare_all(drafts: Sequence[Draft], network: bytes) -> None:
    for drafted in drafts:
        _compare(drafted, network, least=SERVED)


def _compare(drafted: Draft, network: bytes, *, least: float) -> None:
    converted = Generation(manifest=drafted.manifest, encoder=network, prior=drafted.prior)
    check_parity(_look(alone(converted), drafted.samples), drafted.expected, least=least)


def _beside(companion: Generation, crops: UInt8Array, *, manifest: Manifest) -> FloatArray:
    """Return what a companion says of crops at the sizes that it will see."""
    same = replace(companion.manifest, sizes=manifest.sizes, mirror=manifest.mirror)
    return _look(replace(companion, manifest=same), crops)


def _look(generation: Generation, crops: UInt8Array) -> FloatArray:
    from model.encoder import Encoder  # noqa: PLC0415  # a machine that only trains has no LiteRT

    return Encoder(generation, threads=os.cpu_count() or 1).statistics(list(crops))
