"""Kill -9 in each phase: whatever was being written, a restart makes it whole."""

import random
from pathlib import Path

import pytest
import pytest_asyncio

from tests.year.killing import PHASES, SEED, kill, make

# Processes that start processes, some of which load TensorFlow, take their time on a busy machine.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

# benchmarks/kill.py has the others, and more points of each.
CHOSEN = ("scrape", "embed", "retrain", "gate", "promotion", "backup")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a catalogue, and train a generation on it that nobody asks."""
    folder = tmp_path_factory.mktemp("made")
    await make(folder)
    return folder


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("phase", CHOSEN)
async def test_a_restart_makes_whole_what_a_kill_left(made: Path, tmp_path: Path, phase: str) -> None:
    """The database is sound, one generation is current and complete, and nothing is left over."""
    count = random.Random(f"{SEED} {phase}").randint(1, PHASES[phase].events)
    killed = await kill(made, tmp_path, phase=phase, count=count)
    assert not killed.faults, killed
