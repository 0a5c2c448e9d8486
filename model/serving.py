"""From the database and a generation's folder to a finder that answers."""

import asyncio
from pathlib import Path

from model import generations
from model.encoder import Encoder
from model.finder import Catalogue, Finder
from model.fitting import read_fit
from model.generations import Generation
from storage import catalogue as stored_catalogue
from storage import generations as stored_generations
from storage import pictures as stored_pictures
from storage import vectors as stored_vectors
from storage.database import Connection, connect, snapshot
from storage.errors import EmptyCatalogue, GenerationMismatch
from storage.generations import GenerationRow


async def load_finder(
    database: Path,
    generations_folder: Path,
    *,
    generation: str | None = None,
    before: Finder | None = None,
) -> Finder:
    """Make a finder of the current generation, or of another, and everything that it has embedded.

    The encoder of the one `before` goes on where the generation is the same.  Raises EmptyCatalogue,
    GenerationError and StorageError.
    """
    async with connect(database, read_only=True) as connection, snapshot(connection):
        row = await _row_of(connection, generation)
        if row is None:
            raise EmptyCatalogue
        catalogue = await _read(connection, row.id)
    if before is not None and before.generation.id == row.id:
        encoder = before.encoder
    else:
        loaded = await asyncio.to_thread(generations.find, generations_folder, row.id)
        encoder = await asyncio.to_thread(Encoder, loaded, side_by_side=True)
    return await asyncio.to_thread(_build, encoder, row=row, catalogue=catalogue)


async def serving_generation(database: Path, generations_folder: Path) -> Generation:
    """Load the current generation, or the one that Grimche ships while there is none."""
    async with connect(database, read_only=True) as connection:
        row = await stored_generations.current(connection)
    if row is None:
        return await asyncio.to_thread(generations.starter)
    return await asyncio.to_thread(generations.find, generations_folder, row.id)


async def _row_of(connection: Connection, generation: str | None) -> GenerationRow | None:
    if generation is None:
        return await stored_generations.current(connection)
    rows = await stored_generations.list_generations(connection)
    return next((row for row in rows if row.id == generation), None)


async def _read(connection: Connection, generation: str) -> Catalogue:
    table = await stored_vectors.load_vectors(connection, generation)
    webtoons = await stored_catalogue.list_webtoons(connection)
    return Catalogue(
        table=table,
        webtoons={stored.id: stored for stored in webtoons},
        hashes=await stored_pictures.list_hashes(connection),
        stamp=await stored_vectors.stamp(connection),
    )


def _build(encoder: Encoder, *, row: GenerationRow, catalogue: Catalogue) -> Finder:
    found = read_fit(row)
    if found is None:
        raise EmptyCatalogue
    generation = encoder.generation
    if row.dimensions != generation.manifest.row:
        fault = f"the catalogue holds {row.dimensions} statistics, it makes {generation.manifest.row}"
        raise GenerationMismatch(generation=generation.id, fault=fault)
    return Finder(encoder, fit=found, catalogue=catalogue)
