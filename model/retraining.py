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
from model.dataset import PICTURES, write_set
from model.generations import Generation
from model.making import Plan, make_generation, name_of, plan_from
from model.space import space_at
from model.stages import Tell, ignore, part_of
from model.unfinished import WORKPLACE, Made, comparison_of, note, read_note, remove
from storage.comparisons import Comparison
from storage.errors import GenerationError


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
    work, plan = folder / WORKPLACE, plan_from(folder, plan)
    made = read_note(work)
    if not plan.resumed or made is None or made.plan != name_of(plan) or _load(folder, made) is None:
        await remove(database, folder, work)
        made = await _train(database, folder, plan=plan, tell=tell)
    generation = generations.load(folder / made.generation)
    comparison = await comparison_of(database, made.generation)
    if comparison is None:
        try:
            comparison = await adopt(database, folder, generation, promote=promote, tell=tell, who=who)
        except GenerationError:
            await remove(database, folder, work)
            shutil.rmtree(work, ignore_errors=True)
            raise
    shutil.rmtree(work, ignore_errors=True)
    return Outcome(artists=made.artists, pictures=made.pictures, damaged=made.damaged, comparison=comparison)


def _load(folder: Path, made: Made) -> Generation | None:
    try:
        return generations.load(folder / made.generation)
    except GenerationError:
        return None


async def _train(database: Path, folder: Path, *, plan: Plan, tell: Tell) -> Made:
    """Make a generation and note it in the workplace, which is removed after faults only."""
    work, identity = folder / WORKPLACE, f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    left = Left()
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
        made = Made(
            generation=identity,
            plan=name_of(plan),
            artists=len(crops.names),
            pictures=len(crops),
            damaged=left.damaged,
        )
        note(work, made)
        (work / PICTURES).unlink()  # large, and collected anew where it is needed again
    return made


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
