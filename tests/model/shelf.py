"""Small catalogues of drawn pictures."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from model import decode
from model.generations import Generation, alone
from model.manifest import HeadManifest
from storage import catalogue, pictures
from storage.database import connect, transaction
from storage.records import Credit, Episode, Picture, Platform, Webtoon
from tests.model.drawings import hand, write

SEEN = datetime(2026, 1, 2, tzinfo=UTC)
ARTISTS = 3
NEW = 1000  # pictures from this number on are in no catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """How much there is: `artists`, each with two webtoons of `episodes`."""

    artists: int = ARTISTS
    episodes: int = 4
    first: int = 0


def name_of(artist: int) -> str:
    """Name an artist."""
    return f"화가 {artist}"


def picture_of(artist: int, number: int) -> bytes:
    """Draw a picture by an artist, as PNG."""
    return write(hand(artist, number))


async def fill(database: Path, shelf: Shelf | None = None) -> None:
    """Put the pictures of a shelf into a prepared database; again changes nothing."""
    shelf = shelf or Shelf()
    async with connect(database) as connection, transaction(connection):
        for artist in range(shelf.artists):
            for work in range(2):
                webtoon = Webtoon(
                    platform=Platform.FOLDER,
                    platform_id=f"{artist}-{work}",
                    title=f"웹툰 {artist}-{work}",
                    credits=(Credit(artist=name_of(artist)),),
                    series_group="seasons" if artist == 0 else "",
                )
                webtoon_id = await catalogue.save_webtoon(connection, webtoon, seen=SEEN)
                for number in range(shelf.first, shelf.first + shelf.episodes):
                    found = decode.inspect(picture_of(artist, work * 100 + number))
                    await pictures.save_picture(connection, found)
                    await catalogue.save_episode(
                        connection, webtoon_id, episode=Episode(number=number), picture=found.sha256
                    )


async def add_broken(database: Path, count: int) -> None:
    """Add pictures that passed once but that cannot be decoded."""
    async with connect(database) as connection, transaction(connection):
        webtoon = Webtoon(platform=Platform.FOLDER, platform_id="broken", title="broken")
        webtoon_id = await catalogue.save_webtoon(connection, webtoon, seen=SEEN)
        for number in range(count):
            sha256 = f"{number:064x}"
            picture = Picture(sha256=sha256, data=b"broken", format="PNG", width=9, height=9, phash=0)
            await pictures.save_picture(connection, picture)
            await catalogue.save_episode(
                connection, webtoon_id, episode=Episode(number=number), picture=sha256
            )


def with_head(generation: Generation, labels: tuple[str, ...], *, weight: float = 0.5) -> Generation:
    """Take the last stage of a generation for its head, which is where a head's vector stands."""
    generation = alone(generation)
    whole, stages = generation.manifest.outputs, generation.manifest.channels[:-1]
    kept = [
        size * whole + place
        for size in range(len(generation.manifest.sizes))
        for place in range(2 * sum(stages))
    ]
    head = HeadManifest(labels=labels, dimensions=whole - 2 * sum(stages), temperature=0.1, weight=weight)
    prior = generation.prior
    return replace(
        generation,
        manifest=replace(generation.manifest, id="headed-1", head=head, channels=stages),
        prior=replace(prior, mean=prior.mean[kept], deviation=prior.deviation[kept], basis=prior.basis[kept]),
        classes=np.eye(len(labels), head.dimensions, dtype=np.float32),
    )
