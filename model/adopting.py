"""Take a generation in: embed the catalogue with it, compare, promote."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from model import generations
from model.comparing import compare
from model.embedding import EmbedReport, embed_catalogue
from model.generations import Generation
from model.protocol import Split
from model.records_json import RecordDamaged
from model.serving import load_finder
from model.splits import SPLIT
from model.stages import Stage, Tell, ignore, part_of
from model.titles import TITLES, are_of
from storage import catalogue, jobs, pictures, vectors
from storage import generations as stored_generations
from storage.comparisons import Comparison, Measure, Verdict
from storage.database import Connection, connect, transaction
from storage.errors import AlreadyRunning, GenerationCorrupt, GenerationError, GenerationMismatch
from storage.records import JobKind


async def adopt(
    database: Path,
    folder: Path,
    made: Generation,
    *,
    promote: bool | None = None,
    tell: Tell = ignore,
    who: str = "",
) -> Comparison:
    """Embed the catalogue with the generation `made`, which lies in `folder`, and compare it.

    It is promoted unless held-out pictures find their artists less often with it than with the one that
    serves, beyond what chance explains; `promote` decides instead when given.  Raises GenerationError and
    StorageError; nothing changes for those who ask then.
    """
    embedded = await embed_all(database, made, tell=tell)
    tell(Stage(name="compare", done=0, total=1))
    against, measures = await _measure(database, folder, made)
    await _try_out(database, folder, made)
    worse = any(measure.is_worse for measure in measures)
    promoted = not worse if promote is None else promote
    verdict = Verdict.PROMOTED if promoted else Verdict.KEPT
    found = Comparison(generation=made.id, against=against, verdict=verdict, measures=measures)
    async with connect(database) as connection, transaction(connection):
        await stored_generations.save_scores(connection, made.id, scores=found.to_json())
    if promoted:
        await put_in_service(database, made, embedded=embedded, tell=tell, who=who)
    return found


async def embed_all(
    database: Path, made: Generation, *, tell: Tell = ignore, who: str = "embed"
) -> EmbedReport:
    """Embed what a generation has not seen, after whoever else does that now."""
    while True:
        kind = JobKind.EMBED if await _serves(database, made) else JobKind.ADOPT
        try:
            return await embed_catalogue(database, made, progress=part_of(tell, "embed"), who=who, kind=kind)
        except AlreadyRunning as other:
            tell(Stage(name="embed", done=0, total=1))
            async with connect(database, read_only=True) as connection:
                await jobs.until_free(connection, JobKind(str(other.values["job"])))


async def put_in_service(
    database: Path, made: Generation, *, embedded: EmbedReport, tell: Tell = ignore, who: str = ""
) -> None:
    """Promote a generation in the same transaction in which it lacks no picture.

    Whatever came in since it was embedded is embedded first, until nothing comes in between.
    """
    while True:
        async with connect(database) as connection, transaction(connection):
            if await _is_complete(connection, made, embedded=embedded):
                await stored_generations.promote(connection, made.id, who=who)
                return
        embedded = await embed_all(database, made, tell=tell)


async def _is_complete(connection: Connection, made: Generation, *, embedded: EmbedReport) -> bool:
    """Say whether nothing is missing but what cannot be decoded."""
    missing = await vectors.names_to_embed(connection, made.id)
    return set(missing) <= set(embedded.skipped)


async def _serves(database: Path, made: Generation) -> bool:
    async with connect(database, read_only=True) as connection:
        current = await stored_generations.current(connection)
    return current is None or current.id == made.id


async def _measure(database: Path, folder: Path, made: Generation) -> tuple[str, tuple[Measure, ...]]:
    async with connect(database, read_only=True) as connection:
        current = await stored_generations.current(connection)
        webtoons = await catalogue.list_webtoons(connection)
    if current is None or current.id == made.id:
        return "", ()
    titles = {stored.id: stored.webtoon.title for stored in webtoons}
    trained, serving = _split(folder, made, titles), _serving_split(folder, current.id, titles)
    measures = await compare(database, current.id, made.id, trained=trained, serving=serving)
    return current.id, measures


def _split(folder: Path, made: Generation, titles: Mapping[int, str]) -> Split | None:
    """Read what a generation was trained on, None where it does not say, or speaks of another catalogue."""
    files = made.manifest.files
    if SPLIT not in files:
        return None
    if TITLES in files and not are_of(generations.read_file(folder, made, name=TITLES), titles):
        return None
    try:
        return Split.from_json(generations.read_file(folder, made, name=SPLIT))
    except RecordDamaged as error:
        raise GenerationCorrupt(generation=made.id, file=SPLIT) from error


def _serving_split(folder: Path, name: str, titles: Mapping[int, str]) -> Split | None:
    """Read what the one that serves was trained on; a damaged one must not keep a sound one from serving."""
    try:
        return _split(folder, generations.find(folder, name), titles)
    except GenerationError:
        return None


async def _try_out(database: Path, folder: Path, made: Generation) -> None:
    """Load it from disk as serving does, checksums and all, and ask it with a picture of the catalogue."""
    async with connect(database, read_only=True) as connection:
        names = await pictures.sample_pictures(connection, 1)
        sample = await pictures.get_picture(connection, names[0]) if names else None
    if sample is None:
        return
    finder = await load_finder(database, folder, generation=made.id)
    answer = await asyncio.to_thread(finder.find, [sample.data])
    if not answer.matches or answer.matches[0].score <= 0:
        raise GenerationMismatch(generation=made.id, fault="it does not find a picture of the catalogue")
