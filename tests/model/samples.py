"""Small training sets of hands that are easy to tell apart."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np

from model.dataset import TrainingSet, write_set
from model.sample import HEIGHT, WIDTH, Sample


def hatching(artist: int, number: int) -> np.ndarray:
    """Draw stripes whose width is the artist's and whose place and colour are the picture's."""
    random = np.random.default_rng((artist, number))
    ramp = (np.arange(WIDTH)[None, :] + np.arange(HEIGHT)[:, None] + random.integers(50)) // (2 + 6 * artist)
    colours = random.integers(0, 256, (2, 3))
    return colours[ramp % 2].astype(np.uint8)


async def hands(artists: int, *, webtoons: int = 2, episodes: int = 5) -> AsyncIterator[Sample]:
    """Yield one crop for each episode of each webtoon of each artist."""
    for artist in range(artists):
        for webtoon in range(webtoons):
            for episode in range(episodes):
                crop = hatching(artist, webtoon * episodes + episode)
                yield Sample(
                    crop=crop, artist=f"artist {artist}", webtoon=artist * webtoons + webtoon, episode=episode
                )


async def make_set(folder: Path, artists: int, *, webtoons: int = 2, episodes: int = 5) -> TrainingSet:
    """Write such a set into a new folder."""
    await asyncio.to_thread(folder.mkdir, parents=True)
    return await write_set(folder, hands(artists, webtoons=webtoons, episodes=episodes))
