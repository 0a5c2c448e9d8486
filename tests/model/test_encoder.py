import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from ai_edge_litert.interpreter import Interpreter
from PIL import Image

from model.colours import colour_roots
from model.encoder import Encoder
from model.generations import Generation, alone, companion_of
from storage.errors import GenerationCorrupt, GenerationMismatch
from tests.model.drawings import draw
from tests.model.shelf import with_head


def crops(count: int, size: tuple[int, int] = (200, 120)) -> list[np.ndarray]:
    """Draw crops."""
    return [np.asarray(draw(*size, seed=seed)) for seed in range(count)]


def with_mirror(generation: Generation, *, mirror: bool) -> Generation:
    """Let a generation look at mirror images too, or not."""
    return replace(generation, manifest=replace(generation.manifest, mirror=mirror))


def test_layout(generation: Generation) -> None:
    """A row is, size by size, the network's output averaged over the crop and its mirror image."""
    encoder = Encoder(with_mirror(alone(generation), mirror=True))
    crop = crops(1)[0]
    expected = []
    for height, width in generation.manifest.sizes:
        small = np.asarray(Image.fromarray(crop).resize((width, height), Image.Resampling.BILINEAR))
        batch = np.stack([small, small[:, ::-1]]).astype(np.float32)
        interpreter = Interpreter(model_content=generation.encoder)
        interpreter.resize_tensor_input(interpreter.get_input_details()[0]["index"], batch.shape)
        interpreter.allocate_tensors()
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], batch)
        interpreter.invoke()
        expected.append(interpreter.get_tensor(interpreter.get_output_details()[0]["index"]).mean(axis=0))
    (row,) = encoder.statistics([crop])
    assert row.shape == (len(expected) * generation.manifest.outputs,)
    assert row.dtype == np.float32
    np.testing.assert_allclose(row, np.concatenate(expected), rtol=1e-4, atol=1e-4)


def test_mirror(generation: Generation) -> None:
    """A picture and its mirror image have the same statistics."""
    encoder = Encoder(with_mirror(generation, mirror=True))
    crop = crops(1)[0]
    plain, mirrored = encoder.statistics([crop, np.ascontiguousarray(crop[:, ::-1])])
    np.testing.assert_allclose(plain, mirrored, rtol=1e-3, atol=1e-3)


def test_without_mirror(generation: Generation) -> None:
    """A generation can do without the mirror image."""
    encoder = Encoder(with_mirror(generation, mirror=False))
    crop = crops(1)[0]
    plain, mirrored = encoder.statistics([crop, np.ascontiguousarray(crop[:, ::-1])])
    assert np.abs(plain - mirrored).max() > 1e-2


def test_crops_of_any_size(encoder: Encoder) -> None:
    """Each crop has the row that it has alone, whatever its size and its neighbours."""
    mixed = [*crops(2), *crops(2, size=(400, 240))]
    together = encoder.statistics(mixed)
    alone = np.concatenate([encoder.statistics([crop]) for crop in mixed])
    np.testing.assert_array_equal(together, alone)


@pytest.mark.parametrize(("threads", "side_by_side"), [(1, False), (2, False), (1, True)])
def test_many_threads(generation: Generation, threads: int, *, side_by_side: bool) -> None:
    """Threads that share an encoder get the rows that one thread gets."""
    encoder = Encoder(generation, threads, side_by_side=side_by_side)
    pictures = crops(12)
    expected = encoder.statistics(pictures)
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda crop: encoder.statistics([crop])[0], pictures * 2))
    np.testing.assert_allclose(np.stack(rows), np.concatenate([expected, expected]), rtol=1e-5, atol=1e-5)
    assert len(encoder._idle) <= 4


def test_side_by_side(generation: Generation, encoder: Encoder) -> None:
    """A companion that runs on a thread of its own changes no value."""
    mixed = [*crops(2), *crops(2, size=(400, 240))]
    rows = Encoder(generation, side_by_side=True).statistics(mixed)
    np.testing.assert_array_equal(rows, encoder.statistics(mixed))


@pytest.mark.parametrize("side_by_side", [False, True])
def test_a_fault_costs_no_interpreters(generation: Generation, *, side_by_side: bool) -> None:
    """After a call that failed its interpreters are there for the next."""
    encoder = Encoder(generation, side_by_side=side_by_side)
    before = len(encoder._idle)
    with pytest.raises(TypeError):
        encoder.statistics([np.zeros((5, 5, 7), dtype=np.uint8)])
    assert len(encoder._idle) == before


def test_companion_and_colours(generation: Generation, encoder: Encoder) -> None:
    """Behind the network's statistics stand those of its companion, and last the colours."""
    companion = companion_of(generation)
    assert companion is not None
    crop = crops(1)
    expected = [
        *Encoder(alone(generation)).statistics(crop),
        *Encoder(companion).statistics(crop),
        colour_roots(crop[0]),
    ]
    (row,) = encoder.statistics(crop)
    assert row.shape == (generation.manifest.row,)
    np.testing.assert_allclose(row, np.concatenate(expected), rtol=1e-5, atol=1e-5)


def test_head(generation: Generation) -> None:
    """Behind the statistics of a generation with a head comes the head's unit vector."""
    headed = with_head(generation, ("a",))
    assert headed.manifest.head is not None
    crop = crops(1)
    (row,), (plain,) = Encoder(headed).statistics(crop), Encoder(alone(generation)).statistics(crop)
    assert row.shape == (headed.manifest.row,)
    ours, whole = headed.manifest.outputs, generation.manifest.outputs
    parts = plain.reshape(-1, whole)
    np.testing.assert_allclose(row[: headed.manifest.statistics], parts[:, :ours].ravel(), rtol=1e-5)
    mean = parts[:, ours:].mean(axis=0)
    np.testing.assert_allclose(row[headed.manifest.statistics :], mean / np.linalg.norm(mean), rtol=1e-4)


def test_not_a_network(generation: Generation) -> None:
    """A file that is no network is a corrupt generation."""
    with pytest.raises(GenerationCorrupt, match=r"encoder\.tflite"):
        Encoder(replace(generation, encoder=b"TFL3" * 100))


def test_other_outputs(generation: Generation) -> None:
    """A network with other outputs than named does not fit."""
    other = replace(generation, manifest=replace(generation.manifest, channels=(3, 4)))
    with pytest.raises(GenerationMismatch, match="14"):
        Encoder(other)


def test_nothing_is_printed() -> None:
    """Making an encoder prints nothing, and errors can be printed after it."""
    program = (
        "import sys; from model import generations; from model.encoder import Encoder;"
        "Encoder(generations.starter()); print('said', file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (found.stdout, found.stderr) == ("", "said\n")


def test_without_error_output() -> None:
    """A process whose error output is closed can have an encoder."""
    program = (
        "import os; os.close(2); from model import generations; from model.encoder import Encoder;"
        "Encoder(generations.starter()); print('made')"
    )
    found = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=True)
    assert found.stdout == "made\n"
