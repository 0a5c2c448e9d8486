"""From the catalogue to crops for training."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from model.collect import Left, collect
from model.decode import inspect
from model.sample import Sample
from storage import catalogue, pictures
from storage.database import Connection, transaction
from storage.errors import TrainingError
from storage.records import Credit, Episode, Platform, Role, Webtoon
from tests.model.drawings import draw, write

SEEN = datetime(2026, 3, 1, tzinfo=UTC)


async def add(connection: Connection, title: str, *, painter: str, episodes: int, seed: int) -> None:
    """Put a webtoon with drawn thumbnails into the catalogue."""
    people = (Credit(artist="글쓴이", role=Role.WRITER), Credit(artist=painter))
    webtoon = Webtoon(platform=Platform.SAMPLE, platform_id=title, title=title, credits=people)
    async with transaction(connection):
        number = await catalogue.save_webtoon(connection, webtoon, seen=SEEN)
        for episode in range(1, episodes + 1):
            picture = inspect(write(draw(seed=100 * seed + episode), "JPEG"))
            await pictures.save_picture(connection, picture)
            await catalogue.save_episode(
                connection, number, episode=Episode(number=episode), picture=picture.sha256
            )


async def gather(database: Path, minimum: int) -> list[Sample]:
    """Collect everything into a list."""
    return [sample async for sample in collect(database, minimum=minimum)]


async def test_painters_with_enough_thumbnails_are_collected(database: Path, connection: Connection) -> None:
    """The label is the painter, thumbnails add up over webtoons, and who has too few is left out."""
    await add(connection, "가", painter="김", episodes=2, seed=1)
    await add(connection, "나", painter="김", episodes=2, seed=2)
    await add(connection, "다", painter="이", episodes=4, seed=3)
    await add(connection, "라", painter="박", episodes=3, seed=4)
    samples = await gather(database, 4)
    assert {sample.artist for sample in samples} == {"김", "이"}
    assert len(samples) == 8
    assert len({sample.webtoon for sample in samples}) == 3
    assert all(sample.crop.shape == (120, 200, 3) for sample in samples)
    assert all(sample.crop.dtype == np.uint8 for sample in samples)


async def test_too_few_artists_are_named(database: Path, connection: Connection) -> None:
    """A catalogue with a single painter of enough thumbnails cannot be trained on."""
    await add(connection, "가", painter="김", episodes=4, seed=1)
    await add(connection, "나", painter="이", episodes=1, seed=2)
    with pytest.raises(TrainingError, match="two artists with 4 thumbnails are needed, 1 found"):
        await gather(database, 4)


async def test_empty_catalogue_is_no_training_set(database: Path) -> None:
    """An empty catalogue says so instead of training on nothing."""
    with pytest.raises(TrainingError, match="0 found"):
        await gather(database, 1)


async def test_guessed_painters_are_not_learned(database: Path, connection: Connection) -> None:
    """A webtoon whose painter is a guess is left out, though a certain one follows."""
    await add(connection, "가", painter="김", episodes=2, seed=1)
    await add(connection, "나", painter="이", episodes=2, seed=2)
    people = (Credit(artist="김", guessed=True), Credit(artist="이"))
    guessed = Webtoon(platform=Platform.SAMPLE, platform_id="가", title="가", credits=people)
    async with transaction(connection):
        await catalogue.save_webtoon(connection, guessed, seen=SEEN)
    with pytest.raises(TrainingError, match="1 found"):
        await gather(database, 1)


async def test_damaged_pictures_are_counted(database: Path, connection: Connection) -> None:
    """Pictures that cannot be read are left out, and how many is known."""
    await add(connection, "가", painter="김", episodes=3, seed=1)
    await add(connection, "나", painter="이", episodes=3, seed=2)
    async with transaction(connection):
        await connection.rows(
            "UPDATE pictures SET data = zeroblob(size)"
            " WHERE sha256 IN (SELECT picture FROM episodes WHERE number = 2)"
        )
    left = Left()
    assert len([sample async for sample in collect(database, minimum=2, left=left)]) == 4
    assert left.damaged == 2
