import pytest

from model import generations
from model.encoder import Encoder
from model.generations import Generation


@pytest.fixture(scope="session")
def generation() -> Generation:
    """Give the generation that Grimche ships: a small real network."""
    return generations.starter()


@pytest.fixture(scope="session")
def encoder(generation: Generation) -> Encoder:
    """Give its encoder."""
    return Encoder(generation)
