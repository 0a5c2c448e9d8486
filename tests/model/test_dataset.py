"""The training set on disk and the batches drawn from it."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("keras")
pytestmark = pytest.mark.slow

from model.dataset import HandBatches, TrainingSet, open_set  # noqa: E402  # needs Keras
from storage.errors import TrainingError  # noqa: E402
from tests.model.samples import hatching, make_set  # noqa: E402


@pytest.fixture
async def crops(tmp_path: Path) -> TrainingSet:
    """Write four artists of two webtoons of five episodes."""
    return await make_set(tmp_path / "set", 4)


async def test_set_comes_back_as_written(crops: TrainingSet) -> None:
    """Crops, labels and names are those that were streamed in."""
    assert len(crops) == 40
    assert crops.names == ("artist 0", "artist 1", "artist 2", "artist 3")
    assert (crops.crops[13] == hatching(1, 3)).all()
    assert (crops.artists[13], crops.webtoons[13], crops.episodes[13]) == (1, 2, 3)


async def test_crops_stay_on_disk(crops: TrainingSet) -> None:
    """An open set maps its crops instead of reading them."""
    assert isinstance(crops.crops, np.memmap)


async def test_batch_shows_several_webtoons_of_each_artist(crops: TrainingSet) -> None:
    """The crops of an artist in a batch come from as many webtoons as there are."""
    batches = HandBatches(crops, np.arange(40), hands=3, each=4, steps=1, seed=0)
    pictures, labels = batches[0]
    assert pictures.shape == (12, 120, 200, 3)
    for artist in np.unique(labels["artist"]):
        works, counts = np.unique(labels["vector"][labels["artist"] == artist, 1], return_counts=True)
        assert len(works) == 2
        assert counts.tolist() == [2, 2]


async def test_batches_keep_to_their_rows(crops: TrainingSet) -> None:
    """Rows that are held out never come into a batch."""
    rows = np.flatnonzero(crops.webtoons % 2 == 0)
    batches = HandBatches(crops, rows, hands=4, each=4, steps=8, seed=0)
    assert all((labels["vector"][:, 1] % 2 == 0).all() for _, labels in (batches[i] for i in range(8)))


async def test_batches_differ_by_step_and_epoch_but_not_by_run(crops: TrainingSet) -> None:
    """The same seed draws the same batches; each step and epoch draws anew."""
    first, again = (HandBatches(crops, np.arange(40), hands=2, each=2, steps=2, seed=0) for _ in range(2))
    assert (first[0][0] == again[0][0]).all()
    assert not (first[0][0] == first[1][0]).all()
    again.on_epoch_end()
    assert not (first[0][0] == again[0][0]).all()


async def test_broken_set_is_named(crops: TrainingSet, tmp_path: Path) -> None:
    """A set whose crops were cut off is refused with a sentence."""
    assert len(crops)
    (tmp_path / "set" / "pictures.u8").write_bytes(b"short")
    with pytest.raises(TrainingError, match="not whole"):
        open_set(tmp_path / "set")
