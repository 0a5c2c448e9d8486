"""Make a new generation from the catalogue: collect, train, export, embed, compare, promote."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from model import generations
from model.adopting import adopt
from model.collect import Left, collect
from model.dataset import TrainingSet, write_set
from model.making import Plan, make_generation, plan_from
from model.space import space_at
from model.stages import Tell, ignore, part_of
from storage.comparisons import Comparison

# A killed training is taken up from here; one job of this kind runs at a time.
WORKPLACE = ".training"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a retrain ended with; `damaged` pictures were left out, for they could not be read."""

    artists: int
    pictures: int
    damaged: int
    comparison: Comparison


async def retrain(
    database: Path,
    folder: Path,
    *,
    plan: Plan,
    promote: bool | None = None,
    tell: Tell = ignore,
    who: str = "",
) -> Outcome:
    """Train a generation on the catalogue, write it into `folder`, embed everything with it.

    It is promoted unless it is worse than the one that serves; `promote` decides instead when given.
    Until then nothing changes for those who ask.  Whoever calls holds the right to retrain.  Raises
    TrainingError, GenerationError and StorageError, and whatever `tell` raises.
    """
    identity = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    left = Left()
    crops = await _train(
        database, folder, plan=plan_from(folder, plan), identity=identity, tell=tell, left=left
    )
    made = generations.load(folder / identity)
    comparison = await adopt(database, folder, made, promote=promote, tell=tell, who=who)
    return Outcome(artists=len(crops.names), pictures=len(crops), damaged=left.damaged, comparison=comparison)


async def _train(
    database: Path, folder: Path, *, plan: Plan, identity: str, tell: Tell, left: Left
) -> TrainingSet:
    """Leave the workplace only when a kill or an interruption is to be taken up again."""
    work = folder / WORKPLACE
    with space_at(work), _cleared_after_faults(work), _temporary_files_in(work / "temporary"):
        progress = part_of(tell, "collect")
        samples = collect(database, minimum=plan.minimum, progress=progress, left=left)
        crops = await write_set(work, samples)
        make_generation(
            crops,
            folder / identity,
            plan=plan,
            identity=identity,
            progress=tell,
            backup=work / "backup",
        )
    shutil.rmtree(work, ignore_errors=True)
    return crops


@contextmanager
def _temporary_files_in(place: Path) -> Iterator[None]:
    """Let TensorFlow and we make temporary files where they are removed after a kill, too."""
    place.mkdir(parents=True, exist_ok=True)
    before, variable = tempfile.tempdir, os.environ.get("TMPDIR")
    tempfile.tempdir = os.environ["TMPDIR"] = str(place)
    try:
        yield
    finally:
        tempfile.tempdir = before
        if variable is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = variable


@contextmanager
def _cleared_after_faults(work: Path) -> Iterator[None]:
    try:
        yield
    except Exception:
        shutil.rmtree(work, ignore_errors=True)
        raise
