"""Turn a folder of pictures into an .npz of style vectors, for people who do their own analysis."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.files import open_beside
from bot.progress import Report, Stage, Step
from model.arrays import FloatArray
from model.decode import decode
from model.encoder import Encoder
from model.fitting import fit_to, read_fit
from model.serving import serving_generation
from storage import database
from storage import generations as stored_generations
from storage.errors import FolderError, PictureError

if TYPE_CHECKING:
    from bot.settings import Settings
    from model.generations import Generation

AT_ONCE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file that is no picture; `name` is its path in the folder."""

    name: str
    error: PictureError


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: so many `pictures` of so many `dimensions`, and what was left out."""

    pictures: int
    dimensions: int
    skipped: tuple[Skipped, ...]


@dataclass(slots=True)
class _Found:
    """What has been read so far."""

    names: list[str] = field(default_factory=list)
    rows: list[FloatArray] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


async def embed_folder(settings: "Settings", folder: Path, *, out: Path, report: Report) -> Written:
    """Write the arrays `names` and `vectors` (float32 [n, d], unit length) to `out`.

    The vectors are those that the catalogue compares by; without a catalogue the whitening is fitted on
    the folder itself.  Raises FolderError when it holds no picture, GenerationError and StorageError.
    """
    await database.prepare(settings.database)
    generation = await serving_generation(settings.database, settings.generations)
    found = await _read(settings, folder, encoder=Encoder(generation), report=report)
    if not found.rows:
        raise FolderError(folder=str(folder), fault="it holds no pictures that can be read.")
    vectors = await _whiten(settings, generation, np.stack(found.rows))
    with open_beside(out) as file:
        np.savez(file, names=np.array(found.names), vectors=vectors)
    return Written(pictures=len(vectors), dimensions=vectors.shape[1], skipped=tuple(found.skipped))


async def _read(settings: "Settings", folder: Path, *, encoder: Encoder, report: Report) -> _Found:
    loop = asyncio.get_running_loop()
    paths = _files(folder)
    found = _Found()
    with ThreadPoolExecutor(settings.threads) as pool:
        for start in range(0, len(paths), AT_ONCE):
            part = paths[start : start + AT_ONCE]
            work = [loop.run_in_executor(pool, _statistics, encoder, path) for path in part]
            for path, result in zip(part, await asyncio.gather(*work), strict=True):
                _note(found, path.relative_to(folder).as_posix(), result)
            share = (start + len(part)) / len(paths)
            report(Step(stage=Stage.EMBED, share=share, pictures=len(found.names)))
    return found


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _note(found: _Found, name: str, result: FloatArray | PictureError) -> None:
    if isinstance(result, PictureError):
        found.skipped.append(Skipped(name=name, error=result))
    else:
        found.names.append(name)
        found.rows.append(result)


def _statistics(encoder: Encoder, path: Path) -> FloatArray | PictureError:
    """Encode one file, its crops averaged, as the catalogue's pictures are."""
    try:
        crops = decode(path.read_bytes())
    except PictureError as error:
        return error
    except OSError:  # gone meanwhile, or not ours to read
        return PictureError()
    return np.asarray(encoder.statistics(crops).mean(axis=0), dtype=np.float32)


async def _whiten(settings: "Settings", generation: "Generation", rows: FloatArray) -> FloatArray:
    async with database.connect(settings.database, read_only=True) as connection:
        row = await stored_generations.current(connection)
    fit = read_fit(row) if row else None
    fitted = fit.whitening if fit else fit_to(rows, generation)
    return np.asarray(fitted.apply(rows), dtype=np.float32)
