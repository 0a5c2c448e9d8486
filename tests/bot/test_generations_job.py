"""Generations that serve, go back, and go."""

import asyncio
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

import bot
from bot import generations_job
from bot.app import open_service
from bot.progress import ignore
from bot.settings import Settings, load_settings
from model import adopting
from model import generations as model_generations
from model.encoder import Encoder
from model.generation_files import beside
from model.generations import Generation, alone, starter
from model.parity import PARITY, draw_patches, pack_answers
from model.protocol import Part, Rules, Span, Split
from model.splits import SPLIT
from model.titles import TITLES, print_titles
from model.unfinished import Made, note
from storage import catalogue, generations, jobs, vectors
from storage.comparisons import Comparison, Measure, Verdict
from storage.database import connect, transaction
from storage.errors import GenerationMismatch, GenerationMissing, GenerationServes, NothingBefore
from storage.records import JobKind, JobState
from tests.retraining import make

pytestmark = pytest.mark.slow


@pytest.fixture
def own(own_data: Path) -> Settings:
    """Read settings of a filled data folder that may be changed."""
    return load_settings({"data": own_data})


async def serving(settings: Settings) -> str:
    """Tell which generation serves."""
    async with connect(settings.database, read_only=True) as connection:
        current = await generations.current(connection)
    assert current is not None
    return current.id


async def lacking(settings: Settings, generation: str) -> int:
    """Count the pictures that a generation has not embedded."""
    async with connect(settings.database, read_only=True) as connection:
        return await vectors.count_to_embed(connection, generation)


async def test_promoted_generation_is_complete(own: Settings) -> None:
    """A generation that is promoted embeds what it lacks before it serves."""
    make(own, "a")
    await generations_job.promote(own, "a", who="test")
    assert await serving(own) == "a"
    assert await lacking(own, "a") == 0


async def test_rolls_back_to_what_served_before(own: Settings) -> None:
    """Going back leads to the generation before, complete again, and done twice it leads back."""
    make(own, "a")
    await generations_job.promote(own, "a", who="test")
    async with connect(own.database) as connection:
        await connection.rows(
            "DELETE FROM statistics WHERE picture IN (SELECT picture FROM statistics LIMIT 5)"
        )
    assert await lacking(own, starter().id)
    assert await generations_job.roll_back(own, who="test") == starter().id
    assert await lacking(own, starter().id) == 0
    assert await generations_job.roll_back(own, who="test") == "a"


async def test_nothing_to_go_back_to(own: Settings) -> None:
    """Where one generation only has ever served, a sentence says so, and it goes on."""
    with pytest.raises(NothingBefore, match="served before"):
        await generations_job.roll_back(own, who="test")
    assert await serving(own) == starter().id


async def test_unknown_generation_is_not_promoted(own: Settings) -> None:
    """A generation that is not there is named, and what serves goes on."""
    with pytest.raises(GenerationMissing):
        await generations_job.promote(own, "nowhere", who="test")
    assert await serving(own) == starter().id


async def test_discard_spares_what_serves(own: Settings) -> None:
    """The serving generation is not discarded; another one goes with its folder."""
    with pytest.raises(GenerationServes):
        await generations_job.discard(own, starter().id)
    make(own, "a")
    await generations_job.promote(own, "a", who="test")
    await generations_job.roll_back(own, who="test")
    await generations_job.discard(own, "a")
    assert list(own.generations.iterdir()) == []


async def test_prune_keeps_the_newest(own: Settings) -> None:
    """As many as the setting says stay, among them the one that serves and the one to go back to."""
    own = own.model_copy(update={"keep_generations": 4})
    for name in ("a", "b", "c"):
        make(own, name)
        await generations_job.promote(own, name, who="test")
    await generations_job.promote(own, "a", who="test")
    own = own.model_copy(update={"keep_generations": 2})
    assert await generations_job.prune(own) == ["b", starter().id]
    assert sorted(place.name for place in own.generations.iterdir()) == ["a", "c"]
    assert await generations_job.prune(own) == []


async def test_promotions_leave_no_more_than_is_kept(own: Settings, tmp_path: Path) -> None:
    """The oldest goes when another generation is promoted, goes back to work, or is brought in."""
    own = own.model_copy(update={"keep_generations": 3})
    for name in ("a", "b", "c", "d"):
        make(own, name)
        await generations_job.promote(own, name, who="test")
    assert sorted(place.name for place in own.generations.iterdir()) == ["b", "c", "d"]
    make(own, "e")
    (own.generations / "e").rename(tmp_path / "e")
    await generations_job.add(own, tmp_path / "e", promote=False, report=ignore)
    assert sorted(place.name for place in own.generations.iterdir()) == ["c", "d", "e"]


