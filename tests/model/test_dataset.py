"""The training set on disk and the batches drawn from it."""

import errno
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("keras")
pytestmark = pytest.mark.slow

from model.batches import HandBatches  # noqa: E402  # needs Keras
from model.dataset import PICTURES, TrainingSet, open_set  # noqa: E402  # needs Keras
from model.protocol import draw_split  # noqa: E402
from model.recipe import Recipe  # noqa: E402
from storage.errors import DiskFull, TrainingError  # noqa: E402
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
    batches = HandBatches(crops, np.arange(40), recipe=Recipe(hands=3, each=4))
    pictures, labels = batches[0]
    assert pictures.shape == (12, 120, 200, 3)
    for artist in np.unique(labels["artist"]):
        works, counts = np.unique(labels["vector"][labels["artist"] == artist, 1], return_counts=True)
        assert len(works) == 2
        assert counts.tolist() == [2, 2]


async def test_batches_keep_to_their_rows(crops: TrainingSet) -> None:
    """Rows that are held out never come into a batch."""
    rows = np.flatnonzero(crops.webtoons % 2 == 0)
    batches = HandBatches(crops, rows, recipe=Recipe(hands=4, each=4))
    assert all((labels["vector"][:, 1] % 2 == 0).all() for _, labels in (batches[i] for i in range(8)))


async def test_batches_differ_by_step_but_not_by_run(crops: TrainingSet) -> None:
    """The same seed draws the same batches, each step anew, and a later start goes on where it was."""
    first, again = (HandBatches(crops, np.arange(40), recipe=Recipe(hands=2, each=2)) for _ in range(2))
    assert (first[0][0] == again[0][0]).all()
    assert not (first[0][0] == first[1][0]).all()
    again.first = 1
    assert (first[1][0] == again[0][0]).all()


async def test_resident_batches_are_rows(crops: TrainingSet) -> None:
    """Where the pictures lie on the accelerator, a batch names the rows of the same crops."""
    batches = HandBatches(crops, np.arange(40), recipe=Recipe(hands=2, each=2))
    rows, labels = HandBatches(crops, np.arange(40), recipe=Recipe(hands=2, each=2), resident=True)[0]
    assert (crops.crops[rows] == batches[0][0]).all()
    assert (labels["artist"] == batches[0][1]["artist"]).all()


async def test_set_can_be_divided_by_the_protocol(crops: TrainingSet) -> None:
    """Groups, hashes and titles come with a set; webtoons without a series stand alone."""
    table = crops.table
    assert len(np.unique(table.groups)) == len(np.unique(crops.webtoons)) == 8
    assert len(np.unique(table.hashes)) > 30
    assert len(draw_split(table).spans) > 8


async def test_fingerprint_names_the_pictures(tmp_path: Path, crops: TrainingSet) -> None:
    """The same pictures have the same fingerprint, fewer another one."""
    assert (await make_set(tmp_path / "again", 4)).fingerprint == crops.fingerprint
    assert (await make_set(tmp_path / "other", 3)).fingerprint != crops.fingerprint


async def test_broken_set_is_named(crops: TrainingSet, tmp_path: Path) -> None:
    """A set whose crops were cut off is refused with a sentence."""
    assert len(crops)
    (tmp_path / "set" / PICTURES).write_bytes(b"short")
    with pytest.raises(TrainingError, match="not whole"):
        open_set(tmp_path / "set")


async def test_changed_crops_are_found(crops: TrainingSet, tmp_path: Path) -> None:
    """A set in which a byte has changed on its way is refused where it is checked."""
    file = tmp_path / "set" / PICTURES
    assert len(open_set(tmp_path / "set", checked=True)) == len(crops)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(TrainingError, match="not whole"):
        open_set(tmp_path / "set", checked=True)


async def test_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up while a set is written is named."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(DiskFull, match="set"):
        await make_set(tmp_path / "set", 2)
