import asyncio
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model import embedding
from model.colours import COLOURS
from model.embedding import embed_catalogue
from model.encoder import Encoder
from model.fitting import read_fit
from model.generations import Generation
from storage import generations, jobs, vectors
from storage.database import Connection, connect, transaction
from storage.errors import AlreadyRunning, GenerationCorrupt, GenerationMismatch
from storage.records import JobKind, JobState
from tests.model.shelf import Shelf, add_broken, fill, with_head

pytestmark = pytest.mark.slow


async def revision(connection: Connection) -> int:
    """Read how often the current generation was fitted."""
    row = await generations.current(connection)
    assert row is not None
    return row.revision


async def test_everything_is_embedded(database: Path, connection: Connection, generation: Generation) -> None:
    """Every picture gets a unit vector, and the generation serves, fitted to the catalogue."""
    await fill(database)
    told: list[tuple[int, int]] = []
    report = await embed_catalogue(database, generation, progress=lambda *done: told.append(done))
    assert (report.embedded, report.skipped, report.pictures, report.refitted) == (24, (), 24, True)
    assert told == [(24, 24)]
    table = await vectors.load_vectors(connection, generation.id)
    assert table.vectors.shape == (24, generation.manifest.dimensions + COLOURS)
    assert np.abs(np.linalg.norm(table.vectors.astype(np.float32), axis=1) - 1).max() < 2e-3
    row = await generations.current(connection)
    assert row is not None
    assert (row.id, row.fitted_on, row.dimensions) == (generation.id, 24, generation.manifest.row)
    (job,) = await jobs.recent(connection)
    assert (job.kind, job.state, job.figures["embedded"]) == (JobKind.EMBED, JobState.DONE, 24)


async def test_vectors_are_those_of_the_fit(opened: Connection, generation: Generation) -> None:
    """The vectors stored are what the stored whitening makes of the stored statistics."""
    row = await generations.current(opened)
    assert row is not None
    fit = read_fit(row)
    assert fit is not None
    names, statistics = await vectors.load_statistics(opened, generation.id)
    table = await vectors.load_vectors(opened, generation.id)
    stored = dict(zip(table.pictures, table.vectors.astype(np.float32), strict=True))
    for name, vector in zip(names, fit.whitening.apply(statistics), strict=True):
        assert stored[name] @ vector > 0.999


async def test_again_changes_nothing(ready: Path, opened: Connection, generation: Generation) -> None:
    """A second run finds nothing to do."""
    before = await vectors.stamp(opened)
    report = await embed_catalogue(ready, generation)
    assert (report.embedded, report.pictures, report.refitted) == (0, 24, False)
    assert await vectors.stamp(opened) == before


async def test_empty_catalogue(database: Path, connection: Connection, generation: Generation) -> None:
    """Without pictures there is nothing to fit to, and the generation waits for them."""
    report = await embed_catalogue(database, generation)
    assert (report.embedded, report.refitted) == (0, False)
    assert await revision(connection) == 0


async def test_a_small_catalogue_is_fitted_each_time(
    ready: Path, opened: Connection, generation: Generation
) -> None:
    """While there are few pictures, every new one changes the fit."""
    await fill(ready, Shelf(artists=1, episodes=1, first=10))
    report = await embed_catalogue(ready, generation)
    assert (report.embedded, report.pictures, report.refitted) == (2, 26, True)
    assert await revision(opened) == 2


@pytest.mark.parametrize(("more", "refitted"), [(2, False), (3, True)])
async def test_growth(
    ready: Path,
    opened: Connection,
    generation: Generation,
    monkeypatch: pytest.MonkeyPatch,
    *,
    more: int,
    refitted: bool,
) -> None:
    """A larger catalogue is fitted again when it has grown by a fifth; new pictures are found at once."""
    monkeypatch.setattr(embedding, "_SMALL", 0)
    await fill(ready, Shelf(artists=1, episodes=more, first=10))
    report = await embed_catalogue(ready, generation)
    assert (report.embedded, report.refitted) == (2 * more, refitted)
    assert len((await vectors.load_vectors(opened, generation.id)).vectors) == 24 + 2 * more


