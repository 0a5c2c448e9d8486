"""A retrain in a process of its own: followed, stopped, killed, and taken up again."""

import asyncio
import os
import random
import signal
import threading
from contextlib import suppress
from dataclasses import replace

import pytest

from bot import generations_job, retrain_job
from bot.retrain_child import read_order, write_order
from bot.settings import Settings, load_settings
from bot.training_job import Order, Wish
from model.generations import starter
from storage import generations, jobs, vectors
from storage.database import connect, transaction
from storage.errors import (
    AlreadyRunning,
    DiskFull,
    GenerationMissing,
    GrimcheError,
    TrainingError,
    TrainingKilled,
    restored,
)
from storage.records import Job, JobKind, JobState
from tests.retraining import killed

SMALL = Wish(init="scratch", epochs=3, steps=2, minimum=2)


@pytest.fixture
def own(own_data: "os.PathLike[str]") -> Settings:
    """Read settings of a filled data folder that may be changed."""
    return load_settings({"data": own_data})


async def reach(settings: Settings, job: Job, stage: str) -> Job:
    """Wait until a retrain is at a stage, or has ended."""
    async for found in retrain_job.follow(settings, job):
        job = found
        if found.figures.get("stage") == stage:
            break
    return job


async def end(settings: Settings, job: Job) -> Job:
    """Wait until a retrain has ended."""
    async for found in retrain_job.follow(settings, job):
        job = found
    return job


async def check_sound(settings: Settings) -> str:
    """Check that the database is whole and one complete generation serves; return its id."""
    async with connect(settings.database) as connection:
        assert await connection.rows("PRAGMA integrity_check") == [("ok",)]
        assert await connection.rows("PRAGMA foreign_key_check") == []
        current = [row for row in await generations.list_generations(connection) if row.current]
        assert len(current) == 1
        assert await vectors.count_to_embed(connection, current[0].id) == 0
    return current[0].id


def test_child_is_told_no_secret() -> None:
    """Of our environment the process is given neither settings nor what else others need."""
    given = retrain_job.environment(
        {"PATH": "p", "GRIMCHE_TELEGRAM_TOKEN": "t", "AWS_SECRET": "s", "TF_X": "x"}.items()
    )
    assert given == {"PATH": "p", "TF_X": "x"}


def test_order_survives_the_way(own: Settings) -> None:
    """What the process reads of its argument is what was ordered."""
    order = Order(
        database=own.database, generations=own.generations, wish=SMALL, who="telegram:1", memory=600, keep=3
    )
    assert read_order(write_order(order)) == order


def test_errors_survive_the_way() -> None:
    """An error that another process recorded is the same one here, and an unknown one says little."""
    error = restored(DiskFull.key, {"path": "/data"})
    assert (type(error), str(error)) == (DiskFull, str(DiskFull(path="/data")))
    assert type(restored("error-of-tomorrow", {})) is GrimcheError


async def test_foretells_what_it_would_learn(own: Settings) -> None:
    """Artists, pictures and time are told beforehand, more time for more epochs."""
    quick = await retrain_job.forecast(own, Wish(quick=True, minimum=2))
    full = await retrain_job.forecast(own, Wish(minimum=2))
    assert (quick.artists, quick.pictures) == (3, 36)
    assert full.seconds > quick.seconds


