"""Kill -9 leaves a catalogue that the next run completes."""

import asyncio
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from storage import jobs
from storage.database import connect
from storage.records import JobState
from tests.scraper.shelf import catalogue_of, drawn

# Processes that start processes take their time on a busy machine.
pytestmark = pytest.mark.timeout(400)

Rows = list[list[tuple[object, ...]]]

_SCRIPT = Path(__file__).with_name("killed.py")


def run(database: Path, source: str, *, point: str = "", times: int = 0) -> int:
    """Run the refresh in a process of its own, and wait until its drawing processes have ended too."""
    command = [sys.executable, str(_SCRIPT), str(database), source, point, str(times)]
    # They share this pipe, so that it ends when the last of them does.
    ended = subprocess.run(command, stdout=subprocess.PIPE, check=False, timeout=120)
    return ended.returncode


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of two artists with more pictures than fit into one transaction."""
    root = tmp_path_factory.mktemp("collection")
    for number in range(24):
        artist = root / ("kim" if number < 17 else "lee/봄")
        artist.mkdir(parents=True, exist_ok=True)
        (artist / f"{number // 3}_{number % 3}.jpg").write_bytes(drawn(number))
    (root / "kim" / "notes.txt").write_text("no picture")
    return root


@pytest.fixture(scope="session")
def imported(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Read the catalogue of an import that nobody killed."""
    return undisturbed(tmp_path_factory.mktemp("imported"), str(collection))


@pytest.fixture(scope="session")
def scraped(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Read the catalogue of a sample scrape that nobody killed."""
    return undisturbed(tmp_path_factory.mktemp("scraped"), "sample")


def undisturbed(folder: Path, source: str) -> Rows:
    """Run once and read the catalogue."""
    assert run(folder / "grimche.db", source) == 0
    return asyncio.run(catalogue_of(folder / "grimche.db"))


def check(database: Path, source: str, *, point: str, times: int, whole: Rows) -> None:
    """Kill a run, continue it, and compare."""
    assert run(database, source, point=point, times=times) == -signal.SIGKILL
    assert (asyncio.run(catalogue_of(database)) == whole) is (point == "finish")
    assert run(database, source) == 0
    assert asyncio.run(catalogue_of(database)) == whole
    assert asyncio.run(states(database)) == [JobState.DONE, JobState.FAILED]


async def states(database: Path) -> list[JobState]:
    """Read how the runs ended, the last one first."""
    async with connect(database, read_only=True) as connection:
        return [job.state for job in await jobs.recent(connection)]


def slow(point: str, *times: int) -> list[ParameterSet]:
    """Name points that are left out in a hurry."""
    return [pytest.param(point, number, marks=pytest.mark.slow) for number in times]


@pytest.mark.parametrize(
    ("point", "times"),
    [
        ("_picture", 14),
        ("save_episodes", 3),
        *slow("_picture", 1),
        *slow("save_pictures", 5),
        *slow("save_webtoon", 3),
        *slow("finish", 1),
        *slow("rows", 7, 15, 24, 33, 40),
    ],
)
def test_killed_during_an_import(
    tmp_path: Path, collection: Path, imported: Rows, point: str, times: int
) -> None:
    """An import that was killed is completed by the next one: nothing lost, nothing twice."""
    check(tmp_path / "grimche.db", str(collection), point=point, times=times, whole=imported)


@pytest.mark.parametrize(
    ("point", "times"),
    [*slow("save_pictures", 4), *slow("_picture", 1, 20), *slow("save_webtoon", 4), *slow("rows", 16, 30)],
)
def test_killed_during_the_sample_scrape(tmp_path: Path, scraped: Rows, point: str, times: int) -> None:
    """A scrape that was killed takes its drawing processes with it, and is completed by the next one."""
    check(tmp_path / "grimche.db", "sample", point=point, times=times, whole=scraped)
