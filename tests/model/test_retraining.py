"""A new generation from the catalogue, end to end on small networks."""

import asyncio
import errno
import json
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

keras = pytest.importorskip("keras")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

from model import generations as shipped  # noqa: E402  # needs Keras
from model.bodies import build_body, channels  # noqa: E402
from model.embedding import embed_catalogue  # noqa: E402
from model.encoder import Encoder  # noqa: E402
from model.making import Plan, make_generation, plan_from  # noqa: E402
from model.protocol import Part, Split  # noqa: E402
from model.recipe import Recipe  # noqa: E402
from model.recording import recording  # noqa: E402
from model.records_json import from_json  # noqa: E402
from model.retraining import Outcome  # noqa: E402
from model.retraining import retrain as make  # noqa: E402
from model.serving import load_finder  # noqa: E402
from model.splits import SPLIT  # noqa: E402
from model.stages import Stage, Tell, ignore  # noqa: E402
from model.unfinished import WORKPLACE  # noqa: E402
from storage import generations, jobs  # noqa: E402
from storage.comparisons import Verdict  # noqa: E402
from storage.database import connect, transaction  # noqa: E402
from storage.errors import AlreadyRunning, DiskFull, TrainingError  # noqa: E402
from storage.records import JobKind, JobState  # noqa: E402
from tests.model.drawings import write  # noqa: E402
from tests.model.hands import fill  # noqa: E402
from tests.model.samples import hatching, make_set  # noqa: E402

SMALL = Plan(
    recipe=Recipe(widths=(6, 8), blocks=(1, 1), view=(24, 40), vector=8, hands=3, each=4, steps=8, epochs=2),
    minimum=10,
    sizes=((24, 40),),
)


async def retrain(
    database: Path,
    folder: Path,
    *,
    plan: Plan,
    promote: bool | None = None,
    progress: Tell = ignore,
) -> Outcome:
    """Retrain as a recorded job, and tell `progress` what its record is told."""
    async with recording(database, who="test") as record:

        def tell(stage: Stage) -> None:
            record.tell(stage)
            progress(stage)

        return await make(database, folder, plan=plan, promote=promote, tell=tell)


@dataclass(frozen=True)
class Taught:
    """A catalogue with the generation that was trained on it, and what was told meanwhile."""

    database: Path
    folder: Path
    outcome: Outcome
    told: list[Stage]


