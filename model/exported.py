"""A training set on its way to another machine: array, table, split and what may be done with it."""

import shutil
from collections.abc import AsyncIterable
from pathlib import Path

from model.dataset import TrainingSet, open_set, write_set
from model.generation_files import beside
from model.protocol import Split
from model.sample import Sample
from model.space import space_at
from model.splits import SPLIT, serving_split
from storage.errors import FileNotWritable, TrainingError

NOTE = "LICENCE.txt"
_NOTE = """\
These thumbnails belong to their artists and platforms.  They were collected for training Grimche on one
person's own machines: keep them there, pass them to nobody, and delete them when the training is done.
The generation that is trained on them holds no picture.

pictures.u8  uint8 [pictures, 120, 200, 3]
table.npz    artists, webtoons, groups, episodes and perceptual hashes of the pictures
names.json   the artists by number, the webtoons' titles, the sha256 of pictures.u8
split.json   which episodes are for training and which are held out

Train with:  python -m model.train --data THIS_FOLDER --out GENERATIONS
"""


async def export_set(folder: Path, samples: AsyncIterable[Sample]) -> TrainingSet:
    """Write a set that stands by itself to `folder`, which must be new or empty.

    Raises FileNotWritable, DiskFull, and what `samples` raises.
    """
    part = _workplace(folder)
    try:
        with space_at(folder):
            part.mkdir(parents=True)
            crops = await write_set(part, samples)
            (part / SPLIT).write_text(serving_split(crops.table).to_json(), encoding="utf-8")
            (part / NOTE).write_text(_NOTE, encoding="utf-8")
            _move(part, folder)
    except OSError as error:
        raise FileNotWritable(path=str(folder), fault=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return open_set(folder)


def read_split(folder: Path) -> Split | None:
    """Read how an exported set is divided; None for a set that does not say.  Raises TrainingError."""
    try:
        return Split.from_json((folder / SPLIT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise TrainingError(fault=f"the set in {folder} is not whole; make it again") from error


def _workplace(folder: Path) -> Path:
    folder = folder.absolute()  # `.` has no name
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileNotWritable(path=str(folder), fault="it is there already; choose a new folder")
    return beside(folder, "part")


def _move(part: Path, folder: Path) -> None:
    """Move a finished set; a folder that is there stays the same one, for somebody may stand in it."""
    if not folder.exists():
        part.rename(folder)
        return
    for file in part.iterdir():
        file.rename(folder / file.name)
