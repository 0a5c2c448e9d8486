"""From Keras to LiteRT, under the TensorFlow backend whatever trained: the only one that converts.

`python -m model.conversion NETWORK.keras OUT.tflite WEIGHTS` is how a process with another backend asks.
"""

import os
import subprocess
import sys
import tempfile
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

import keras

from model.network import MomentPooling  # a saved network may hold it
from model.recipe import Body
from storage.errors import TrainingError

__all__ = ["Weights", "can_convert", "to_litert", "weights_for"]

_KNOWN = {"MomentPooling": MomentPooling}


class Weights(StrEnum):
    """How many bits the weights of a converted network have."""

    FULL = "32"  # what others are compared with
    HALF = "16"
    BYTE = "8"


def weights_for(body: Body) -> tuple[Weights, ...]:
    """Say which weights shall serve, and which where a network says something else with those.

    The lite body gets 16-bit ones: measured at 96x160, 8 bits cost it agreement with Keras (0.9990
    against 0.99998) and, its filters being thin, time as well (5.0 against 2.7 ms).
    """
    return (Weights.HALF,) if body is Body.LITE else (Weights.BYTE, Weights.HALF)


def can_convert() -> bool:
    """Say whether what conversion needs is installed."""
    return all(find_spec(name) is not None for name in ("tensorflow", "ai_edge_litert"))


def to_litert(network: keras.Model, weights: Weights = Weights.BYTE) -> bytes:
    """Convert; built-in operators only, batch and picture size left open.  Raises TrainingError."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.tflite"
        if keras.backend.backend() == "tensorflow":
            _convert(network, file, weights)
        else:
            source = Path(folder) / "network.keras"
            network.save(source)
            _convert_elsewhere(source, file, weights)
        return file.read_bytes()


def _convert(network: keras.Model, file: Path, weights: Weights) -> None:
    import tensorflow as tf  # noqa: PLC0415  # the network itself is free of TensorFlow; only this is not

    target: dict[str, object] = {"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS]}
    if weights is Weights.HALF:
        target["supported_types"] = [tf.float16]
    network.export(
        file,
        format="litert",
        verbose=False,
        optimizations=[] if weights is Weights.FULL else [tf.lite.Optimize.DEFAULT],
        target_spec=target,
        experimental_enable_resource_variables=False,
    )


def _convert_elsewhere(source: Path, file: Path, weights: Weights) -> None:
    command = [sys.executable, "-m", "model.conversion", str(source), str(file), weights.value]
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "2"}
    done = subprocess.run(  # noqa: S603  # our own module
        command, env=environment, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False
    )
    if done.returncode or not file.exists():
        last = (done.stderr.strip().splitlines() or ["no word of why"])[-1]
        raise TrainingError(fault=f"the network cannot be converted: {last}")


def _main(source: str, file: str, bits: str) -> None:
    _convert(keras.saving.load_model(source, custom_objects=_KNOWN), Path(file), Weights(bits))


if __name__ == "__main__":
    _main(*sys.argv[1:])
