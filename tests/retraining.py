"""Retrains and comparisons as they stand in the records, for the bots of tests."""

import json
import shutil
from pathlib import Path

from bot.settings import Settings
from bot.training_job import Wish
from storage import database, generations, jobs
from storage.comparisons import Comparison, Measure, Verdict
from storage.records import JobKind, JobState

STARTER = Path(__file__).parents[1] / "model" / "starter"
WORSE = Comparison(
    generation="20260101-000000",
    against="starter",
    verdict=Verdict.KEPT,
    measures=(
        Measure(regime="episodes", asked=120, before=0.91, after=0.62, low=-0.4, high=-0.1),
        Measure(regime="webtoons", asked=80, before=0.72, after=0.7, low=-0.08, high=0.05),
    ),
)


async def begin(settings: Settings, **figures: float | str) -> int:
    """Record a retrain of this process, as far as it is."""
    async with database.connect(settings.database) as connection:
        job = await jobs.start(connection, JobKind.RETRAIN, who="test")
        await jobs.advance(connection, job, progress=0.25, figures=figures)
    return job


async def killed(settings: Settings, wish: Wish) -> int:
    """Record a retrain whose process was killed."""
    async with database.connect(settings.database) as connection:
        job = await jobs.start(connection, JobKind.RETRAIN, who="test", wish=wish.to_record())
        await connection.rows("UPDATE jobs SET birth = 'earlier' WHERE id = :id", {"id": job})
    return job


async def end(settings: Settings, job: int, state: JobState, **figures: float | str) -> None:
    """Record how a retrain ended."""
    async with database.connect(settings.database) as connection:
        await jobs.finish(connection, job, state=state, figures=figures)


def make(settings: Settings, name: str) -> None:
    """Put the starter under another name among the generations."""
    folder = Path(shutil.copytree(STARTER, settings.generations / name))
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"id": name}))


async def compare(settings: Settings, comparison: Comparison) -> None:
    """Keep what a generation was worth."""
    async with database.connect(settings.database) as connection:
        await generations.register(connection, comparison.generation, dimensions=4)
        await connection.rows(
            "UPDATE generations SET scores = :scores WHERE id = :id",
            {"scores": comparison.to_json(), "id": comparison.generation},
        )
