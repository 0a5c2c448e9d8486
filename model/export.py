"""From a trained Keras network to a generation folder that the serving process can load."""

import io
import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt
from PIL import Image

from model.arrays import FloatArray, UInt8Array, unit
from model.encoder import FILTERS, Encoder
from model.generations import Generation, save
from model.manifest import Manifest
from model.recipe import Body
from model.whitening import Prior, fit_prior
from storage.errors import TrainingError

WEIGHTS = "weights.npz"
# How many pictures the training set counts for when a catalogue's own whitening is fitted.
PRIOR_WEIGHT = 500.0
# The bodies were measured at 0.99998 and more; less means that the conversion broke.
_PARITY = 0.999
_COMPARED = 8


def to_litert(model: keras.Model, *, body: Body = Body.RESIDUAL) -> bytes:
    """Convert to LiteRT; built-in operators only, batch and picture size left open.

    The residual body gets 8-bit weights.  The lite body gets 16-bit ones: measured at 96x160, 8 bits cost
    it agreement with Keras (0.9990 against 0.99998) and, its filters being thin, time as well (5.0 against
    2.7 ms).
    """
    import tensorflow as tf  # noqa: PLC0415  # the network itself is free of TensorFlow; only this is not

    half = {"supported_types": [tf.float16]} if body is Body.LITE else {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "encoder.tflite"
        model.export(
            file,
            format="litert",
            verbose=False,
            optimizations=[tf.lite.Optimize.DEFAULT],
            target_spec={"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS], **half},
            experimental_enable_resource_variables=False,
        )
        return file.read_bytes()


def export(
    folder: Path,
    manifest: Manifest,
    *,
    encoder: keras.Model,
    crops: UInt8Array,
    classes: FloatArray | None = None,
    head: keras.Model | None = None,
) -> Generation:
    """Write `encoder`, and `head` where given, as a generation whose prior is fitted on `crops`.

    `crops` uint8 [n, h, w, 3] are training pictures.  The converted encoder must agree with Keras on
    them (cosine of at least 0.999), or TrainingError refuses the generation.
    """
    network = encoder if head is None else _with_head(encoder, head)
    draft = Generation(
        manifest=manifest, encoder=to_litert(network, body=manifest.body), prior=_no_prior(manifest)
    )
    rows = _encode(draft, crops)
    check_parity(rows, encode_with_keras(network, crops[:_COMPARED], manifest=manifest))
    prior = fit_prior(rows[:, : manifest.statistics], weight=PRIOR_WEIGHT)
    extra = {WEIGHTS: pack_weights(encoder)}
    return save(folder, manifest, encoder=draft.encoder, prior=prior, classes=classes, extra=extra)


def check_parity(rows: FloatArray, expected: FloatArray) -> None:
    """Compare the first rows [n, d] with Keras's; raise TrainingError when they point elsewhere."""
    found = rows[: len(expected)]
    scale = np.linalg.norm(found, axis=1) * np.linalg.norm(expected, axis=1)
    cosine = float(((found * expected).sum(axis=1) / scale).min())
    if not cosine >= _PARITY:
        raise TrainingError(fault=f"the exported network differs from the trained one ({cosine:.5f})")


def pack_weights(encoder: keras.Model) -> bytes:
    """Write the encoder's weights in half precision, for a later training to start from."""
    buffer = io.BytesIO()
    weights = {f"{i:03}": weight.astype(np.float16) for i, weight in enumerate(encoder.get_weights())}
    np.savez_compressed(buffer, **weights)
    return buffer.getvalue()


def unpack_weights(data: bytes) -> list[npt.NDArray[np.float32]]:
    """Read what pack_weights wrote."""
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return [arrays[name].astype(np.float32) for name in sorted(arrays.files)]


def tools() -> dict[str, str]:
    """Return the versions of what trains and exports."""
    names = ("keras", "tensorflow", "numpy", "ai-edge-litert")
    return {"python": platform.python_version(), **{name: version(name) for name in names}}


def _with_head(encoder: keras.Model, head: keras.Model) -> keras.Model:
    statistics = encoder.output
    joined = keras.layers.Concatenate(dtype="float32")([statistics, head(statistics)])
    return keras.Model(encoder.input, joined)


def _no_prior(manifest: Manifest) -> Prior:
    """Stand in for the prior that is fitted once the encoder runs."""
    nothing = np.zeros(manifest.statistics, np.float32)
    return Prior(
        mean=nothing, deviation=nothing + 1, basis=nothing[:, None], eigenvalues=nothing[:1], weight=0.0
    )


def _encode(draft: Generation, crops: UInt8Array) -> FloatArray:
    encoder = Encoder(draft, threads=os.cpu_count() or 1)
    return np.concatenate([encoder.statistics([crop]) for crop in crops])


def encode_with_keras(network: keras.Model, crops: UInt8Array, *, manifest: Manifest) -> FloatArray:
    """Do what the encoder does, in Keras."""
    rows = []
    for crop in crops:
        parts, heads = [], []
        for height, width in manifest.sizes:
            filtered = Image.fromarray(crop).resize((width, height), FILTERS[manifest.resample])
            pixels = np.asarray(filtered, np.float32)
            views = [pixels, pixels[:, ::-1]] if manifest.mirror else [pixels]
            outputs = network(np.stack(views), training=False)
            mean = keras.ops.convert_to_numpy(outputs).mean(axis=0)
            parts.append(mean[: manifest.outputs])
            heads.append(mean[manifest.outputs :])
        rows.append(np.concatenate([*parts, unit(np.mean(heads, axis=0))]))
    return np.stack(rows)
