"""A catalogue of hands that are easy to tell apart."""

from pathlib import Path

from PIL import Image

from model.decode import inspect
from storage import catalogue, pictures
from storage.database import connect, transaction
from storage.records import Credit, Episode, Platform, Webtoon
from tests.model.drawings import write
from tests.model.samples import hatching
from tests.model.test_collect import SEEN


async def fill(database: Path, *, artists: int = 3) -> None:
    """Put hands of two webtoons of five episodes into a catalogue."""
    async with connect(database) as connection, transaction(connection):
        for number in range(2 * artists):
            artist = number // 2
            webtoon = Webtoon(
                platform=Platform.SAMPLE,
                platform_id=str(number),
                title=f"작품 {number}",
                credits=(Credit(artist=f"화가 {artist}"),),
            )
            saved = await catalogue.save_webtoon(connection, webtoon, seen=SEEN)
            for episode in range(5):
                drawn = Image.fromarray(hatching(artist, 5 * number + episode))
                picture = inspect(write(drawn, "JPEG"))
                await pictures.save_picture(connection, picture)
                await catalogue.save_episode(
                    connection, saved, episode=Episode(number=episode + 1), picture=picture.sha256
                )
