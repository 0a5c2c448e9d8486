"""A new generation from the catalogue, end to end on small networks."""

import json
from pathlib import Path

import pytest
from PIL import Image

pytest.importorskip("keras")
pytestmark = pytest.mark.slow

from model import generations as shipped  # noqa: E402  # needs Keras
from model.decode import inspect  # noqa: E402
from model.finder import load_finder  # noqa: E402
from model.recipe import Recipe  # noqa: E402
from model.retraining import Plan, Stage, make_generation, retrain  # noqa: E402
from storage import catalogue, generations, pictures  # noqa: E402
from storage.database import connect, transaction  # noqa: E402
from storage.errors import TrainingError  # noqa: E402
from storage.records import Credit, Episode, Platform, Webtoon  # noqa: E402
from tests.model.drawings import write  # noqa: E402
from tests.model.samples import hatching, make_set  # noqa: E402
from tests.model.test_collect import SEEN  # noqa: E402

SMALL = Plan(
    recipe=Recipe(widths=(6, 8), blocks=(1, 1), view=(24, 40), vector=8, hands=3, each=4, steps=8, epochs=2),
    minimum=10,
    sizes=((24, 40),),
)


@pytest.fixture
async def hands(database: Path) -> Path:
    """Fill the catalogue with three hands of two webtoons of five episodes."""
    async with connect(database) as connection, transaction(connection):
        for number in range(6):
            artist = number // 2
            webtoon = Webtoon(
                platform=Platform.SAMPLE,
                platform_id=str(number),
                title=f"작품 {number}",
                credits=(Credit(artist=f"화가 {artist}"),),
            )
            saved = await catalogue.save_webtoon(connection, webtoon, seen=SEEN)
            for episode in range(5):
                drawn = Image.fromarray(hatching(artist, 5 * number + episode))
                picture = inspect(write(drawn, "JPEG"))
                await pictures.save_picture(connection, picture)
                await catalogue.save_episode(
                    connection, saved, episode=Episode(number=episode + 1), picture=picture.sha256
                )
    return database


async def test_retrain_makes_a_generation_that_answers(hands: Path, tmp_path: Path) -> None:
    """Without a serving generation the new one is promoted, embeds everything and knows its artists."""
    told: list[Stage] = []
    outcome = await retrain(hands, tmp_path, plan=SMALL, progress=told.append)
    assert outcome.promoted
    assert (outcome.artists, outcome.pictures) == (3, 30)
    assert list(dict.fromkeys(stage.name for stage in told)) == ["collect", "train", "export", "embed"]
    finder = await load_finder(hands, tmp_path)
    answer = finder.find([write(Image.fromarray(hatching(1, 999)), "JPEG")])
    assert answer.generation == outcome.generation
    assert len(answer.matches) == 6
    assert all(share.trained for share in answer.artists)


async def test_worse_generation_is_not_promoted(hands: Path, tmp_path: Path) -> None:
    """Whoever decides against it keeps the serving generation; the new one stays on disk."""
    first = await retrain(hands, tmp_path, plan=SMALL)
    second = await retrain(hands, tmp_path, plan=SMALL, promote=False)
    async with connect(hands, read_only=True) as connection:
        current = await generations.current(connection)
    assert current is not None
    assert current.id == first.generation
    assert (
        json.loads((tmp_path / second.generation / "manifest.json").read_bytes())["id"] == second.generation
    )


async def test_training_goes_on_from_a_generation(hands: Path, tmp_path: Path) -> None:
    """A retrain can start from the weights of an earlier one, but not from another network."""
    first = await retrain(hands, tmp_path, plan=SMALL)
    again = Plan(recipe=SMALL.recipe, minimum=10, sizes=SMALL.sizes, start=first.generation)
    assert (await retrain(hands, tmp_path, plan=again)).generation != first.generation
    other = Plan(recipe=SMALL.recipe, minimum=10, sizes=SMALL.sizes, start=shipped.starter().id)
    with pytest.raises(TrainingError, match="another network"):
        await retrain(hands, tmp_path, plan=other)


async def test_failed_retrain_leaves_nothing_behind(hands: Path, tmp_path: Path) -> None:
    """A catalogue that cannot be trained on leaves no folder and no generation."""
    folder = tmp_path / "generations"
    folder.mkdir()
    with pytest.raises(TrainingError):
        await retrain(hands, folder, plan=Plan(recipe=SMALL.recipe, minimum=99))
    assert list(folder.iterdir()) == []


async def test_starter_has_no_head(tmp_path: Path) -> None:
    """A starter keeps its own id and drops the head: it only meets strangers."""
    crops = await make_set(tmp_path / "set", 3)
    plan = Plan(recipe=SMALL.recipe, sizes=SMALL.sizes, head=False)
    make_generation(crops, tmp_path / "starter", plan=plan, identity="starter-9")
    made = shipped.load(tmp_path / "starter")
    assert made.id == "starter-9"
    assert made.manifest.head is None
