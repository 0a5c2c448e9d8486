import hashlib
from pathlib import Path

import numpy as np
import pytest

from bot.folder_vectors import embed_folder
from bot.progress import Step, ignore
from bot.settings import Settings, load_settings
from storage.database import connect
from storage.errors import FolderError
from storage.vectors import load_vectors, stamp


@pytest.fixture
def folder(thumbnail: bytes, tmp_path: Path) -> Path:
    """Make a folder with one thumbnail of the catalogue, a text, and a hidden file."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(thumbnail)
    (folder / "b.txt").write_text("no picture")
    (folder / ".hidden").write_text("no picture")
    return folder


async def test_vectors_are_the_catalogue_s(
    settings: Settings, folder: Path, thumbnail: bytes, tmp_path: Path
) -> None:
    """A thumbnail of the catalogue gets the vector that it has there."""
    await embed_folder(settings, folder, out=tmp_path / "out.npz", report=ignore)
    async with connect(settings.database, read_only=True) as connection:
        found = await stamp(connection)
        assert found is not None
        table = await load_vectors(connection, found.generation)
    place = table.pictures.index(hashlib.sha256(thumbnail).hexdigest())
    with np.load(tmp_path / "out.npz") as arrays:
        assert arrays["vectors"][0] == pytest.approx(table.vectors[place].astype(np.float32), abs=2e-3)


async def test_without_a_catalogue(folder: Path, tmp_path: Path) -> None:
    """Without a catalogue the vectors are made of the folder alone, and are of unit length."""
    settings = load_settings({"data": tmp_path / "data"})
    written = await embed_folder(settings, folder, out=tmp_path / "out.npz", report=ignore)
    with np.load(tmp_path / "out.npz") as arrays:
        assert arrays["vectors"].shape == (1, written.dimensions)
        assert np.linalg.norm(arrays["vectors"]) == pytest.approx(1, abs=1e-5)


async def test_skips_and_reports(settings: Settings, folder: Path, tmp_path: Path) -> None:
    """What is no picture is listed with its error, hidden files are not, and the end is reported."""
    steps: list[Step] = []
    written = await embed_folder(settings, folder, out=tmp_path / "out.npz", report=steps.append)
    assert [skipped.name for skipped in written.skipped] == ["b.txt"]
    assert (steps[-1].share, steps[-1].pictures) == (1, 1)


async def test_nothing_to_embed(settings: Settings, tmp_path: Path) -> None:
    """A folder without a picture is an error, and nothing is written."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(FolderError, match="no pictures"):
        await embed_folder(settings, tmp_path / "empty", out=tmp_path / "out.npz", report=ignore)
    assert not (tmp_path / "out.npz").exists()