async def test_the_newest_refused_one_waits(own: Settings, tmp_path: Path) -> None:
    """A generation that was not promoted stays until somebody decides, however few are kept."""
    own = own.model_copy(update={"keep_generations": 2})
    make(own, "a")
    await generations_job.promote(own, "a", who="test")
    for name in ("b", "c"):
        make(own, name)
        (own.generations / name).rename(tmp_path / name)
        await generations_job.add(own, tmp_path / name, promote=False, report=ignore)
    assert sorted(place.name for place in own.generations.iterdir()) == ["a", "c"]
    assert await generations_job.comparison(own, "c") is not None


@pytest.mark.parametrize("noise", [0.0, 0.5])
async def test_an_encoder_is_compared_with_its_network(own: Settings, tmp_path: Path, noise: float) -> None:
    """What is brought in must say of a few pictures what Keras said of them, or nothing of it stays."""
    make(own, "a")
    folder = (own.generations / "a").rename(tmp_path / "a")
    patches = draw_patches()
    rows = Encoder(alone(starter())).statistics(list(patches))
    rows += np.random.default_rng(0).normal(0, noise * rows.std(), rows.shape).astype(np.float32)
    add_file(folder, PARITY, pack_answers(patches, rows))
    if noise:
        with pytest.raises(GenerationMismatch, match="something else than its network"):
            await generations_job.add(own, folder, promote=False, report=ignore)
        assert list(own.generations.iterdir()) == []
    else:
        await generations_job.add(own, folder, promote=False, report=ignore)
        assert [place.name for place in own.generations.iterdir()] == ["a"]


@pytest.mark.parametrize(("sign", "asked"), [("", []), ("!", ["episodes"])])
async def test_a_split_of_another_catalogue_is_none(
    own: Settings, tmp_path: Path, sign: str, asked: list[str]
) -> None:
    """Numbers of webtoons that have other titles here hold nothing out: the newest episodes ask then."""
    make(own, "a")
    folder = (own.generations / "a").rename(tmp_path / "a")
    async with connect(own.database, read_only=True) as connection:
        webtoons = await catalogue.list_webtoons(connection)
    spans = tuple(Span(webtoon=each.id, part=Part.TRAINING, first=0, last=999) for each in webtoons)
    add_file(folder, SPLIT, Split(rules=Rules(), spans=spans).to_json().encode())
    add_file(folder, TITLES, print_titles({each.id: each.webtoon.title + sign for each in webtoons}))
    found = await generations_job.add(own, folder, promote=False, report=ignore)
    assert [measure.regime for measure in found.measures] == asked


def add_file(folder: Path, name: str, data: bytes) -> None:
    """Put one more file into a generation's folder."""
    (folder / name).write_bytes(data)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["files"][name] = hashlib.sha256(data).hexdigest()
    path.write_text(json.dumps(manifest))


async def test_sweep_removes_orphans(own: Settings) -> None:
    """Half-written folders, folders without a row, and rows without a folder go; the rest stays."""
    ended = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    await ended.wait()
    make(own, "kept")
    await generations_job.promote(own, "kept", who="test")
    make(own, "no-row")
    (own.generations / f".x.{ended.pid}.part").mkdir()
    beside(own.generations / "x", "part").mkdir()
    async with connect(own.database) as connection:
        await generations.register(connection, "no-folder", dimensions=3)
    gone = await generations_job.sweep(own)
    assert sorted(gone) == sorted(["no-folder", "no-row", f".x.{ended.pid}.part"])
    assert await generations_job.sweep(own) == []
    left = sorted(place.name for place in own.generations.iterdir())
    assert left == sorted([beside(own.generations / "x", "part").name, "kept"])


@pytest.mark.parametrize("name", [".a.b.{pid}.old", ".x-1.{pid}-earlier_7.part"])
async def test_sweep_knows_a_number_used_again(own: Settings, name: str) -> None:
    """What a dead process left goes also where a living one has its number, as in containers."""
    name = name.format(pid=os.getpid())
    (own.generations / name).mkdir(parents=True)
    assert await generations_job.sweep(own) == [name]
    assert list(own.generations.iterdir()) == []


async def test_sweep_forgets_a_half_embedded_generation(own: Settings) -> None:
    """With the workplace that nobody goes on with goes what had been made there, unless it was compared."""
    work = own.generations / ".training"
    work.mkdir(parents=True)
    make(own, "half")
    async with connect(own.database) as connection:
        await generations.register(connection, "half", dimensions=3)
    note(work, Made(generation="half", plan="", artists=2, pictures=9))
    assert sorted(await generations_job.sweep(own)) == [".training", "half"]
    async with connect(own.database, read_only=True) as connection:
        assert [row.id for row in await generations.list_generations(connection)] == [starter().id]


