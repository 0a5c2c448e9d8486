"""Write what an evaluation found as a page with its pictures."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.files import write_file
from model.decode import decode
from model.report import render
from storage import catalogue, database, pictures
from storage.errors import PictureError

if TYPE_CHECKING:
    from model.arrays import UInt8Array
    from model.contenders import Material
    from model.evaluation_records import Evaluation


def write_report(path: Path, found: "Evaluation", *, about: "Material", catalogue_path: Path) -> None:
    """Write the page; where `about` has no crops they are read from the catalogue.  Raises StorageError."""
    crops = about.crops
    if crops is None:
        read = asyncio.run(_read(catalogue_path, about, rows=_named(found)))
        write_file(path, render(found, read.get).encode())
    else:
        write_file(path, render(found, lambda row: np.asarray(crops[row])).encode())


def _named(found: "Evaluation") -> set[int]:
    """List the rows whose pictures are shown."""
    pairs = [shown for pair in found.hard_pairs for shown in (pair.query, pair.nearest)]
    return {shown.row for shown in (*pairs, *(point.shown for point in found.style_map))}


async def _read(path: Path, about: "Material", *, rows: set[int]) -> "dict[int, UInt8Array]":
    """Read the first crop of each row's thumbnail; one that has gone since is left out."""
    found = {}
    async with database.connect(path, read_only=True) as connection:
        names = {}
        for webtoon in {int(about.table.webtoons[row]) for row in rows}:
            for stored in await catalogue.list_episodes(connection, webtoon):
                names[webtoon, stored.episode.number] = stored.picture
        for row in rows:
            name = names.get((int(about.table.webtoons[row]), int(about.table.episodes[row])))
            picture = await pictures.get_picture(connection, name) if name else None
            crop = _crop(picture.data) if picture else None
            if crop is not None:
                found[row] = crop
    return found


def _crop(data: bytes) -> "UInt8Array | None":
    try:
        return decode(data)[0]
    except PictureError:
        return None