async def test_tries_the_machine_beside_the_loop(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is multiplied to see how fast a machine is holds up nobody who asks meanwhile."""
    where: list[threading.Thread] = []
    probe = retrain_job._probe

    def watched() -> float:
        where.append(threading.current_thread())
        return probe()

    monkeypatch.setattr(retrain_job, "_probe", watched)
    await retrain_job.forecast(own, Wish(minimum=2))
    assert where
    assert threading.main_thread() not in where


async def test_is_taken_up_twice_at_most(own: Settings) -> None:
    """What was killed for the third time is left, and its fault says how often it was."""
    first = Wish(init="nowhere", minimum=2)
    await killed(own, replace(first, resumed=1))
    with pytest.raises(GenerationMissing, match="nowhere"):  # it was about to start
        await retrain_job.resume(own)
    job = await killed(own, replace(first, resumed=2))
    assert await retrain_job.resume(own) is None
    async with connect(own.database, read_only=True) as connection:
        last = await jobs.get(connection, job)
    assert last is not None
    fault = retrain_job.fault_of(last)
    assert isinstance(fault, TrainingKilled)
    assert fault.values["times"] == 3


async def test_a_start_clears_up_first(own: Settings) -> None:
    """What crashes have left is gone before a retrain, also one from the command line, begins."""
    (own.generations / "no-row").mkdir(parents=True)
    with pytest.raises(GenerationMissing):
        await retrain_job.start(own, Wish(init="nowhere", minimum=2), who="test")
    assert list(own.generations.iterdir()) == []


async def test_impossible_wishes_start_nothing(own: Settings) -> None:
    """Too few pictures and an unknown beginning are sentences, and no job is recorded."""
    with pytest.raises(TrainingError, match="two artists with 30"):
        await retrain_job.start(own, Wish(), who="test")
    with pytest.raises(GenerationMissing, match="nowhere"):
        await retrain_job.start(own, Wish(init="nowhere", minimum=2), who="test")
    async with connect(own.database) as connection:
        assert await jobs.last(connection, JobKind.RETRAIN) is None


async def test_one_at_a_time(own: Settings) -> None:
    """While a living process retrains, another start is refused, and a stop is asked of that one."""
    async with connect(own.database) as connection, transaction(connection):
        job = await jobs.start(connection, JobKind.RETRAIN, who="another")
    with pytest.raises(AlreadyRunning):
        await retrain_job.start(own, SMALL, who="test")
    asked = await retrain_job.stop(own)
    assert asked is not None
    assert (asked.id, asked.stop_asked) == (job, True)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_retrain_from_start_to_end(own: Settings) -> None:
    """The process steps back, belongs to no terminal, and its job tells what came of it."""
    pytest.importorskip("keras")
    job = await retrain_job.start(own, SMALL, who="test")
    assert os.getpriority(os.PRIO_PROCESS, job.pid) == 19
    assert os.getsid(job.pid) == job.pid
    done = await end(own, job)
    assert (done.state, done.error) == (JobState.DONE, "")
    assert (done.figures["artists"], done.figures["pictures"]) == (3, 36)
    assert (done.figures["epoch"], done.figures["epochs"]) == (3, 3)
    found = await generations_job.comparison(own, str(done.figures["generation"]))
    assert found is not None
    assert found.verdict == done.figures["verdict"]
    served = await check_sound(own)
    assert served == (found.generation if found.verdict == "promoted" else starter().id)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_stops_within_seconds(own: Settings) -> None:
    """Whoever asks it to stop sees it end as cancelled, and nothing else has changed."""
    pytest.importorskip("keras")
    job = await retrain_job.start(own, Wish(init="scratch", epochs=500, minimum=2), who="test")
    await reach(own, job, "train")
    await retrain_job.stop(own)
    assert (await end(own, job)).state is JobState.CANCELLED
    assert await check_sound(own) == starter().id


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_too_much_memory_ends_with_a_sentence(own: Settings) -> None:
    """A retrain that needs more than it may have says so, and serving is not touched."""
    pytest.importorskip("keras")
    little = own.model_copy(update={"train_memory_mb": 300})
    job = await end(little, await retrain_job.start(little, SMALL, who="test"))
    fault = retrain_job.fault_of(job)
    assert isinstance(fault, TrainingError)
    assert "GRIMCHE_TRAIN_MEMORY_MB=300" in str(fault)
    assert await check_sound(own) == starter().id


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_killed_retrain_goes_on(own: Settings) -> None:
    """It is started again as it was wished for, by the same person, and says that it was."""
    pytest.importorskip("keras")
    wish = replace(SMALL, epochs=30)  # long enough to be seen training
    job = await retrain_job.start(own, wish, who="telegram:1")
    await reach(own, job, "train")
    os.kill(job.pid, signal.SIGKILL)
    assert retrain_job.was_killed(await end(own, job))
    again = await retrain_job.resume(own)
    assert again is not None
    assert (again.who, Wish.from_record(again.wish)) == ("telegram:1", replace(wish, resumed=1))
    done = await end(own, again)
    assert (done.state, done.error) == (JobState.DONE, "")


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_killed_anywhere_it_is_taken_up(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """After kills at any point the database is whole, and the next start finishes the work."""
    pytest.importorskip("keras")
    monkeypatch.setattr(retrain_job, "MOST_RESUMED", 3)
    chance = random.Random(7)
    wish = Wish(init="scratch", epochs=30, steps=2, minimum=2, promote=True)
    job = await retrain_job.start(own, wish, who="test")
    for stage in ("train", "export", "embed"):
        await reach(own, job, stage)
        await asyncio.sleep(chance.random())
        with suppress(ProcessLookupError):
            os.kill(job.pid, signal.SIGKILL)
        await end(own, job)
        await check_sound(own)
        await generations_job.sweep(own)
        again = await retrain_job.resume(own)
        if again is None:  # it was done before
            break
        job = again
    done = await end(own, job)
    assert done.state is JobState.DONE
    assert await check_sound(own) == done.figures["generation"]
    assert not [place for place in own.generations.iterdir() if place.name[0] == "."]
