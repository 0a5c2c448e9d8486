"""Run the protocol on the catalogue; what is found is on disk after each method."""

import asyncio
import functools
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from bot.evaluation_report import write_report
from bot.files import write_file
from model import generations, material
from model.evaluating import Heading, evaluate, evaluate_stored
from model.evaluation_records import Epoch, Tool
from model.protocol import Split
from model.quiet import hush_tensorflow
from model.recipe import EPOCHS
from model.records_json import to_json
from storage import database
from storage.errors import FileNotWritable, GenerationMissing

if TYPE_CHECKING:
    from bot.settings import Settings
    from model.contenders import Material
    from model.evaluation_records import Evaluation as Evaluation  # noqa: PLC0414  commands name these
    from model.evaluation_records import Figure as Figure  # noqa: PLC0414  as above
    from model.evaluation_records import Score as Score  # noqa: PLC0414  as above

RESULT, SPLIT, REPORT = "evaluation.json", "split.json", "report.html"
_TOOLS = ("keras", "tensorflow", "numpy", "ai-edge-litert")

Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of an evaluation.

    `train`: the whole protocol, every method trained here; otherwise the stored vectors of `generation`,
    or of the one that serves, are judged.  `quick` looks at little and trains little.  The recipe begins
    with the starter's weights, or with random ones from `scratch`, and takes `epochs`; each network of
    2020 may train for `minutes`.
    """

    generation: str | None = None
    train: bool = False
    quick: bool = False
    scratch: bool = False
    minimum: int = 30
    epochs: int = 3
    minutes: float = 15.0


def run(settings: "Settings", wish: Wish, *, out: Path, tell: Tell) -> "Evaluation":
    """Evaluate, and write what is found into `out` after each method.

    Raises EmptyCatalogue, TooLittleToScore, TrainingError, GenerationError, StorageError and FileNotWritable.
    """
    asyncio.run(database.prepare(settings.database))
    _make_folder(out)
    return _train(settings, wish, out=out, tell=tell) if wish.train else _judge(settings, wish, out=out)


def _judge(settings: "Settings", wish: Wish, *, out: Path) -> "Evaluation":
    about, stored, name = asyncio.run(
        material.from_vectors(
            settings.database, wish.generation, split_of=functools.partial(_split_of, settings)
        )
    )
    heading = Heading(generation=name, main=name, tools=_tools())
    found = evaluate_stored(about, stored, heading=heading, epochs=_epochs_of(settings, name))
    _write(out, found, about, catalogue_path=settings.database)
    return found


def _train(settings: "Settings", wish: Wish, *, out: Path, tell: Tell) -> "Evaluation":
    hush_tensorflow()
    from model.lineup import RECIPE, LineupPlan, line_up  # noqa: PLC0415  it loads TensorFlow

    plan = LineupPlan(epochs=wish.epochs, seconds=60 * wish.minutes, scratch=wish.scratch, quick=wish.quick)
    heading = Heading(generation=generations.starter().id, main=RECIPE, tools=_tools())
    with _collected(settings, wish, tell=tell) as collected:
        for found in evaluate(collected, line_up(plan), heading=heading, tell=tell):
            _write(out, found, collected, catalogue_path=settings.database)
    return found


def _split_of(settings: "Settings", generation: str) -> Split | None:
    """Say what a generation was not trained on; a starter has seen nothing of a catalogue."""
    data = _read(settings, generation, name=SPLIT)
    return None if data is None else Split.from_json(data)


def _epochs_of(settings: "Settings", generation: str) -> tuple[Epoch, ...]:
    """Tell how the training of a generation went, as far as its folder says."""
    data = _read(settings, generation, name=EPOCHS)
    try:
        return () if data is None else tuple(Epoch(**epoch) for epoch in json.loads(data))
    except (TypeError, ValueError):  # a folder that somebody else has made
        return ()


def _read(settings: "Settings", generation: str, *, name: str) -> bytes | None:
    try:
        made = generations.find(settings.generations, generation)
    except GenerationMissing:
        return None  # its vectors can be judged all the same
    if name not in made.manifest.files:
        return None
    return generations.read_file(settings.generations, made, name=name)


@contextmanager
def _collected(settings: "Settings", wish: Wish, *, tell: Tell) -> "Iterator[Material]":
    """Decode the catalogue to a folder that goes with the block, and divide it."""
    from model.collect import collect  # noqa: PLC0415
    from model.dataset import write_set  # noqa: PLC0415  it loads TensorFlow

    def progress(done: int, total: int) -> None:
        tell("collecting", done / max(total, 1))

    work = Path(tempfile.mkdtemp(prefix=".evaluating-", dir=settings.data))
    try:
        crops = asyncio.run(
            write_set(work, collect(settings.database, minimum=wish.minimum, progress=progress))
        )
        yield material.from_set(crops, quick=wish.quick)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileNotWritable(path=str(out), fault=error.strerror or str(error)) from error


def _write(out: Path, found: "Evaluation", about: "Material", *, catalogue_path: Path) -> None:
    write_file(out / SPLIT, about.split.to_json().encode())
    write_file(out / RESULT, to_json(found).encode())
    write_report(out / REPORT, found, about=about, catalogue_path=catalogue_path)


def _tools() -> tuple[Tool, ...]:
    tools = []
    for name in _TOOLS:
        try:
            tools.append(Tool(name=name, version=version(name)))
        except PackageNotFoundError:
            continue  # TensorFlow need not be there to judge stored vectors
    return tuple(tools)