async def test_broken_pictures_are_skipped(
    database: Path, connection: Connection, generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures that cannot be decoded are counted and left out, also when a whole batch is of them."""
    monkeypatch.setattr(embedding, "BATCH", 4)
    await fill(database)
    await add_broken(database, 9)
    report = await embed_catalogue(database, generation)
    assert (report.embedded, len(report.skipped), report.pictures) == (24, 9, 24)
    assert await vectors.count_to_embed(connection, generation.id) == 9


async def test_another_generation_is_not_promoted(
    ready: Path, opened: Connection, generation: Generation
) -> None:
    """A generation that is embedded beside the current one waits to be promoted."""
    other = replace(generation, manifest=replace(generation.manifest, id="other-1"))
    report = await embed_catalogue(ready, other)
    assert (report.generation, report.embedded) == ("other-1", 24)
    row = await generations.current(opened)
    assert row is not None
    assert row.id == generation.id
    assert len((await vectors.load_vectors(opened, "other-1")).vectors) == 24


async def test_head(database: Path, connection: Connection, generation: Generation) -> None:
    """The head's vector is kept with the statistics and has its part in the vectors."""
    await fill(database)
    headed = with_head(generation, ("화가 0",), weight=0.25)
    await embed_catalogue(database, headed)
    assert headed.manifest.head is not None
    size = headed.manifest.head.dimensions
    table = await vectors.load_vectors(connection, headed.id)
    assert table.vectors.shape == (24, headed.manifest.dimensions + size)
    lengths = np.linalg.norm(table.vectors[:, -size:].astype(np.float32), axis=1)
    np.testing.assert_allclose(lengths, 0.5, atol=1e-3)


async def test_one_at_a_time(database: Path, connection: Connection, generation: Generation) -> None:
    """While a living process embeds, another one is told so and changes nothing."""
    await fill(database)
    async with transaction(connection):
        await jobs.start(connection, JobKind.EMBED, who="another")
    with pytest.raises(AlreadyRunning):
        await embed_catalogue(database, generation)
    assert await vectors.count_to_embed(connection, generation.id) == 24


@pytest.mark.parametrize(("kind", "other"), [("adopt", "embed"), ("embed", "adopt")])
async def test_no_generation_is_embedded_twice_at_once(
    database: Path, generation: Generation, monkeypatch: pytest.MonkeyPatch, kind: str, other: str
) -> None:
    """One that begins to serve while it is adopted is not embedded beside that: their fits would mix."""
    await fill(database)
    refit = embedding._refit

    async def beside_another(connection: Connection, run: embedding._Run, *, pictures: int) -> None:
        with pytest.raises(AlreadyRunning, match=kind):
            await embed_catalogue(database, generation, kind=JobKind(other))
        await refit(connection, run, pictures=pictures)

    monkeypatch.setattr(embedding, "_refit", beside_another)
    report = await embed_catalogue(database, generation, kind=JobKind(kind))
    assert report.refitted


async def test_another_generation_is_embedded_meanwhile(ready: Path, generation: Generation) -> None:
    """What serves is embedded also while one that does not is being adopted."""
    await fill(ready, Shelf(episodes=2, first=50))
    async with connect(ready) as connection, transaction(connection):
        await jobs.start(connection, JobKind.ADOPT, who="another", wish={embedding.GENERATION: "new"})
    assert (await embed_catalogue(ready, generation)).embedded > 0


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from model import embedding, generations
embedding.BATCH = 8
def progress(done, total):
    if done >= 16:
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(embedding.embed_catalogue(Path(sys.argv[1]), generations.starter(), progress=progress))
"""


async def test_kill(database: Path, connection: Connection, generation: Generation) -> None:
    """What was embedded before a kill -9 is kept, and the next run does the rest."""
    await fill(database)
    killed = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", KILLED, str(database)], check=False, stderr=subprocess.PIPE
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert await vectors.count_to_embed(connection, generation.id) == 8
    report = await embed_catalogue(database, generation)
    assert (report.embedded, report.pictures) == (8, 24)
    states = [job.state for job in await jobs.recent(connection)]
    assert states == [JobState.DONE, JobState.FAILED]


async def test_kill_before_the_fit(
    database: Path, connection: Connection, generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that ended between encoding and fitting is made good by the next, with nothing new to encode."""
    await fill(database)

    async def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(embedding, "_refit", fail)
    with pytest.raises(ZeroDivisionError):
        await embed_catalogue(database, generation)
    (job,) = await jobs.recent(connection)
    assert job.state is JobState.FAILED
    monkeypatch.undo()
    os.chdir(database.parent)
    report = await embed_catalogue(database, generation)
    assert (report.embedded, report.refitted) == (0, True)
    assert len((await vectors.load_vectors(connection, generation.id)).vectors) == 24


async def test_cancelled(database: Path, connection: Connection, generation: Generation) -> None:
    """A cancelled run is recorded as such."""
    await fill(database)

    def cancel(*_: int) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await embed_catalogue(database, generation, progress=cancel)
    (job,) = await jobs.recent(connection)
    assert job.state is JobState.CANCELLED


async def test_a_damaged_fit(ready: Path, opened: Connection, generation: Generation) -> None:
    """A fit that cannot be read fails the job with its sentence."""
    async with connect(ready) as other, transaction(other):
        await generations.save_fit(other, generation.id, transform=b"?", calibration="{}", fitted_on=24)
    with pytest.raises(GenerationCorrupt):
        await embed_catalogue(ready, generation)
    job = (await jobs.recent(opened))[0]
    assert (job.state, "damaged" in job.error) == (JobState.FAILED, True)


async def test_other_statistics(database: Path, connection: Connection, generation: Generation) -> None:
    """A generation whose name is taken by one with other statistics does not fit."""
    async with transaction(connection):
        await generations.register(connection, generation.id, dimensions=7)
    with pytest.raises(GenerationMismatch, match="7 statistics"):
        await embed_catalogue(database, generation)


async def test_encoder_of_the_catalogue(
    database: Path, connection: Connection, generation: Generation, encoder: Encoder
) -> None:
    """The statistics stored are the encoder's, to half precision."""
    from model.decode import decode  # noqa: PLC0415 - beside what it is compared with
    from tests.model.shelf import picture_of  # noqa: PLC0415

    await fill(database, Shelf(artists=1, episodes=1))
    await embed_catalogue(database, generation)
    _, stored = await vectors.load_statistics(connection, generation.id)
    expected = [encoder.statistics(decode(picture_of(0, number)))[0] for number in (0, 100)]
    for row in expected:
        assert np.abs(stored - row).max(axis=1).min() < 0.01 * np.abs(row).max()


async def test_only_broken_pictures_are_new(ready: Path, generation: Generation) -> None:
    """A batch of which nothing can be decoded leaves the catalogue as it was."""
    await add_broken(ready, 3)
    report = await embed_catalogue(ready, generation)
    assert (report.embedded, len(report.skipped), report.refitted) == (0, 3, False)
