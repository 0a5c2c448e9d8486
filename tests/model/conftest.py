import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from model import generations
from model.embedding import embed_catalogue
from model.encoder import Encoder
from model.finder import Finder
from model.generations import Generation
from model.serving import load_finder
from storage.database import Connection, connect, prepare
from tests.model.shelf import fill


@pytest.fixture(scope="session")
def generation() -> Generation:
    """Give the generation that Grimche ships: a small real network."""
    return generations.starter()


@pytest.fixture(scope="session")
def encoder(generation: Generation) -> Encoder:
    """Give its encoder."""
    return Encoder(generation)


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory, generation: Generation) -> Path:
    """Give a small catalogue with all its pictures embedded; copy it to change it (`ready`)."""
    path = tmp_path_factory.mktemp("embedded") / "grimche.db"

    async def make() -> None:
        await prepare(path)
        await fill(path)
        await embed_catalogue(path, generation)

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def finder(embedded: Path) -> Finder:
    """Give a finder over that catalogue."""
    return asyncio.run(load_finder(embedded, Path("nowhere")))


@pytest.fixture
def ready(tmp_path: Path, embedded: Path) -> Path:
    """Give a copy of that catalogue."""
    path = tmp_path / "ready" / "grimche.db"
    shutil.copytree(embedded.parent, path.parent)
    return path


@pytest.fixture
async def opened(ready: Path) -> AsyncIterator[Connection]:
    """Give an open connection to `ready`."""
    async with connect(ready, patience=0) as connection:
        yield connection
