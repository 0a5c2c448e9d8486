"""A divided set whose pictures are points: vectors say what a picture looks like."""

import numpy as np

from model.contenders import Material
from model.protocol import draw_split
from tests.model.test_protocol import make_table


def make_material(artists: int = 10, *, works: int = 3, episodes: int = 30) -> Material:
    """Divide a set of invented artists, without pictures."""
    table = make_table(artists, works=works, episodes=episodes)
    split = draw_split(table)
    return Material(
        crops=None,
        table=table,
        split=split,
        marks=split.marks(table),
        names=tuple(f"화가 {number}" for number in range(artists)),
        titles={int(webtoon): f"작품 {webtoon}" for webtoon in np.unique(table.webtoons)},
    )


def make_vectors(material: Material, *, hand: float, hero: float, dimensions: int = 32) -> np.ndarray:
    """Place pictures by whose they are and what webtoon they are from, so strongly each, with noise."""
    random = np.random.default_rng(0)
    hands = random.normal(size=(len(material.names), dimensions))
    heroes = random.normal(size=(material.table.webtoons.max() + 1, dimensions))
    noise = random.normal(size=(len(material.table), dimensions))
    vectors = hand * hands[material.table.artists] + hero * heroes[material.table.webtoons] + noise
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
