"""A generation that a retrain has made and not yet adopted, as the retrain's workplace knows it."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from storage import generations
from storage.comparisons import Comparison
from storage.database import Connection, connect, transaction

# A killed training is taken up from here; one job of this kind runs at a time.
WORKPLACE = ".training"
_NOTE = "made.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A whole generation, from how much it was made, and by which plan; `damaged` pictures were left out."""

    generation: str
    plan: str
    artists: int
    pictures: int
    damaged: int = 0


def note(work: Path, made: Made) -> None:
    """Note in a workplace what was made there, whole or not at all."""
    part = work / f"new-{_NOTE}"
    part.write_text(json.dumps(asdict(made)), encoding="utf-8")
    part.replace(work / _NOTE)


def read_note(work: Path) -> Made | None:
    """Read what `note` wrote, None where there is none."""
    try:
        return Made(**json.loads((work / _NOTE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


async def comparison_of(database: Path, generation: str) -> Comparison | None:
    """Return what a generation was compared by before it was let serve, None where it does not."""
    async with connect(database, read_only=True) as connection:
        current = await generations.current(connection)
    if current is None or current.id != generation or current.scores is None:
        return None
    return Comparison.from_json(current.scores)


async def forget(connection: Connection, made: Made) -> None:
    """Remove the row of a generation that nobody has compared; `sweep` removes a folder without one."""
    rows = await generations.list_generations(connection)
    if any(row.id == made.generation and not row.current and row.scores is None for row in rows):
        await generations.discard(connection, made.generation)


async def remove(database: Path, folder: Path, work: Path) -> None:
    """Remove what a workplace says was made, with its folder, unless it was compared or serves."""
    made = read_note(work)
    if made is None:
        return
    async with connect(database) as connection, transaction(connection):
        await forget(connection, made)
        known = {row.id for row in await generations.list_generations(connection)}
    if made.generation not in known:
        shutil.rmtree(folder / made.generation, ignore_errors=True)
    (work / _NOTE).unlink(missing_ok=True)
