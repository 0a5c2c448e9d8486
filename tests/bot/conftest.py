import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import open_service
from bot.catalogue_jobs import Sample, scrape_sample
from bot.progress import ignore
from bot.service import Service
from bot.settings import Settings, load_settings

SAMPLE = Sample(artists=3, webtoons=6, episodes=6)


@pytest.fixture(scope="session")
def filled_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a data folder with 3 artists of 2 webtoons with 6 episodes, embedded; copy it before writing."""
    data = tmp_path_factory.mktemp("filled") / "data"
    settings = load_settings({"data": data}, env_file=data / "none")
    asyncio.run(scrape_sample(settings, SAMPLE, report=ignore))
    return data


@pytest.fixture
def own_data(filled_data: Path, tmp_path: Path) -> Path:
    """Copy the filled data folder, to write into."""
    return shutil.copytree(filled_data, tmp_path / "data")


@pytest.fixture
def settings(filled_data: Path) -> Settings:
    """Read settings that name the filled data folder."""
    return load_settings({"data": filled_data})


@pytest.fixture
async def service(settings: Settings) -> AsyncIterator[Service]:
    """Run a service over the filled data folder."""
    async with open_service(settings) as service:
        yield service


@pytest.fixture(scope="session")
def thumbnail(filled_data: Path) -> bytes:
    """Read a thumbnail of the filled catalogue."""

    async def read() -> bytes:
        async with open_service(load_settings({"data": filled_data})) as service:
            (sha256,) = await service.samples(1)
            picture = await service.picture(sha256)
            assert picture is not None
            return picture.data

    return asyncio.run(read())