@pytest.fixture(scope="module")
def taught_once(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Taught:
    """Fill a catalogue with three hands and train on it."""
    place = tmp_path_factory.mktemp("taught")
    database = Path(shutil.copy(empty_database, place))
    told: list[Stage] = []

    async def teach() -> Outcome:
        await fill(database)
        return await retrain(database, place / "generations", plan=SMALL, progress=told.append)

    (place / "generations").mkdir()
    with ThreadPoolExecutor(1) as pool:
        return Taught(database, place / "generations", pool.submit(asyncio.run, teach()).result(), told)


@pytest.fixture
def taught(taught_once: Taught, tmp_path: Path) -> Taught:
    """Give a copy of it."""
    database = Path(shutil.copy(taught_once.database, tmp_path))
    folder = Path(shutil.copytree(taught_once.folder, tmp_path / "generations"))
    return replace(taught_once, database=database, folder=folder)


@pytest.fixture
async def hands(database: Path) -> Path:
    """Fill a catalogue with three hands."""
    await fill(database)
    return database


async def test_retrain_makes_a_generation_that_answers(taught: Taught) -> None:
    """Without a serving generation the new one is promoted, embeds everything and knows its artists."""
    outcome = taught.outcome
    assert outcome.comparison.verdict is Verdict.PROMOTED
    assert (outcome.artists, outcome.pictures) == (3, 30)
    names = list(dict.fromkeys(stage.name for stage in taught.told))
    assert names == ["collect", "train", "export", "embed", "compare"]
    finder = await load_finder(taught.database, taught.folder)
    answer = finder.find([write(Image.fromarray(hatching(1, 999)), "JPEG")])
    assert answer.generation == outcome.comparison.generation
    assert len(answer.matches) == 6
    assert all(share.trained for share in answer.artists)


async def test_training_goes_on_from_a_generation(taught: Taught, tmp_path: Path) -> None:
    """A retrain can start from an earlier generation's weights; whoever decides against it keeps that."""
    first = taught.outcome.comparison.generation
    plan = replace(SMALL, start=first)
    second = await retrain(taught.database, taught.folder, plan=plan, promote=False)
    async with connect(taught.database, read_only=True) as connection:
        current = await generations.current(connection)
    assert current is not None
    assert current.id == first
    manifest = taught.folder / second.comparison.generation / "manifest.json"
    assert json.loads(manifest.read_bytes())["id"] == second.comparison.generation
    crops = await make_set(tmp_path / "set", 3)
    other = replace(SMALL, start=shipped.starter().id)
    with pytest.raises(TrainingError, match="another network"):
        make_generation(crops, taught.folder / "other", plan=other, identity="other")


async def test_training_has_the_body_of_what_it_starts_from(taught: Taught) -> None:
    """Whoever starts from a generation need not know its body and sizes."""
    plan = plan_from(taught.folder, Plan(start=taught.outcome.comparison.generation))
    assert (plan.recipe.widths, plan.recipe.blocks, plan.sizes) == ((6, 8), (1, 1), ((24, 40),))
    shipping = shipped.starter().manifest
    plan = plan_from(taught.folder, Plan(start=shipping.id))
    assert (plan.recipe.body, channels(build_body(plan.recipe))) == (shipping.body, shipping.channels)
    assert plan.companion is not None
    assert plan.companion.manifest.channels == shipping.companion


async def test_a_companion_serves_as_it_came(tmp_path: Path) -> None:
    """What is not trained on stands beside what is: the same bytes, and its statistics in every row."""
    companion = shipped.companion_of(shipped.starter())
    assert companion is not None
    crops = await make_set(tmp_path / "set", 3)
    plan = replace(SMALL, companion=companion)
    made = make_generation(crops, tmp_path / "made-1", plan=plan, identity="made-1")
    assert made.companion == companion.encoder
    assert made.manifest.companion == companion.manifest.channels
    assert len(made.prior.mean) == 2 * (6 + 8) + 2 * sum(companion.manifest.channels)
    assert made.manifest.palette > 0
    (row,) = Encoder(made).statistics([hatching(1, 5)])
    assert row.shape == (made.manifest.row,)
    alone = shipped.companion_of(made)
    assert alone is not None
    (expected,) = Encoder(alone).statistics([hatching(1, 5)])
    np.testing.assert_allclose(row[28 : 28 + len(expected)], expected, rtol=1e-5)


async def test_generation_holds_what_made_it(taught: Taught) -> None:
    """Recipe, split, fingerprint, versions, the Keras network and the reference lie in its folder."""
    folder = taught.folder / taught.outcome.comparison.generation
    names = {"network.keras", "reference.tflite", "recipe.json", "split.json", "epochs.json", "weights.npz"}
    manifest = shipped.load(folder).manifest
    assert names <= set(manifest.files)
    assert from_json(Recipe, (folder / "recipe.json").read_bytes()) == SMALL.recipe
    split = Split.from_json((folder / SPLIT).read_bytes())
    assert {Part(span.part) for span in split.spans} >= {Part.TRAINING, Part.EPISODES}
    assert manifest.data.startswith("30 pictures of 3 artists, ")
    assert {"keras", "backend", "numpy"} <= set(manifest.tools)
    assert "loss" in manifest.scores


async def test_retrain_is_a_recorded_job(taught: Taught) -> None:
    """Its end is in the list of jobs, with what went wrong."""
    with pytest.raises(TrainingError):
        await retrain(taught.database, taught.folder, plan=replace(SMALL, minimum=99))
    async with connect(taught.database, read_only=True) as connection:
        recent = [job for job in await jobs.recent(connection) if job.kind is JobKind.RETRAIN]
    assert [job.state for job in recent] == [JobState.FAILED, JobState.DONE]
    assert "two artists" in recent[0].error


async def test_one_retrain_at_a_time(hands: Path, tmp_path: Path) -> None:
    """While a living process retrains, another one is turned away."""
    async with connect(hands) as connection, transaction(connection):
        await jobs.start(connection, JobKind.RETRAIN, who="test")
    with pytest.raises(AlreadyRunning):
        await retrain(hands, tmp_path, plan=SMALL)
    assert not (tmp_path / WORKPLACE).exists()


async def test_interrupted_retrain_goes_on(taught: Taught) -> None:
    """An interruption is seen between two steps, changes nothing that serves, and is taken up again."""
    steps: list[int] = []

    def interrupt(stage: Stage) -> None:
        if stage.name == "train" and stage.done == 10:
            task = asyncio.current_task()
            assert task is not None
            task.cancel()

    plan = replace(SMALL, recipe=replace(SMALL.recipe, seed=2))
    job = retrain(taught.database, taught.folder, plan=plan, progress=interrupt)
    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(job)
    assert (taught.folder / WORKPLACE).is_dir()
    async with connect(taught.database, read_only=True) as connection:
        current = await generations.current(connection)
        assert (await jobs.recent(connection, 1))[0].state is JobState.CANCELLED
    assert current is not None
    assert current.id == taught.outcome.comparison.generation

    def note(stage: Stage) -> None:
        if stage.name == "train":
            steps.append(stage.done)

    await retrain(taught.database, taught.folder, plan=plan, progress=note)
    assert min(steps) == 9
    assert not (taught.folder / WORKPLACE).exists()


@pytest.mark.parametrize("resumed", [False, True])
async def test_what_was_learned_is_not_learned_again(hands: Path, tmp_path: Path, *, resumed: bool) -> None:
    """Interrupted while it embeds, a retrain goes on with what was made, or makes it from all it learned."""

    def interrupt(stage: Stage) -> None:
        if stage.name == "embed":
            task = asyncio.current_task()
            assert task is not None
            task.cancel()

    folder = tmp_path / "generations"
    folder.mkdir()
    await embed_catalogue(hands, shipped.starter())
    with pytest.raises(asyncio.CancelledError):
        await asyncio.create_task(retrain(hands, folder, plan=SMALL, progress=interrupt))
    told: set[str] = set()
    plan = replace(SMALL, resumed=resumed)
    outcome = await retrain(hands, folder, plan=plan, progress=lambda stage: told.add(stage.name))
    assert "train" not in told
    assert ("export" in told) is not resumed
    assert (outcome.artists, outcome.pictures) == (3, 30)
    assert [place.name for place in folder.iterdir()] == [outcome.comparison.generation]
    async with connect(hands, read_only=True) as connection:
        rows = await generations.list_generations(connection)
    assert [row.id for row in rows] == [outcome.comparison.generation, shipped.starter().id]


async def test_temporary_files_lie_in_the_workplace(hands: Path, tmp_path: Path) -> None:
    """What a kill leaves of them is removed with it, and afterwards they lie where they did."""
    before, places = tempfile.gettempdir(), dict[str, str]()
    await retrain(
        hands, tmp_path, plan=SMALL, progress=lambda stage: places.update({stage.name: tempfile.gettempdir()})
    )
    inside = str(tmp_path / WORKPLACE / "temporary")
    assert (places["train"], places["export"]) == (inside, inside)
    assert tempfile.gettempdir() == before


async def test_full_disk_leaves_nothing_behind(
    hands: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up while a training is backed up is named."""
    folder = tmp_path / "generations"
    folder.mkdir()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(keras.Model, "save_weights", full)
    with pytest.raises(DiskFull):
        await retrain(hands, folder, plan=SMALL)
    assert list(folder.iterdir()) == []


async def test_damaged_pictures_are_left_out(hands: Path, tmp_path: Path) -> None:
    """Pictures that cannot be decoded do not stop a training, and are counted."""
    async with connect(hands) as connection, transaction(connection):
        await connection.rows(
            "UPDATE pictures SET data = zeroblob(size) WHERE sha256 IN"
            " (SELECT picture FROM episodes WHERE number = 1)",
            {},
        )
    outcome = await retrain(hands, tmp_path, plan=SMALL)
    assert (outcome.pictures, outcome.damaged) == (24, 6)


async def test_failed_retrain_leaves_nothing_behind(hands: Path, tmp_path: Path) -> None:
    """A catalogue that cannot be trained on leaves no folder and no generation."""
    folder = tmp_path / "generations"
    folder.mkdir()
    with pytest.raises(TrainingError):
        await retrain(hands, folder, plan=replace(SMALL, minimum=99))
    assert list(folder.iterdir()) == []


async def test_starter_has_no_head(tmp_path: Path) -> None:
    """A starter keeps its own id and drops the head: it only meets strangers."""
    crops = await make_set(tmp_path / "set", 3)
    plan = Plan(recipe=SMALL.recipe, sizes=SMALL.sizes, head=False)
    make_generation(crops, tmp_path / "starter", plan=plan, identity="starter-9")
    made = shipped.load(tmp_path / "starter")
    assert made.id == "starter-9"
    assert made.manifest.head is None
