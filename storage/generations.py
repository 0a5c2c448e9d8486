"""Which generations there are, which one serves, and how it was fitted to the catalogue."""

from dataclasses import dataclass, field
from datetime import datetime

from storage.database import Connection, Row
from storage.errors import GenerationMissing, GenerationServes
from storage.values import clean, now, to_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationRow:
    """A generation as the database knows it.

    `dimensions` is the length of the encoder's statistics; `transform` is the whitening as bytes and
    `calibration` its JSON, both None before the first fit on `fitted_on` pictures; `revision` counts
    the fits; `scores` is JSON.
    """

    id: str
    created: datetime
    current: bool
    dimensions: int
    transform: bytes | None = field(repr=False)
    calibration: str | None
    fitted_on: int
    revision: int
    scores: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """When a generation began to serve, and who wanted it."""

    generation: str
    promoted: datetime
    who: str


_GENERATIONS = """
SELECT generations.id, generations.created, generations.is_current, generations.dimensions, fits.transform,
    fits.calibration, coalesce(fits.fitted_on, 0), generations.revision, generations.scores
FROM generations LEFT JOIN fits ON fits.generation = generations.number
"""


async def register(connection: Connection, generation: str, *, dimensions: int) -> None:
    """Add a generation, unless it is there."""
    await connection.rows(
        "INSERT INTO generations (id, created, dimensions) VALUES (:id, :created, :dimensions)"
        " ON CONFLICT (id) DO NOTHING",
        {"id": generation, "created": now(), "dimensions": dimensions},
    )


async def promote(connection: Connection, generation: str, *, who: str = "") -> None:
    """Make a generation the one that serves, in place of the one before, and note by whom.

    One that serves already changes nothing.  Call it in a transaction.
    """
    number = await number_of(connection, generation)
    serves = "SELECT 1 FROM generations WHERE number = :number AND is_current = 1"
    if await connection.row(serves, {"number": number}):
        return
    await connection.rows("UPDATE generations SET is_current = 0 WHERE is_current = 1")
    await connection.rows("UPDATE generations SET is_current = 1 WHERE number = :number", {"number": number})
    await connection.rows(
        "INSERT INTO promotions (generation, promoted, who) VALUES (:number, :now, :who)",
        {"number": number, "now": now(), "who": clean(who)},
    )


async def promotions(connection: Connection) -> list[Promotion]:
    """List what has served and since when, the newest first; discarded generations are forgotten."""
    rows = await connection.rows(
        "SELECT generations.id, promotions.promoted, promotions.who FROM promotions"
        " JOIN generations ON generations.number = promotions.generation ORDER BY promotions.id DESC"
    )
    return [Promotion(generation=name, promoted=to_moment(moment), who=who) for name, moment, who in rows]


async def discard(connection: Connection, generation: str) -> None:
    """Forget a generation that does not serve, with all that it made of the pictures.

    Raises GenerationMissing for a stranger and GenerationServes for the one that serves.
    """
    number = await number_of(connection, generation)
    removed = await connection.rows(
        "DELETE FROM generations WHERE number = :number AND is_current = 0 RETURNING number",
        {"number": number},
    )
    if not removed:
        raise GenerationServes(generation=generation)


async def save_scores(connection: Connection, generation: str, *, scores: str) -> None:
    """Keep what a generation was compared by, as JSON."""
    number = await number_of(connection, generation)
    await connection.rows(
        "UPDATE generations SET scores = :scores WHERE number = :number", {"number": number, "scores": scores}
    )


async def current(connection: Connection) -> GenerationRow | None:
    """Tell which generation serves."""
    row = await connection.row(f"{_GENERATIONS} WHERE generations.is_current = 1")
    return _generation(row) if row else None


async def list_generations(connection: Connection) -> list[GenerationRow]:
    """List all generations, the newest first."""
    return [
        _generation(row) for row in await connection.rows(f"{_GENERATIONS} ORDER BY generations.number DESC")
    ]


async def save_fit(
    connection: Connection, generation: str, *, transform: bytes, calibration: str, fitted_on: int
) -> None:
    """Keep how a generation was fitted on `fitted_on` pictures, and count the fit.

    Vectors made by the fit before are worth nothing with this one: replace them in the same transaction.
    """
    number = await number_of(connection, generation)
    await connection.rows(
        "INSERT INTO fits (generation, fitted_on, calibration, transform)"
        " VALUES (:number, :fitted_on, :calibration, :transform)"
        " ON CONFLICT (generation) DO UPDATE SET fitted_on = excluded.fitted_on,"
        " calibration = excluded.calibration, transform = excluded.transform",
        {"number": number, "fitted_on": fitted_on, "calibration": calibration, "transform": transform},
    )
    await connection.rows(
        "UPDATE generations SET revision = revision + 1 WHERE number = :number", {"number": number}
    )


async def number_of(connection: Connection, generation: str) -> int:
    """Find the key of a registered generation; raise GenerationMissing for another."""
    row = await connection.row("SELECT number FROM generations WHERE id = :id", {"id": generation})
    if row is None:
        raise GenerationMissing(generation=generation, file="its entry in the catalogue")
    return int(row[0])


def _generation(row: Row) -> GenerationRow:
    generation, created, is_current, dimensions, transform, calibration, fitted_on, revision, scores = row
    return GenerationRow(
        id=generation,
        created=to_moment(created),
        current=bool(is_current),
        dimensions=dimensions,
        transform=transform,
        calibration=calibration,
        fitted_on=fitted_on,
        revision=revision,
        scores=scores,
    )
