from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.adopting import embed_all, put_in_service
from model.comparing import compare
from model.embedding import embed_catalogue
from model.generations import Generation
from storage import catalogue, generations, vectors
from storage.comparisons import Comparison, Verdict
from storage.database import connect, transaction
from tests.model.shelf import SEEN, Shelf, fill


@pytest.fixture
async def shelf(database: Path, generation: Generation) -> Path:
    """Embed three artists' webtoons of ten episodes, and add a generation `noise` that knows nothing."""
    await fill(database, Shelf(episodes=10))
    await embed_catalogue(database, generation)
    random = np.random.default_rng(0)
    async with connect(database) as connection, transaction(connection):
        await generations.register(connection, "noise", dimensions=8)
        table = await vectors.load_vectors(connection, generation.id)
        noise = random.normal(size=(len(table.pictures), 8)).astype(np.float32)
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        await vectors.save_vectors(connection, "noise", rows=list(zip(table.pictures, noise, strict=True)))
    return database


async def test_a_bad_generation_is_worse(shelf: Path, generation: Generation) -> None:
    """Vectors that know nothing are worse beyond chance, and the other way round they are not."""
    (worse,) = await compare(shelf, generation.id, "noise", trained=None)
    assert worse.is_worse
    assert worse.low <= worse.after - worse.before <= worse.high
    (better,) = await compare(shelf, "noise", generation.id, trained=None)
    assert not better.is_worse
    assert (better.asked, better.before, better.after) == (worse.asked, worse.after, worse.before)


async def test_equals_are_not_worse(shelf: Path, generation: Generation) -> None:
    """A generation against itself differs by nothing."""
    (measure,) = await compare(shelf, generation.id, generation.id, trained=None)
    assert (measure.low, measure.high) == (0, 0)
    found = Comparison(generation="a", against="b", verdict=Verdict.KEPT, measures=(measure,))
    assert not found.is_worse
    assert Comparison.from_json(found.to_json()) == found


async def test_what_comes_in_meanwhile_is_embedded_first(shelf: Path, generation: Generation) -> None:
    """Pictures that arrive between embedding and promotion are embedded before it serves."""
    embedded = await embed_all(shelf, generation)
    await fill(shelf, Shelf(episodes=2, first=50))
    await put_in_service(shelf, generation, embedded=embedded)
    async with connect(shelf) as connection:
        assert await vectors.count_to_embed(connection, generation.id) == 0


async def test_guessed_painters_are_not_compared(shelf: Path, generation: Generation) -> None:
    """Pictures of a webtoon whose painter is a guess do not ask."""
    (whole,) = await compare(shelf, generation.id, "noise", trained=None)
    async with connect(shelf) as connection, transaction(connection):
        stored = (await catalogue.list_webtoons(connection))[0]
        guesses = tuple(replace(credit, guessed=True) for credit in stored.webtoon.credits)
        await catalogue.save_webtoon(connection, replace(stored.webtoon, credits=guesses), seen=SEEN)
    (measure,) = await compare(shelf, generation.id, "noise", trained=None)
    assert measure.asked == whole.asked - 2
