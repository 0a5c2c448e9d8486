"""The encoder at work: crops to statistics, on whatever thread calls."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from PIL import Image

from model.arrays import FloatArray, UInt8Array, unit
from model.colours import colour_roots
from model.generations import ENCODER, Generation, companion_of
from model.manifest import Manifest
from model.quiet import ungreeted
from model.resizing import FILTERS
from storage.errors import GenerationCorrupt, GenerationMismatch


class Encoder:
    """A generation's network, ready to run.

    Threads may share one: each call takes a set of interpreters nobody uses, or makes one, so that
    there are as many as there were calls at once.  `threads` is how many each interpreter uses; one
    is fastest where several calls run at once.  `side_by_side` runs the companion on another thread
    meanwhile: a question that is alone waits for the slower of the two, not for both.
    """

    def __init__(self, generation: Generation, threads: int = 1, *, side_by_side: bool = False) -> None:
        """Make the first interpreters; raises GenerationCorrupt and GenerationMismatch."""
        self.generation = generation
        self._threads = threads
        self._beside = ThreadPoolExecutor(thread_name_prefix="grimche-companion") if side_by_side else None
        self._idle: deque[_Interpreters] = deque()
        with ungreeted():
            self._idle.append(_Interpreters(generation, threads))

    def statistics(self, crops: Sequence[UInt8Array]) -> FloatArray:
        """Encode crops [h, w, 3] to rows [n, d].

        A row holds for each size the means and deviations of all stages, averaged over the crop and its
        mirror image where the generation looks at that, then those of the companion; behind them the
        head's unit vector and the colours', where the generation has them.
        """
        try:
            interpreters = self._idle.pop()
        except IndexError:
            interpreters = _Interpreters(self.generation, self._threads)
        try:
            return interpreters.rows(crops, self._beside)
        finally:
            self._idle.append(interpreters)


class _Interpreters:
    """One interpreter for each size, so that none is ever resized; not thread-safe."""

    def __init__(self, generation: Generation, threads: int) -> None:
        companion = companion_of(generation)
        self._companion = None if companion is None else _Interpreters(companion, threads)
        self._manifest = generation.manifest
        self._filter = FILTERS[self._manifest.resample]
        self._runs = [_Run(generation, size, threads=threads) for size in self._manifest.sizes]

    def rows(self, crops: Sequence[UInt8Array], beside: ThreadPoolExecutor | None = None) -> FloatArray:
        """Encode crops as `Encoder.statistics` says, the companion on a thread of `beside` if given."""
        companion = self._companion
        later = None if companion is None or beside is None else beside.submit(companion.rows, crops)
        try:
            statistics, heads = zip(*[self._look(crop) for crop in crops], strict=True)
        finally:
            if later is not None:
                wait([later])  # until then nobody else may have these interpreters
        parts = [np.stack(statistics)]
        if companion is not None:
            parts.append(companion.rows(crops) if later is None else later.result())
        parts.append(np.stack(heads))
        if self._manifest.palette > 0:
            parts.append(np.stack([colour_roots(crop) for crop in crops]))
        return np.concatenate(parts, axis=1)

    def _look(self, crop: UInt8Array) -> tuple[FloatArray, FloatArray]:
        """Return the statistics of all sizes, and the head's unit vector."""
        image = Image.fromarray(crop)
        parts, heads = [], []
        for run in self._runs:
            height, width = run.size
            output = run(np.asarray(image.resize((width, height), self._filter))).mean(axis=0)
            parts.append(output[: self._manifest.outputs])
            heads.append(output[self._manifest.outputs :])
        return np.concatenate(parts), unit(np.mean(heads, axis=0))


class _Run:
    """One interpreter for pictures of one size."""

    def __init__(self, generation: Generation, size: tuple[int, int], *, threads: int) -> None:
        manifest = generation.manifest
        self.size = size
        self._batch = np.empty((2 if manifest.mirror else 1, *size, 3), dtype=np.float32)
        try:
            self._interpreter = Interpreter(model_content=generation.encoder, num_threads=threads)
            self._input = self._interpreter.get_input_details()[0]["index"]
            self._interpreter.resize_tensor_input(self._input, self._batch.shape)
            self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise GenerationCorrupt(generation=generation.id, file=ENCODER) from error
        self._output = _output(self._interpreter, manifest)

    def __call__(self, pixels: UInt8Array) -> FloatArray:
        self._batch[0] = pixels
        if len(self._batch) > 1:
            self._batch[1] = pixels[:, ::-1]
        self._interpreter.set_tensor(self._input, self._batch)
        self._interpreter.invoke()
        return np.asarray(self._interpreter.get_tensor(self._output))


def _output(interpreter: Interpreter, manifest: Manifest) -> int:
    """Find the tensor of the statistics, the head's vector behind them; raises GenerationMismatch."""
    named = manifest.outputs + manifest.head_length
    detail = interpreter.get_output_details()[0]
    found = int(detail["shape"][-1])
    if found != named:
        fault = f"its encoder gives {found} values where its manifest names {named}"
        raise GenerationMismatch(generation=manifest.id, fault=fault)
    return int(detail["index"])
