"""Look at the generations, bring one in, let another one serve, and remove those that are not needed."""

import asyncio
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from bot.catalogue_jobs import WHO
from bot.progress import Report, Stage, Step, ignore
from bot.sweeping import sweep as sweep  # noqa: PLC0414  it belongs to what is done with generations
from model import generations
from model.generation_files import beside, read_checked, read_manifest, write_folder
from model.generations import ENCODER
from model.parity import PARITY, check_answers
from storage import database
from storage import generations as stored_generations
from storage.comparisons import Comparison as Comparison  # noqa: PLC0414  commands name it
from storage.errors import (
    EmptyCatalogue,
    GenerationError,
    GenerationMismatch,
    GenerationMissing,
    GenerationServes,
    NothingBefore,
)
from storage.translation import translated

if TYPE_CHECKING:
    from bot.settings import Settings
    from model.generations import Generation
    from model.manifest import Manifest
    from model.stages import Stage as Part
    from model.stages import Tell

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A generation in a list; `fault` says why it cannot be used, and then the rest is empty.

    `score` is what its checkpoint was chosen by, where it was.
    """

    id: str
    serves: bool = False
    created: datetime | None = None
    body: str = ""
    artists: int = 0
    data: str = ""
    score: float | None = None
    fault: GenerationError | None = None


async def list_generations(settings: "Settings") -> list[Line]:
    """List what can serve, the shipped starter first, the others from the oldest to the newest.

    What serves is listed also where its folder is gone.  Manifests are read, and no checksum is taken.
    Raises StorageError.
    """
    serving = await find_serving(settings)
    return await asyncio.to_thread(_read_all, settings.generations, serving or "")


async def find_serving(settings: "Settings") -> str | None:
    """Name the generation that serves, whatever has become of its folder; raises StorageError."""
    await database.prepare(settings.database)
    async with database.connect(settings.database, read_only=True) as connection:
        current = await stored_generations.current(connection)
    return current.id if current else None


async def add(settings: "Settings", folder: Path, *, promote: bool | None, report: Report) -> Comparison:
    """Copy a generation's folder in, convert it where that is still to be done, and embed with it.

    What crashes have left is removed first.  It serves unless it is worse than the one that does, or as
    `promote` decides; the oldest beyond the number to keep go.  Raises GenerationError, StorageError,
    TrainingError where it cannot be converted, and DiskFull.
    """
    from model.adopting import adopt  # noqa: PLC0415  `--help` shall not wait for it

    await sweep(settings)
    manifest = read_manifest(folder)
    _refuse_known(settings, manifest.id)
    settings.generations.mkdir(parents=True, exist_ok=True)
    part = beside(settings.generations / manifest.id, "part")
    try:
        made = _bring(folder, manifest, part)
        await _place(settings, made, part)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    found = await adopt(
        settings.database, settings.generations, made, promote=promote, tell=_tell(report), who=WHO
    )
    await prune(settings)
    return found


async def promote(settings: "Settings", generation: str, *, who: str, report: Report = ignore) -> None:
    """Let a generation serve, whatever its comparison said; what it has not embedded yet is first.

    The oldest beyond the number to keep go.  Raises GenerationError and StorageError.
    """
    from model.adopting import embed_all, put_in_service  # noqa: PLC0415  as above

    await database.prepare(settings.database)
    made = generations.find(settings.generations, generation)
    tell = _tell(report)
    embedded = await embed_all(settings.database, made, tell=tell)
    await put_in_service(settings.database, made, embedded=embedded, tell=tell, who=who)
    await prune(settings)


async def roll_back(settings: "Settings", *, who: str, report: Report = ignore) -> str:
    """Let the generation serve that served before the present one; return its id.

    Done twice it leads back.  Raises NothingBefore, EmptyCatalogue, GenerationError and StorageError.
    """
    before = await find_before(settings)
    await promote(settings, before, who=who, report=report)
    return before


async def find_before(settings: "Settings") -> str:
    """Name the generation that served before the present one; raises as `roll_back` does."""
    await database.prepare(settings.database)
    async with database.connect(settings.database, read_only=True) as connection:
        current = await stored_generations.current(connection)
        history = await stored_generations.promotions(connection)
    if current is None:
        raise EmptyCatalogue
    before = _before(history, current.id)
    if before is None:
        raise NothingBefore(generation=current.id)
    return before


async def discard(settings: "Settings", generation: str) -> None:
    """Remove a generation that does not serve, with its folder.

    Raises GenerationServes, GenerationMissing and StorageError.
    """
    await database.prepare(settings.database)
    await _discard(settings.database, settings.generations, generation)


async def check_discardable(settings: "Settings", generation: str) -> None:
    """Raise what `discard` would raise; nothing is removed."""
    await database.prepare(settings.database)
    async with database.connect(settings.database, read_only=True) as connection:
        await stored_generations.number_of(connection, generation)
        current = await stored_generations.current(connection)
    if current is not None and current.id == generation:
        raise GenerationServes(generation=generation)


async def prune(settings: "Settings") -> list[str]:
    """Discard all but the newest generations, as many as the setting keeps; return which went.

    The one that serves and the one to go back to stay whatever their age, and so does the newest of those
    made since, as long as nobody has let it serve or discarded it.  Raises StorageError.
    """
    await database.prepare(settings.database)
    return await keep_newest(settings.database, settings.generations, keep=settings.keep_generations)


async def keep_newest(path: Path, folder: Path, *, keep: int) -> list[str]:
    """Discard all but `keep` generations of a database, as `prune` does."""
    async with database.connect(path, read_only=True) as connection:
        rows = await stored_generations.list_generations(connection)
        history = await stored_generations.promotions(connection)
    current = next((row.id for row in rows if row.current), "")
    needed = {current, _before(history, current), _undecided(rows, history)}
    others = [row.id for row in rows if row.id not in needed]
    kept = max(keep - sum(row.id in needed for row in rows), 0)
    for generation in others[kept:]:
        await _discard(path, folder, generation)
    return others[kept:]


async def comparison(settings: "Settings", generation: str) -> Comparison | None:
    """Return what a generation was compared by, None where it was not; raises StorageError."""
    await database.prepare(settings.database)
    async with database.connect(settings.database, read_only=True) as connection:
        rows = await stored_generations.list_generations(connection)
    scores = next((row.scores for row in rows if row.id == generation), None)
    return Comparison.from_json(scores) if scores else None


def _before(history: Sequence[stored_generations.Promotion], current: str) -> str | None:
    return next((each.generation for each in history if each.generation != current), None)


def _undecided(
    rows: Sequence[stored_generations.GenerationRow], history: Sequence[stored_generations.Promotion]
) -> str | None:
    """Name the newest of those made after the one that serves which has never served itself."""
    served = {each.generation for each in history}
    newer = takewhile(lambda row: not row.current, rows)
    return next((row.id for row in newer if row.id not in served), None)


async def _discard(path: Path, folder: Path, generation: str) -> None:
    async with database.connect(path) as connection, database.transaction(connection):
        await stored_generations.discard(connection, generation)
    # The row goes first: a folder without one is what `sweep` removes, and nothing points at it.
    await asyncio.to_thread(_remove, folder / generation)


def _remove(folder: Path) -> None:
    """Move a folder aside, so that it is there whole or not at all, and remove it."""
    aside = beside(folder, "old")
    with suppress(FileNotFoundError):
        folder.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def _tell(report: Report) -> "Tell":
    def tell(part: "Part") -> None:
        report(Step(stage=Stage(part.name), share=part.done / max(part.total, 1)))

    return tell


def _refuse_known(settings: "Settings", generation: str) -> None:
    if generations.is_there(settings.generations, generation):
        raise GenerationMismatch(generation=generation, fault="one of this name is here already")


async def _place(settings: "Settings", made: "Generation", part: Path) -> None:
    """Move a folder into its place in the transaction that notes it: one without a row would be swept."""
    async with database.connect(settings.database) as connection, database.transaction(connection):
        _refuse_known(settings, made.id)
        await stored_generations.register(connection, made.id, dimensions=made.manifest.row)
        _move(part, settings.generations / made.id)


def _move(part: Path, place: Path) -> None:
    with translated(place):
        part.rename(place)


def _bring(folder: Path, manifest: "Manifest", place: Path) -> "Generation":
    if ENCODER not in manifest.files:
        from model.drafts import read_draft  # noqa: PLC0415  they load TensorFlow
        from model.export import finish  # noqa: PLC0415

        return finish(place, read_draft(folder))
    contents = {name: read_checked(folder / name, digest) for name, digest in manifest.files.items()}
    made = write_folder(place, manifest, contents=contents, check=generations.load)
    if PARITY in contents:  # what was exported before it was written has none
        check_answers(made, contents[PARITY])
    return made


def _read_all(place: Path, serving: str) -> list[Line]:
    shipped = generations.starter_manifest()
    lines = [_read(folder, serving) for folder in _folders(place) if folder.name != shipped.id]
    lines = [_line(shipped, serving), *sorted(lines, key=lambda line: line.created or _LONG_AGO)]
    if serving and not any(line.serves for line in lines):
        lines.append(_read(place / serving, serving))
    return lines


def _folders(place: Path) -> list[Path]:
    if not place.is_dir():
        return []
    return sorted(folder for folder in place.iterdir() if folder.is_dir() and folder.name[0] != ".")


def _read(folder: Path, serving: str) -> Line:
    try:
        manifest = read_manifest(folder)
        lacking = next((name for name in manifest.files if not (folder / name).is_file()), None)
        if lacking is not None:
            raise GenerationMissing(generation=folder.name, file=lacking)
        return _line(manifest, serving)
    except GenerationError as error:
        return Line(id=folder.name, serves=folder.name == serving, fault=error)


def _line(manifest: "Manifest", serving: str) -> Line:
    return Line(
        id=manifest.id,
        serves=manifest.id == serving,
        created=manifest.created,
        body=manifest.body,
        artists=len(manifest.head.labels) if manifest.head else 0,
        data=manifest.data,
        score=manifest.scores.get("validation"),
    )
