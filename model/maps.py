"""What the encoder sees where: the maps behind a picture's statistics, for those who ask why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from PIL import Image

from model.arrays import FloatArray, UInt8Array
from model.generations import ENCODER, Generation, companion_of
from model.resizing import FILTERS
from storage.errors import GenerationCorrupt, GenerationMismatch

_SAME = 1e-3


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class StageMap:
    """One stage's answer to one picture of one size.

    `features` [h, w, 2c] average over the places to the stage's statistics; `start` is where those
    stand in a row of the encoder's.
    """

    start: int
    features: FloatArray


def stage_maps(generation: Generation, crop: UInt8Array) -> Iterator[StageMap]:
    """Look at a crop [h, w, 3] once more, and keep what every stage says of every place.

    Where the generation looks at mirror images too, each stage gives two maps, both as the picture lies;
    the average over all places of all maps is what Encoder.statistics gives, head and colours aside.
    Raises GenerationError.
    """
    yield from _stage_maps(generation, crop)
    companion = companion_of(generation)
    if companion is not None:
        behind = generation.manifest.statistics - companion.manifest.statistics
        for found in _stage_maps(companion, crop):
            yield replace(found, start=behind + found.start)


def _stage_maps(generation: Generation, crop: UInt8Array) -> Iterator[StageMap]:
    """Do so for the encoder without its companion."""
    manifest = generation.manifest
    image = Image.fromarray(crop)
    for number, (height, width) in enumerate(manifest.sizes):
        pixels = np.asarray(image.resize((width, height), FILTERS[manifest.resample]), dtype=np.float32)
        batch = np.stack([pixels, pixels[:, ::-1]] if manifest.mirror else [pixels])
        tensors, outputs = _run(generation, batch)
        start = 0
        for channels in manifest.channels:
            pooled = outputs[:, start : start + 2 * channels]
            maps = _find(tensors, pooled, generation=generation.id)
            for place, features in enumerate(_moments(maps, pooled)):
                turned = features[:, ::-1] if place else features
                yield StageMap(start=number * manifest.outputs + start, features=turned)
            start += 2 * channels


def _run(generation: Generation, batch: FloatArray) -> tuple[Sequence[FloatArray], FloatArray]:
    """Run the network in the way that keeps what its stages said; return that and its outputs [n, d].

    It is several times slower than the encoder's way, agrees with it to six digits, and asks nothing of
    the exported network: the encoder keeps its one output, and old generations answer too.
    """
    try:
        interpreter = Interpreter(
            model_content=generation.encoder,
            experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES,
            experimental_preserve_all_tensors=True,
        )
        entry = interpreter.get_input_details()[0]["index"]
        interpreter.resize_tensor_input(entry, batch.shape)
        interpreter.allocate_tensors()
    except (ValueError, RuntimeError) as error:
        raise GenerationCorrupt(generation=generation.id, file=ENCODER) from error
    interpreter.set_tensor(entry, batch)
    interpreter.invoke()
    return _maps(interpreter, len(batch)), interpreter.get_tensor(
        interpreter.get_output_details()[0]["index"]
    )


def _maps(interpreter: Interpreter, pictures: int) -> list[FloatArray]:
    """Collect what could be the maps [n, h, w, c] of a stage."""
    found = []
    for detail in interpreter.get_tensor_details():
        shape = detail["shape"]
        if len(shape) == 4 and shape[0] == pictures and detail["dtype"] == np.float32:  # noqa: PLR2004
            try:
                found.append(interpreter.get_tensor(detail["index"]))
            except ValueError:  # a place that this network does not use
                continue
    return found


def _find(tensors: Sequence[FloatArray], pooled: FloatArray, *, generation: str) -> FloatArray:
    """Find the maps whose means and deviations over all places are the stage's statistics [n, 2c]."""
    channels = pooled.shape[1] // 2
    mean, spread = pooled[:, :channels], pooled[:, channels:]

    def distance(maps: FloatArray) -> float:
        means = np.abs(maps.mean(axis=(1, 2)) - mean).max()
        return float(means + np.abs(maps.std(axis=(1, 2)) - spread).max())

    fitting = [tensor for tensor in tensors if tensor.shape[3] == channels and tensor[0, :, :, 0].size > 1]
    best = min(fitting, key=distance, default=None)
    # A stage's floor under its variances shows in its deviations, hence the second tolerance.
    if best is None or np.abs(best.mean(axis=(1, 2)) - mean).max() > _SAME * max(1.0, np.abs(mean).max()):
        raise GenerationMismatch(generation=generation, fault="its stages cannot be looked at")
    return best


def _moments(maps: FloatArray, pooled: FloatArray) -> FloatArray:
    """Say what every place adds to the stage's means and deviations: [n, h, w, 2c].

    A deviation is a mean, too: of the squares of the differences, divided by the deviation itself.
    """
    channels = maps.shape[3]
    deviation = pooled[:, None, None, channels:]
    squares = (maps - maps.mean(axis=(1, 2), keepdims=True)) ** 2 / deviation
    rest = deviation - squares.mean(axis=(1, 2), keepdims=True)  # what keeps the root differentiable
    return np.concatenate([maps, squares + rest], axis=3)
