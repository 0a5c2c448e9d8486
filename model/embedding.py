"""Embedding: what of the catalogue is new goes through the encoder, and the fit follows its growth."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from model.arrays import FloatArray
from model.calibration import Calibration
from model.decode import decode
from model.encoder import Encoder
from model.fitting import Fit, calibrate_to, fit_to, read_fit
from model.generations import Generation
from model.non_drawings import non_drawings
from model.threads import background_threads
from model.trials import Shelf
from model.whitening import FIT_ROWS, Whitening
from storage import catalogue, generations, jobs, vectors
from storage.database import Connection, connect, transaction
from storage.errors import AlreadyRunning, GenerationMismatch, GrimcheError, PictureError, StorageError
from storage.generations import GenerationRow
from storage.records import JobKind, JobState

KINDS = (JobKind.EMBED, JobKind.ADOPT)
GENERATION = "generation"  # in the wish of a job: whose vectors it makes
BATCH = 64
_WORKERS = 2
_SMALL = 200  # pictures up to which every one changes the fit noticeably
_GROWTH = 1.2
_READ = 512

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedReport:
    """What an embed run did; `skipped` names the pictures that cannot be decoded, by sha256."""

    generation: str
    embedded: int
    skipped: tuple[str, ...]
    pictures: int
    refitted: bool


@dataclass(slots=True)
class _Run:
    """An embed run in progress."""

    generation: Generation
    encoder: Encoder
    pool: ThreadPoolExecutor
    job: int
    total: int
    progress: Progress | None
    done: int = 0
    skipped: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, int | float | str]:
        return {
            "generation": self.generation.id,
            "embedded": self.done - len(self.skipped),
            "skipped": len(self.skipped),
            "total": self.total,
        }


async def embed_catalogue(
    database: Path,
    generation: Generation,
    *,
    progress: Progress | None = None,
    who: str = "embed",
    kind: JobKind = JobKind.EMBED,
) -> EmbedReport:
    """Embed the pictures that a generation has not seen, and fit it anew when the catalogue has grown.

    A generation becomes the current one where there is none.  `progress` is told pictures done and in
    all.  One that does not serve yet is embedded as another `kind` of job, so that what serves can be
    embedded meanwhile; no generation is embedded twice at once, for two runs would fit it differently.  What
    is done is kept when the process is killed, and the next run continues.  Raises AlreadyRunning while
    another run embeds, GenerationError and StorageError.
    """
    encoder = await asyncio.to_thread(Encoder, generation)
    async with connect(database) as connection:
        await _register(connection, generation)
        async with _job(connection, generation, who=who, kind=kind) as job:
            total = await vectors.count_to_embed(connection, generation.id)
            with background_threads(_WORKERS, name="embed") as pool:
                run = _Run(generation, encoder, pool, job=job, total=total, progress=progress)
                return await _embed(connection, run)


async def _embed(connection: Connection, run: _Run) -> EmbedReport:
    row = await _row(connection, run.generation)
    fit = read_fit(row)
    await _encode_new(connection, run, fit=fit)
    pictures = await vectors.count_statistics(connection, run.generation.id)
    refitted = _is_outgrown(row, pictures)
    if refitted:
        await _refit(connection, run, pictures=pictures)
    await jobs.finish(connection, run.job, state=JobState.DONE, figures=run.figures())
    return EmbedReport(
        generation=run.generation.id,
        embedded=run.done - len(run.skipped),
        skipped=tuple(run.skipped),
        pictures=pictures,
        refitted=refitted,
    )


async def _register(connection: Connection, generation: Generation) -> None:
    async with transaction(connection):
        await generations.register(connection, generation.id, dimensions=generation.manifest.row)
        if await generations.current(connection) is None:
            await generations.promote(connection, generation.id)
    row = await _row(connection, generation)
    if row.dimensions != generation.manifest.row:
        fault = f"the catalogue holds {row.dimensions} statistics, it makes {generation.manifest.row}"
        raise GenerationMismatch(generation=generation.id, fault=fault)


async def _row(connection: Connection, generation: Generation) -> GenerationRow:
    rows = await generations.list_generations(connection)
    return next(row for row in rows if row.id == generation.id)


@asynccontextmanager
async def _job(
    connection: Connection, generation: Generation, *, who: str, kind: JobKind
) -> AsyncIterator[int]:
    """Hold the right to embed, and record a failure; success is recorded with its figures inside."""
    async with transaction(connection):
        await _refuse_second(connection, generation)
        job = await jobs.start(connection, kind, who=who, wish={GENERATION: generation.id})
    try:
        yield job
    except asyncio.CancelledError:
        await _give_up(connection, job, state=JobState.CANCELLED)
        raise
    except GrimcheError as error:
        await _give_up(connection, job, state=JobState.FAILED, error=str(error))
        raise
    finally:  # for errors that nobody foresaw; it changes nothing where the job has ended
        await _give_up(connection, job, state=JobState.FAILED, error=GrimcheError.sentence)


async def _refuse_second(connection: Connection, generation: Generation) -> None:
    """Raise AlreadyRunning while a job of any kind embeds with this generation."""
    for kind in KINDS:
        running = await jobs.running(connection, kind)
        if running is not None and running.wish.get(GENERATION) == generation.id:
            raise AlreadyRunning(job=kind)


async def _give_up(connection: Connection, job: int, *, state: JobState, error: str = "") -> None:
    with suppress(StorageError):  # the database itself may be what failed
        await jobs.finish(connection, job, state=state, figures={}, error=error)


async def _encode_new(connection: Connection, run: _Run, *, fit: Fit | None) -> None:
    """Encode what is new, batch by batch, each kept as soon as it is done."""
    after = ""
    while batch := await vectors.pictures_to_embed(connection, run.generation.id, limit=BATCH, after=after):
        after = batch[-1][0]
        rows = await _encode(run, batch)
        async with transaction(connection):
            await vectors.save_statistics(connection, run.generation.id, rows=rows)
            if fit is not None:
                await vectors.save_vectors(connection, run.generation.id, rows=_apply(fit.whitening, rows))
            share = run.done / max(run.total, run.done)
            await jobs.advance(connection, run.job, progress=share, figures=run.figures())
        if run.progress is not None:
            run.progress(run.done, max(run.total, run.done))


async def _encode(run: _Run, batch: Sequence[tuple[str, bytes]]) -> list[tuple[str, FloatArray]]:
    loop = asyncio.get_running_loop()
    work = [loop.run_in_executor(run.pool, _statistics, run.encoder, data) for _, data in batch]
    rows = await asyncio.gather(*work)
    run.done += len(batch)
    run.skipped += [sha256 for (sha256, _), row in zip(batch, rows, strict=True) if row is None]
    return [(sha256, row) for (sha256, _), row in zip(batch, rows, strict=True) if row is not None]


def _statistics(encoder: Encoder, data: bytes) -> FloatArray | None:
    """Encode one picture, its crops averaged; None for one that cannot be decoded."""
    try:
        crops = decode(data)
    except PictureError:
        return None
    return np.asarray(encoder.statistics(crops).mean(axis=0), dtype=np.float32)


def _apply(fitted: Whitening, rows: Sequence[tuple[str, FloatArray]]) -> list[tuple[str, FloatArray]]:
    if not rows:
        return []
    table = fitted.apply(np.stack([row for _, row in rows]))
    return [(sha256, vector) for (sha256, _), vector in zip(rows, table, strict=True)]


def _is_outgrown(row: GenerationRow, pictures: int) -> bool:
    """Say whether the catalogue is no longer the one that the fit knew."""
    if not pictures or pictures == row.fitted_on:
        return False
    return row.transform is None or pictures < _SMALL or pictures >= row.fitted_on * _GROWTH


async def _refit(connection: Connection, run: _Run, *, pictures: int) -> None:
    """Fit to the catalogue as it is now; readers see the old fit with its vectors or the new one with its."""
    name = run.generation.id
    names, sample = await vectors.load_statistics(connection, name, limit=FIT_ROWS)
    loop = asyncio.get_running_loop()
    fitted = await loop.run_in_executor(run.pool, fit_to, sample, run.generation)
    calibration = await _calibrate(connection, run, names=names, sample=sample)
    rows: list[tuple[str, FloatArray]] = []
    async for names, statistics in vectors.iter_statistics(connection, name, batch=_READ):
        table = await loop.run_in_executor(run.pool, fitted.apply, statistics)
        rows += zip(names, table, strict=True)
    async with transaction(connection):
        await vectors.save_vectors(connection, name, rows=rows)
        await generations.save_fit(
            connection,
            name,
            transform=fitted.to_bytes(),
            calibration=calibration.to_json(),
            fitted_on=pictures,
        )


async def _calibrate(
    connection: Connection, run: _Run, *, names: Sequence[str], sample: FloatArray
) -> Calibration:
    """Hold parts of the sample out and see how they are found."""
    place = {picture: row for row, picture in enumerate(names)}
    shown = [each for each in await vectors.list_shown(connection) if each[2] in place]
    webtoons = {stored.id: stored for stored in await catalogue.list_webtoons(connection)}

    def work() -> Calibration:
        shelf = Shelf(
            rows=sample[[place[picture] for _, _, picture in shown]],
            webtoon_ids=np.array([webtoon for webtoon, _, _ in shown], np.int64),
            episodes=np.array([number for _, number, _ in shown], np.int64),
            webtoons=webtoons,
            others=run.encoder.statistics(non_drawings()),
        )
        return calibrate_to(shelf, run.generation)

    return await asyncio.get_running_loop().run_in_executor(run.pool, work)
