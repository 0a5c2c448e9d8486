"""Look at the generations and bring one in that was trained elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.progress import Report, Stage, Step
from model import generations
from model.generation_files import read_checked, read_manifest, write_folder
from model.generations import ENCODER
from storage import database
from storage import generations as stored_generations
from storage.errors import GenerationError, GenerationMismatch

if TYPE_CHECKING:
    from bot.settings import Settings
    from model.adopting import Adopted as Adopted  # noqa: PLC0414  commands name it, but never import model
    from model.generations import Generation
    from model.manifest import Manifest
    from model.stages import Stage as Part


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A generation that was brought in, and what came of it."""

    id: str
    adopted: "Adopted"


async def list_generations(settings: "Settings") -> list[Line]:
    """List what can serve, the shipped starter first; raises StorageError."""
    await database.prepare(settings.database)
    async with database.connect(settings.database, read_only=True) as connection:
        current = await stored_generations.current(connection)
    serving = current.id if current else ""
    shipped = generations.starter().manifest
    folders = [folder for folder in _folders(settings.generations) if folder.name != shipped.id]
    return [_line(shipped, serving), *(_read(folder, serving) for folder in folders)]


async def add(settings: "Settings", folder: Path, *, promote: bool | None, report: Report) -> Added:
    """Copy a generation's folder in, convert it where that is still to be done, and embed with it.

    It serves when it is not worse, or as `promote` decides.  Raises GenerationError, StorageError,
    TrainingError where it cannot be converted, DiskFull and AlreadyRunning.
    """
    from model.adopting import adopt  # noqa: PLC0415  `--help` shall not wait for it

    await database.prepare(settings.database)
    manifest = read_manifest(folder)
    _refuse_known(settings, manifest.id)
    settings.generations.mkdir(parents=True, exist_ok=True)
    made = _bring(folder, manifest, settings.generations / manifest.id)

    def tell(part: "Part") -> None:
        report(Step(stage=Stage(part.name), share=part.done / max(part.total, 1)))

    adopted = await adopt(settings.database, settings.generations, made, promote=promote, tell=tell)
    return Added(id=made.id, adopted=adopted)


def _refuse_known(settings: "Settings", generation: str) -> None:
    if generations.is_there(settings.generations, generation):
        raise GenerationMismatch(generation=generation, fault="one of this name is here already")


def _bring(folder: Path, manifest: "Manifest", place: Path) -> "Generation":
    if ENCODER not in manifest.files:
        from model.drafts import read_draft  # noqa: PLC0415  they load TensorFlow
        from model.export import finish  # noqa: PLC0415

        return finish(place, read_draft(folder))
    contents = {name: read_checked(folder / name, digest) for name, digest in manifest.files.items()}
    return write_folder(place, manifest, contents=contents, check=generations.load)


def _folders(place: Path) -> list[Path]:
    if not place.is_dir():
        return []
    return sorted(folder for folder in place.iterdir() if folder.is_dir() and folder.name[0] != ".")


def _read(folder: Path, serving: str) -> Line:
    try:
        return _line(generations.load(folder).manifest, serving)
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