async def test_sweep_spares_what_is_brought_in(
    own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation is known as soon as its folder is there, also before anything is embedded with it."""
    make(own, "a")
    elsewhere = (own.generations / "a").rename(tmp_path / "elsewhere")
    adopt = adopting.adopt

    async def after_a_sweep(database: Path, folder: Path, made: Generation, **named: object) -> Comparison:
        assert await generations_job.sweep(own) == []
        return await adopt(database, folder, made, **named)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(adopting, "adopt", after_a_sweep)
    await generations_job.add(own, elsewhere, promote=True, report=ignore)
    assert await serving(own) == "a"
    assert [place.name for place in own.generations.iterdir()] == ["a"]


async def test_sweep_leaves_a_running_retrain_alone(own: Settings) -> None:
    """While somebody retrains, its workplace and its new folder stay."""
    (own.generations / ".training").mkdir(parents=True)
    make(own, "new")
    async with connect(own.database) as connection, transaction(connection):
        job = await jobs.start(connection, JobKind.RETRAIN, who="test")
    assert await generations_job.sweep(own) == []
    async with connect(own.database) as connection, transaction(connection):
        await jobs.finish(connection, job, state=JobState.DONE, figures={})
    assert sorted(await generations_job.sweep(own)) == [".training", "new"]


async def test_interrupted_training_is_kept(own: Settings) -> None:
    """The workplace of a training that was killed stays, so that it can go on."""
    (own.generations / ".training").mkdir(parents=True)
    async with connect(own.database) as connection, transaction(connection):
        await jobs.start(connection, JobKind.RETRAIN, who="test")
        await connection.rows("UPDATE jobs SET birth = 'earlier'")
    assert await generations_job.sweep(own) == []


async def test_a_list_loads_nothing(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who lists generations reads their manifests, and sums up no file."""
    make(own, "a")
    known, loaded = starter().id, list[Path]()
    monkeypatch.setattr(model_generations, "load", loaded.append)
    lines = await generations_job.list_generations(own)
    assert [line.id for line in lines] == [known, "a"]
    assert loaded == []


async def test_what_serves_is_listed_without_its_folder(own: Settings) -> None:
    """The list says of the serving generation that its folder is gone, and does not pass it over."""
    make(own, "a")
    await generations_job.promote(own, "a", who="test")
    shutil.rmtree(own.generations / "a")
    (line,) = [line for line in await generations_job.list_generations(own) if line.serves]
    assert line.id == "a"
    assert isinstance(line.fault, GenerationMissing)


async def test_lists_by_age(own: Settings) -> None:
    """The order is that in which generations were made, whatever their names."""
    for age, name in enumerate(("z", "m", "a")):
        make(own, name)
        path = own.generations / name / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"created": f"2026-01-0{age + 1}T00:00Z"}))
    lines = await generations_job.list_generations(own)
    assert [line.id for line in lines] == [starter().id, "z", "m", "a"]


async def test_comparison_is_kept(own: Settings) -> None:
    """What a generation was compared by can be looked up; scores of another kind are none."""
    measure = Measure(regime="episodes", asked=9, before=0.5, after=0.6, low=-0.1, high=0.2)
    found = Comparison(generation=starter().id, against="x", verdict=Verdict.KEPT, measures=(measure,))
    assert await generations_job.comparison(own, starter().id) is None
    async with connect(own.database) as connection:
        await generations.save_scores(connection, starter().id, scores=found.to_json())
    assert await generations_job.comparison(own, starter().id) == found
    async with connect(own.database) as connection:
        await generations.save_scores(connection, starter().id, scores='{"top1": 1}')
    assert await generations_job.comparison(own, starter().id) is None


async def test_another_process_sees_the_promotion(own: Settings, thumbnail: bytes) -> None:
    """A service that runs meanwhile answers from the promoted generation, without being told."""
    make(own, "a")
    async with open_service(own, check_every=0) as service:
        assert (await service.similar([thumbnail])).generation == starter().id
        before = await service.stamp()
        promote = "import sys; from bot.__main__ import run; sys.exit(run(sys.argv[1:]))"
        arguments = ["--data", str(own.data), "generations", "promote", "a"]
        done = await asyncio.create_subprocess_exec(
            sys.executable, "-c", promote, *arguments, cwd=Path(bot.__file__).parents[1]
        )
        assert await done.wait() == 0
        assert (await service.similar([thumbnail])).generation == "a"
        assert await service.stamp() != before


async def test_worse_generation_is_kept_aside(own: Settings, tmp_path: Path) -> None:
    """A generation that is brought in and not worse serves; with `promote=False` it is kept aside."""
    make(own, "a")
    folder = own.generations / "a"
    elsewhere = folder.rename(tmp_path / "elsewhere")
    found = await generations_job.add(own, elsewhere, promote=False, report=ignore)
    assert (found.verdict, found.against) == (Verdict.KEPT, starter().id)
    assert [measure.regime for measure in found.measures] == ["episodes"]
    assert found.measures[0].before == found.measures[0].after
    assert await serving(own) == starter().id
    assert await generations_job.comparison(own, "a") == found
