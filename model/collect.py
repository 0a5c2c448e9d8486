"""Turn the catalogue into a training set."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from model.decode import decode
from model.sample import HEIGHT, MINIMUM, WIDTH, Sample
from storage import artists, catalogue, pictures
from storage.database import Connection, connect
from storage.errors import PictureError, TrainingError
from storage.records import StoredWebtoon


@dataclass(slots=True)
class Left:
    """What was left out of a set: pictures so `damaged` that they could not be read."""

    damaged: int = 0


async def collect(
    database: Path,
    *,
    minimum: int = MINIMUM,
    progress: Callable[[int, int], None] | None = None,
    left: Left | None = None,
) -> AsyncIterator[Sample]:
    """Yield the crops of every painter with at least `minimum` thumbnails, webtoon by webtoon.

    A webtoon's label is its first painter; where that is a guess, the webtoon is left out, and so are
    placeholders.  `progress` is told webtoons done and in all; `left` counts what could not be read.
    Raises TrainingError when fewer than two painters have enough.
    """
    left = left or Left()
    async with connect(database, read_only=True) as connection:
        placeholders = await pictures.list_placeholders(connection)
        chosen = await _trainable(connection, minimum)
        for done, stored in enumerate(chosen, start=1):
            async for sample in _samples(connection, stored, placeholders=placeholders, left=left):
                yield sample
            if progress is not None:
                progress(done, len(chosen))


async def _trainable(connection: Connection, minimum: int) -> list[StoredWebtoon]:
    counts = await artists.count_thumbnails(connection)
    enough = {count.artist for count in counts if count.thumbnails >= minimum}
    if len(enough) < 2:  # noqa: PLR2004  # one hand has nothing to differ from
        fault = f"two artists with {minimum} thumbnails are needed, {len(enough)} found; import more"
        raise TrainingError(fault=fault)
    return [stored for stored in await catalogue.list_webtoons(connection) if stored.webtoon.label in enough]


async def _samples(
    connection: Connection, stored: StoredWebtoon, *, placeholders: frozenset[str], left: Left
) -> AsyncIterator[Sample]:
    webtoon = stored.webtoon
    for episode in await catalogue.list_episodes(connection, stored.id):
        if episode.picture is None or episode.picture in placeholders:
            continue
        picture = await pictures.get_picture(connection, episode.picture)
        if picture is None:
            continue
        try:
            crops = decode(picture.data)
        except PictureError:
            left.damaged += 1
            continue  # training goes on without it
        for crop in crops:
            yield Sample(
                crop=_fit(crop),
                artist=webtoon.label,
                webtoon=stored.id,
                episode=episode.episode.number,
                group=webtoon.series_group,
                title=webtoon.title,
            )


def _fit(crop: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    picture = Image.fromarray(crop).resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    return np.asarray(picture, np.uint8)
